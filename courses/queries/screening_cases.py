"""Screening cases as those who write them see them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from courses.queries.screening_stored import case_versions
from courses.queries.stored import manifest_of
from courses.screening.case import ScreeningCase
from courses.tables.courses import CourseRow
from courses.tables.screening import ScreeningCaseRow, ScreeningCaseVersionRow
from quizbank.queries.bank import source_keys


@dataclass(frozen=True)
class CaseVersion:
    """One version of a case, by whom and when."""

    number: int
    at: datetime
    by: str


@dataclass(frozen=True)
class CaseDetail:
    """A case as it stands; `origin` tells whether a course's file or a person wrote it."""

    case: ScreeningCase
    course_slug: str
    origin: str
    version: int
    retired: bool
    versions: tuple[CaseVersion, ...]


@dataclass(frozen=True)
class CasesCourse:
    """A course, and what its cases may point at."""

    slug: str
    title: str
    objectives: tuple[str, ...]
    sources: tuple[str, ...]


@needs(Permission.ITEM_READ)
def cases_courses(tx: Tx) -> tuple[CasesCourse, ...]:
    """Return every course that may have cases, by slug."""
    keys = tuple(source.key for source in source_keys(tx))
    slugs = tx.session.exec(select(CourseRow.slug).order_by(CourseRow.slug)).all()
    courses = [manifest_of(tx.session, slug).course for slug in slugs]
    return tuple(
        CasesCourse(one.slug, one.title, tuple(code.code for code in one.objectives), keys)
        for one in courses
    )


@needs(Permission.ITEM_READ)
def screening_cases(tx: Tx) -> tuple[CaseDetail, ...]:
    """Return every case of every course, in use or retired, by course and id."""
    rows = tx.session.exec(
        select(ScreeningCaseRow).order_by(ScreeningCaseRow.course_slug, ScreeningCaseRow.id)
    ).all()
    found = case_versions(tx.session, [row.version_id for row in rows])
    return tuple(_detail(row, found[row.version_id], ()) for row in rows)


@needs(Permission.ITEM_READ)
def screening_case(tx: Tx, case_id: str) -> CaseDetail:
    """Return a case with its versions, the newest first; raises `NotFound`."""
    row = tx.session.get(ScreeningCaseRow, case_id)
    if row is None:
        raise NotFound("There is no such case. Go back to the list of cases.")
    versions = tx.session.exec(
        select(ScreeningCaseVersionRow)
        .where(ScreeningCaseVersionRow.case_id == case_id)
        .order_by(col(ScreeningCaseVersionRow.number).desc())
    )
    told = tuple(CaseVersion(one.number, one.published_at, one.published_by) for one in versions)
    return _detail(row, case_versions(tx.session, [row.version_id])[row.version_id], told)


def _detail(
    row: ScreeningCaseRow, case: ScreeningCase, versions: tuple[CaseVersion, ...]
) -> CaseDetail:
    return CaseDetail(
        case=case,
        course_slug=row.course_slug,
        origin=row.origin,
        version=row.version,
        retired=row.retired_at is not None,
        versions=versions,
    )
