"""Reading lessons, answering their checks, and going on to practice and the final exam."""

import json

from pydantic import JsonValue
from sqlalchemy.exc import IntegrityError

from base.db import Tx
from base.errors import Invalid, NotFound
from base.permissions import Permission, needs
from courses.queries.exam_entry import exam_entry
from courses.queries.lesson import head_of
from courses.queries.outline import module_needs
from courses.queries.stored import LessonHead, lesson_heads, manifest_of, standing_of
from courses.tables.courses import CheckAnswerRow, LessonReadRow
from quizbank.commands.attempts import start_attempt
from quizbank.kinds.shown import (
    Mark,
    State,
)
from quizbank.queries.checks import check_items, check_outcome

# Far above any honest response to a check question.
LARGEST_RESPONSE = 10_000


@needs(Permission.COURSE_STUDY)
def reach_end(tx: Tx, slug: str, lesson: str) -> None:
    """Note that the person came to the end of a lesson; doing so twice changes nothing.

    Raises `Invalid`, naming the lessons that come first, where its module is not open yet.
    """
    head = _head(tx, slug, lesson)
    _refuse_before_its_turn(tx, slug, lesson)
    key = (tx.actor.own_id, head.id)
    if tx.session.get(LessonReadRow, key) is not None:
        return
    try:
        with tx.session.begin_nested():
            tx.session.add(LessonReadRow(person_id=key[0], lesson_version_id=key[1], at=tx.now))
    except IntegrityError:
        # Another tab was faster and noted the same.
        return


@needs(Permission.COURSE_STUDY)
def answer_check(tx: Tx, slug: str, lesson: str, item_id: str, response: JsonValue) -> Mark:
    """Append an answer to a lesson's check question and return its mark.

    Raises `Invalid` for an empty answer or before the lesson's end, `NotFound` for a question of
    another lesson.
    """
    head = _head(tx, slug, lesson)
    if not standing_of(tx.session, tx.actor.own_id, slug).reached_end(head):
        raise Invalid(["Read the lesson to its end first; the questions open there."])
    stored = json.dumps(response, ensure_ascii=False)
    if len(stored) > LARGEST_RESPONSE:
        raise Invalid(["This answer is too long to save. Shorten it."])
    version_id = _check_version(tx, head, item_id)
    mark = check_outcome(tx, version_id, response).mark
    if mark.state is State.OMITTED:
        raise Invalid(["Give an answer first."])
    tx.session.add(
        CheckAnswerRow(
            person_id=tx.actor.own_id,
            lesson_version_id=head.id,
            item_id=item_id,
            item_version_id=version_id,
            response=stored,
            fraction=mark.fraction,
            at=tx.now,
        )
    )
    tx.session.flush()
    return mark


@needs(Permission.EXAM_SIT)
def start_final_exam(
    tx: Tx, slug: str, consent: bool, tab: str | None = None, password: str = ""
) -> str:
    """Start the final exam in this tab, or return the attempt that is running.

    Raises `Invalid`, naming the lessons that are missing, until all are done.
    """
    entry = exam_entry(tx, slug)
    if entry.needs:
        raise Invalid([entry.needs])
    return start_attempt(tx, entry.offer.exam_id, consent, tab, password)


@needs(Permission.EXAM_SIT)
def start_practice(tx: Tx, slug: str) -> str:
    """Start a practice quiz, or return the one that is running."""
    return start_attempt(tx, manifest_of(tx.session, slug).course.practice_id, consent=False)


def _refuse_before_its_turn(tx: Tx, slug: str, lesson: str) -> None:
    manifest = manifest_of(tx.session, slug)
    module = next(one for one in manifest.course.modules if lesson in one.lessons)
    if not module.after:
        return
    standing = standing_of(tx.session, tx.actor.own_id, slug)
    lessons = {one.slug: standing.of(one) for one in lesson_heads(tx.session, manifest)}
    missing = module_needs(module, lessons)
    if missing:
        raise Invalid([f"This lesson waits for others. {missing}"])


def _head(tx: Tx, slug: str, lesson: str) -> LessonHead:
    return head_of(lesson_heads(tx.session, manifest_of(tx.session, slug)), lesson)


def _check_version(tx: Tx, head: LessonHead, item_id: str) -> str:
    found = check_items(tx, [item_id]) if item_id in head.checks else ()
    if not found:
        raise NotFound("This lesson has no such question. Reload the page.")
    return found[0].version_id
