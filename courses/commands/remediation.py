"""Putting right what one was certain of and was unsafe, before the exam is taken again."""

from base.db import Tx
from base.errors import Invalid, NotFound
from base.permissions import Permission, needs
from courses.commands.study import reach_end
from courses.queries.remediation import PuttingRight, to_put_right
from quizbank.commands.remediation import note_lesson_read, start_round


@needs(Permission.EXAM_SIT)
def read_again(tx: Tx, exam_id: str, objective: str) -> None:
    """Note that the lesson of an objective was read to its end again; twice changes nothing.

    Raises `NotFound` where nothing of it is to be put right.
    """
    wanted = _wanted(tx, exam_id, objective)
    if wanted.lesson:
        reach_end(tx, wanted.lesson.course_slug, wanted.lesson.slug)
        note_lesson_read(tx, exam_id, objective)


@needs(Permission.EXAM_SIT)
def start_fresh_questions(tx: Tx, exam_id: str, objective: str) -> str | None:
    """Start a round of fresh questions, or return the one that runs.

    None where there is no practice question of this objective, and so nothing more to do. Raises
    `Invalid` before the lesson was read, `NotFound` where nothing of it is to be put right.
    """
    if not _wanted(tx, exam_id, objective).may_answer:
        raise Invalid(["Read the lesson to its end first; the questions follow."])
    return start_round(tx, exam_id, objective)


def _wanted(tx: Tx, exam_id: str, objective: str) -> PuttingRight:
    found = next((one for one in to_put_right(tx, exam_id) if one.objective == objective), None)
    if found is None:
        raise NotFound("There is nothing of this to put right any more. Reload the page.")
    return found
