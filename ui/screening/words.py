"""Screening in words: decisions, areas, waits, and what a decision was worth."""

from courses.screening.case import Area, Decision
from courses.screening.scoring import CaseMark, Outcome, Share, Verdict, WaitVerdict
from quizbank.rule_words import percent
from ui.words import count

AREAS = {
    Area.GOALS: "Goals",
    Area.HEALTH: "Health",
    Area.MEDICINES: "Medicines",
    Area.ALLERGIES: "Allergies",
    Area.SKIN: "Skin",
    Area.HISTORY: "History",
    Area.SUN: "Sun",
    Area.DOCUMENTS: "Documents",
    Area.EXAMINATION: "Examine",
}
DECISIONS = {
    Decision.PROCEED: "Proceed",
    Decision.DEFER: "Defer",
    Decision.REFER: "Refer",
    Decision.DECLINE: "Decline",
}
MEANINGS = {
    Decision.PROCEED: "treat today, within scope",
    Decision.DEFER: "not today; the reason passes",
    Decision.REFER: "a clinician first; you write a letter",
    Decision.DECLINE: "this treatment is not for this person",
}


def wait_in_words(days: int) -> str:
    """Return a wait in its largest whole unit: "4 weeks", "9 days", "no number of days"."""
    if not days:
        return "no number of days"
    return count(days // 7, "week") if days % 7 == 0 else count(days, "day")


def decided_in_words(decision: Decision, wait_days: int) -> str:
    """Return "Defer, at least 4 weeks" or "Refer"."""
    if decision is Decision.DEFER and wait_days:
        return f"Defer, at least {wait_in_words(wait_days)}"
    return DECISIONS[decision]


def worth_in_words(mark: CaseMark) -> str:
    """Return what a decision was worth, in a word or two."""
    if mark.unsafe:
        return "unsafe: you treated somebody who should not be treated today"
    if mark.needless:
        return "wrong: you sent away somebody who could be treated"
    if mark.wait is WaitVerdict.TOO_SHORT:
        return f"{mark.verdict}, but the wait is too short"
    return str(mark.verdict)


def sign_of(mark: CaseMark) -> str:
    """Return the icon that stands beside the words."""
    if mark.verdict is Verdict.WRONG:
        return ":material/cancel:"
    short = mark.wait is WaitVerdict.TOO_SHORT
    return ":material/error:" if short else ":material/check_circle:"


def share_in_words(share: Share) -> str:
    """Return "18 of 20 (90%), likely 70% to 97%", or that there was nobody yet."""
    if share.value is None or share.interval is None:
        return "nobody yet"
    low, high = share.interval
    likely = f"likely {low:.0%} to {high:.0%}"
    return f"{share.hits} of {share.of} ({percent(share.value)}), {likely}"


OUTCOMES = {
    Outcome.PASSED: "Passed: you keep people safe, and you treat those who can be treated.",
    Outcome.TREATS_TOO_MANY: "Not passed: you treat too many who should not be treated today.",
    Outcome.REFUSES_TOO_MANY: "Not passed: you send too many away who could be treated. Refusing "
    "everyone fails as surely as treating everyone.",
    Outcome.BOTH: "Not passed: too many are treated who should not be, and too many sent away who "
    "could be.",
}
