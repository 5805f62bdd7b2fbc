"""Questions with which something is put right: fresh ones, while the bank has them."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import col

from base.db import Tx
from quizbank.confidence import UNASKED_KINDS
from quizbank.kinds.item import Pool
from quizbank.queries.published import item_version
from quizbank.remediation import freshest
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.bank import ItemRow, ItemVersionRow
from quizbank.tables.exams import FormItemRow


def fresh_item_versions(tx: Tx, objective: str, most: int, seed: int) -> list[str]:
    """Return up to so many practice questions of an objective, those first that one has not seen.

    Only questions that are marked at once. Part of putting something right.
    """
    found: list[str] = []
    for version_id in _in_order(tx, objective, seed):
        item = item_version(tx.session, version_id)
        if len(found) < most and not item.manual_parts(item.key()):
            found.append(version_id)
        if len(found) == most:
            break
    return found


def _in_order(tx: Tx, objective: str, seed: int) -> Iterator[str]:
    query = select(col(ItemRow.id), col(ItemRow.version_id)).where(
        col(ItemRow.pool) == Pool.PRACTICE,
        col(ItemRow.status) == "approved",
        col(ItemRow.objective) == objective,
        col(ItemRow.kind).not_in(UNASKED_KINDS),
        col(ItemRow.review_due) > tx.now.date(),
    )
    versions = {str(item): str(one) for item, one in tx.session.connection().execute(query)}
    yield from (versions[one] for one in freshest([*versions], _seen(tx, objective), seed))


def _seen(tx: Tx, objective: str) -> dict[str, datetime]:
    query = (
        select(col(ItemVersionRow.item_id), func.max(col(AttemptRow.started_at)))
        .join(FormItemRow, col(FormItemRow.item_version_id) == col(ItemVersionRow.id))
        .join(AttemptRow, col(AttemptRow.form_id) == col(FormItemRow.form_id))
        .join(ItemRow, col(ItemRow.id) == col(ItemVersionRow.item_id))
        .where(
            col(AttemptRow.person_id) == tx.actor.own_id,
            col(ItemRow.objective) == objective,
            col(ItemRow.pool) == Pool.PRACTICE,
        )
        .group_by(col(ItemVersionRow.item_id))
    )
    return {str(item): at for item, at in tx.session.connection().execute(query)}
