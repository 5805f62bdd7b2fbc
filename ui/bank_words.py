"""The item bank's own terms in plain words, with an icon where a colour would speak alone."""

from datetime import date

KINDS = {
    "single_choice": "Single choice",
    "multiple_response": "Multiple response",
    "true_false": "True or false",
    "numeric": "Number",
    "short_answer": "Short answer",
    "matching": "Matching",
    "ordering": "Ordering",
    "essay": "Essay",
    "description": "Text to read",
    "case": "Case",
}
POOLS = {"exam": "Exam", "practice": "Practice", "check": "Lesson check"}
LEVELS = {
    "recall": "Recall: remember a fact",
    "apply": "Apply: use it in a case",
    "analyse": "Analyse: weigh several facts",
}
STATUSES = {"approved": "In use", "retired": "Retired"}


def status_mark(status: str) -> str:
    """Return the status as Markdown: icon and word."""
    if status == "retired":
        return ":gray[:material/archive: Retired]"
    return ":green[:material/check_circle: In use]"


def review_mark(due: date, today: date) -> str:
    """Return when the review is due, or that it is past."""
    said = f"{due:%-d %B %Y}"
    if due < today:
        return f":orange[:material/schedule: **Past review** since {said}]"
    return f"review due {said}"


CRITICAL_MARK = ":red[:material/priority_high: **Critical**]"
