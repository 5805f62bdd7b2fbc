"""The stored tree of the issuance log, read a few nodes at a time."""

from collections.abc import Sequence

from sqlalchemy import func, tuple_
from sqlmodel import col, select

from base.db import Tx
from base.errors import Unavailable
from certs.merkle import Node, Stretch, joined, nodes_over
from certs.tables.log import LogLeafRow, LogNodeRow

_DAMAGED = "The issuance log is damaged, so nothing was done. Run `pinpoint log check`."


def log_size(tx: Tx) -> int:
    """Return how many leaves the log has. Part of what reads and appends."""
    return tx.session.exec(select(func.coalesce(func.max(LogLeafRow.number), -1))).one() + 1


def node_hashes(tx: Tx, nodes: Sequence[Node]) -> dict[Node, bytes]:
    """Return the hashes of these full subtrees, in their order. Part of what reads and appends.

    Raises `Unavailable` where the log lacks one.
    """
    found: dict[Node, str] = {}
    leaves = [node.place for node in nodes if node.level == 0]
    if leaves:
        query = select(LogLeafRow.number, LogLeafRow.hash).where(col(LogLeafRow.number).in_(leaves))
        found |= {Node(0, number): hashed for number, hashed in tx.session.exec(query)}
    higher = [node for node in nodes if node.level]
    if higher:
        place = tuple_(col(LogNodeRow.level), col(LogNodeRow.place))
        stored = select(LogNodeRow.level, LogNodeRow.place, LogNodeRow.hash)
        for level, nth, hashed in tx.session.exec(stored.where(place.in_(higher))):
            found[Node(level, nth)] = hashed
    if len(found) != len(set(nodes)):
        raise Unavailable(_DAMAGED)
    return {node: bytes.fromhex(found[node]) for node in nodes}


def stretch_hashes(tx: Tx, stretches: Sequence[Stretch]) -> tuple[bytes, ...]:
    """Return the hashes of the nodes over these leaves. Part of what proves."""
    parts = [nodes_over(stretch) for stretch in stretches]
    hashes = node_hashes(tx, [node for part in parts for node in part])
    return tuple(joined([hashes[node] for node in part]) for part in parts)
