"""Noting that a source changed, and answering the short quiz about it."""

from sqlalchemy.exc import IntegrityError

from base.audit import record
from base.db import Tx
from base.errors import Invalid, NotFound
from base.ids import new_id, new_seed
from base.permissions import Permission, needs
from courses.course import Course
from courses.practice_choice import Mode, Wanted, choose
from courses.queries.practice import own_past, practice_bank
from courses.queries.source_changes import change_row, touched_by
from courses.queries.stored import manifest_of
from courses.tables.editing import SourceChangeRow, UpdateQuizRow
from quizbank.commands.practice import start_chosen_practice
from quizbank.queries.bank import source_keys
from quizbank.queries.exams import exam_offer

QUIZ_LENGTH = 5
_LONGEST_NOTE = 2_000


@needs(Permission.CONTENT_WRITE)
def note_source_change(tx: Tx, source_key: str, note: str) -> str:
    """Note that a source changed and what that means for practice; returns the change's id.

    The note is read by those to whom a quiz about it is sent.
    """
    said = note.replace("\x00", "").strip()
    if source_key not in {one.key for one in source_keys(tx)}:
        raise NotFound("There is no such source. Choose one from the list.")
    if not said or len(said) > _LONGEST_NOTE:
        raise Invalid(
            [f"Write what changed and what it means for practice, in {_LONGEST_NOTE} characters."]
        )
    row = SourceChangeRow(
        id=new_id(), source_key=source_key, note=said, at=tx.now, by=tx.actor.name
    )
    tx.session.add(row)
    tx.session.flush()
    record(tx, "source:change", source_key, {"change": row.id, "note": said})
    return row.id


@needs(Permission.EXAM_SIT)
def start_update_quiz(tx: Tx, change_id: str) -> str:
    """Start the quiz that was sent about a changed source, or return the practice that runs.

    It asks practice questions that cite the source, and then others of the objectives that rest on
    it. Raises `NotFound` where none was sent to the person, `Invalid` while another practice of the
    course runs.
    """
    row = tx.session.get(UpdateQuizRow, (change_id, tx.actor.own_id), with_for_update=True)
    if row is None:
        raise NotFound("No such quiz was sent to you. Go to the first page.")
    course = manifest_of(tx.session, row.course_slug).course
    running = exam_offer(tx, course.practice_id).running
    if running and running == row.attempt_id:
        return running
    if running:
        raise Invalid(["You have begun another practice in this course. Finish it first."])
    seed = new_seed()
    key = change_row(tx, change_id).source_key
    versions = _asked(tx, course, key, seed)
    attempt_id = start_chosen_practice(tx, course.practice_id, versions, seed)
    row.attempt_id = attempt_id
    tx.session.add(row)
    tx.session.flush()
    return attempt_id


def _asked(tx: Tx, course: Course, key: str, seed: int) -> list[str]:
    touched = touched_by(tx, key, course.slug)
    bank = [one for one in practice_bank(tx, course) if one.objective in touched.objectives]
    wanted, past = Wanted(Mode.MIXED, QUIZ_LENGTH), own_past(tx, course.slug)
    return [one.version_id for one in choose(wanted, bank, past, seed, touched.items)]


def put_update_quiz(tx: Tx, change_id: str, person_id: str, course_slug: str) -> bool:
    """Send the quiz of a change to somebody; False where it was sent before.

    For the command that knows who holds a certificate, and has asked who acts.
    """
    row = UpdateQuizRow(
        change_id=change_id, person_id=person_id, course_slug=course_slug, sent_at=tx.now
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError:
        return False
    return True
