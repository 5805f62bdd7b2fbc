"""Key corrections: one person proposes, another approves or rejects; then attempts are remarked."""

from collections.abc import Collection, Mapping

from pydantic import JsonValue
from sqlalchemy import insert
from sqlmodel import col, update

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotAllowed
from base.ids import new_id
from base.permissions import Permission, needs
from quizbank.items import Item, Misfit, item_from_json, item_to_json, read_item
from quizbank.queries.corrections import (
    affected_attempts,
    being_replayed,
    correction_row,
    emptied_exams,
    open_correction_of,
    version_row,
)
from quizbank.queries.remedies import hold_corrections
from quizbank.remedies import RemedyKind, problems_of_correction
from quizbank.tables.corrections import CorrectionOutcomeRow, KeyCorrectionRow

SHORTEST_REASON = 10
_AT_ONCE = 500
_LIST = insert(CorrectionOutcomeRow)
_DECIDED = "This correction was decided meanwhile; nothing was changed. Reload the page to see how."
_REPLAYING = (
    "Attempts are just being marked again for another correction. Wait until that is done, then "
    "approve this one."
)


@needs(Permission.KEY_CORRECT)
def propose_correction(
    tx: Tx,
    version_id: str,
    remedy: RemedyKind,
    reason: str,
    fields: Mapping[str, JsonValue] | None = None,
) -> str:
    """Propose how past exams are marked on an item version; returns the correction's id.

    `fields` is the item with its better key, where that is the remedy. Raises `Invalid` without a
    reason, or where more than the key would change; `Conflict` while another one is open.
    """
    said = _sentence(reason, "Write in a sentence why the key is wrong and who says so.")
    version = version_row(tx, version_id)
    if open_correction_of(tx, version_id):
        raise Conflict(
            "A correction of this version waits for approval already. Decide that one first."
        )
    old = item_from_json(version.payload)
    better = _better(old, fields) if remedy is RemedyKind.KEY else None
    if remedy is not RemedyKind.KEY and old.kind == "description":
        raise Invalid(["This text is only read and counts for nothing."])
    row = KeyCorrectionRow(
        id=new_id(),
        item_version_id=version_id,
        remedy=remedy,
        payload=item_to_json(better) if better else None,
        reason=said,
        state="proposed",
        proposed_at=tx.now,
        proposed_by_id=tx.actor.own_id,
        proposed_by=tx.actor.name,
    )
    tx.session.add(row)
    facts: dict[str, JsonValue] = {"item": version.item_id, "version": version.number}
    record(tx, "correction:propose", row.id, {**facts, "remedy": str(remedy)})
    return row.id


@needs(Permission.KEY_CORRECT)
def approve_correction(tx: Tx, correction_id: str) -> int:
    """Approve another person's correction; returns how many attempts are to be marked again.

    From here on first decisions follow it. The attempts that it affects are listed in the same
    transaction; `certs.commands.corrections` remarks them. Raises `NotAllowed` for one's own
    proposal or where an own attempt is affected, `Invalid` where an exam would have no question
    left, `Conflict` where it was decided or while another correction is being replayed.
    """
    hold_corrections(tx, alone=True)
    row = _proposed(tx, correction_id)
    if row.proposed_by_id == tx.actor.own_id:
        raise NotAllowed("You proposed this correction, so somebody else decides on it.")
    if being_replayed(tx):
        raise Conflict(_REPLAYING)
    affected = affected_attempts(tx, row.item_version_id)
    if any(one.person_id == tx.actor.own_id for one in affected):
        raise NotAllowed("An attempt of yours is affected, so somebody else decides on this.")
    if row.remedy == RemedyKind.NOBODY and (empty := emptied_exams(tx, row.item_version_id)):
        raise Invalid(
            [f"{empty[0]} would have no question left for somebody. Give everybody the marks."]
        )
    _decide(tx, row, "approved", "")
    tx.session.flush()
    listed = [
        {"correction_id": row.id, "attempt_id": one.attempt_id, "before_id": one.decision_id}
        for one in affected
    ]
    if listed:
        tx.session.connection().execute(_LIST, listed)
    record(
        tx,
        "correction:approve",
        row.id,
        {"item_version": row.item_version_id, "remedy": row.remedy, "attempts": len(listed)},
    )
    return len(listed)


@needs(Permission.KEY_CORRECT)
def reject_correction(tx: Tx, correction_id: str, answer: str) -> None:
    """Reject a correction, saying why; its proposer takes it back so."""
    row = _proposed(tx, correction_id)
    how = "taken back" if row.proposed_by_id == tx.actor.own_id else "rejected"
    said = _sentence(answer, f"Write in a sentence why the correction is {how}.")
    _decide(tx, row, "rejected", said)
    record(tx, "correction:reject", row.id, {"item_version": row.item_version_id})


@needs(Permission.KEY_CORRECT)
def mark_told(tx: Tx, correction_id: str, attempt_ids: Collection[str]) -> int:
    """Note that the trainees of these attempts were told, by oneself and now; returns how many.

    Who was told before stays as noted.
    """
    correction_row(tx, correction_id)
    asked = sorted({*attempt_ids})
    told: list[str] = []
    for start in range(0, len(asked), _AT_ONCE):
        told += tx.session.exec(
            update(CorrectionOutcomeRow)
            .where(
                col(CorrectionOutcomeRow.correction_id) == correction_id,
                col(CorrectionOutcomeRow.attempt_id).in_(asked[start : start + _AT_ONCE]),
                col(CorrectionOutcomeRow.after_id).is_not(None),
                col(CorrectionOutcomeRow.told_at).is_(None),
            )
            .values(told_at=tx.now, told_by=tx.actor.name)
            .returning(col(CorrectionOutcomeRow.attempt_id))
        ).scalars()
    if told:
        record(tx, "correction:tell", correction_id, {"attempts": [*sorted(told)]})
    return len(told)


def _proposed(tx: Tx, correction_id: str) -> KeyCorrectionRow:
    row = correction_row(tx, correction_id, locked=True)
    if row.state != "proposed":
        raise Conflict(_DECIDED)
    return row


def _decide(tx: Tx, row: KeyCorrectionRow, state: str, answer: str) -> None:
    row.state, row.answer, row.decided_at = state, answer or None, tx.now
    row.decided_by_id, row.decided_by = tx.actor.own_id, tx.actor.name


def _better(old: Item, fields: Mapping[str, JsonValue] | None) -> Item:
    try:
        new = read_item(dict(fields or {}))
    except Misfit as error:
        raise Invalid([sentence for _, sentence in error.problems]) from None
    problems = problems_of_correction(old, new)
    if problems:
        raise Invalid(problems)
    return new


def _sentence(text: str, asked: str) -> str:
    said = " ".join(text.split())
    if len(said) < SHORTEST_REASON:
        raise Invalid([asked])
    return said
