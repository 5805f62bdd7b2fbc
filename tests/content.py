"""What the content folder says, for tests that go by it rather than by figures of their own."""

from functools import cache

from courses.content_folder import read_course_folder
from courses.course import Course
from quizbank.kinds.item import Pool
from tests.conftest import HOUSE
from tests.factories import COURSE


@cache
def course_said() -> Course:
    """The course that most tests take, as its file says it."""
    said = read_course_folder(HOUSE / "content" / COURSE).course
    assert said
    return said


@cache
def before_the_cases() -> int:
    """Return how many questions of the final exam surely come before its cases, which come last.

    Where a cell asks for no kind, a case may fill it, too.
    """
    said = read_course_folder(HOUSE / "content" / COURSE)
    cases = sum(place.item.kind == "case" and place.item.pool is Pool.EXAM for place in said.items)
    return sum(cell.count for cell in course_said().exam.cells) - cases
