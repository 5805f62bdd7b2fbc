"""What lists and draws know of an item: the same from a sound item and from what was typed."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from quizbank.descriptions import describe, describe_fields
from quizbank.items import KINDS, Item, item_to_data
from quizbank.kinds.item import (
    Level,
    Pool,
)
from tests.factories import single_choice
from tests.unit.quizbank.strategies import items, json_values

TODAY = date(2026, 11, 23)
NAMES = ("id", "kind", "pool", "objective", "level", "critical", "review_due", "stem", "tags")
typed = st.dictionaries(st.sampled_from(NAMES), json_values | st.text())


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(items)
def test_a_finished_text_is_described_as_the_item_that_it_is(item: Item) -> None:
    assert describe_fields(item_to_data(item), TODAY) == describe(item)


@given(typed)
def test_whatever_was_typed_is_described_by_what_the_bank_can_store(
    fields: dict[str, JsonValue],
) -> None:
    said = describe_fields(fields, TODAY)
    assert said.kind in KINDS
    assert (said.pool, said.level) == (Pool(said.pool), Level(said.level))
    assert len(said.objective) <= 9
    assert len({*said.tags}) == len(said.tags)
    for text in (said.stem, said.objective, said.searchable, *said.tags):
        assert "\x00" not in text
        text.encode()


@pytest.mark.parametrize("due", ["", "tomorrow", "2026-02-30", None, 7])
def test_without_a_review_date_it_is_due_today_so_nothing_draws_it(due: JsonValue) -> None:
    assert describe_fields({"review_due": due}, TODAY).review_due == TODAY


@pytest.mark.parametrize("critical", ["yes", 1, None, False])
def test_only_a_clear_yes_is_critical(critical: JsonValue) -> None:
    assert not describe_fields({"critical": critical}, TODAY).critical


def test_it_is_found_by_its_words_its_topics_and_its_options_in_any_case() -> None:
    words = describe(single_choice(tags=["eye-area"], origin="Quiz 7")).searchable
    for wanted in ("tt-01-001", "quiz 7", "eye-area", "which layer", "stratum corneum"):
        assert wanted in words


def test_it_tells_no_key_and_no_reason() -> None:
    right = [
        {"id": "a", "text": "The dermis", "correct": True, "reason": "It does."},
        {"id": "b", "text": "The epidermis", "reason": "It holds little."},
    ]
    wrong = [
        {"id": "a", "text": "The dermis", "reason": "So it is."},
        {"id": "b", "text": "The epidermis", "correct": True, "reason": "Not so."},
    ]
    assert describe(single_choice(options=right)) == describe(single_choice(options=wrong))
