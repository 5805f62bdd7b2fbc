"""Healing day by day: phases overlap, what is expected ends, and needling again waits."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.figures.facts import read_facts
from courses.figures.figure import COMPACT, WIDE
from courses.figures.healing_days import Day, again_words, day_of, live_words, phase_words
from courses.figures.healing_explorer import healing_day_alt, healing_day_drawing
from courses.figures.healing_facts import HealingExplorerFacts, Urgency
from courses.figures.palette import LIGHT
from tests.conftest import HOUSE

FILE = HOUSE / "content" / "figures" / "healing-explorer.yaml"
read = read_facts("healing-explorer", FILE.read_text(encoding="utf-8"))
assert isinstance(read, HealingExplorerFacts), read
FACTS = read
DAYS = st.integers(0, FACTS.last_day)


def day(number: int) -> Day:
    return day_of(FACTS, number)


@pytest.mark.parametrize(
    ("number", "phases"),
    [
        (0, "Haemostasis and inflammation"),
        (1, "Inflammation"),
        (3, "Inflammation and proliferation"),
        (12, "Proliferation"),
        (21, "Proliferation and remodelling"),
        (180, "Remodelling"),
    ],
)
def test_phases_overlap(number: int, phases: str) -> None:
    assert phase_words(day(number)) == phases


@given(DAYS)
def test_every_day_has_a_phase_and_something_to_see(number: int) -> None:
    one = day(number)
    assert one.phases
    assert one.seen.words in live_words(one)


@given(st.integers())
def test_a_day_outside_becomes_the_nearest(number: int) -> None:
    assert 0 <= day(number).number <= FACTS.last_day


@given(DAYS)
def test_before_four_weeks_it_is_too_early_to_needle_again(number: int) -> None:
    said = again_words(day(number))
    assert said.startswith("Too early") == (number < 28)
    assert "course rule" in said
    assert "4 weeks" in said


@given(DAYS, DAYS)
def test_what_was_not_expected_once_is_not_expected_later(one: int, other: int) -> None:
    earlier, later = sorted((one, other))
    assert set(day(earlier).worries) <= set(day(later).worries)


def test_redness_is_expected_at_first_and_a_worry_after_a_week() -> None:
    def worries(number: int) -> str:
        return " ".join(one.sign for one in day(number).worries)

    assert "Redness" in day(0).seen.words
    assert "Redness past day 7" not in worries(6)
    assert "Redness past day 7" in worries(8)


@given(DAYS)
def test_emergencies_come_first_on_every_day(number: int) -> None:
    urgencies = [one.urgency for one in day(number).worries]
    assert urgencies[0] is Urgency.EMERGENCY
    assert urgencies == sorted(urgencies, key=list(Urgency).index)


@given(DAYS)
def test_no_text_stands_on_another(number: int) -> None:
    for width in (WIDE, COMPACT):
        drawing = healing_day_drawing(day(number), LIGHT, width)
        for one, other in combinations(drawing.texts, 2):
            assert not one.overlaps(other), (number, one.text, other.text)
        for one in drawing.texts:
            assert one.left >= 0
            assert one.right <= width, one.text


def test_another_day_is_another_drawing_and_other_words() -> None:
    assert healing_day_alt(day(2)) != healing_day_alt(day(12))
    two, twelve = (healing_day_drawing(day(one), LIGHT, WIDE).svg for one in (2, 12))
    assert two != twelve


def test_a_gap_in_what_is_seen_is_a_problem() -> None:
    text = FILE.read_text(encoding="utf-8")
    gap = text.replace('dryness.", from: 24 hours', 'dryness.", from: 26 hours')
    found = read_facts("healing-explorer", gap)
    assert isinstance(found, tuple)
    assert "without a gap" in found[0].message
