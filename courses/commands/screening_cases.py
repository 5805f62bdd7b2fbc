"""Publishing screening cases: from a course's files, and as somebody edited them here."""

from collections.abc import Sequence

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.ids import new_id
from base.permissions import Permission, needs
from courses.queries.screening_stored import case_versions
from courses.queries.stored import manifest_of
from courses.screening.case import ScreeningCase
from courses.screening.links import case_problems
from courses.tables.screening import ScreeningCaseRow, ScreeningCaseVersionRow
from quizbank.origins import Origin
from quizbank.queries.bank import sources

_OVERTAKEN = (
    "Somebody published this case since you opened it. Copy what you wrote, reload the page, and "
    "carry it over."
)


@needs(Permission.CONTENT_LOAD)
def load_cases(tx: Tx, slug: str, cases: Sequence[ScreeningCase]) -> None:
    """Publish a course's cases; what has not changed makes no new version.

    A case that somebody edited in the academy keeps that edit, whatever its file says.
    """
    for case in cases:
        row = tx.session.get(ScreeningCaseRow, case.id)
        if row is None:
            row = _new(tx, case.id, slug, Origin.COURSE_FILE)
        row.course_slug = slug
        if row.origin == Origin.COURSE_FILE and _standing(tx, row) != case:
            _publish(tx, row, case, Origin.COURSE_FILE)


@needs(Permission.ITEM_WRITE)
def publish_case(tx: Tx, slug: str, case: ScreeningCase, based_on: int) -> int:
    """Publish a case as its next version and return it; 0 is what a new case is based on.

    Raises `Invalid` where it points at what the course has not, and `Conflict` where another
    version stands than the one that it was written from. What has not changed stays as it is.
    """
    course = manifest_of(tx.session, slug).course
    known = {source.key for source in sources(tx, case.sources)}
    problems = [*case_problems(case, {one.code for one in course.objectives}, known)]
    if problems:
        raise Invalid([f"{sentence[0].upper()}{sentence[1:]}" for sentence in problems])
    row = tx.session.get(ScreeningCaseRow, case.id)
    if row is None:
        row = _new(tx, case.id, slug, Origin.PERSON)
    if row.course_slug != slug:
        raise Conflict(f"The course {row.course_slug} has a case {case.id}. Choose another id.")
    if row.version != based_on:
        raise Conflict(_OVERTAKEN)
    if _standing(tx, row) != case:
        _publish(tx, row, case, Origin.PERSON)
    return row.version


@needs(Permission.ITEM_RETIRE)
def retire_case(tx: Tx, case_id: str) -> None:
    """Let a client come no more; decisions on them no longer count. Twice changes nothing."""
    row = _row(tx, case_id)
    if row.retired_at is None:
        row.retired_at = tx.now
        tx.session.flush()
        record(tx, "case:retire", case_id, {"version": row.version})


@needs(Permission.ITEM_RETIRE)
def restore_case(tx: Tx, case_id: str) -> None:
    """Let a client come again. Twice changes nothing."""
    row = _row(tx, case_id)
    if row.retired_at is not None:
        row.retired_at = None
        tx.session.flush()
        record(tx, "case:restore", case_id, {"version": row.version})


def _row(tx: Tx, case_id: str) -> ScreeningCaseRow:
    row = tx.session.get(ScreeningCaseRow, case_id)
    if row is None:
        raise NotFound("There is no such case. Go back to the list of cases.")
    return row


def _new(tx: Tx, case_id: str, slug: str, origin: Origin) -> ScreeningCaseRow:
    row = ScreeningCaseRow(
        id=case_id, course_slug=slug, origin=origin.value, version=0, version_id=""
    )
    tx.session.add(row)
    tx.session.flush()
    return row


def _standing(tx: Tx, row: ScreeningCaseRow) -> ScreeningCase | None:
    return case_versions(tx.session, [row.version_id]).get(row.version_id)


def _publish(tx: Tx, row: ScreeningCaseRow, case: ScreeningCase, origin: Origin) -> None:
    version = ScreeningCaseVersionRow(
        id=new_id(),
        case_id=row.id,
        number=row.version + 1,
        payload=case.model_dump_json(),
        published_at=tx.now,
        published_by=tx.actor.name,
    )
    tx.session.add(version)
    row.version, row.version_id, row.origin = version.number, version.id, origin.value
    tx.session.flush()
    record(tx, "case:publish", row.id, {"version": version.number, "version_id": version.id})
