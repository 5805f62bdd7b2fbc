"""The decision on an ended exam, once nothing in it waits to be marked by people."""

import json
from collections.abc import Sequence

from pydantic import TypeAdapter

from base.audit import record
from base.db import Tx
from base.ids import new_id
from quizbank.decisions import Decision, MarkedItem, decide
from quizbank.items import Item
from quizbank.kinds.shown import (
    Mark,
)
from quizbank.marking import MarkedEssay
from quizbank.queries.attempts import progress_of
from quizbank.queries.marking import parts_of
from quizbank.queries.published import FormItem, exam_version, form_items, item_versions
from quizbank.queries.results import Verdict, verdict_on
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.decisions import DecisionRow, MarkRow

_DECISION = TypeAdapter(Decision)


def decide_ended(tx: Tx, attempt: AttemptRow) -> Verdict | None:
    """Decide an attempt that has just ended or was just marked; None while an answer waits.

    Part of the commands that end attempts and mark essays; its caller holds the attempt's lock.
    """
    parts = parts_of(tx, attempt)
    essays = [
        MarkedEssay(one.position, one.manual.part, one.agreed, one.given)
        for one in parts
        if one.agreed is not None
    ]
    if len(essays) < len(parts):
        return None
    places = form_items(tx.session, attempt.form_id)
    items = item_versions(tx.session, [place.item_version_id for place in places])
    marked = _marked(tx, attempt, places, items, essays)
    rules = exam_version(tx.session, attempt.exam_version_id)
    _store(tx, attempt, decide(rules, marked, essays), marked, places)
    return verdict_on(tx, attempt.id)


def _marked(
    tx: Tx,
    attempt: AttemptRow,
    places: Sequence[FormItem],
    items: dict[str, Item],
    essays: Sequence[MarkedEssay],
) -> list[MarkedItem]:
    responses = progress_of(tx, attempt.id).responses
    marked: list[MarkedItem] = []
    for place in places:
        item = items[place.item_version_id]
        earned = {one.part: one.fraction for one in essays if one.position == place.position}
        mark = item.mark_with(responses.get(place.position), earned)
        marked.append(_marked_item(place, item, mark))
    return marked


def _marked_item(place: FormItem, item: Item, mark: Mark) -> MarkedItem:
    return MarkedItem(
        position=place.position,
        objective=item.objective,
        topic=item.topic,
        critical=item.critical,
        fraction=mark.fraction,
        state=mark.state,
        unsafe=mark.unsafe,
        scored=place.scored,
    )


def _store(
    tx: Tx,
    attempt: AttemptRow,
    decision: Decision,
    marked: Sequence[MarkedItem],
    places: Sequence[FormItem],
) -> None:
    row = DecisionRow(
        id=new_id(),
        attempt_id=attempt.id,
        at=tx.now,
        marks=decision.marks,
        passed=decision.passed,
        result=json.dumps(_DECISION.dump_python(decision, mode="json"), ensure_ascii=False),
    )
    tx.session.add(row)
    tx.session.flush()
    for place, item in zip(places, marked, strict=True):
        tx.session.add(
            MarkRow(
                decision_id=row.id,
                position=place.position,
                item_version_id=place.item_version_id,
                fraction=item.fraction,
                state=item.state,
                unsafe=item.unsafe,
                scored=item.scored,
            )
        )
    attempt.decision_id = attempt.released_id = row.id
    facts = {"attempt": attempt.id, "passed": decision.passed, "marks": decision.marks}
    record(tx, "attempt:decide", attempt.id, {**facts, "decision": row.id})
