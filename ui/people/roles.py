"""Roles in plain words."""

from collections.abc import Sequence

from base.permissions import ASSIGNABLE, Role

WORDS: dict[Role, str] = {
    Role.LEARNER: "Trainee",
    Role.AUTHOR: "Instructor",
    Role.EXAMINER: "Examiner",
    Role.CLINIC: "Clinic",
    Role.AUDITOR: "Auditor",
    Role.ADMINISTRATOR: "Administrator",
}
MEANINGS: dict[Role, str] = {
    Role.LEARNER: "studies, sits exams, holds certificates",
    Role.AUTHOR: "writes items, reviews those of others, retires items",
    Role.EXAMINER: "reviews items, writes and watches over exams, reads the results",
    Role.CLINIC: "looks after its own clinics: staff, rosters, receipts",
    Role.AUDITOR: "reads items, results, certificates and the audit log, changes nothing",
    Role.ADMINISTRATOR: "manages people and roles, reads results, revokes certificates",
}
ROLES = ASSIGNABLE


def in_words(roles: Sequence[Role]) -> str:
    """Return the roles as a list in words, "no role" where there is none."""
    return ", ".join(WORDS.get(role, role) for role in roles) or "no role"
