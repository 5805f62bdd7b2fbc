"""QTI 1.2 of Canvas: what is written comes back with its marks; what is lost is named before."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.exchange.formats import Format, format_of, losses, write_file
from quizbank.files import address_of, read_picture
from quizbank.items import Item
from quizbank.kinds.matching import Matching, PairRule
from tests.factories import (
    cloze,
    description,
    essay,
    matching,
    multiple_response,
    numeric,
    ordering,
    png,
    short_answer,
    single_choice,
    true_false,
)
from tests.unit.quizbank.canvas_files import DEFAULTS, GAPS, only, read
from tests.unit.quizbank.carried import carried_in_a_package
from tests.unit.quizbank.strategies import items, responses

EXACT = ("single_choice", "multiple_response", "true_false", "matching")
WRITTEN = (*EXACT, "numeric", "short_answer", "ordering", "cloze", "essay", "description")


def back(item: Item) -> Item | None:
    found = read(write_file(Format.CANVAS, [item]))
    return found.items[0].item if found.items else None


def share_each(item: Item) -> Item:
    """The item with the one rule of matching that Canvas knows."""
    return item.model_copy(update={"rule": PairRule.SHARE}) if isinstance(item, Matching) else item


@given(items.filter(lambda item: item.kind in EXACT))
@settings(max_examples=40, deadline=None)
def test_what_canvas_carries_comes_back_equal(item: Item) -> None:
    again = back(item)
    if again:
        assert again == carried_in_a_package(share_each(item), DEFAULTS.head())
    else:
        assert "is left out" in losses(Format.CANVAS, [item])[0]


@given(items.filter(lambda item: item.kind in WRITTEN), st.lists(responses, max_size=8))
@settings(max_examples=40, deadline=None)
def test_no_mark_changes_on_the_way(item: Item, given_: list[Any]) -> None:
    again = back(item)
    if again is None:
        assert "is left out" in losses(Format.CANVAS, [item])[0]
        return
    assert again.kind == item.kind
    if isinstance(item, Matching) and item.rule is PairRule.ALL_OR_NOTHING:
        assert "each pair earns its share elsewhere" in losses(Format.CANVAS, [item])[0]
        return
    for response in (item.key(), *given_):
        assert again.mark(response).fraction == pytest.approx(item.mark(response).fraction)


@pytest.mark.parametrize(
    "item",
    [
        single_choice(stem="**One**\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |"),
        multiple_response(rule="all_or_nothing"),
        true_false(),
        matching(),
        ordering(grading="all_or_nothing"),
        essay(),
        cloze(stem="A [[g1]] and [[two]].", gaps=GAPS),
        description(),
        numeric(tolerance="0.1", tolerance_type="relative"),
        short_answer(
            answers=[
                {"id": "a", "text": "50 % \\* of it", "reason": "So."},
                {"id": "b", "text": "half", "fraction": 0.5, "reason": "Nearly."},
                {"id": "c", "text": "*", "fraction": 0, "reason": "Read again."},
            ],
            case_sensitive=True,
        ),
    ],
    ids=lambda item: item.kind,
)
def test_every_kind_that_canvas_knows_is_written(item: Item) -> None:
    again = back(item)
    assert again is not None, losses(Format.CANVAS, [item])
    assert again.stem == item.stem
    assert again.mark(item.key()).fraction == item.mark(item.key()).fraction


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (ordering(), "marks an order all or nothing"),
        (multiple_response(rule="coverage"), "no marking like coverage"),
        (numeric(unit="mm", unit_rule="required"), "does not mark units"),
        (short_answer(answers=[{"id": "a", "text": "ep*", "reason": "So."}]), "a star"),
    ],
    ids=["order", "coverage", "units", "stars"],
)
def test_what_canvas_cannot_hold_is_named_before_the_export(item: Item, why: str) -> None:
    assert why in losses(Format.CANVAS, [item])[0]
    assert read(write_file(Format.CANVAS, [item])).items == ()


def test_pictures_go_along_and_come_back() -> None:
    picture = read_picture(png())
    item = true_false(stem=f"Is this ![skin]({address_of(picture.digest)})?")
    written = write_file(Format.CANVAS, [item], {picture.digest: picture})
    assert format_of("items.zip", written) is Format.CANVAS
    found = read(written)
    assert only(found).stem == item.stem
    assert [*found.files] == [picture.digest]
