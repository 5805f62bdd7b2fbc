"""Courses, and where one stands in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from base.db import Tx
from base.permissions import Permission, needs
from courses.course import Course, Module, in_order_of_study
from courses.progress import (
    LessonProgress,
    LessonState,
    NextStep,
    Sitting,
    exam_after,
    lessons_first,
    next_step,
)
from courses.queries.exam_entry import needs_before, still_to_pass
from courses.queries.practice import due_reviews
from courses.queries.stored import lesson_heads, manifest_of, standing_of
from courses.tables.courses import CourseRow
from quizbank.exams import ExamRules, Refusal
from quizbank.queries.exams import ExamOffer, exam_offer


@dataclass(frozen=True)
class CourseSummary:
    """A course in the list of courses; `awards` tells that it has a certificate of its own."""

    slug: str
    title: str
    summary: str
    lessons: int
    awards: bool


@dataclass(frozen=True)
class ModuleOutline:
    """A module with its lessons, in order; `needs` says what opens it, empty once it is open."""

    title: str
    lessons: tuple[LessonProgress, ...]
    needs: str = ""


@dataclass(frozen=True)
class CourseOutline:
    """A course and where the person stands in it.

    The offers are None for those who study but do not sit exams, such as authors. `exam_needs`
    says what must be done before the exam, and `exam_after` only which courses come before it;
    both are empty where nothing is missing.
    """

    slug: str
    title: str
    summary: str
    standing_note: str
    reviewed: date
    review_due: date
    modules: tuple[ModuleOutline, ...]
    exam_id: str
    practice_id: str
    objective_titles: Mapping[str, str]
    exam_rules: ExamRules
    practice_rules: ExamRules
    exam: ExamOffer | None
    practice: ExamOffer | None
    exam_needs: str
    exam_after: str
    next: NextStep

    @property
    def begun(self) -> bool:
        """Tell whether the person has read or practised anything of it."""
        read = any(one.state is not LessonState.NOT_STARTED for one in self.lessons)
        return read or bool(self.practice and self.practice.attempts_used)

    @property
    def lessons(self) -> tuple[LessonProgress, ...]:
        """Every lesson, in the order of study."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @property
    def lessons_done(self) -> int:
        """How many lessons are done."""
        return sum(lesson.state is LessonState.DONE for lesson in self.lessons)

    @property
    def minutes_left(self) -> int:
        """Reading time of the lessons that are not done."""
        return sum(one.minutes for one in self.lessons if one.state is not LessonState.DONE)

    @property
    def minutes_done(self) -> int:
        """Reading time of the lessons that are done."""
        return sum(one.minutes for one in self.lessons if one.state is LessonState.DONE)

    @property
    def share(self) -> float:
        """The share of lessons done, 0 to 1."""
        return self.lessons_done / len(self.lessons)


@needs(Permission.COURSE_STUDY)
def course_list(tx: Tx) -> tuple[CourseSummary, ...]:
    """Return every course by slug, each behind those that it requires."""
    slugs = tx.session.exec(select(CourseRow.slug)).all()
    courses = in_order_of_study(manifest_of(tx.session, slug).course for slug in slugs)
    return tuple(
        CourseSummary(
            one.slug, one.title, one.summary, len(one.lesson_slugs), one.certificate is not None
        )
        for one in courses
    )


@needs(Permission.COURSE_STUDY)
def course_outline(tx: Tx, slug: str) -> CourseOutline:
    """Return a course with one's own progress and the next step; raises `NotFound`."""
    manifest = manifest_of(tx.session, slug)
    course = manifest.course
    standing = standing_of(tx.session, tx.actor.own_id, slug)
    lessons = {head.slug: standing.of(head) for head in lesson_heads(tx.session, manifest)}
    exam, practice = _offers(tx, course)
    to_pass = still_to_pass(tx, course) if exam else []
    return CourseOutline(
        slug=slug,
        title=course.title,
        summary=course.summary,
        standing_note=course.standing_note,
        reviewed=course.reviewed,
        review_due=course.review_due,
        modules=tuple(
            ModuleOutline(
                module.title,
                tuple(lessons[one] for one in module.lessons),
                module_needs(module, lessons),
            )
            for module in course.modules
        ),
        exam_id=course.exam_id,
        practice_id=course.practice_id,
        objective_titles={one.code: one.title for one in course.objectives},
        # Who sits them reads the rules that stand; the course's file only began them.
        exam_rules=exam.rules if exam else course.exam,
        practice_rules=practice.rules if practice else course.practice,
        exam=exam,
        practice=practice,
        exam_needs=needs_before(to_pass, tuple(lessons.values())),
        exam_after=exam_after(to_pass),
        next=next_step(tuple(lessons.values()), _sitting(tx, slug, exam, practice, bool(to_pass))),
    )


def _offers(tx: Tx, course: Course) -> tuple[ExamOffer | None, ExamOffer | None]:
    if not tx.actor.may(Permission.EXAM_SIT):
        return None, None
    return exam_offer(tx, course.exam_id), exam_offer(tx, course.practice_id)


def module_needs(module: Module, lessons: Mapping[str, LessonProgress]) -> str:
    """Say which lessons the person has yet to do before this module opens; empty where none."""
    missing = [lessons[one] for one in module.after if one in lessons]
    return lessons_first([one.title for one in missing if one.state is not LessonState.DONE])


def _sitting(
    tx: Tx, slug: str, exam: ExamOffer | None, practice: ExamOffer | None, waits: bool
) -> Sitting:
    if exam is None or practice is None:
        return Sitting()
    return Sitting(
        practised=practice.attempts_used > 0,
        exam_running=exam.running is not None,
        passed=exam.refusal is Refusal.PASSED,
        may_start=exam.refusal is None and not waits,
        to_put_right=exam.refusal is Refusal.REMEDIATE,
        due=due_reviews(tx, slug),
    )
