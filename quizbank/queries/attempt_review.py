"""One's own released exam, question by question, as far as its review windows show it now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue
from sqlmodel import select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.exams import ExamRules
from quizbank.items import Item
from quizbank.kinds.case_shown import Debrief
from quizbank.kinds.shown import Explanation, Prompt, State
from quizbank.queries.attempts import (
    owned_attempt,
    progress_of,
)
from quizbank.queries.own_results import released_decision
from quizbank.queries.published import FormItem, exam_version, form_items, item_versions
from quizbank.queries.remedies import standing_remedies
from quizbank.queries.seen import Seen, seen_of
from quizbank.remedies import Remedy, RemedyKind
from quizbank.review_windows import OF_QUESTIONS, Part
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.decisions import MarkRow


@dataclass(frozen=True)
class Reasons:
    """Why each answer is right or wrong, and where that is from; a case has a debrief."""

    explanations: tuple[Explanation, ...]
    sources: tuple[str, ...]
    debrief: Debrief | None


@dataclass(frozen=True)
class ReviewItem:
    """One place of a form afterwards; what may not be seen is None.

    `number` counts the questions; a text to read has None. `remedy` tells how its key was
    corrected, where the marks or their state are seen.
    """

    position: int
    number: int | None
    scored: bool
    prompt: Prompt | None
    response: JsonValue
    state: State | None
    fraction: float | None
    reasons: Reasons | None
    remedy: RemedyKind | None


@dataclass(frozen=True)
class AttemptReview:
    """A released attempt to look at again; `items` is empty where no question may be seen."""

    attempt_id: str
    exam_id: str
    rules: ExamRules
    closed_at: datetime
    seen: Seen
    items: tuple[ReviewItem, ...]


@dataclass(frozen=True)
class _Sat:
    """All that is known of an attempt, before it is said what of it is shown."""

    items: Mapping[str, Item]
    responses: Mapping[int, JsonValue]
    marks: Mapping[int, MarkRow]
    remedies: Mapping[str, Remedy]


@needs(Permission.EXAM_SIT)
def attempt_review(tx: Tx, attempt_id: str) -> AttemptReview:
    """Return one's own attempt as it may be seen now; raises `NotFound` before its release."""
    attempt = owned_attempt(tx, attempt_id)
    released = released_decision(tx, attempt)
    seen = seen_of(tx, attempt, released)
    return AttemptReview(
        attempt_id=attempt.id,
        exam_id=attempt.exam_id,
        rules=exam_version(tx.session, attempt.exam_version_id),
        closed_at=attempt.closed_at or released.at,
        seen=seen,
        items=_items(tx, attempt, released.id, seen) if seen.parts & OF_QUESTIONS else (),
    )


def _items(tx: Tx, attempt: AttemptRow, decision_id: str, seen: Seen) -> tuple[ReviewItem, ...]:
    places = form_items(tx.session, attempt.form_id)
    versions = [place.item_version_id for place in places]
    marks = tx.session.exec(select(MarkRow).where(MarkRow.decision_id == decision_id))
    # A correction belongs to the decision that it made, which may not be released yet.
    stands = attempt.decision_id == decision_id
    sat = _Sat(
        items=item_versions(tx.session, versions),
        responses=progress_of(tx, attempt.id).responses,
        marks={row.position: row for row in marks},
        remedies=standing_remedies(tx, versions) if stands else {},
    )
    found: list[ReviewItem] = []
    number = 0
    for place in places:
        number += place.asks
        found.append(_item(place, number if place.asks else None, sat, seen))
    return tuple(found)


def _item(place: FormItem, number: int | None, sat: _Sat, seen: Seen) -> ReviewItem:
    item, parts = sat.items[place.item_version_id], seen.parts
    mark, remedy = sat.marks[place.position], sat.remedies.get(place.item_version_id)
    response = sat.responses.get(place.position) if Part.RESPONSE in parts else None
    judged = {Part.CORRECTNESS, Part.MARKS, Part.ANSWER} & parts
    return ReviewItem(
        position=place.position,
        number=number,
        scored=place.scored,
        prompt=item.prompt(place.option_order, response) if Part.QUESTION in parts else None,
        response=response,
        state=State(mark.state) if Part.CORRECTNESS in parts else None,
        fraction=mark.fraction if Part.MARKS in parts else None,
        reasons=_reasons(place, item, response, remedy) if Part.ANSWER in parts else None,
        remedy=remedy.kind if remedy and judged else None,
    )


def _reasons(place: FormItem, item: Item, response: JsonValue, remedy: Remedy | None) -> Reasons:
    corrected = remedy.item if remedy and remedy.item else item
    return Reasons(
        explanations=corrected.explain(response, place.option_order),
        sources=corrected.sources,
        debrief=corrected.debrief(response, place.option_order),
    )
