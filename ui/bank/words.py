"""The item bank's own terms in plain words, with an icon where a colour would speak alone."""

import re
from datetime import date

from markdown_it import MarkdownIt

from ui.entries import short

KINDS = {
    "single_choice": "Single choice",
    "multiple_response": "Multiple response",
    "true_false": "True or false",
    "numeric": "Number",
    "short_answer": "Short answer",
    "matching": "Matching",
    "ordering": "Ordering",
    "hotspot": "Hotspot",
    "cloze": "Text with gaps",
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
STATUSES = {
    "draft": "Draft",
    "in review": "In review",
    "approved": "In use",
    "pilot": "Pilot",
    "retired": "Retired",
}
_STATUS_MARKS = {
    "draft": ":gray[:material/edit_note: Draft]",
    "in review": ":blue[:material/rate_review: In review]",
    "approved": ":green[:material/check_circle: In use]",
    "pilot": ":violet[:material/science: Pilot, not scored]",
    "retired": ":gray[:material/archive: Retired]",
}


CHANGES = {
    "draft": "Being changed",
    "in review": "Change in review",
    "returned": "Change returned",
}


def change_mark(stage: str) -> str:
    """Return the stage of a change on its way as Markdown: icon and words."""
    icon = "rate_review" if stage == "in review" else "edit_note"
    return f":blue[:material/{icon}: {CHANGES.get(stage, stage)}]"


def status_mark(status: str) -> str:
    """Return the status as Markdown: icon and word."""
    return _STATUS_MARKS.get(status, status)


def review_mark(due: date, today: date) -> str:
    """Return when the review is due, or that it is past."""
    said = f"{due:%-d %B %Y}"
    if due < today:
        return f":orange[:material/schedule: **Past review** since {said}]"
    return f"review due {said}"


_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_GAP = re.compile(r"\[\[[^\[\]]*\]\]")


def headline(stem: str, longest: int = 110) -> str:
    """Return the beginning of a question on one line as it reads: no asterisks, gaps as ___."""
    tokens = _MARKDOWN.parse(_GAP.sub("___", stem))
    # A picture's own token holds its alt text, a line break's nothing.
    spoken = (
        "".join(part.content or " " * part.type.endswith("break") for part in token.children)
        for token in tokens
        if token.children
    )
    return short(" ".join(spoken), longest)


CRITICAL_MARK = ":red[:material/priority_high: **Critical**]"
