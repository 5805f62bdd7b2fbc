"""One's own attempts: whose they are, and where they stand by their steps."""

import json
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import col, func, select

from base.db import Tx
from base.errors import NotFound
from base.kept import Kept
from base.prepared import Prepared
from quizbank.attempts import Action, Progress, Step, replay
from quizbank.confidence import Confidence
from quizbank.items import Item
from quizbank.queries.published import form_items, item_version
from quizbank.tables.attempts import AttemptRow, StepRow

NOT_YOURS = "There is no such attempt of yours. Go to your course and start from there."
# Looked up many times a click, which calling the class costs ten times as much.
_ACTIONS = {str(one): one for one in Action}
_SAID: dict[str | None, Confidence | None] = {None: None} | {str(one): one for one in Confidence}
_forms: Kept[tuple[Item, ...]] = Kept(5_000)
_begun: Kept["Begun"] = Kept(5_000)
_BEGUN = Prepared(
    select_columns(
        col(AttemptRow.form_id), col(AttemptRow.exam_version_id), col(AttemptRow.pause_seconds)
    ).where(col(AttemptRow.id) == bindparam("attempt"))
)
# Asked at every click, so it is prepared.
_STEPS = Prepared(
    select_columns(
        col(StepRow.number),
        col(StepRow.action),
        col(StepRow.position),
        col(StepRow.response),
        col(StepRow.confidence),
    )
    .where(col(StepRow.attempt_id) == bindparam("attempt"))
    .order_by(col(StepRow.number))
)


class Begun(NamedTuple):
    """What an attempt was begun with and keeps to its end."""

    form_id: str
    exam_version_id: str
    pause_seconds: int


def owned_attempt(tx: Tx, attempt_id: str) -> AttemptRow:
    """Return the row of one's own attempt; raises `NotFound` for anybody else's."""
    row = tx.session.get(AttemptRow, attempt_id)
    if row is None or row.person_id != tx.actor.own_id:
        raise NotFound(NOT_YOURS)
    return row


def begun_with(tx: Tx, attempt_id: str) -> Begun:
    """Return what an attempt that the caller knows to be there was begun with."""
    kept = _begun.get(attempt_id)
    if kept is None:
        row = _BEGUN.run(tx.connection, {"attempt": attempt_id})
        if row is None:
            raise NotFound(NOT_YOURS)
        kept = _begun.keep(attempt_id, Begun(*row))
    return kept


def last_number(tx: Tx, attempt_id: str) -> int:
    """Return the number of an attempt's last step: its revision."""
    newest = select(func.max(StepRow.number)).where(StepRow.attempt_id == attempt_id)
    return tx.session.exec(newest).one() or 0


def progress_of(tx: Tx, attempt_id: str, before: int | None = None) -> Progress:
    """Return where an attempt stands, from its steps, or from those before this number."""
    stored = replay(
        Step(number, _ACTIONS[action], position, response, _SAID[said])
        for number, action, position, response, said in _STEPS.rows(
            tx.connection, {"attempt": attempt_id}
        )
        if before is None or number < before
    )
    # What stands is decoded, not every response that was ever given.
    standing = {place: json.loads(str(text)) for place, text in stored.responses.items()}
    return replace(stored, responses=standing)


def position_exists(tx: Tx, form_id: str, position: int) -> bool:
    """Tell whether the form has a question at this position."""
    return 1 <= position <= len(_items_of(tx, form_id))


def item_at(tx: Tx, form_id: str, position: int) -> Item:
    """Return the item, keys and all, at a position that exists. For this package."""
    return _items_of(tx, form_id)[position - 1]


def _items_of(tx: Tx, form_id: str) -> tuple[Item, ...]:
    # Asked several times a click.
    kept = _forms.get(form_id)
    if kept is None:
        places = form_items(tx.session, form_id)
        kept = tuple(item_version(tx.session, place.item_version_id) for place in places)
        _forms.keep(form_id, kept)
    return kept
