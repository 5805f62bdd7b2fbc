"""GIFT and Aiken: round trips, single mistakes in long files, and whatever else may arrive."""

import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.exchange.defaults import (
    NO_OBJECTIVE,
    NO_REASON,
    NO_RUBRIC,
    NO_SOURCE,
    Defaults,
)
from quizbank.exchange.formats import Format, losses, read_file, write_file
from quizbank.exchange.items_read import ItemsRead
from quizbank.items import Item, item_to_data, read_item
from quizbank.kinds.shown import State
from tests.factories import (
    description,
    essay,
    matching,
    multiple_response,
    numeric,
    ordering,
    short_answer,
    single_choice,
    true_false,
)
from tests.unit.quizbank.carried import rematched, unexplained, with_plain_parts
from tests.unit.quizbank.strategies import items

TODAY = date(2026, 11, 23)
DEFAULTS = Defaults(TODAY, objective="MF-01", sources=("S13",))
KEYED = {State.RIGHT, State.TO_MARK, State.NOT_SCORED}


def read(file_format: Format, text: str | bytes, defaults: Defaults = DEFAULTS) -> ItemsRead:
    content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return read_file(file_format, content, defaults)


def carried_by_gift(item: Item) -> Item:
    """The item as it must come back: without what `gift_changes` and `LEAVES_OUT` name."""
    data: Any = item_to_data(item) | DEFAULTS.head() | {"tags": [*dict.fromkeys(item.tags)]}
    units = ("unit", "units", "unit_rule", "unit_penalty", "penalty_of")
    for name in ("critical", "unsafe_answer", "case_sensitive", "enemies", "seconds", *units):
        data.pop(name, None)
    data = unexplained(with_plain_parts(data))
    if item.kind == "essay":
        for name in ("min_words", "max_words", "template", "markers", "tolerance"):
            data.pop(name, None)
        data["rubric"] = [*NO_RUBRIC]
    return read_item(rematched(data) if item.kind == "matching" else data)


def sayable(item: Item) -> bool:
    """Whether GIFT says the item's marking as it is; the others are named before the export."""
    rule = getattr(item, "rule", "weights")
    nominal = getattr(item, "tolerance_type", "nominal") == "nominal"
    return rule in {"weights", "share"} and nominal


@given(items.filter(sayable))
@settings(max_examples=150, deadline=None)
def test_what_gift_carries_comes_back_equal(item: Item) -> None:
    back = read_file(Format.GIFT, write_file(Format.GIFT, [item]), DEFAULTS)
    if back.items:
        assert back.errors == ()
        assert back.items[0].item == carried_by_gift(item)
    else:
        (said,) = losses(Format.GIFT, [item])
        assert "is left out" in said


@given(items)
@settings(max_examples=120, deadline=None)
def test_what_comes_back_from_gift_has_the_same_key(item: Item) -> None:
    for one in read_file(Format.GIFT, write_file(Format.GIFT, [item]), DEFAULTS).items:
        assert one.item.mark(one.item.key()).state is item.mark(item.key()).state
        assert len(one.item.scored()) == len(item.scored())


@given(items.filter(lambda item: item.kind == "single_choice"))
@settings(max_examples=120, deadline=None)
def test_what_aiken_carries_comes_back_equal(item: Item) -> None:
    back = read_file(Format.AIKEN, write_file(Format.AIKEN, [item]), DEFAULTS)
    named = losses(Format.AIKEN, [item])
    if not back.items:
        assert "is left out" in named[0]
        return
    ours, theirs = item_to_data(item), item_to_data(back.items[0].item)
    if not named:
        assert theirs["stem"] == ours["stem"]
        assert [one["text"] for one in theirs["options"]] == [
            one["text"] for one in ours["options"]
        ]
    assert [bool(one.get("correct")) for one in theirs["options"]] == [
        bool(one.get("correct")) for one in ours["options"]
    ]


