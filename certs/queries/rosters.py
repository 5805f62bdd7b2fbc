"""The rosters that a clinic keeps."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from accounts.queries.clinics import own_clinic
from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from certs.rosters.lines import Column, Columns, RosterLine
from certs.rosters.verdicts import CheckedLine, RosterVerdict
from certs.tables.clinics import RosterEntryRow, RosterRow

NO_ROSTER = "There is no such roster of this clinic. Go back to the list and choose one."


@dataclass(frozen=True)
class RosterSummary:
    """A roster that was checked, and how many of its lines have each verdict."""

    id: str
    title: str
    at: datetime
    counts: Mapping[RosterVerdict, int]

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class RosterDetail:
    """A roster as it was checked, line by line, and the log's checkpoint of that moment."""

    summary: RosterSummary
    columns: Columns
    checkpoint: str
    checked: tuple[CheckedLine, ...]


@needs(Permission.CLINIC_USE)
def rosters(tx: Tx, clinic_id: str) -> tuple[RosterSummary, ...]:
    """Return one's own clinic's rosters, newest first."""
    own_clinic(tx, clinic_id)
    rows = tx.session.exec(
        select(RosterRow)
        .where(RosterRow.clinic_id == clinic_id)
        .order_by(col(RosterRow.uploaded_at).desc(), col(RosterRow.id))
    ).all()
    counted = tx.session.exec(
        select(RosterEntryRow.roster_id, RosterEntryRow.verdict, func.count())
        .where(col(RosterEntryRow.roster_id).in_([row.id for row in rows]))
        .group_by(col(RosterEntryRow.roster_id), col(RosterEntryRow.verdict))
    )
    counts: defaultdict[str, dict[RosterVerdict, int]] = defaultdict(dict)
    for roster_id, verdict, number in counted:
        counts[roster_id][RosterVerdict(verdict)] = number
    return tuple(RosterSummary(row.id, row.title, row.uploaded_at, counts[row.id]) for row in rows)


@needs(Permission.CLINIC_USE)
def roster_detail(tx: Tx, clinic_id: str, roster_id: str) -> RosterDetail:
    """Return one of one's own clinic's rosters; raises `NotFound`."""
    own_clinic(tx, clinic_id)
    row = tx.session.get(RosterRow, roster_id)
    if row is None or row.clinic_id != clinic_id:
        raise NotFound(NO_ROSTER)
    checked = _lines(tx, roster_id)
    counts = {one: sum(line.verdict is one for line in checked) for one in RosterVerdict}
    summary = RosterSummary(row.id, row.title, row.uploaded_at, counts)
    columns = {Column(name): place for name, place in json.loads(row.columns).items()}
    return RosterDetail(summary, columns, row.checkpoint, checked)


def _lines(tx: Tx, roster_id: str) -> tuple[CheckedLine, ...]:
    # In columns: ten thousand lines are drawn at every look at a roster.
    entry = RosterEntryRow
    rows = tx.session.connection().execute(
        select_columns(
            col(entry.line),
            col(entry.name),
            col(entry.contact),
            col(entry.typed),
            col(entry.course),
            col(entry.serial),
            col(entry.verdict),
            col(entry.reason),
            col(entry.expires_at),
        )
        .where(col(entry.roster_id) == roster_id)
        .order_by(col(entry.line))
    )
    return tuple(
        CheckedLine(
            RosterLine(line, name, contact, typed, course),
            serial,
            RosterVerdict(verdict),
            reason,
            expires_at,
        )
        for line, name, contact, typed, course, serial, verdict, reason, expires_at in rows.all()
    )
