"""Changes on their way: who may let one through, and carrying one over to what stands now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from quizbank.proposals import ItemStatus, Stage, carried_over, may_approve, status_of_new

names = ("stem", "level", "tags", "options")
# What a form holds: no number that is unlike itself.
values = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
texts = st.dictionaries(st.sampled_from(names), values | st.lists(values, max_size=3))
# A person's id is never empty; None stands for a file or the command line.
people = st.sampled_from(("bela", "cato", "edda"))


@given(people, st.frozensets(people | st.none()))
def test_whoever_wrote_none_of_it_may_approve_and_no_machine_does(
    reader: str, writers: frozenset[str | None]
) -> None:
    assert may_approve(reader, writers) == (reader not in writers)
    assert not may_approve(None, writers)


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        (Stage.DRAFT, ItemStatus.DRAFT),
        (Stage.RETURNED, ItemStatus.DRAFT),
        (Stage.IN_REVIEW, ItemStatus.IN_REVIEW),
        (Stage.DROPPED, ItemStatus.RETIRED),
    ],
)
def test_an_item_without_a_version_stands_where_its_change_does(
    stage: Stage, status: ItemStatus
) -> None:
    assert status_of_new(stage) is status


def same(one: JsonValue, other: JsonValue) -> bool:
    return one == other or not (one or other)


@given(texts, texts, texts)
def test_what_i_left_alone_is_as_it_stands_and_what_i_changed_as_i_wrote_it(
    began: dict[str, JsonValue], mine: dict[str, JsonValue], standing: dict[str, JsonValue]
) -> None:
    carried = carried_over(began, mine, standing)
    for name in names:
        wrote = not same(mine.get(name), began.get(name))
        expected = mine if wrote else standing
        assert carried.get(name) == expected.get(name)


@given(texts, texts)
def test_where_nothing_was_published_meanwhile_my_change_is_what_i_wrote(
    began: dict[str, JsonValue], mine: dict[str, JsonValue]
) -> None:
    carried = carried_over(began, mine, began)
    assert all(same(carried.get(name), mine.get(name)) for name in names)


@given(texts, texts)
def test_who_changed_nothing_gets_what_stands(
    began: dict[str, JsonValue], standing: dict[str, JsonValue]
) -> None:
    assert carried_over(began, began, standing) == standing


def test_two_people_change_two_fields_and_both_stay() -> None:
    began: dict[str, JsonValue] = {"stem": "Which?", "level": "recall", "title": "Layers"}
    mine: dict[str, JsonValue] = began | {"stem": "Which layer?", "title": ""}
    standing: dict[str, JsonValue] = began | {"level": "apply", "seconds": 40}
    assert carried_over(began, mine, standing) == {
        "stem": "Which layer?",
        "level": "apply",
        "title": "",
        "seconds": 40,
    }