@pytest.mark.parametrize("file_format", Format)
@given(st.text() | st.text("{}=~#:\\%->/[]$\n \tTFA)B.NSWER123", max_size=80))
@settings(max_examples=150, deadline=None)
def test_whatever_arrives_ends_in_a_report(file_format: Format, text: str) -> None:
    found = read(file_format, text)
    for one in found.items:
        assert 1 <= one.line <= text.count("\n") + text.count("\r") + 1
        assert one.item.mark(one.item.key()).state in KEYED
    for problem in found.problems:
        assert problem.message
        assert problem.line >= 1


@given(st.binary(max_size=40), st.sampled_from(Format))
def test_bytes_that_are_no_text_end_in_a_report(content: bytes, file_format: Format) -> None:
    assert isinstance(read_file(file_format, content, DEFAULTS), ItemsRead)


ALL = [
    single_choice(),
    multiple_response(),
    true_false(),
    numeric(),
    short_answer(),
    matching(),
    ordering(),
    essay(),
    description(),
]


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.kind)
def test_importing_twice_gives_the_same_item(item: Item) -> None:
    first = read_file(Format.GIFT, write_file(Format.GIFT, [item]), DEFAULTS).items[0].item
    second = read_file(Format.GIFT, write_file(Format.GIFT, [first]), DEFAULTS).items[0].item
    assert first.id == item.id
    assert second == first


@pytest.mark.parametrize("file_format", [Format.MOODLE_XML, Format.CANVAS, Format.QTI])
def test_a_character_that_no_xml_holds_is_named_before_the_export(file_format: Format) -> None:
    item = true_false(stem="Is this \uffff a character?")
    (said,) = losses(file_format, [item])
    assert "left out: a text holds a character that no XML file may hold" in said
    assert read_file(file_format, write_file(file_format, [item]), DEFAULTS).items == ()


def test_a_foreign_identifier_is_kept_and_stays_one_of_its_own() -> None:
    ids = ("Q-001", "q-001", "Q_001", "Ä", "393")
    text = "\n\n".join(f"// [id:{one}]\nIs this {one}?{{T}}" for one in ids)
    found = [one.item for one in read(Format.GIFT, text).items]
    assert len({item.id for item in found}) == 5
    assert [item.origin for item in found] == ["Q-001", "", "Q_001", "Ä", ""]
    again = read_file(Format.GIFT, write_file(Format.GIFT, found), DEFAULTS)
    assert [one.item for one in again.items] == found


def test_without_an_identifier_the_question_itself_gives_the_id() -> None:
    one = read(Format.GIFT, "::Name::Is it?{T}").items[0].item
    other = read(Format.GIFT, "A?{T}\n\n::Name::Is it?{F#Reason}").items[1].item
    assert one.id == other.id
    assert one.title == "Name"


def test_the_same_question_twice_is_kept_and_named() -> None:
    found = read(Format.GIFT, "Same?{T}\n\nSame?{F}")
    assert len({one.item.id for one in found.items}) == 2
    assert any("same name and text as the one on line 1" in p.message for p in found.problems)


def test_the_same_identifier_twice_is_refused() -> None:
    found = read(Format.GIFT, "// [id:a]\nOne?{T}\n\n// [id:a]\nTwo?{F}")
    assert len(found.items) == 1
    (error,) = found.errors
    assert error.line == 5
    assert "Line 2 has the same identifier" in error.message


def test_one_mistake_in_a_thousand_stops_no_other_and_has_its_line() -> None:
    blocks = [f"Question {n}?{{=yes ~no}}" for n in range(1_000)]
    blocks[499] = "// a comment\n// another\nQuestion 499?{=yes ~no"
    found = read(Format.GIFT, "\n\n".join(blocks))
    assert len(found.items) == 999
    assert [one.line for one in found.errors] == [1001]


