"""The numbing arithmetic: the label's sum, what it refuses, and the worked wrong answers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.figures.facts import read_facts
from courses.figures.lidocaine_facts import LidocaineFacts
from courses.figures.lidocaine_sum import LabelSum, Verdict, in_figures, steps, work_out
from tests.conftest import HOUSE


def label() -> LidocaineFacts:
    path = HOUSE / "content" / "figures" / "lidocaine-arithmetic.yaml"
    read = read_facts(path.stem, path.read_text(encoding="utf-8"))
    assert isinstance(read, LidocaineFacts), read
    return read


FACTS = label()


def done(weight: float, grams: float = 1, percent: float = 4) -> LabelSum:
    found = work_out(FACTS, weight, grams, percent)
    assert isinstance(found, LabelSum), found
    return found


@pytest.mark.parametrize(
    ("weight", "mg", "grams"),
    [
        (40, "180", "4.5"),
        (50, "225", "5.6"),
        (52, "234", "5.8"),
        (70, "300", "7.5"),
        (110, "300", "7.5"),
    ],
)
def test_the_lower_of_two_limits_counts_and_grams_round_down(weight, mg, grams):
    found = done(weight)
    assert (in_figures(found.ceiling_mg), in_figures(found.ceiling_grams)) == (mg, grams)


def test_what_reaches_the_ceiling_is_not_under_it():
    assert done(70, 7.4).verdict is Verdict.BELOW
    assert done(70, 7.5).verdict is Verdict.ABOVE
    assert done(50, 5.7).verdict is Verdict.ABOVE


def test_what_is_stronger_is_refused_however_little_it_is():
    assert done(90, 0.1, 4.5).verdict is Verdict.TOO_STRONG
    strong = done(90, 0.1, 10)
    assert strong.verdict is Verdict.TOO_STRONG
    assert "rounded down" not in " ".join(steps(FACTS, strong))


def test_every_step_is_shown():
    said = " ".join(steps(FACTS, done(50, 3)))
    for words in ("40 mg in each gram", "4.5 mg × 50 kg = **225 mg**", "225 ÷ 40 = 5.625"):
        assert words in said
    assert "3 g × 40 mg = **120 mg**" in said


@pytest.mark.parametrize(
    ("weight", "grams", "percent", "said"),
    [
        (0, 1, 4, "weight must be in kilograms"),
        (-50, 1, 4, "weight must be in kilograms"),
        (500, 1, 4, "weight must be in kilograms"),
        (float("nan"), 1, 4, "weight must be in kilograms"),
        (50, 0, 4, "amount must be in grams"),
        (50, float("inf"), 4, "amount must be in grams"),
        (50, 1, 0, "strength must be in percent"),
        (50, 1, 101, "strength must be in percent"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(weight, grams, percent, said):
    problems = work_out(FACTS, weight, grams, percent)
    assert isinstance(problems, tuple)
    assert any(said in one for one in problems)


@given(
    st.floats(min_value=30, max_value=249),
    st.floats(min_value=0.01, max_value=500),
    st.floats(min_value=0.1, max_value=100),
)
def test_a_lighter_person_never_has_a_higher_ceiling_and_none_passes_300_mg(weight, grams, percent):
    light, heavy = done(weight, grams, percent), done(weight + 1, grams, percent)
    assert light.ceiling_mg <= heavy.ceiling_mg <= Decimal(300)
    assert light.ceiling_grams * light.mg_per_gram <= light.ceiling_mg
    if light.verdict is Verdict.BELOW:
        assert light.typed_mg < light.ceiling_mg


def test_the_worked_wrong_answers_are_wrong_as_they_say():
    right = [one.right for one in FACTS.mistakes]
    assert right[0] == right[2] == f"{in_figures(done(50).ceiling_grams)} g"
    assert right[1] == f"below {in_figures(done(90).ceiling_grams)} g"
    assert in_figures(done(90).body_mg) in FACTS.mistakes[1].wrote
