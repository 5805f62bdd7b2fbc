"""What stands out in an item's figures, and what must not."""

from dataclasses import replace
from math import comb

import numpy as np
import pytest

from quizbank.statistics.answer_names import Answer, name_answers
from quizbank.statistics.chosen import Choosable
from quizbank.statistics.decision_consistency import consistency
from quizbank.statistics.estimates import Figure
from quizbank.statistics.exam_analysis import AnalysedItem, Covered, ExamAnalysis, analyse_exam
from quizbank.statistics.item_flags import (
    FEWEST,
    DriftFigures,
    FlagKind,
    ItemFigures,
    OptionFigures,
    flags_of,
)
from quizbank.statistics.mark_columns import mark_columns
from tests.factories import single_choice

KEY = Choosable("a", "The dermis", True)
WRONG = Choosable("b", "The epidermis", False, distracts=True)
OTHER = Choosable("c", "The stratum corneum", False, distracts=True)


def option(of: Choosable, chosen: int, r: float, n: int = 100) -> OptionFigures:
    return OptionFigures(of, chosen, (0, 0, 0, 0, chosen), Figure(chosen / n), Figure(r))


SOUND = ItemFigures(
    item_version_id="v1",
    n=100,
    counted=1.0,
    critical=False,
    facility=Figure(0.7),
    deviation=Figure(0.46),
    guess=1 / 3,
    intended_weight=0.025,
    effective_weight=Figure(0.025),
    spread_share=Figure(0.025),
    discrimination=Figure(0.3),
    efficiency=Figure(0.4),
    drift=DriftFigures(50, Figure(0.7), 50, Figure(0.7), Figure(0.0), 0.0),
    answers_by_fifth=(20, 20, 20, 20, 20),
    options=(option(KEY, 70, 0.3), option(WRONG, 20, -0.2), option(OTHER, 10, -0.2)),
)


def kinds(item: ItemFigures) -> list[FlagKind]:
    return [one.kind for one in flags_of(item)]


def test_a_sound_item_has_no_flag() -> None:
    assert kinds(SOUND) == []


def test_an_item_that_the_better_get_wrong_is_suspect() -> None:
    (flag,) = flags_of(replace(SOUND, discrimination=Figure(-0.3)))
    assert flag.kind is FlagKind.KEY_SUSPECT
    assert "discrimination −0.30, n = 100" in flag.reason


def test_a_hair_below_nothing_is_chance() -> None:
    assert kinds(replace(SOUND, discrimination=Figure(-0.1))) == []


def test_a_distractor_that_the_better_prefer_is_named() -> None:
    options = (option(KEY, 40, -0.2), option(WRONG, 50, 0.3), option(OTHER, 10, -0.1))
    (flag,) = flags_of(replace(SOUND, options=options))
    assert flag.kind is FlagKind.KEY_SUSPECT
    assert "“The epidermis”" in flag.reason
    assert "0.30 against −0.20" in flag.reason


def test_easy_and_hard_items_say_why() -> None:
    assert kinds(replace(SOUND, facility=Figure(0.97))) == [FlagKind.TOO_EASY]
    assert kinds(replace(SOUND, facility=Figure(0.25), guess=0.0)) == [FlagKind.TOO_HARD]
    (flag,) = flags_of(replace(SOUND, facility=Figure(0.45), guess=0.5))
    assert "guessing alone brings 50%" in flag.reason
    (easy,) = flags_of(replace(SOUND, facility=Figure(0.97), critical=True))
    assert "may be what you want" in easy.reason


def test_options_that_nobody_believes_are_named() -> None:
    options = (option(KEY, 78, 0.3), option(WRONG, 20, -0.2), option(OTHER, 2, -0.2))
    (flag,) = flags_of(replace(SOUND, options=options))
    assert flag.kind is FlagKind.NON_FUNCTIONING
    assert flag.reason.startswith("1 of 2 wrong options is chosen by fewer than 1 in 20")


