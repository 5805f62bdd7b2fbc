"""Screening cases as those who write them see them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from courses.content_changes import Kind, Subject, a_case
from courses.queries.content_drafts import SavedDraft, saved_draft, writers_by_version
from courses.queries.screening_stored import case_versions
from courses.queries.stored import manifest_of
from courses.screening.case import ScreeningCase
from courses.screening.sheet import title_in
from courses.tables.courses import CourseRow
from courses.tables.editing import ContentChangeRow
from courses.tables.screening import ScreeningCaseRow, ScreeningCaseVersionRow
from quizbank.proposals import OPEN
from quizbank.queries.bank import source_keys

NO_CASE = "There is no such case. Go back to the list of cases."


@dataclass(frozen=True)
class CaseVersion:
    """One version of a case: who wrote it, as far as that is known, who published it, and when."""

    number: int
    at: datetime
    by: str
    writers: tuple[str, ...]


@dataclass(frozen=True)
class CaseDetail:
    """A case as it stands; `origin` tells whether a course's file or a person wrote it.

    `draft` tells that a change of it is on its way.
    """

    case: ScreeningCase
    course_slug: str
    origin: str
    version: int
    retired: bool
    draft: bool


@dataclass(frozen=True)
class NewCase:
    """A case that is being written and was never published."""

    id: str
    title: str
    course_slug: str


@dataclass(frozen=True)
class CaseFile:
    """A case for its writers: what stands (None where it is new), and what is being written."""

    id: str
    course_slug: str
    standing: ScreeningCase | None
    version: int
    retired: bool
    draft: SavedDraft | None
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
    begun = _begun(tx)
    return tuple(
        CaseDetail(
            case=found[row.version_id],
            course_slug=row.course_slug,
            origin=row.origin,
            version=row.version,
            retired=row.retired_at is not None,
            draft=row.id in begun,
        )
        for row in rows
    )


@needs(Permission.ITEM_READ)
def new_cases(tx: Tx) -> tuple[NewCase, ...]:
    """Return the cases that are being written and were never published, by id."""
    standing = {*tx.session.exec(select(ScreeningCaseRow.id))}
    return tuple(one for case_id, one in _begun(tx).items() if case_id not in standing)


@needs(Permission.ITEM_READ)
def case_file(tx: Tx, case_id: str) -> CaseFile:
    """Return a case with what is being written and its versions, newest first, or `NotFound`."""
    subject = case_subject(tx, case_id)
    if subject is None:
        raise NotFound(NO_CASE)
    row = tx.session.get(ScreeningCaseRow, case_id)
    found = case_versions(tx.session, [row.version_id]) if row else {}
    return CaseFile(
        id=case_id,
        course_slug=subject.course,
        standing=found[row.version_id] if row else None,
        version=row.version if row else 0,
        retired=row is not None and row.retired_at is not None,
        draft=saved_draft(tx, subject),
        versions=_versions(tx, subject),
    )


def case_subject(tx: Tx, case_id: str) -> Subject | None:
    """Return which course a case belongs to, or its draft where it is new.

    For what has asked who acts.
    """
    row = tx.session.get(ScreeningCaseRow, case_id)
    if row:
        return a_case(row.course_slug, case_id)
    begun = _begun(tx).get(case_id)
    return a_case(begun.course_slug, case_id) if begun else None


def _begun(tx: Tx) -> dict[str, NewCase]:
    rows = tx.session.exec(
        select(ContentChangeRow)
        .where(ContentChangeRow.kind == Kind.CASE, col(ContentChangeRow.state).in_(OPEN))
        .order_by(ContentChangeRow.key)
    )
    return {row.key: NewCase(row.key, title_in(row.text), row.course_slug) for row in rows}


def _versions(tx: Tx, subject: Subject) -> tuple[CaseVersion, ...]:
    rows = tx.session.exec(
        select(ScreeningCaseVersionRow)
        .where(ScreeningCaseVersionRow.case_id == subject.key)
        .order_by(col(ScreeningCaseVersionRow.number).desc())
    )
    wrote = writers_by_version(tx, subject)
    return tuple(
        CaseVersion(one.number, one.published_at, one.published_by, wrote.get(one.number, ()))
        for one in rows
    )
