"""A client for tests of the risk-screening simulator, changed as asked."""

from typing import Any

from base.ids import new_id
from courses.commands.screening import (
    ask_client,
    decide_on_client,
    give_reasons,
    note_finding,
)
from courses.queries.screening import screening_view
from courses.queries.screening_stored import case_versions, standing_cases
from courses.screening.case import Decision, ScreeningCase
from courses.tables.screening import ScreeningPlayRow
from tests.factories import World

SCREENING = "risk-screening-in-practice"


def client_data(case_id: str = "tt-tablets", **changes: Any) -> dict[str, Any]:
    """Return the data of a sound case: isotretinoin that ended six weeks ago."""
    return {
        "id": case_id,
        "title": "Six weeks after the last capsule",
        "client": "Mia, 22",
        "objectives": ["MF-05"],
        "arrives": "She would like softer acne scars before a wedding.",
        "facts": [
            {"id": "goal", "area": "goals", "question": "What do you hope for?", "answer": "Less."},
            {
                "id": "capsules",
                "area": "medicines",
                "question": "Have you ever taken acne capsules?",
                "answer": "Yes, the last six weeks ago.",
                "rows": ["R9"],
                "finding": True,
            },
            {"id": "sun", "area": "sun", "question": "Any recent sun?", "answer": "No."},
        ],
        "decision": "defer",
        "acceptable": ["refer"],
        "wait": {
            "words": "Until six months after the last capsule.",
            "days": 140,
            "course_rule": True,
            "too_soon": [{"day": 30, "text": "Her skin has not had its six months."}],
        },
        "rows": ["R9"],
        "reasons": [
            {"id": "a", "text": "Last capsule", "correct": True, "rows": ["R9"], "why": "R9."},
            {"id": "b", "text": "Scars are never needled", "why": "They are."},
        ],
        "consequences": {
            "proceed": [{"day": 0, "text": "You treat."}, {"day": 9, "text": "It heals slowly."}],
            "defer": [{"day": 0, "text": "You give a date."}],
            "refer": [{"day": 0, "text": "You write a letter."}],
            "decline": [{"day": 0, "text": "She goes elsewhere."}],
        },
        "debrief": "Experts disagree; the trainee does not decide.",
        "sources": ["S39", "CR"],
        "reviewed": "2026-11-23",
        "review_due": "2027-11-23",
    } | changes


def client(case_id: str = "tt-tablets", **changes: Any) -> ScreeningCase:
    """Return a sound case that defers."""
    return ScreeningCase.model_validate(client_data(case_id, **changes))


def well_client(case_id: str = "tt-well", **changes: Any) -> ScreeningCase:
    """Return a sound case that may be treated, with a fact that only looks like a finding."""
    said = {
        "title": "Nothing in the way",
        "client": "Ana, 34",
        "facts": [
            {"id": "goal", "area": "goals", "question": "What do you hope for?", "answer": "Less."},
            {"id": "sun", "area": "sun", "question": "Any recent sun?", "answer": "In spring."},
        ],
        "decision": "proceed",
        "acceptable": [],
        "wait": None,
        "rows": [],
        "reasons": [
            {"id": "a", "text": "No row is unmet", "correct": True, "why": "None is."},
            {"id": "b", "text": "Scars are never needled", "why": "They are."},
        ],
    }
    return client(case_id, **(said | changes))


def bring(world: World, name: str, case_id: str) -> ScreeningCase:
    """Let this client of the screening course be somebody's first."""
    with world.as_system() as tx:
        version_id = standing_cases(tx.session, SCREENING)[case_id]
        row = ScreeningPlayRow(
            id=new_id(),
            person_id=world.actor(name).own_id,
            course_slug=SCREENING,
            number=1,
            case_version_id=version_id,
            seed="1",
            started_at=tx.now,
        )
        tx.session.add(row)
        return case_versions(tx.session, [version_id])[version_id]


def screen_wrongly(world: World, name: str) -> None:
    """Let somebody treat a client who should not be treated, after asking for her goals alone."""
    bring(world, name, "capsules-six-weeks")
    with world.acting(name) as tx:
        play = screening_view(tx, SCREENING).play_id or ""
        ask_client(tx, play, ["goal"])
        note_finding(tx, play, "goal", noted=True)
        decide_on_client(tx, play, Decision.PROCEED)
        give_reasons(tx, play, ["c"])
