"""A course as its course.yaml says: modules, objectives, practice, exam and certificate."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, JsonValue, StringConstraints, model_validator

from base.lined_yaml import Document, Problem, parse
from courses.coverage import Coverage
from courses.misfits import fit
from quizbank.exams import ExamRules, Purpose
from quizbank.kinds.item import (
    Frozen,
    Key,
    Text,
)

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class Objective(Frozen):
    """An outcome that lessons teach and items test."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,6}-\d{2}$")]
    title: Title


class Module(Frozen):
    """Lessons that belong together, by slug, in order.

    They open once the lessons in `after`, which stand in earlier modules, are done.
    """

    title: Title
    lessons: Annotated[tuple[Key, ...], Field(min_length=1)]
    after: tuple[Key, ...] = ()


class CertificateTerms(Frozen):
    """What passing the exam earns: what it covers, what it does not, for how many months.

    `coverage` says as data what `scope` says in words; without it nobody can be told whether a
    treatment is covered.
    """

    achievement: Title
    scope: Annotated[tuple[Text, ...], Field(min_length=1)]
    limits: Annotated[tuple[Text, ...], Field(min_length=1)]
    valid_months: Annotated[int, Field(ge=1, le=120)]
    coverage: Coverage | None = None


def _practice(data: JsonValue) -> JsonValue:
    return _with_purpose(data, Purpose.PRACTICE)


def _exam(data: JsonValue) -> JsonValue:
    return _with_purpose(data, Purpose.EXAM)


def _with_purpose(data: JsonValue, purpose: Purpose) -> JsonValue:
    # In course.yaml the name of the field says what it is for.
    return {**data, "purpose": purpose.value} if isinstance(data, Mapping) else data


class Course(Frozen):
    """One course. Its exam is `<slug>/final`, its practice quiz `<slug>/practice`.

    Passing the exam earns what `certificate` says; or it `renews` what another course's exam
    earned, on that course's terms of the day.
    `requires` names courses by slug: this one's exam opens once theirs were passed.
    """

    slug: Key
    title: Title
    summary: Text
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    reviewed: date
    review_due: date
    standing_note: Text
    requires: tuple[Key, ...] = ()
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1)]
    modules: Annotated[tuple[Module, ...], Field(min_length=1)]
    practice: Annotated[ExamRules, BeforeValidator(_practice)]
    exam: Annotated[ExamRules, BeforeValidator(_exam)]
    certificate: CertificateTerms | None = None
    renews: Key | None = None

    @model_validator(mode="after")
    def _earns_something(self) -> "Course":
        if (self.certificate is None) == (self.renews is None):
            raise ValueError("a course needs either a certificate or the course that it renews")
        if self.renews == self.slug:
            raise ValueError("a course cannot renew its own certificate; leave renews out")
        return self

    @model_validator(mode="after")
    def _is_sound(self) -> "Course":
        if self.review_due <= self.reviewed:
            raise ValueError("the date review_due must come after reviewed")
        codes = [objective.code for objective in self.objectives]
        if len(set(codes)) != len(codes):
            raise ValueError("two objectives have the same code; give each its own")
        if len(set(self.lesson_slugs)) != len(self.lesson_slugs):
            raise ValueError("a lesson stands twice in the modules; drop one")
        if self.slug in self.requires:
            raise ValueError("the course requires itself; drop its own name under requires")
        earlier: set[str] = set()
        for module in self.modules:
            if not earlier.issuperset(module.after):
                raise ValueError(f"after: {module.title!r} may only name lessons of modules above")
            earlier.update(module.lessons)
        return self

    @property
    def lesson_slugs(self) -> tuple[str, ...]:
        """Every lesson, in the order of study."""
        return tuple(slug for module in self.modules for slug in module.lessons)

    @property
    def exam_id(self) -> str:
        """The final exam's id."""
        return f"{self.slug}/final"

    @property
    def practice_id(self) -> str:
        """The practice quiz's id."""
        return f"{self.slug}/practice"


def read_course(text: str) -> tuple[Course, Document] | tuple[Problem, ...]:
    """Read the text of a course.yaml, or return every problem with it; never raises."""
    document = parse(text)
    if isinstance(document, Problem):
        return (document,)
    course = fit(Course, document, {})
    return (course, document) if isinstance(course, Course) else course


def in_order_of_study(courses: Iterable[Course]) -> list[Course]:
    """Return the courses by slug, each behind those that it requires, and last what only renews.

    One that is not there holds nothing back, and neither do two that require each other.
    """
    waiting = sorted(courses, key=lambda one: (one.renews is not None, one.slug))
    ordered: list[Course] = []
    while waiting:
        behind = {one.slug for one in waiting}
        ready = [one for one in waiting if not behind & {*one.requires}]
        ordered += ready or waiting
        waiting = [one for one in waiting if one not in ordered]
    return ordered


def leads_to(start: str, goal: str, requirements: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether the course `start` is or requires `goal`, perhaps by way of others."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if one == goal:
            return True
        if one not in seen:
            seen.add(one)
            waiting += requirements.get(one, ())
    return False
