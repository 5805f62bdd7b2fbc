"""Which key corrections stand: read by whatever marks an attempt of an exam."""

from collections.abc import Collection

from sqlalchemy import func
from sqlmodel import col, select

from base.db import Tx
from quizbank.items import item_from_json
from quizbank.remedies import Remedy, RemedyKind
from quizbank.tables.corrections import KeyCorrectionRow

# Any constant will do, other than the audit log's.
_LOCK_KEY = 7_310_579


def standing_remedies(tx: Tx, version_ids: Collection[str]) -> dict[str, Remedy]:
    """Return the newest approved correction of each of these item versions, where there is one."""
    rows = tx.session.exec(
        select(KeyCorrectionRow)
        .where(
            KeyCorrectionRow.state == "approved",
            col(KeyCorrectionRow.item_version_id).in_(sorted({*version_ids})),
        )
        .order_by(col(KeyCorrectionRow.decided_at), col(KeyCorrectionRow.id))
    )
    return {row.item_version_id: remedy_of(row) for row in rows}


def remedy_of(row: KeyCorrectionRow) -> Remedy:
    """Return a correction as marking uses it."""
    item = item_from_json(row.payload) if row.payload else None
    return Remedy(row.id, RemedyKind(row.remedy), item)


def hold_corrections(tx: Tx, *, alone: bool = False) -> None:
    """Keep corrections from being approved until this transaction ends; an approval is `alone`.

    An attempt is decided either before an approval, which then lists it, or by its correction.
    SQLite's writers are alone anyway.
    """
    if tx.session.get_bind().dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
        tx.session.exec(select(lock(_LOCK_KEY))).all()
