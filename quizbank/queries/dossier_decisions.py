"""The decisions on one attempt for its dossier: by which key and correction places were marked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue
from sqlmodel import col, select

from base.db import Tx
from quizbank.dossier.scoring import scoring_of
from quizbank.items import item_from_json
from quizbank.kinds.shown import State
from quizbank.queries.published import FormItem
from quizbank.remedies import RemedyKind
from quizbank.tables.bank import ItemVersionRow
from quizbank.tables.corrections import CorrectionOutcomeRow, KeyCorrectionRow
from quizbank.tables.decisions import DecisionRow, MarkRow

_PUBLISHED = "published"


@dataclass(frozen=True)
class Corrected:
    """Approved corrections of a form's item versions, in the order of their approval.

    Those in `listed` came after the attempt was decided, and decided it anew; by the others it was
    decided from the first.
    """

    rows: tuple[KeyCorrectionRow, ...]
    listed: frozenset[str]
    payloads: Mapping[str, str]

    def scorings(self, version_id: str) -> dict[str, JsonValue]:
        """Return the scoring tables of an item version, as published and by correction."""
        tables: dict[str, JsonValue] = {
            _PUBLISHED: scoring_of(item_from_json(self.payloads[version_id]))
        }
        for row in self.rows:
            if row.item_version_id == version_id and row.payload:
                tables[row.id] = scoring_of(item_from_json(row.payload))
        return tables

    def standing(self, made: Sequence[str]) -> dict[str, KeyCorrectionRow]:
        """Return by item version which correction stood, once those in `made` had been replayed."""
        applied = [row for row in self.rows if row.id not in self.listed or row.id in made]
        return {row.item_version_id: row for row in applied}


def corrected(tx: Tx, attempt_id: str, version_ids: Sequence[str]) -> Corrected:
    """Return the approved corrections that concern an attempt."""
    rows = tx.session.exec(
        select(KeyCorrectionRow)
        .where(
            col(KeyCorrectionRow.item_version_id).in_(version_ids),
            KeyCorrectionRow.state == "approved",
        )
        .order_by(col(KeyCorrectionRow.decided_at), col(KeyCorrectionRow.id))
    ).all()
    listed = tx.session.exec(
        select(CorrectionOutcomeRow.correction_id).where(
            CorrectionOutcomeRow.attempt_id == attempt_id
        )
    ).all()
    payloads = tx.session.exec(
        select(ItemVersionRow.id, ItemVersionRow.payload).where(
            col(ItemVersionRow.id).in_(version_ids)
        )
    ).all()
    return Corrected(tuple(rows), frozenset(listed), dict(payloads))


def decisions_of(
    tx: Tx, attempt_id: str, places: Sequence[FormItem], by_corrections: Corrected
) -> JsonValue:
    """Return every decision with its marks, oldest first."""
    rows = tx.session.exec(
        select(DecisionRow)
        .where(DecisionRow.attempt_id == attempt_id)
        .order_by(col(DecisionRow.number))
    ).all()
    made: list[str] = []
    told: list[JsonValue] = []
    for row in rows:
        if row.correction_id:
            made.append(row.correction_id)
        told.append(_decision(tx, row, places, by_corrections.standing(made)))
    return told


def _decision(
    tx: Tx,
    row: DecisionRow,
    places: Sequence[FormItem],
    standing: Mapping[str, KeyCorrectionRow],
) -> JsonValue:
    marks = tx.session.exec(
        select(MarkRow).where(MarkRow.decision_id == row.id).order_by(col(MarkRow.position))
    ).all()
    listed: list[JsonValue] = [
        _place(mark, place, standing.get(place.item_version_id))
        for mark, place in zip(marks, places, strict=True)
    ]
    said: dict[str, JsonValue] = row.model_dump(mode="json")
    said |= {"result": json.loads(row.result), "places": listed}
    return said


def _place(mark: MarkRow, place: FormItem, by: KeyCorrectionRow | None) -> JsonValue:
    remedy = by.remedy if by and place.scored else ""
    return {
        "position": mark.position,
        "fraction": mark.fraction,
        "state": mark.state,
        "answered": mark.state != State.OMITTED,
        "unsafe": mark.unsafe,
        "counts": mark.scored,
        "dropped": remedy == RemedyKind.NOBODY,
        "full": remedy == RemedyKind.EVERYBODY,
        "scoring": by.id if by and by.payload else _PUBLISHED,
        "correction": by.id if by else None,
    }