def test_one_mistake_in_aiken_stops_no_other() -> None:
    good = "Question {}?\nA) yes\nB) no\nANSWER: A\n"
    text = good.format(1) + "No answer?\nA) yes\nB) no\n\n" + good.format(3)
    text += "Which?\nA) yes\nB) no\nANSWER: C\n" + good.format(5)
    found = read(Format.AIKEN, text)
    assert len(found.items) == 3
    assert [one.line for one in found.errors] == [5, 16]


def test_what_the_file_does_not_say_is_named_once() -> None:
    found = read(Format.GIFT, "One?{T}\n\nTwo?{F}", Defaults(TODAY))
    assert found.errors == ()
    assert {one.item.objective for one in found.items} == {NO_OBJECTIVE}
    assert {one.item.sources for one in found.items} == {(NO_SOURCE.key,)}
    said = [one.message for one in found.problems]
    assert any("objective" in one and "source" in one for one in said)
    assert any("without a reason: 1, 3." in one for one in said)


def test_general_feedback_is_the_reason_of_what_is_right() -> None:
    (one,) = read(Format.GIFT, "Which?{=a#Own. ~b ####For all.}").items
    assert [part.reason for part in one.item.scored()] == ["Own.\n\nFor all.", NO_REASON]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Q?{=a ~a}", "two options have the same text"),
        ("Q?{=%50%a ~b}", "No option earns the whole mark"),
        ("Q?{~%80%a ~%10%b ~c}", "must add up to 1"),
        ("Q?{~%101%a ~b}", "more than the whole mark"),
        ("Q?{=*}", "* alone would take every answer"),
        ("Q?{#=%50%3}", "No number earns the whole mark"),
        ("Q?{#*}", "* would take every number"),
        ("Q?{#5..1}", "ends before it begins"),
        ("Q?{#3,14}", "“3,14” is no number"),
        ("Q?{#1e200}", "answer"),
        ("Q?{# }", "no number behind"),
        ("Q?}{", "a { without its }"),
        ("Q?{>2 ALL\nonly one}", "at least two lines"),
        ("Order{>one\ntwo\nthree}", "how many of its lines are shown, such as {>3"),
        ("Which?{=a ~ ~b}", "option 2 (text): write something here"),
        ("{T}", "question: write something here"),
    ],
)
def test_what_cannot_be_an_item_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    found = read(Format.GIFT, text)
    assert found.items == ()
    (error,) = found.errors
    assert sentence.casefold() in error.message.casefold()
    assert error.line == 1


def test_a_category_becomes_a_topic_and_needs_no_empty_line() -> None:
    found = read(Format.GIFT, "$CATEGORY: top/Unit 1: Safety\nOne?{T}\n\nTwo?{F}")
    assert [one.item.tags for one in found.items] == [("unit-1-safety",)] * 2
    assert [one.line for one in found.items] == [2, 4]


def test_html_becomes_markdown_and_scripts_are_left_out_with_a_sentence() -> None:
    stem = "[html]<p>Is <b>this</b> 1 &lt; 2?<script>alert(1)</script></p><ul><li>a<li>b</ul>"
    found = read(Format.GIFT, stem.replace("=", "\\=") + "{T}")
    assert found.items[0].item.stem == "Is **this** 1 < 2?\n\n- a\n- b"
    assert any("Left out of the text: script." in one.message for one in found.problems)


def test_ten_thousand_items_take_seconds() -> None:
    text = "\n\n".join(
        f"::Q{n}::Question {n}?{{=yes#Since. ~no#Not. ~maybe}}" for n in range(10_000)
    )
    begin = time.process_time()
    assert len(read(Format.GIFT, text).items) == 10_000
    assert time.process_time() - begin < 10


@pytest.mark.parametrize(
    "text",
    [
        "{" * 200_000,
        "=" * 200_000,
        "~{" * 99_999,
        "\\" * 200_001,
        "// [id:" * 50_000,
        "a{" + "=x" * 99_999 + "}",
    ],
)
def test_hostile_lines_are_read_at_once(text: str) -> None:
    begin = time.process_time()
    read(Format.GIFT, text)
    read(Format.AIKEN, text)
    assert time.process_time() - begin < 5
