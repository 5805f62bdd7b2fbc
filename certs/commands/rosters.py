"""Keeping a roster as it was checked, and letting go of one."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert
from sqlmodel import col, delete

from accounts.queries.clinics import own_clinic
from base.audit import record
from base.db import Tx
from base.errors import Invalid, NotFound
from base.ids import new_id
from base.permissions import Permission, needs
from certs.queries.rosters import NO_ROSTER
from certs.queries.seen_log import standing_checkpoint
from certs.rosters.lines import Columns
from certs.rosters.verdicts import CheckedLine
from certs.tables.clinics import RosterEntryRow, RosterRow

LONGEST_TITLE = 120


@dataclass(frozen=True)
class CheckedRoster:
    """What a clinic keeps of a check: its title, which column held what, every line."""

    title: str
    columns: Columns
    lines: Sequence[CheckedLine]


@needs(Permission.CLINIC_USE)
def keep_roster(tx: Tx, clinic_id: str, roster: CheckedRoster) -> str:
    """Keep a roster that was just checked and return its id; raises `Invalid`.

    The log's newest checkpoint is kept with it; raises `Conflict` where that does not continue the
    log that the clinic saw before.
    """
    own_clinic(tx, clinic_id)
    title = " ".join(roster.title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid([f"Give the roster a title of at most {LONGEST_TITLE} characters."])
    row = RosterRow(
        id=new_id(),
        clinic_id=clinic_id,
        title=title,
        uploaded_at=tx.now,
        uploaded_by=tx.actor.own_id,
        columns=json.dumps(roster.columns),
        checkpoint=standing_checkpoint(tx, clinic_id),
    )
    tx.session.add(row)
    tx.session.flush()
    entries = [_entry(row.id, one) for one in roster.lines]
    if entries:
        tx.session.connection().execute(insert(RosterEntryRow), entries)
    counts = Counter(one.verdict.value for one in roster.lines)
    record(tx, "roster:check", row.id, {"clinic": clinic_id, **counts})
    return row.id


@needs(Permission.CLINIC_USE)
def discard_roster(tx: Tx, clinic_id: str, roster_id: str) -> None:
    """Forget a roster and the people on it; receipts that were made of it stay."""
    own_clinic(tx, clinic_id)
    row = tx.session.get(RosterRow, roster_id)
    if row is None or row.clinic_id != clinic_id:
        raise NotFound(NO_ROSTER)
    tx.session.exec(delete(RosterEntryRow).where(col(RosterEntryRow.roster_id) == roster_id))
    tx.session.delete(row)
    record(tx, "roster:discard", roster_id, {"clinic": clinic_id})


def _entry(roster_id: str, one: CheckedLine) -> dict[str, object]:
    return {
        "roster_id": roster_id,
        "line": one.line.line,
        "name": one.line.name,
        "contact": one.line.contact,
        "typed": one.line.serial,
        "serial": one.serial,
        "course": one.line.course,
        "verdict": one.verdict.value,
        "reason": one.reason,
        "expires_at": one.expires_at,
    }
