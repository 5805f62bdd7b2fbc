"""What each kind of item makes of a response."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from quizbank.items import Item, Misfit, item_from_json, item_to_json, read_item
from quizbank.kinds.shown import (
    Mark,
    State,
)
from tests.factories import (
    case,
    cloze,
    description,
    essay,
    hotspot,
    matching,
    multiple_response,
    numeric,
    ordering,
    short_answer,
    single_choice,
    true_false,
)
from tests.unit.quizbank.strategies import items, machine_marked, responses

ALL = [
    single_choice(),
    multiple_response(),
    multiple_response(rule="all_or_nothing"),
    true_false(unsafe_answer=True),
    numeric(),
    short_answer(),
    matching(),
    ordering(),
    essay(),
    hotspot(),
    description(),
    case(),
    numeric(unit_rule="required", units=[{"text": "cm", "factor": 10}]),
    cloze(),
]


def outcome(item: Item, response: JsonValue) -> tuple[float, State, bool]:
    mark = item.mark(response)
    return mark.fraction, mark.state, mark.unsafe


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ({"option": "a"}, (1.0, State.RIGHT, False)),
        ({"option": "b"}, (0.0, State.WRONG, False)),
        ({"option": "c"}, (0.0, State.WRONG, True)),
        ({"option": "z"}, (0.0, State.OMITTED, False)),
        ({"option": ["a"]}, (0.0, State.OMITTED, False)),
        ("a", (0.0, State.OMITTED, False)),
        (None, (0.0, State.OMITTED, False)),
    ],
)
def test_single_choice_marks_the_one_key(
    response: JsonValue, expected: tuple[float, State, bool]
) -> None:
    assert outcome(single_choice(), response) == expected


@pytest.mark.parametrize(
    ("chosen", "net", "state", "whole"),
    [
        (["a", "b", "c"], 1.0, State.RIGHT, 1.0),
        (["c", "b", "a", "a"], 1.0, State.RIGHT, 1.0),
        (["a", "b"], 2 / 3, State.PARTLY, 0.0),
        (["a", "b", "d"], 1 / 3, State.PARTLY, 0.0),
        (["a", "b", "c", "d"], 2 / 3, State.PARTLY, 0.0),
        (["a", "d"], 0.0, State.WRONG, 0.0),
        (["d", "e"], 0.0, State.WRONG, 0.0),
        (["a", "b", "c", "d", "e"], 1 / 3, State.PARTLY, 0.0),
        ([], 0.0, State.OMITTED, 0.0),
        (["nonsense"], 0.0, State.OMITTED, 0.0),
    ],
)
def test_multiple_response_marks_by_its_rule(
    chosen: list[JsonValue], net: float, state: State, whole: float
) -> None:
    mark = multiple_response().mark({"options": chosen})
    assert mark.fraction == pytest.approx(net)
    assert mark.state is state
    assert mark.unsafe is ("e" in chosen)
    strict = multiple_response(rule="all_or_nothing").mark({"options": chosen})
    assert strict.fraction == whole


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ({"option": "false"}, (1.0, State.RIGHT, False)),
        ({"option": "true"}, (0.0, State.WRONG, True)),
        ({"option": True}, (0.0, State.OMITTED, False)),
        ({"option": []}, (0.0, State.OMITTED, False)),
        ({"option": {}}, (0.0, State.OMITTED, False)),
        ({}, (0.0, State.OMITTED, False)),
    ],
)
def test_true_false_marks_the_statement(
    response: JsonValue, expected: tuple[float, State, bool]
) -> None:
    assert outcome(true_false(unsafe_answer=True), response) == expected


@given(items, responses)
@settings(max_examples=150, deadline=None)
def test_whatever_arrives_is_marked_between_0_and_1_and_always_alike(
    item: Item, response: JsonValue
) -> None:
    mark = item.mark(response)
    assert isinstance(mark, Mark)
    assert 0 <= mark.fraction <= 1
    assert mark == item.mark(response)
    assert (mark.state is State.RIGHT) == (mark.fraction == 1)
    assert item.explain(response) or item.kind == "description"


@given(items, responses)
@settings(max_examples=150, deadline=None)
def test_what_people_must_mark_waits_for_them(item: Item, response: JsonValue) -> None:
    parts = item.manual_parts(response)
    assert len({one.part for one in parts}) == len(parts)
    assert all(one.text.strip() for one in parts)
    assert (item.mark(response).state is State.TO_MARK) == bool(parts)
    full = item.mark_with(response, {one.part: 1.0 for one in parts})
    none = item.mark_with(response, {one.part: 0.0 for one in parts})
    assert 0 <= none.fraction <= full.fraction <= 1
    assert State.TO_MARK not in {full.state, none.state}


@given(machine_marked)
@settings(max_examples=150, deadline=None)
def test_the_key_earns_the_full_mark_and_is_safe(item: Item) -> None:
    assert outcome(item, item.key()) == (1.0, State.RIGHT, False)


@given(items)
@settings(max_examples=60, deadline=None)
def test_an_item_survives_being_stored(item: Item) -> None:
    assert item_from_json(item_to_json(item)) == item


@given(st.sampled_from([single_choice(), multiple_response()]), st.randoms(), responses)
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_options_changes_no_mark(
    item: Item, chance: Any, response: JsonValue
) -> None:
    data = item.model_dump(mode="json")
    chance.shuffle(data["options"])
    shuffled = read_item(data)
    for one in (response, item.key()):
        first, second = item.mark(one), shuffled.mark(one)
        assert (first.fraction, first.state, first.unsafe) == (
            second.fraction,
            second.state,
            second.unsafe,
        )
        assert set(first.feedback) == set(second.feedback)


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.kind)
def test_a_prompt_carries_neither_key_nor_reason(item: Item) -> None:
    shown = repr(item.prompt(("c", "b", "a")))
    assert "correct" not in shown
    for told in item.explain(item.key()):
        assert told.reason not in shown


def test_a_prompt_follows_the_order_and_keeps_options_that_the_order_forgot() -> None:
    assert [one.id for one in single_choice().prompt(("c", "a")).choices] == ["c", "a", "b"]


SOUND: dict[str, Any] = single_choice().model_dump(mode="json")
OPTIONS = SOUND["options"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "riddle"}, "kind must be one of single_choice"),
        ({"stem": "  "}, "stem: write something here"),
        ({"sources": []}, "sources:"),
        ({"colour": "red"}, "colour: there is no such field; check its spelling."),
        ({"review_due": "2026-11-22"}, "Review_due must come after reviewed."),
        ({"objective": "collagen"}, "objective:"),
        ({"options": OPTIONS[1:]}, "Exactly one option must be correct, not 0"),
        ({"options": [OPTIONS[0], OPTIONS[0]]}, "two options have the same id"),
        (
            {"options": [OPTIONS[0], {**OPTIONS[1], "text": "THE DERMIS"}]},
            "two options have the same text",
        ),
        (
            {"options": [{**OPTIONS[0], "unsafe": True}, OPTIONS[1]]},
            "an option cannot be both correct and unsafe",
        ),
    ],
)
def test_unsound_items_are_refused_with_a_sentence(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Misfit) as refused:
        read_item(SOUND | changes)
    assert sentence.casefold() in str(refused.value).casefold()


def test_a_missing_field_is_named() -> None:
    without: dict[str, Any] = {name: value for name, value in SOUND.items() if name != "stem"}
    with pytest.raises(Misfit, match="stem is missing"):
        read_item(without)


def test_every_problem_of_an_item_is_told_at_once() -> None:
    wrong: dict[str, Any] = {"stem": "", "level": "guess", "sources": []}
    with pytest.raises(Misfit) as refused:
        read_item(SOUND | wrong)
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize("data", [None, [], "item", 7, {"kind": ["single_choice"]}, {}])
def test_what_is_no_item_at_all_is_a_misfit(data: JsonValue) -> None:
    with pytest.raises(Misfit):
        read_item(data)


def test_a_statement_whose_right_answer_is_unsafe_is_refused() -> None:
    with pytest.raises(Misfit, match="nsafe_answer must be the wrong answer"):
        true_false(unsafe_answer=False)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"enemies": ["tt-01-001"]}, "An item cannot be its own enemy"),
        ({"enemies": ["TT 2"]}, "small letters, digits and dashes"),
        ({"seconds": 4}, "seconds: write 5 or more"),
        ({"seconds": 3_601}, "seconds: write 3600 or less"),
    ],
)
def test_an_item_that_could_not_be_put_beside_others_is_refused(
    changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Misfit, match=sentence):
        single_choice(**changes)
