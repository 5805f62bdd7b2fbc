"""The numbing arithmetic against the facts base's own paragraph."""

import pytest

from courses.figures.lidocaine_sum import LabelSum, in_figures, work_out
from tests.conftest import skip_unless_ci
from tests.peers.test_clinical_facts import FACTS as BASE
from tests.peers.test_clinical_facts import section
from tests.unit.courses.test_lidocaine_sum import FACTS


@pytest.fixture(autouse=True, scope="module")
def facts_are_here() -> None:
    if not BASE.is_file():
        skip_unless_ci(f"the facts base is not at {BASE}; set PEER_FIXTURES")


def at(weight: float) -> LabelSum:
    done = work_out(FACTS, weight, 1, FACTS.percent)
    assert isinstance(done, LabelSum)
    return done


def test_every_number_is_the_one_of_the_facts_base():
    (said,) = [one for one in section(8).splitlines() if one.startswith("**Anaesthetic limits.**")]
    assert f"under {FACTS.most_mg:g} mg and never above {FACTS.mg_per_kg:g} mg/kg [50]" in said
    assert f"≤{FACTS.percent:g}% lidocaine" in said
    assert f"{FACTS.percent:g}% cream = {in_figures(at(50).mg_per_gram)} mg/g" in said
    assert f"{FACTS.most_mg:g} mg = {in_figures(at(90).ceiling_grams)} g" in said
    at_50 = f"at 50 kg {in_figures(at(50).ceiling_mg)} mg = {in_figures(at(50).ceiling_grams)} g"
    assert at_50 in said
    assert "the label is not for skin cream" in said
    assert (FACTS.label_sources, FACTS.strongest_sources) == (("S50",), ("S49",))
