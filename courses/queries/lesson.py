"""One lesson as its reader sees it: never a key before the answer."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue
from sqlmodel import Session, col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from courses.figures.facts import FigureFacts
from courses.lesson_html import Written
from courses.lessons import Lesson
from courses.progress import LessonState
from courses.queries.reading import OwnNote, is_bookmarked, own_note
from courses.queries.screening import has_clients
from courses.queries.stored import (
    LessonHead,
    lesson_heads,
    lesson_text,
    manifest_of,
    standing_of,
)
from courses.queries.written import written_lesson
from courses.tables.courses import CheckAnswerRow, LessonVersionRow
from quizbank.kinds.shown import (
    Explanation,
    Mark,
    Prompt,
    State,
)
from quizbank.queries.bank import sources
from quizbank.queries.checks import check_items, check_outcome
from quizbank.sources import Source


@dataclass(frozen=True)
class LessonLink:
    """Another lesson of the course."""

    slug: str
    title: str


@dataclass(frozen=True)
class CheckAnswer:
    """The latest answer to a check question.

    A wrong answer comes with the reasons of what was chosen only, so that trying again means
    thinking again; a right one, and one whose reader asked for the answer, with all.
    """

    number: int
    response: JsonValue
    mark: Mark
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True)
class CheckView:
    """A check question with the latest answer, if any; `done` once it was answered right."""

    item_id: str
    prompt: Prompt
    answer: CheckAnswer | None
    done: bool


@dataclass(frozen=True)
class LessonView:
    """A lesson and how far its reader is; `place` counts lessons from 1.

    `clients` tells that the course has clients to screen for what the lesson teaches.
    """

    course_slug: str
    course_title: str
    standing_note: str
    slug: str
    title: str
    place: int
    places: int
    minutes: int
    reviewed: date
    review_due: date
    goals: tuple[str, ...]
    written: Written
    figures: dict[str, FigureFacts]
    sources: tuple[Source, ...]
    state: LessonState
    reached_end: bool
    checks: tuple[CheckView, ...]
    bookmarked: bool
    note: OwnNote
    clients: bool
    previous: LessonLink | None
    next: LessonLink | None


@needs(Permission.COURSE_STUDY)
def lesson_view(
    tx: Tx, slug: str, lesson: str, revealed: Collection[str] = frozenset()
) -> LessonView:
    """Return a lesson of a course; raises `NotFound`.

    `revealed` names check questions whose answer the reader asked to see; one that was never
    answered stays as it is.
    """
    manifest = manifest_of(tx.session, slug)
    heads = lesson_heads(tx.session, manifest)
    head = head_of(heads, lesson)
    text = lesson_text(tx.session, head.id)
    standing = standing_of(tx.session, tx.actor.own_id, slug)
    place = heads.index(head)
    return LessonView(
        course_slug=slug,
        course_title=manifest.course.title,
        standing_note=manifest.course.standing_note,
        slug=lesson,
        title=text.title,
        place=place + 1,
        places=len(heads),
        minutes=text.minutes,
        reviewed=text.reviewed,
        review_due=text.review_due,
        goals=text.goals,
        written=written_lesson(tx.session, head.id),
        figures={name: manifest.figures[name] for name in text.figures()},
        sources=sources(tx, text.sources),
        state=standing.of(head).state,
        reached_end=standing.reached_end(head),
        checks=_checks(tx, slug, text, standing.right.get(lesson, frozenset()), revealed),
        bookmarked=is_bookmarked(tx, slug, lesson),
        note=own_note(tx, slug, lesson),
        clients=has_clients(tx, slug, text.objectives),
        previous=_link(heads[place - 1]) if place else None,
        next=_link(heads[place + 1]) if place + 1 < len(heads) else None,
    )


def head_of(heads: tuple[LessonHead, ...], lesson: str) -> LessonHead:
    """Return the lesson with this slug; raises `NotFound`."""
    found = next((head for head in heads if head.slug == lesson), None)
    if found is None:
        raise NotFound("There is no such lesson in this course. Choose one from the course page.")
    return found


def _link(head: LessonHead) -> LessonLink:
    return LessonLink(head.slug, head.title)


def _checks(
    tx: Tx, slug: str, lesson: Lesson, right: frozenset[str], revealed: Collection[str]
) -> tuple[CheckView, ...]:
    latest = _latest_answers(tx.session, tx.actor.own_id, slug, lesson)
    return tuple(
        CheckView(
            item_id=item.item_id,
            prompt=item.prompt,
            answer=_answer(tx, latest[item.item_id], revealed) if item.item_id in latest else None,
            done=item.item_id in right,
        )
        for item in check_items(tx, lesson.checks)
    )


def _answer(tx: Tx, row: CheckAnswerRow, revealed: Collection[str]) -> CheckAnswer:
    response = json.loads(row.response)
    outcome = check_outcome(tx, row.item_version_id, response)
    shown = outcome.explanations
    if outcome.mark.state is not State.RIGHT and row.item_id not in revealed:
        shown = tuple(one for one in shown if one.chosen)
    return CheckAnswer(row.number or 0, response, outcome.mark, shown)


def _latest_answers(
    session: Session, person_id: str, slug: str, lesson: Lesson
) -> dict[str, CheckAnswerRow]:
    rows = session.exec(
        select(CheckAnswerRow)
        .join(LessonVersionRow, col(LessonVersionRow.id) == col(CheckAnswerRow.lesson_version_id))
        .where(
            CheckAnswerRow.person_id == person_id,
            LessonVersionRow.course_slug == slug,
            LessonVersionRow.lesson_slug == lesson.slug,
            col(CheckAnswerRow.item_id).in_(lesson.checks),
        )
        .order_by(col(CheckAnswerRow.number))
    )
    return {row.item_id: row for row in rows}
