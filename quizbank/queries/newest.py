"""The newest text of items: the change that is on its way, else what is published."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from base.db import Tx
from quizbank.items import Item, Misfit, read_item
from quizbank.proposals import OPEN, Stage
from quizbank.queries.changes import writers_of
from quizbank.queries.published import item_versions
from quizbank.tables.bank import ItemRow
from quizbank.tables.reviews import ItemProposalRow

_AT_ONCE = 500


@dataclass(frozen=True)
class OpenChange:
    """A change that is on its way, with its authors by person."""

    id: str
    stage: Stage
    revision: int
    writers: dict[str | None, str]


@dataclass(frozen=True)
class Newest:
    """What the bank has of an item: its version (0 for none), its newest text, its open change.

    `item` is None where the newest text is not finished and nothing is published, and `known`
    tells whether the id is taken.
    """

    version: int
    item: Item | None
    change: OpenChange | None
    known: bool = True


def newest_texts(tx: Tx, item_ids: Sequence[str]) -> dict[str, Newest]:
    """Return the newest text of each item that the bank knows, in a few queries for all."""
    rows: dict[str, tuple[int, str]] = {}
    changes: dict[str, tuple[OpenChange, str]] = {}
    for ids in _chunks(item_ids):
        rows |= {
            one: (version, version_id)
            for one, version, version_id in tx.session.exec(
                select(ItemRow.id, ItemRow.version, ItemRow.version_id).where(
                    col(ItemRow.id).in_(ids)
                )
            )
        }
        changes |= _open_changes(tx, ids)
    published = item_versions(tx.session, [one for _, one in rows.values() if one])
    return {
        item_id: _newest(version, published.get(version_id), changes.get(item_id))
        for item_id, (version, version_id) in rows.items()
    }


def _newest(
    version: int, published: Item | None, open_change: tuple[OpenChange, str] | None
) -> Newest:
    if open_change is None:
        return Newest(version, published, None)
    change, payload = open_change
    try:
        return Newest(version, read_item(json.loads(payload)), change)
    except Misfit:
        return Newest(version, published, change)


def _open_changes(tx: Tx, ids: Sequence[str]) -> dict[str, tuple[OpenChange, str]]:
    found = tx.session.exec(
        select(ItemProposalRow).where(
            col(ItemProposalRow.item_id).in_(ids), col(ItemProposalRow.state).in_(OPEN)
        )
    ).all()
    wrote = writers_of(tx, found)
    return {
        row.item_id: (
            OpenChange(row.id, Stage(row.state), row.revision, wrote[row.id]),
            row.payload,
        )
        for row in found
    }


def _chunks(ids: Iterable[str]) -> Iterable[list[str]]:
    listed = list(ids)
    return (listed[start : start + _AT_ONCE] for start in range(0, len(listed), _AT_ONCE))
