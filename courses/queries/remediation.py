"""What one was certain of and was unsafe: which lesson and which questions put it right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlmodel import col, or_, select

from base.db import Tx
from base.permissions import Permission, needs
from courses.queries.stored import lesson_text, manifest_of
from courses.tables.courses import CourseRow
from quizbank.queries.certain_mistakes import CertainMistake, open_certain_mistakes
from quizbank.queries.rounds import Round, round_of
from quizbank.remediation import still_to_answer


@dataclass(frozen=True)
class LessonAgain:
    """The lesson that teaches an objective."""

    course_slug: str
    slug: str
    title: str
    minutes: int


@dataclass(frozen=True)
class PuttingRight:
    """One objective with unsafe certainties: its lesson first, then questions.

    `lesson` is None where no course teaches it; `may_answer` once it was read, or where there is
    none. `round` is the last round of questions, running or ended; `due` is how many the next one
    asks.
    """

    objective: str
    title: str
    topics: tuple[str, ...]
    lesson: LessonAgain | None
    may_answer: bool
    round: Round | None
    due: int


@needs(Permission.EXAM_SIT)
def to_put_right(tx: Tx, exam_id: str) -> tuple[PuttingRight, ...]:
    """Return one's own objectives with something to put right before the exam, in order."""
    found = open_certain_mistakes(tx, exam_id)
    slug = course_slug_of(tx, exam_id)
    titles = _titles(tx, slug)
    return tuple(
        _putting_right(tx, titles.get(code, code), [*rows], lesson_of(tx, slug, code))
        for code, rows in groupby(found, key=lambda one: one.objective)
    )


@needs(Permission.EXAM_SIT)
def course_slug_of(tx: Tx, exam_id: str) -> str | None:
    """Return the course that this exam belongs to, or None."""
    of_it = or_(col(CourseRow.exam_id) == exam_id, col(CourseRow.practice_id) == exam_id)
    return tx.session.exec(select(CourseRow.slug).where(of_it)).first()


def lesson_of(tx: Tx, slug: str | None, objective: str) -> LessonAgain | None:
    """Return the first lesson of the course that teaches an objective, or None."""
    if slug is None:
        return None
    manifest = manifest_of(tx.session, slug)
    for one in manifest.course.lesson_slugs:
        text = lesson_text(tx.session, manifest.lessons[one])
        if objective in text.objectives:
            return LessonAgain(slug, text.slug, text.title, text.minutes)
    return None


def _titles(tx: Tx, slug: str | None) -> dict[str, str]:
    course = manifest_of(tx.session, slug).course if slug else None
    return {one.code: one.title for one in course.objectives} if course else {}


def _putting_right(
    tx: Tx, title: str, found: Sequence[CertainMistake], lesson: LessonAgain | None
) -> PuttingRight:
    practice_id = next((one.practice_id for one in found if one.practice_id), None)
    last = round_of(tx, practice_id) if practice_id else None
    asked = max(one.fresh_items for one in found)
    return PuttingRight(
        objective=found[0].objective,
        title=title,
        topics=tuple(dict.fromkeys(one.topic for one in found)),
        lesson=lesson,
        may_answer=lesson is None or all(one.read_at for one in found),
        round=last,
        due=still_to_answer(asked, last.fractions if last else ()),
    )
