"""The clients of the simulator decide as the facts base's vignettes do, and leave out no row."""

import re

import pytest

from courses.content_folder import read_course_folder
from tests.conftest import HOUSE, skip_unless_ci
from tests.peers.conftest import FIXTURES
from tests.screening import SCREENING

FACTS = FIXTURES.parent / "reference" / "clinical-facts.md"
CASES = {
    place.case.id: place.case for place in read_course_folder(HOUSE / "content" / SCREENING).cases
}
VIGNETTES = {
    1: "fine-lines",
    2: "crusted-lip",
    3: "antiviral-started",
    4: "capsules-six-weeks",
    5: "offers-to-skip",
    6: "keloid-chest",
    7: "twenty-weeks",
    8: "stable-diabetes",
    9: "foot-ulcer",
    10: "marks-after-peel",
    11: "five-days-after-sun",
    12: "darkening-spot",
    13: "mother-insists",
    14: "filler-and-peel",
    15: "tretinoin-last-night",
    16: "cheap-earrings",
    17: "own-serum",
    18: "new-tattoo",
    19: "day-twelve",
    20: "two-arthritis-drugs",
    21: "young-scar",
    22: "hours-at-the-mirror",
    23: "metallic-taste",
    24: "upper-eyelids",
    25: "day-four",
}


def vignette(number: int) -> str:
    if not FACTS.is_file():
        skip_unless_ci(f"the facts base is not at {FACTS}; set PEER_FIXTURES")
    (line,) = re.findall(rf"^{number}\. \d+[MF], .*$", FACTS.read_text(encoding="utf-8"), re.M)
    return line


@pytest.mark.parametrize(("number", "case_id"), VIGNETTES.items())
def test_a_vignette_is_decided_as_in_the_facts_base(number: int, case_id: str) -> None:
    line, case = vignette(number), CASES[case_id]
    said = re.findall(r"\*\*(Proceed|Defer|Refer|Decline)\*\*", line)
    assert said == [case.decision.value.capitalize()]
    assert {*case.rows} == {*re.findall(r"\bR\d+\b", line)}
    (age,) = re.findall(r"^\d+\. (\d+)[MF],", line)
    assert case.client.endswith(f", {age}")


def test_the_clients_leave_out_no_row_and_hold_both_sides() -> None:
    rows = {row for case in CASES.values() for row in case.rows}
    assert rows == {f"R{number}" for number in range(1, 28)}
    treated = [case for case in CASES.values() if case.treats]
    assert len(CASES) >= 32
    assert len(treated) >= 8
