"""Screening cases: loaded from a course's files, and written here as drafts to be reviewed."""

import re
from collections.abc import Sequence

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.ids import new_id
from base.permissions import Permission, needs
from courses.commands.content_drafts import keep_draft
from courses.content_changes import a_case
from courses.queries.screening_cases import NO_CASE, case_subject
from courses.queries.screening_stored import case_versions
from courses.queries.stored import manifest_of
from courses.screening.case import ScreeningCase
from courses.screening.links import case_problems
from courses.screening.sheet import CaseSheet, blank_sheet, case_of, sheet_in, sheet_text
from courses.tables.editing import ContentChangeRow
from courses.tables.screening import ScreeningCaseRow, ScreeningCaseVersionRow
from quizbank.origins import Origin
from quizbank.queries.bank import sources

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_OVERTAKEN = (
    "Another version of this case was published since. Nothing was overwritten: its author keeps "
    "this text and goes on from what stands, or drops it."
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
def begin_case(tx: Tx, slug: str, case_id: str) -> None:
    """Begin a new case as a draft, which takes the id."""
    course = manifest_of(tx.session, slug).course
    if not _ID.fullmatch(case_id):
        raise Invalid(["Begin an id with a letter or digit; use small letters, digits, dashes."])
    if tx.session.get(ScreeningCaseRow, case_id) or case_subject(tx, case_id):
        raise Conflict(f"Another case has the id {case_id} already. Choose another.")
    codes = [one.code for one in course.objectives]
    sheet = blank_sheet(case_id, codes[:1], tx.now.date())
    keep_draft(tx, a_case(slug, case_id), 0, sheet_text(sheet), 0)


@needs(Permission.ITEM_WRITE)
def save_case_draft(tx: Tx, case_id: str, based_on: int, sheet: CaseSheet, revision: int) -> int:
    """Keep a case as written so far, finished or not, and return the draft's new revision.

    `based_on` is the version that it goes on from; `Conflict` where another tab went on, or where
    another version stands and there is no draft yet.
    """
    subject = case_subject(tx, case_id)
    if subject is None:
        raise NotFound(NO_CASE)
    row = tx.session.get(ScreeningCaseRow, case_id)
    if not revision and row and row.version != based_on:
        raise Conflict(_OVERTAKEN)
    return keep_draft(tx, subject, based_on, sheet_text(sheet), revision)


def check_case(tx: Tx, draft: ContentChangeRow) -> ScreeningCase:
    """Return what a draft says, fit to be the case's next version; for who has asked who acts.

    `Invalid` with every problem and where nothing differs, `Conflict` where another version stands.
    """
    case = case_of(sheet_in(draft.text))
    if not isinstance(case, ScreeningCase):
        raise Invalid([*case])
    course = manifest_of(tx.session, draft.course_slug).course
    known = {source.key for source in sources(tx, case.sources)}
    problems = [*case_problems(case, {one.code for one in course.objectives}, known)]
    if problems:
        raise Invalid([f"{sentence[0].upper()}{sentence[1:]}" for sentence in problems])
    row = tx.session.get(ScreeningCaseRow, draft.key, with_for_update=True)
    if (row.version if row else 0) != draft.based_on:
        raise Conflict(_OVERTAKEN)
    if row and _standing(tx, row) == case:
        raise Invalid(["Nothing differs from the published version, so there is nothing to read."])
    return case


def put_case(tx: Tx, draft: ContentChangeRow) -> int:
    """Publish a draft as the case's next version and return its number.

    Who is screening the client keeps theirs. For who has asked who acts.
    """
    case = check_case(tx, draft)
    row = tx.session.get(ScreeningCaseRow, draft.key)
    if row is None:
        row = _new(tx, draft.key, draft.course_slug, Origin.PERSON)
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
        raise NotFound(NO_CASE)
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
