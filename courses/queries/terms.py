"""What passing an exam earns."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs, public
from courses.coverage import Coverage, Jurisdiction
from courses.queries.stored import manifest_of
from courses.tables.courses import CourseRow


@dataclass(frozen=True)
class CertificateTerms:
    """What a certificate of this course says; `valid_months` from the day it is issued.

    `objectives` are the titles of the course's objectives by code.
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


@needs(Permission.COURSE_STUDY)
def certificate_terms(tx: Tx, exam_id: str) -> CertificateTerms | None:
    """Return what passing this exam earns; None where no course awards anything for it."""
    slug = tx.session.exec(select(CourseRow.slug).where(CourseRow.exam_id == exam_id)).first()
    if slug is None:
        return None
    return _terms_of(tx, slug)


def _terms_of(tx: Tx, slug: str) -> CertificateTerms:
    course = manifest_of(tx.session, slug).course
    terms = course.certificate
    return CertificateTerms(
        achievement=terms.achievement,
        scope=terms.scope,
        limits=terms.limits,
        valid_months=terms.valid_months,
        course=slug,
        course_title=course.title,
        language=course.language,
        coverage=terms.coverage,
        objectives={one.code: one.title for one in course.objectives},
    )


@public
def awarded_by(tx: Tx, slug: str) -> CertificateTerms | None:
    """Return what passing this course's exam earns today; None where there is no such course."""
    exam_id = tx.session.exec(select(CourseRow.exam_id).where(CourseRow.slug == slug)).first()
    return _terms_of(tx, slug) if exam_id else None


@public
def standing_law(tx: Tx, slug: str) -> Jurisdiction | None:
    """Return what the course says of the law today; None where it says nothing as data."""
    try:
        coverage = manifest_of(tx.session, slug).course.certificate.coverage
    except NotFound:
        return None
    return coverage.jurisdiction if coverage else None


@needs(Permission.AUDIT_READ)
def courses_by_exam(tx: Tx) -> dict[str, str]:
    """Return the slug of the course whose final exam each of these is, by the exam's id."""
    rows = tx.session.exec(select(CourseRow.exam_id, CourseRow.slug))
    return {exam: slug for exam, slug in rows if exam}
