"""Moodle XML: texts with gaps, words to choose, and what hides in them."""

import time
from typing import Any

import pytest

from quizbank.exchange.defaults import NO_REASON
from quizbank.kinds.cloze import Cloze
from tests.unit.quizbank.moodle_xml_files import (
    GAPS,
    STATEMENT,
    WORDS,
    error_of,
    one_of,
    question,
    quiz,
    read,
)


@pytest.mark.parametrize(("kind", "tag"), [("gapselect", "selectoption"), ("ddwtos", "dragbox")])
def test_words_to_choose_become_gaps(kind: str, tag: str) -> None:
    stem = "<p>The [[1]] is <b>[[3]]</b>, the [[2]] too.</p>"
    item = one_of(quiz(question(WORDS.format(tag), kind, stem=stem)))
    assert item.stem == "The [[g1]] is **[[g2]]**, the [[g3]] too."
    assert item.key() == {"gaps": {"g1": "a", "g2": "a", "g3": "b"}}
    offered = [answer.text for answer in item.scored()]
    assert offered == ["(1) skin", "(1) eye", "(2) thin", "(2) thick", "(3) skin", "(3) eye"]


def test_a_gap_without_its_word_is_refused() -> None:
    text = question(WORDS.format("dragbox"), "ddwtos", stem="The [[9]].")
    assert "choice 9" in error_of(quiz(text))
    assert "no gap" in error_of(quiz(text.replace("[[9]]", "end")))


@pytest.mark.parametrize("kind", ["cloze", "multianswer"])
def test_a_text_with_gaps_written_into_it_comes_in(kind: str) -> None:
    general = "<generalfeedback format='html'><text>&lt;i&gt;So.&lt;/i&gt;</text></generalfeedback>"
    item = one_of(quiz(question(general, kind, stem=GAPS)))
    assert item.stem == "Is it [[g1]] *or* [[g2]]?"
    assert item.key() == {"gaps": {"g1": "<7", "g2": "a"}}
    told = [(one.text, one.fraction, one.reason) for one in item.scored()]
    assert told[0] == ("(1) <7", 1 / 3, "**Yes**\n\n*So.*")
    assert told[2:] == [("(2) a & b", 2 / 3, "*So.*"), ("(2) c", 0.25 * 2 / 3, NO_REASON)]


@pytest.mark.parametrize(
    ("text_format", "stem", "options"),
    [
        ("html", "**x** & <i>", ["a<i>", "*b*"]),
        ("markdown", "<b>x</b> &amp; &lt;i&gt;", ["a<i>", "*b*"]),
        ("plain_text", r"<b>x</b> &amp; &lt;i&gt;", ["a&lt;i&gt;", "*b*"]),
        ("moodle_auto_format", "**x** & <i>", ["a<i>", "*b*"]),
    ],
)
def test_gaps_are_read_in_the_format_of_their_text(
    text_format: str, stem: str, options: list[str]
) -> None:
    text = quiz(question("", "cloze", stem="<b>x</b> &amp; &lt;i&gt; {1:MC:=a&lt;i&gt;~*b*}"))
    item: Any = one_of(text.replace('format="html"', f'format="{text_format}"'))
    assert item.stem == f"{stem} [[g1]]"
    assert [one.text for one in item.gaps[0].options] == options


HOSTILE_GAPS = {
    "script in an answer": "{1:MC:=a<script>alert(1)</script>~b<img src=x onerror=alert(1)>}",
    "script in a reason": "{1:SA:=a#<svg onload=alert(1)>~*#<iframe src=//e>}",
    "script behind signs of HTML": "{1:MC:=&lt;script&gt;alert(1)&lt;/script&gt;~b}",
    "a gap in a gap": "{1:SA:={1:SA:=a}}",
    "a tag around the end": "{1:SA:=a<b title='}'>}</b>",
    "the end of the section": "{1:SA:=a]]&gt;b}",
    "a place that is no gap": "[[g1]] [[g2]] {1:SA:=a}",
    "no end": "{1:SA:=" + "a~=" * 5_000,
    "many gaps": "{1:SA:=a}" * 3_000,
    "signs alone": "{1:MC:" + "\\" * 20_000 + "}",
}


@pytest.mark.parametrize("stem", HOSTILE_GAPS.values(), ids=HOSTILE_GAPS.keys())
def test_hostile_gaps_are_cleaned_or_refused_and_stop_no_other(stem: str) -> None:
    begin = time.process_time()
    found = read(quiz(question("", "cloze", stem=stem), question(STATEMENT)))
    assert time.process_time() - begin < 5
    assert found.items[-1].item.kind == "true_false"
    assert len(found.items) + len(found.errors) >= 2
    for one in found.items[:-1]:
        assert isinstance(one.item, Cloze)
        assert one.item.mark(one.item.key()).fraction == 1
        # Words in gaps are shown as they are; stem and reasons are Markdown, and hold no tag.
        reasons = [part.reason for part in one.item.scored()]
        assert not any("<" in text for text in (one.item.stem, *reasons))
