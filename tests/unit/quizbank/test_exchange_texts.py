"""Texts of other systems as Markdown, and back as plain text."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.exchange.html_texts import html_as_markdown, html_as_plain
from quizbank.exchange.texts import as_markdown, as_plain
from tests.unit.quizbank.strategies import texts

TOUCHING = re.compile(r"\\[)\]] \\[(\[]")


@given(texts)
@settings(max_examples=120, deadline=None)
def test_plain_text_survives_as_markdown(text: str) -> None:
    plain = " ".join(text.split())
    back = as_plain(as_markdown(plain))
    # Two formulas that touch are kept apart by a space, or they would read as one.
    assert back == plain or TOUCHING.search(back)


@given(st.text("<>!-/[]abp &;=\"'\n", max_size=60))
@settings(max_examples=120, deadline=None)
def test_broken_html_never_raises(text: str) -> None:
    assert "<script" not in html_as_markdown(text)[0]
    assert isinstance(html_as_plain(text), str)
