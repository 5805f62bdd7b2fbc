"""What a screening case must hold, and how its file is read."""

import pytest
from pydantic import ValidationError

from courses.screening.case import Decision, ScreeningCase
from courses.screening.case_file import case_to_yaml, read_cases
from tests.screening import client, client_data, well_client

_FACTS = client_data()["facts"]
_REASONS = client_data()["reasons"]
_STORY = client_data()["consequences"]
_TWICE = [{"day": 9, "text": "Later."}, {"day": 1, "text": "Earlier."}]

FAULTS = {
    "a case that treats and accepts a refusal": (
        {"decision": "proceed", "acceptable": ["defer"]},
        "must not treat where",
    ),
    "a case that defers and says no time": ({"wait": None}, "add a wait"),
    "a wait where nobody defers": ({"decision": "decline", "acceptable": []}, "drop it"),
    "a wait in days without what happens too soon": (
        {"wait": {"words": "Long.", "days": 140}},
        "days and too_soon belong together",
    ),
    "a decision that is also acceptable": ({"acceptable": ["defer"]}, "as well"),
    "a fact twice": ({"facts": [*_FACTS, _FACTS[0]]}, "the facts name something twice"),
    "no finding": ({"facts": [_FACTS[0]]}, "needs a fact that is a finding"),
    "a row that no fact shows": (
        {
            "rows": ["R9", "R18"],
            "reasons": [_REASONS[0] | {"rows": ["R9", "R18"]}, _REASONS[1]],
        },
        "shows R18; nobody could find it",
    ),
    "a row that no reason names": ({"rows": ["R9", "R18"]}, "R18 must stand under rows and in"),
    "a row that does not exist": ({"rows": ["R28"]}, "should match pattern"),
    "only right reasons": (
        {"reasons": [_REASONS[0], _REASONS[0] | {"id": "c", "text": "C"}]},
        "that is not",
    ),
    "a wrong reason with a row": (
        {"reasons": [_REASONS[0], _REASONS[1] | {"rows": ["R9"]}]},
        "names no row",
    ),
    "days that go back": ({"consequences": _STORY | {"refer": _TWICE}}, "must not go back"),
    "a branch without an end": ({"consequences": _STORY | {"refer": []}}, "at least 1 item"),
    "a review before it was written": ({"review_due": "2026-01-01"}, "must come after reviewed"),
}


@pytest.mark.parametrize(("changes", "said"), FAULTS.values(), ids=list(FAULTS))
def test_a_case_with_a_fault_is_refused(changes, said):
    with pytest.raises(ValidationError, match=said):
        ScreeningCase.model_validate(client_data(**changes))


def test_a_case_says_what_follows_from_each_decision():
    assert client().consequences.of(Decision.REFER)[0].text == "You write a letter."
    assert not client().treats
    assert well_client().treats


def test_cases_survive_their_file():
    written = case_to_yaml([client(), well_client(debrief="One line.\nAnother.")])
    read = read_cases(written)
    assert read.problems == ()
    assert [one.case for one in read.cases] == [
        client(),
        well_client(debrief="One line.\nAnother."),
    ]


def test_a_broken_case_is_named_by_its_line_and_stops_no_other():
    text = case_to_yaml([client("tt-one"), client("tt-two"), client("tt-three")])
    before, broken, after = text.partition("- id: tt-two")
    text = before + broken + after.replace("decision: defer", "decision: maybe", 1)
    line = 1 + text[: text.index("decision: maybe")].count("\n")
    read = read_cases(text)
    assert [one.case.id for one in read.cases] == ["tt-one", "tt-three"]
    assert [(one.line, one.message.split(":")[0]) for one in read.problems] == [
        (line, "Case tt-two")
    ]


@pytest.mark.parametrize("text", ["", "cases: 3", "- a", "cases: [", "cases: [3]"])
def test_a_file_of_another_shape_is_a_problem_and_no_crash(text):
    assert read_cases(text).problems
