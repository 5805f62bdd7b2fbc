"""What ended attempts come to by today's keys and corrections; reads, and stores nothing."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pydantic import JsonValue
from sqlmodel import col, select

from base.db import Tx
from quizbank.attempts import Action, Step, replay
from quizbank.decisions import Decision, MarkedItem, decide
from quizbank.items import Item
from quizbank.marking import MarkedEssay
from quizbank.queries.marking import PartStanding, Sat, parts_among
from quizbank.queries.published import FormItem, exam_version, form_items, item_versions
from quizbank.queries.remedies import standing_remedies
from quizbank.remedies import Asked, Remedy, marked
from quizbank.tables.attempts import StepRow


@dataclass(frozen=True)
class MarkedAttempt:
    """An attempt with the mark of every place of its form, and the verdict that they make.

    `versions` are the item versions of the marked places, in the same order.
    """

    attempt: Sat
    versions: tuple[str, ...]
    marked: tuple[MarkedItem, ...]
    decision: Decision


def marked_attempts(
    tx: Tx, attempts: Sequence[Sat], instead: Mapping[str, Remedy] | None = None
) -> Iterator[MarkedAttempt | None]:
    """Mark ended attempts by their keys as corrected; None for one that waits for markers.

    `instead` has remedies by item version that count as if they were approved.
    """
    responses = _responses(tx, [one.id for one in attempts])
    forms = {one.id: form_items(tx.session, one.form_id) for one in attempts}
    versions = {place.item_version_id for places in forms.values() for place in places}
    items = item_versions(tx.session, sorted(versions))
    remedies = standing_remedies(tx, versions) | dict(instead or {})
    for one in attempts:
        given = responses.get(one.id, {})
        parts = parts_among(tx, one, given)
        yield _marked(tx, one, forms[one.id], items, given, parts, remedies)


def _marked(
    tx: Tx,
    attempt: Sat,
    places: tuple[FormItem, ...],
    items: Mapping[str, Item],
    responses: Mapping[int, JsonValue],
    parts: Sequence[PartStanding],
    remedies: Mapping[str, Remedy],
) -> MarkedAttempt | None:
    essays = [
        MarkedEssay(one.position, one.manual.part, one.agreed, one.given)
        for one in parts
        if one.agreed is not None
    ]
    if len(essays) < len(parts):
        return None
    given = tuple(
        marked(
            Asked(
                position=place.position,
                item=items[place.item_version_id],
                scored=place.scored,
                response=responses.get(place.position),
                earned={one.part: one.fraction for one in essays if one.position == place.position},
            ),
            remedies.get(place.item_version_id),
        )
        for place in places
    )
    rules = exam_version(tx.session, attempt.exam_version_id)
    versions = tuple(place.item_version_id for place in places)
    return MarkedAttempt(attempt, versions, given, decide(rules, given, essays))


def _responses(tx: Tx, attempt_ids: Collection[str]) -> dict[str, dict[int, JsonValue]]:
    rows = tx.session.exec(
        select(StepRow.attempt_id, StepRow.number, StepRow.position, StepRow.response)
        .where(col(StepRow.attempt_id).in_(attempt_ids), StepRow.action == Action.ANSWERED)
        .order_by(col(StepRow.attempt_id), col(StepRow.number))
    ).all()
    standing = {
        attempt: replay(Step(number, Action.ANSWERED, at, said) for _, number, at, said in steps)
        for attempt, steps in groupby(rows, key=lambda row: row[0])
    }
    return {
        attempt: {place: json.loads(str(said)) for place, said in progress.responses.items()}
        for attempt, progress in standing.items()
    }