def test_a_drift_needs_a_test_and_a_change_that_matters() -> None:
    drifted = DriftFigures(200, Figure(0.9), 200, Figure(0.7), Figure(0.2), 5.0)
    (flag,) = flags_of(replace(SOUND, drift=drifted))
    assert flag.kind is FlagKind.DRIFTING
    assert "easier: 90% of the marks in the last 200 answers, 70% in the 200 before" in flag.reason
    assert kinds(replace(SOUND, drift=replace(drifted, z=2.0))) == []
    assert kinds(replace(SOUND, drift=replace(drifted, recent=Figure(0.75)))) == []
    assert kinds(replace(SOUND, drift=replace(drifted, recent_n=20))) == []


def test_nothing_is_said_below_thirty_answers() -> None:
    bad = replace(SOUND, discrimination=Figure(-0.9), facility=Figure(0.99))
    assert len(kinds(replace(bad, n=FEWEST))) == 2
    assert kinds(replace(bad, n=FEWEST - 1)) == []


def analysis_of(people: int, miskeyed: bool) -> ExamAnalysis:
    """Ten items: who is better has more right; at the first, the better choose "b"."""
    rng = np.random.default_rng(7)
    skill = np.linspace(0.15, 0.95, people)
    right = rng.random((people, 10)) < skill[:, np.newaxis]
    if miskeyed:
        right[:, 0] = ~right[:, 0]
    items = [(f"v{n}", single_choice(f"tt-01-{n:03}")) for n in range(1, 11)]
    answers = [Answer(n, {"option": said}, 1) for n in range(10) for said in "ab"]
    attempt, item = np.indices(right.shape)
    columns = mark_columns(
        attempt.ravel(),
        item.ravel(),
        right.ravel().astype(float),
        answer=(2 * item + ~right).ravel(),
    )
    named = name_answers([one for _, one in items], answers)
    return analyse_exam(columns, items, named, Covered(cut=7, size=10, retakes=0, left_out=0))


def first_item(people: int, miskeyed: bool) -> AnalysedItem:
    return analysis_of(people, miskeyed).items[0]


def test_a_wrong_key_is_found_among_sixty_people_and_named() -> None:
    suspect, sound = first_item(60, miskeyed=True), first_item(60, miskeyed=False)
    assert FlagKind.KEY_SUSPECT in [one.kind for one in suspect.flags]
    assert FlagKind.KEY_SUSPECT not in [one.kind for one in sound.flags]
    assert "“The epidermis”" in suspect.flags[0].reason
    assert first_item(29, miskeyed=True).flags == ()


def test_an_analysis_holds_every_option_with_its_fifths() -> None:
    figures = first_item(60, miskeyed=False).figures
    assert [one.option.name for one in figures.options] == ["a", "b", "c"]
    assert sum(sum(one.fifths) for one in figures.options) == 60
    assert figures.answers_by_fifth == tuple(
        sum(column) for column in zip(*(one.fifths for one in figures.options), strict=True)
    )
    assert figures.guess == pytest.approx(1 / 3)


def slow_agreement(totals: list[int], items: int, cut: int, alpha: float) -> float:
    mean = sum(totals) / len(totals) / items
    alike = 0.0
    for total in totals:
        p = alpha * total / items + (1 - alpha) * mean
        passing = sum(comb(items, k) * p**k * (1 - p) ** (items - k) for k in range(cut, items + 1))
        alike += passing**2 + (1 - passing) ** 2
    return alike / len(totals)


@pytest.mark.parametrize("alpha", [0.0, 0.6, 1.0])
@pytest.mark.parametrize("cut", [1, 6, 10])
def test_consistency_is_subkoviaks_sum(alpha: float, cut: int) -> None:
    totals = [2, 4, 5, 5, 6, 7, 8, 8, 9, 10, 0]
    found = consistency(np.array(totals, float), 10, cut, Figure(alpha, alpha - 0.1, alpha))
    assert found is not None
    value = found.agreement.value
    assert value == pytest.approx(slow_agreement(totals, 10, cut, alpha))
    assert (found.agreement.low or 0) <= value <= (found.agreement.high or 0)


def test_consistency_needs_an_alpha() -> None:
    assert consistency(np.array([1.0, 2.0]), 5, 3, Figure(None)) is None


def test_a_cut_far_from_everybody_is_decided_alike_but_not_better_than_chance() -> None:
    far = consistency(np.array([9.0, 10.0, 9.0]), 10, 1, Figure(0.5, 0.3, 0.7))
    assert far is not None
    assert far.agreement.value == pytest.approx(1)
    assert (far.kappa.value or 0) < 0.1
