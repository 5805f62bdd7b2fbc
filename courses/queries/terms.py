"""What passing an exam earns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import select

from base.db import Tx
from base.permissions import Permission, needs, public
from courses.course import Course
from courses.coverage import Coverage, Jurisdiction
from courses.queries.stored import manifest_of
from courses.tables.courses import CourseRow


@dataclass(frozen=True)
class CertificateTerms:
    """What a certificate of this course says; `valid_months` from the day it is issued.

    `objectives` are the titles of the examined objectives by code. A `renewal` is earned by another
    course's exam, and only by who holds what it renews.
    """

    achievement: str
    scope: tuple[str, ...]
    limits: tuple[str, ...]
    valid_months: int
    course: str
    course_title: str
    language: str
    coverage: Coverage | None
    objectives: Mapping[str, str]
    renewal: bool = False


@dataclass(frozen=True)
class RenewedCourse:
    """A course whose certificate another one renews."""

    slug: str
    title: str


@needs(Permission.COURSE_STUDY)
def certificate_terms(tx: Tx, exam_id: str) -> CertificateTerms | None:
    """Return what passing this exam earns; None where no course awards anything for it."""
    slug = tx.session.exec(select(CourseRow.slug).where(CourseRow.exam_id == exam_id)).first()
    if slug is None:
        return None
    course = manifest_of(tx.session, slug).course
    if course.renews is None:
        return _terms_of(course)
    renewed = _terms_of(manifest_of(tx.session, course.renews).course)
    return replace(renewed, objectives=_titles(course), renewal=True) if renewed else None


def _terms_of(course: Course) -> CertificateTerms | None:
    terms = course.certificate
    if terms is None:
        return None
    return CertificateTerms(
        achievement=terms.achievement,
        scope=terms.scope,
        limits=terms.limits,
        valid_months=terms.valid_months,
        course=course.slug,
        course_title=course.title,
        language=course.language,
        coverage=terms.coverage,
        objectives=_titles(course),
    )


def _titles(course: Course) -> dict[str, str]:
    return {one.code: one.title for one in course.objectives}


@public
def awarded_by(tx: Tx, slug: str) -> CertificateTerms | None:
    """Return what passing this course's exam earns today.

    None where there is no such course, and where it only renews what another one earns.
    """
    if tx.session.get(CourseRow, slug) is None:
        return None
    return _terms_of(manifest_of(tx.session, slug).course)


@needs(Permission.COURSE_STUDY)
def renewed_course(tx: Tx, slug: str) -> RenewedCourse | None:
    """Return the course whose certificate this one's exam renews; None where it renews none.

    Raises `NotFound`.
    """
    renews = manifest_of(tx.session, slug).course.renews
    if renews is None:
        return None
    return RenewedCourse(renews, manifest_of(tx.session, renews).course.title)


@public
def standing_law(tx: Tx, slug: str) -> Jurisdiction | None:
    """Return what the course says of the law today; None where it says nothing as data."""
    terms = awarded_by(tx, slug)
    return terms.coverage.jurisdiction if terms and terms.coverage else None


@needs(Permission.AUDIT_READ)
def courses_by_exam(tx: Tx) -> dict[str, str]:
    """Return the slug of the course whose final exam each of these is, by the exam's id."""
    rows = tx.session.exec(select(CourseRow.exam_id, CourseRow.slug))
    return {exam: slug for exam, slug in rows if exam}
