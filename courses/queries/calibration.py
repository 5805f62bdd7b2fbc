"""How sure and how right somebody is in a course, over practice, exams and what was put right."""

from dataclasses import dataclass

from base.db import Tx
from base.permissions import Permission, needs
from courses.queries.stored import manifest_of
from quizbank.calibration import Calibration
from quizbank.confidence import Sureness
from quizbank.queries.calibration import own_calibration
from quizbank.remediation import remediation_id


@dataclass(frozen=True)
class CourseCalibration:
    """All of one's answers in a course, and what its final exam takes the words to mean."""

    told: Calibration
    sureness: Sureness


@needs(Permission.EXAM_SIT)
def course_calibration(tx: Tx, slug: str) -> CourseCalibration:
    """Return one's own; raises `NotFound` where there is no such course."""
    course = manifest_of(tx.session, slug).course
    exams = (course.exam_id, course.practice_id, remediation_id(course.exam_id))
    sureness = course.exam.sureness
    return CourseCalibration(own_calibration(tx, exams, sureness), sureness)
