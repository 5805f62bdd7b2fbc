"""Rounds of fresh questions, with which something is put right."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from base.db import Tx
from quizbank.queries.attempts import (
    owned_attempt,
    progress_of,
)
from quizbank.queries.published import form_items, item_version
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.bank import ItemVersionRow
from quizbank.tables.exams import FormItemRow


@dataclass(frozen=True)
class Round:
    """`fractions` of a mark by position; `seen_before` counts questions met in earlier forms."""

    attempt_id: str
    running: bool
    fractions: tuple[float, ...]
    seen_before: int


def round_of(tx: Tx, attempt_id: str) -> Round:
    """Return one's own round; raises `NotFound`."""
    attempt = owned_attempt(tx, attempt_id)
    responses = progress_of(tx, attempt_id).responses
    places = form_items(tx.session, attempt.form_id)
    items = [item_version(tx.session, place.item_version_id) for place in places]
    return Round(
        attempt_id=attempt_id,
        running=attempt.closed_at is None,
        fractions=tuple(
            item.mark(responses.get(place.position)).fraction
            for item, place in zip(items, places, strict=True)
        ),
        seen_before=_seen_before(tx, attempt, [item.id for item in items]),
    )


def _seen_before(tx: Tx, attempt: AttemptRow, item_ids: list[str]) -> int:
    earlier = aliased(AttemptRow)
    query = (
        select(func.count(col(ItemVersionRow.item_id).distinct()))
        .join(FormItemRow, col(FormItemRow.item_version_id) == col(ItemVersionRow.id))
        .join(earlier, col(earlier.form_id) == col(FormItemRow.form_id))
        .where(
            col(earlier.person_id) == attempt.person_id,
            col(earlier.started_at) < attempt.started_at,
            col(ItemVersionRow.item_id).in_(item_ids),
        )
    )
    return int(tx.session.connection().execute(query).scalar_one())
