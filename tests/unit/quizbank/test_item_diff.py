"""Differences between two texts of an item: each field once, each word accounted for."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from quizbank.item_diff import FieldChange, Piece, changes, word_pieces
from quizbank.items import Item, item_to_data
from tests.factories import single_choice
from tests.unit.quizbank.strategies import items, json_values

fields = st.dictionaries(st.sampled_from(("stem", "options", "tags", "critical")), json_values)
prose = st.lists(st.sampled_from(("The", " ", "dermis", "é", ".", "\n", "1.5", "mm")), max_size=12)


def joined(pieces: tuple[tuple[Piece, str], ...], without: Piece) -> str:
    return "".join(text for piece, text in pieces if piece is not without)


def found(change: FieldChange) -> tuple[object, str | None, str | None]:
    return change.path, change.old, change.new


@given(prose.map("".join), prose.map("".join))
def test_the_pieces_hold_both_texts_whole(old: str, new: str) -> None:
    pieces = word_pieces(old, new)
    assert (joined(pieces, Piece.ADDED), joined(pieces, Piece.REMOVED)) == (old, new)
    assert all(text for _, text in pieces)


def test_a_changed_word_is_one_that_went_and_one_that_came() -> None:
    assert word_pieces("Which layer?", "Which cell?") == (
        (Piece.SAME, "Which "),
        (Piece.REMOVED, "layer"),
        (Piece.ADDED, "cell"),
        (Piece.SAME, "?"),
    )


def test_what_is_too_long_to_read_word_by_word_is_compared_whole() -> None:
    old, new = "word " * 1_500, "word " * 1_500 + "more"
    assert word_pieces(old, new) == ((Piece.REMOVED, old), (Piece.ADDED, new))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(items)
def test_an_item_does_not_differ_from_itself(item: Item) -> None:
    assert changes(item_to_data(item), item_to_data(item)) == ()


@given(fields, fields)
def test_any_two_texts_are_compared_and_every_change_says_both_sides(
    old: dict[str, JsonValue], new: dict[str, JsonValue]
) -> None:
    for one in changes(old, new):
        assert one.path[0] in {*old, *new}
        assert (joined(one.pieces, Piece.ADDED), joined(one.pieces, Piece.REMOVED)) == (
            one.old or "",
            one.new or "",
        )


@given(fields, fields)
def test_the_way_back_names_as_many_fields(
    old: dict[str, JsonValue], new: dict[str, JsonValue]
) -> None:
    assert len(changes(old, new)) == len(changes(new, old))


@pytest.mark.parametrize("nothing", [None, False, "", []])
def test_empty_false_and_missing_are_the_same(nothing: JsonValue) -> None:
    assert changes({"critical": nothing}, {}) == changes({}, {"critical": nothing}) == ()
    (change,) = changes({"critical": nothing}, {"critical": True})
    assert found(change) == (("critical",), None, "yes")


def test_an_option_is_compared_with_itself_wherever_it_stands() -> None:
    old = item_to_data(single_choice())
    new = item_to_data(single_choice())
    options = new["options"]
    assert isinstance(options, list)
    first, *others = options
    assert isinstance(first, dict)
    new["options"] = [*others, first | {"text": "The dermis, below"}]
    text, order = changes(old, new)
    assert found(text) == (("options", 2, "text"), "The dermis", "The dermis, below")
    assert found(order) == (("options",), "a, b, c", "b, c, a")


def test_a_part_that_went_goes_by_its_name_and_a_new_one_by_its_place() -> None:
    old: JsonValue = [{"id": "a", "text": "Dermis"}, {"id": "b", "text": "Fat"}]
    new: JsonValue = [{"id": "a", "text": "Dermis"}, {"id": "c", "text": "Bone"}]
    came, went = changes({"options": old}, {"options": new})
    assert found(came) == (("options", 1, "text"), None, "Bone")
    assert found(went) == (("options", "b", "text"), "Fat", None)
