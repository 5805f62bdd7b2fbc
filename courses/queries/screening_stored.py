"""Reads what is stored of screening: the clients of a course, and how one person screened them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from base.kept import Kept
from courses.screening.case import ScreeningCase
from courses.screening.play import Play, Step, replay, step_from_json
from courses.tables.screening import (
    ScreeningCaseRow,
    ScreeningCaseVersionRow,
    ScreeningPlayRow,
    ScreeningStepRow,
)

_kept: Kept[ScreeningCase] = Kept(500)


@dataclass(frozen=True)
class PlayRecord:
    """One client as somebody screened them: their `number`-th in the course, counted from 1."""

    id: str
    number: int
    case_id: str
    version_id: str
    seed: int
    steps: int
    play: Play


def standing_cases(session: Session, slug: str) -> dict[str, str]:
    """Return the id of the standing version of every case in use in this course, by case."""
    rows = session.exec(
        select(ScreeningCaseRow.id, ScreeningCaseRow.version_id)
        .where(
            ScreeningCaseRow.course_slug == slug,
            col(ScreeningCaseRow.retired_at).is_(None),
        )
        .order_by(ScreeningCaseRow.id)
    )
    return dict(rows.all())


def case_versions(session: Session, version_ids: Iterable[str]) -> dict[str, ScreeningCase]:
    """Return cases as published, by the ids of their versions, which never change."""
    wanted = set(version_ids)
    found = {one: kept for one in wanted if (kept := _kept.get(one)) is not None}
    missing = wanted - found.keys()
    if missing:
        rows = session.exec(
            select(ScreeningCaseVersionRow.id, ScreeningCaseVersionRow.payload).where(
                col(ScreeningCaseVersionRow.id).in_(missing)
            )
        )
        for version_id, payload in rows:
            case = ScreeningCase.model_validate_json(payload)
            found[version_id] = _kept.keep(version_id, case)
    return found


def plays_of(session: Session, person_id: str, slug: str) -> tuple[PlayRecord, ...]:
    """Return every client that somebody began to screen in a course, in order."""
    own = (ScreeningPlayRow.person_id == person_id, ScreeningPlayRow.course_slug == slug)
    steps: dict[str, list[Step]] = defaultdict(list)
    taken = session.exec(
        select(ScreeningStepRow.play_id, ScreeningStepRow.payload)
        .join(ScreeningPlayRow, col(ScreeningPlayRow.id) == col(ScreeningStepRow.play_id))
        .where(*own)
        .order_by(ScreeningStepRow.play_id, col(ScreeningStepRow.place))
    )
    for play_id, payload in taken:
        steps[play_id].append(step_from_json(payload))
    rows = session.exec(
        select(ScreeningPlayRow, ScreeningCaseVersionRow.case_id)
        .join(
            ScreeningCaseVersionRow,
            col(ScreeningCaseVersionRow.id) == col(ScreeningPlayRow.case_version_id),
        )
        .where(*own)
        .order_by(col(ScreeningPlayRow.number))
    )
    return tuple(_record(row, case_id, steps[row.id]) for row, case_id in rows)


def play_record(session: Session, person_id: str, play_id: str) -> PlayRecord | None:
    """Return one client of this person's; None where it is not theirs, or nobody's."""
    row = session.get(ScreeningPlayRow, play_id)
    if row is None or row.person_id != person_id:
        return None
    payloads = session.exec(
        select(ScreeningStepRow.payload)
        .where(ScreeningStepRow.play_id == play_id)
        .order_by(col(ScreeningStepRow.place))
    )
    steps = [step_from_json(payload) for payload in payloads]
    version = session.get_one(ScreeningCaseVersionRow, row.case_version_id)
    return _record(row, version.case_id, steps)


def _record(row: ScreeningPlayRow, case_id: str, steps: list[Step]) -> PlayRecord:
    return PlayRecord(
        id=row.id,
        number=row.number,
        case_id=case_id,
        version_id=row.case_version_id,
        seed=int(row.seed),
        steps=len(steps),
        play=replay(steps),
    )
