"""What people change of a course's content, and where what they say is published.

A change is a draft, in review, returned, published or dropped, by the rules of items
(`quizbank.proposals`): somebody else reads it and publishes it as the next version.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is changed: a lesson, a course's outline, or a client to screen."""

    LESSON = "lesson"
    OUTLINE = "outline"
    CASE = "screening case"


@dataclass(frozen=True)
class Subject:
    """One thing that people change; `key` is the lesson's slug or the case's id, or empty."""

    kind: Kind
    course: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.course}/{self.key}" if self.key else self.course


def a_lesson(course: str, lesson: str) -> Subject:
    """Return a lesson of a course as what is changed."""
    return Subject(Kind.LESSON, course, lesson)


def an_outline(course: str) -> Subject:
    """Return the outline of a course as what is changed."""
    return Subject(Kind.OUTLINE, course)


def a_case(course: str, case_id: str) -> Subject:
    """Return a screening case of a course as what is changed."""
    return Subject(Kind.CASE, course, case_id)
