"""What people write into text files by mistake: refused, or read with a sentence, never unseen."""

from datetime import date
from typing import Any

import pytest

from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import Format, read_file
from quizbank.exchange.items_read import ItemsRead

DEFAULTS = Defaults(date(2026, 11, 23), objective="MF-01", sources=("S13",))


def gift(text: str) -> ItemsRead:
    return read_file(Format.GIFT, text.encode(), DEFAULTS)


@pytest.mark.parametrize("share", ["%33,3%", "%+50%", "% 50 %", "%1.5.2%"])
@pytest.mark.parametrize("answers", ["{{=red ~{}dry}}", "{{~{}red ~dry}}", "{{={}red =dry}}"])
def test_a_share_that_is_none_is_refused_and_never_shown(answers: str, share: str) -> None:
    read = gift(f"Which? {answers.format(share)}\n\nIs it? {{T}}")
    assert [one.line for one in read.items] == [3]
    (problem,) = read.errors
    assert (problem.line, "is no share" in problem.message) == (1, True)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Which? {=a -> 1#because =b -> 2}", "no feedback"),
        ("Which? {=%50%a -> 1 =b -> 2}", "no shares"),
        ("Which? {=a => 1 =b => 2}", "one -> other"),
        ("Which? {=a ~b} // remember", "beginning of a line"),
        ("Which? {=a ####because ~b}", "also what stands behind a ~"),
        ("How many? {#=5 ~7#too many}", "Of what stands behind ~"),
        ("How many? {#=5 ~#no ~9#too many}", "Of what stands behind ~"),
    ],
)
def test_what_is_read_otherwise_than_meant_is_said(text: str, sentence: str) -> None:
    read = gift(text)
    assert len(read.items) == 1
    assert sentence in " ".join(one.message for one in read.problems)


@pytest.mark.parametrize("text", ["{=50% ~5% of it}", "{=%a ~%}", "{=http\\://x.org//y ~b}"])
def test_what_is_meant_is_read_without_a_word(text: str) -> None:
    problems = gift(f"Which? {text}").problems
    assert [one.message for one in problems if "without a reason" not in one.message] == []


@pytest.mark.parametrize("empty", ["\u00a0", "\u3000 ", "\x0c"])
def test_a_line_that_looks_empty_parts_questions(empty: str) -> None:
    assert [one.line for one in gift(f"One? {{T}}\n{empty}\nTwo? {{F}}").items] == [1, 3]


def test_a_category_counts_in_small_letters_too() -> None:
    (one,) = gift("$category: skin/depth\n\nIs it? {T}").items
    assert one.item.tags == ("depth",)


def test_choices_of_a_question_in_html_lose_their_tags_and_entities() -> None:
    (one,) = gift("[html]Which? {=<b>a</b> -> &lt;2 mm<br> =b -> 2 mm}").items
    item: Any = one.item
    assert [choice.text for choice in item.choices] == ["<2 mm", "2 mm"]


@pytest.mark.parametrize("begin", [b"{\\rtf1 ", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0"])
@pytest.mark.parametrize("file_format", [Format.GIFT, Format.AIKEN, Format.CLOZE, Format.YAML])
def test_a_document_is_no_text(file_format: Format, begin: bytes) -> None:
    read = read_file(file_format, begin + b"Which? {=a ~b}", DEFAULTS)
    assert read.items == ()
    assert "Save it as plain text" in read.errors[0].message


@pytest.mark.parametrize("like", ["{1: SA :=deep}", "{1.5:MC:=a~b}", "{MC:=a~b}", "{ :nm:=5}"])
def test_what_looks_like_a_gap_is_named(like: str) -> None:
    read = read_file(Format.CLOZE, f"The {{1:SA:=dermis}} is {like}.".encode(), DEFAULTS)
    assert len(read.items) == 1
    assert any("looks like a gap" in one.message for one in read.problems)
