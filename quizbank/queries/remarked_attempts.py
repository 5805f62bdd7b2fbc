"""What decided attempts come to once one item version is marked otherwise.

Only its places are marked anew. Every other place keeps its mark of the decision that stands: that
followed all earlier corrections, for none is approved while another is still being replayed. What
comes out is what `marked_attempts` says, for a fraction of the work.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from pydantic import JsonValue
from sqlalchemy import Row, select
from sqlmodel import col

from base.db import Tx
from quizbank.attempts import Action
from quizbank.decisions import MarkedItem, decide
from quizbank.items import Item
from quizbank.kinds.shown import State
from quizbank.queries.marked_attempts import MarkedAttempt, marked_attempts
from quizbank.queries.marking import Sat
from quizbank.queries.published import exam_version, item_versions
from quizbank.remedies import Asked, Remedy, marked
from quizbank.tables.attempts import AttemptRow, StepRow
from quizbank.tables.decisions import EssayMarkRow, MarkRow
from quizbank.tables.exams import FormItemRow

_Stored = Row[str, int, str, float, str, bool, bool]
_Place = tuple[str, int]
_States = {str(one): one for one in State}


@dataclass(frozen=True)
class Changed:
    """One item version, and how it is marked from now on."""

    version_id: str
    remedy: Remedy


def remarked_attempts(
    tx: Tx, attempts: Sequence[Sat], changed: Changed
) -> Iterator[MarkedAttempt | None]:
    """Mark decided attempts with one item version changed, in their order.

    For a few hundred at once, while no other correction is being replayed.
    """
    stored = _stored(tx, [one.id for one in attempts])
    by_people = _marked_by_people(tx, list(stored))
    place = _marking(tx, attempts, stored, changed)
    instead = {changed.version_id: changed.remedy}
    for one in attempts:
        if one.id in by_people:
            # What people marked is read again with it.
            yield from marked_attempts(tx, [one], instead)
            continue
        given = tuple(place(row) for row in stored[one.id])
        versions = tuple(row[2] for row in stored[one.id])
        rules = exam_version(tx.session, one.exam_version_id)
        yield MarkedAttempt(one, versions, given, decide(rules, given))


def _marking(
    tx: Tx, attempts: Sequence[Sat], stored: Mapping[str, Sequence[_Stored]], changed: Changed
) -> Callable[[_Stored], MarkedItem]:
    rows = [row for own in stored.values() for row in own]
    items = item_versions(tx.session, sorted({row[2] for row in rows}))
    said = _responses(tx, [row[:2] for row in rows if row[2] == changed.version_id])
    idle = _never_counted(tx, attempts) if not all(row[6] for row in rows) else set[_Place]()
    kept: dict[tuple[object, ...], MarkedItem] = {}

    def place(row: _Stored) -> MarkedItem:
        attempt, position, version, *_ = row
        counts = row[6] or (attempt, position) not in idle
        if version == changed.version_id:
            asked = Asked(position, items[version], counts, said.get((attempt, position)), {})
            return marked(asked, changed.remedy)
        # The same marks come again and again, and making them anew would be most of the work.
        known = (*row[1:], counts)
        if known not in kept:
            kept[known] = _as_stored(row, items[version], counts)
        return kept[known]

    return place


def _as_stored(row: _Stored, item: Item, counts: bool) -> MarkedItem:
    _, position, _, fraction, state, unsafe, scored = row
    return MarkedItem(
        position=position,
        objective=item.objective,
        topic=item.topic,
        critical=item.critical,
        fraction=fraction,
        state=_States[state],
        unsafe=unsafe,
        scored=scored,
        dropped=counts and not scored,
    )


def _stored(tx: Tx, attempt_ids: Sequence[str]) -> dict[str, list[_Stored]]:
    """Return the marks that stand, by attempt and in order."""
    rows = tx.session.connection().execute(
        select(
            col(AttemptRow.id),
            col(MarkRow.position),
            col(MarkRow.item_version_id),
            col(MarkRow.fraction),
            col(MarkRow.state),
            col(MarkRow.unsafe),
            col(MarkRow.scored),
        )
        .join(MarkRow, col(MarkRow.decision_id) == col(AttemptRow.decision_id))
        .where(col(AttemptRow.id).in_(attempt_ids))
        .order_by(col(AttemptRow.id), col(MarkRow.position))
    )
    return {one: list(own) for one, own in groupby(rows, key=itemgetter(0))}


def _responses(tx: Tx, places: Collection[_Place]) -> dict[_Place, JsonValue]:
    """Return the answers that stand at these places."""
    rows = tx.session.connection().execute(
        select(col(StepRow.attempt_id), col(StepRow.position), col(StepRow.response))
        .where(
            col(StepRow.attempt_id).in_(sorted({attempt for attempt, _ in places})),
            col(StepRow.position).in_(sorted({position for _, position in places})),
            col(StepRow.action) == Action.ANSWERED,
        )
        .order_by(col(StepRow.attempt_id), col(StepRow.number))
    )
    last = {(attempt, int(position or 0)): said for attempt, position, said in rows}
    return {place: json.loads(said) for place, said in last.items() if said is not None}


def _never_counted(tx: Tx, attempts: Sequence[Sat]) -> set[_Place]:
    """Return the places that no decision ever counted, such as those of pilots."""
    attempt_of = {one.form_id: one.id for one in attempts}
    rows = tx.session.connection().execute(
        select(col(FormItemRow.form_id), col(FormItemRow.position)).where(
            col(FormItemRow.form_id).in_(list(attempt_of)), col(FormItemRow.scored).is_(False)
        )
    )
    return {(attempt_of[form], position) for form, position in rows}


def _marked_by_people(tx: Tx, attempt_ids: Sequence[str]) -> set[str]:
    query = select(col(EssayMarkRow.attempt_id)).where(
        col(EssayMarkRow.attempt_id).in_(attempt_ids)
    )
    return {one for (one,) in tx.session.connection().execute(query)}
