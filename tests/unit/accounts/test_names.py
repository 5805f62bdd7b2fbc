"""Names are kept as people write them."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.names import LONGEST, clean_name
from base.errors import Invalid


@pytest.mark.parametrize(
    "name",
    ["Alba Moreno", "Ngô Thị Ánh", "محمد", "O’Hara-Ruiz, Jr.", "王小明", "श्रीमती", "X Æ A-12", "J"],
)
def test_names_of_the_world_stay_as_they_are(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Alba \t Moreno\n", "Alba Moreno"),
        ("Alba\u00a0\u2003Moreno", "Alba Moreno"),
        ("Al\0ba\x1b[31m", "Al ba [31m"),
        ("Alba\u2028Moreno", "Alba Moreno"),
        ("Jose\u0301", "José"),
        ("<b>Alba</b>", "<b>Alba</b>"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Robert'); DROP TABLE person;--", "Robert'); DROP TABLE person;--"),
    ],
)
def test_only_spaces_and_controls_are_tidied_and_markup_stays_text(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    "nothing", ["", "   ", "\n\t", "\0", "\u00a0", "\u200b\u200b", "\u202e", "\u3164"]
)
def test_a_name_that_nobody_could_see_is_refused(nothing: str) -> None:
    with pytest.raises(Invalid, match="Write your name"):
        clean_name(nothing)


def test_120_characters_are_the_longest() -> None:
    assert clean_name("x" * LONGEST) == "x" * 120
    with pytest.raises(Invalid, match="longer than 120"):
        clean_name("x" * 121)
    assert clean_name(" " * 500 + "Alba") == "Alba"


@given(st.text(max_size=140))
@settings(max_examples=200, deadline=None)
def test_a_clean_name_is_clean(text: str) -> None:
    try:
        name = clean_name(text)
    except Invalid:
        return
    assert clean_name(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert not any(unicodedata.category(ch) == "Cc" for ch in name)
    assert "  " not in name
    assert 0 < len(name) <= LONGEST
