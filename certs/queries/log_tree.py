"""Whether the stored issuance log is one tree: recomputed from its leaves, entry by entry."""

from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest

from sqlmodel import col, select

from base.db import Tx
from certs.checkpoints import Checkpoint, read_checkpoint, verified_checkpoint
from certs.merkle import EMPTY_ROOT, Node, grown, joined
from certs.queries.log_nodes import log_size
from certs.tables.log import CheckpointRow, LogLeafRow, LogNodeRow

_OUTSIDE = "The log was changed outside the academy; compare with a backup."


def tree_problems(tx: Tx, keys: Iterable[bytes], earlier: str | None) -> Iterator[str]:
    """Yield what does not fit, the first of its kind, a sentence each. Part of the log's check.

    `keys` are the raw ones whose signatures count; `earlier` is a checkpoint that somebody kept.
    """
    known = [*keys]
    yield from _missing_leaf(tx)
    yield from _first_node_misfit(tx)
    yield from _first_checkpoint_misfit(tx)
    yield from _newest_note_problems(tx, known)
    if earlier is not None:
        yield from _not_extended(tx, verified_checkpoint(earlier, known))


def recomputed_root(tx: Tx, size: int) -> bytes:
    """Return the root over the first `size` stored leaves. Part of the log's check."""
    peaks: list[bytes] = []
    for number, _, grown_peaks in _growing(tx):
        if number == size:
            break
        peaks = grown_peaks
    return joined(peaks) if peaks else EMPTY_ROOT


def _growing(tx: Tx) -> Iterator[tuple[int, dict[Node, bytes], list[bytes]]]:
    """Go through the leaves: each one's number, the nodes that it completes, the peaks after it."""
    peaks: list[bytes] = []
    query = select(LogLeafRow.hash).order_by(col(LogLeafRow.number))
    for number, hashed in enumerate(tx.session.exec(query).yield_per(1000)):
        new = grown(peaks, number, _bytes(hashed))
        # All new nodes but the leaf itself took in one peak each.
        peaks = [*peaks[: len(peaks) - len(new) + 1], [*new.values()][-1]]
        yield number, new, peaks


def _missing_leaf(tx: Tx) -> Iterator[str]:
    numbers = tx.session.exec(select(LogLeafRow.number).order_by(col(LogLeafRow.number)))
    for expected, number in enumerate(numbers.yield_per(1000)):
        if number != expected:
            yield f"Entry {expected} of the log is missing. {_OUTSIDE}"
            return


def _first_node_misfit(tx: Tx) -> Iterator[str]:
    ends = (col(LogNodeRow.place) + 1).bitwise_lshift(col(LogNodeRow.level))
    query = select(LogNodeRow.level, LogNodeRow.place, LogNodeRow.hash)
    stored = iter(tx.session.exec(query.order_by(ends, col(LogNodeRow.level))).yield_per(1000))
    for number, new, _ in _growing(tx):
        right = [(one.level, one.place, hashed.hex()) for one, hashed in new.items() if one.level]
        if right != [tuple(row) for row in islice(stored, len(right))]:
            yield f"What is kept of the log at entry {number} does not fit its entries. {_OUTSIDE}"
            return
    if next(stored, None) is not None:
        yield f"More is kept of the log than its entries make. {_OUTSIDE}"


def _first_checkpoint_misfit(tx: Tx) -> Iterator[str]:
    rows = tx.session.exec(select(CheckpointRow).order_by(col(CheckpointRow.size))).yield_per(1000)
    roots = ((number + 1, joined(peaks)) for number, _, peaks in _growing(tx))
    for right, row in zip_longest(roots, rows):
        if right is None or row is None or right != _said(row):
            size = right[0] if right else row.size if row else 0
            yield f"The checkpoint of size {size} is not what the log was then. {_OUTSIDE}"
            return


def _said(row: CheckpointRow) -> tuple[int, bytes] | None:
    """What a stored checkpoint says, None where its note says otherwise."""
    note = read_checkpoint(row.note)
    told = (row.size, _bytes(row.root))
    return told if note and (note.size, note.root) == told else None


def _newest_note_problems(tx: Tx, keys: list[bytes]) -> Iterator[str]:
    newest = select(CheckpointRow.note).order_by(col(CheckpointRow.size).desc()).limit(1)
    note = tx.session.exec(newest).first()
    if note is not None and verified_checkpoint(note, keys) is None:
        yield "No key of the log signed its newest checkpoint. See `pinpoint keys list`."


def _not_extended(tx: Tx, kept: Checkpoint | None) -> Iterator[str]:
    if kept is None:
        yield "The file is no checkpoint that a key of this log signed, so nothing can be compared."
    elif kept.size > log_size(tx):
        yield (
            f"The log holds {log_size(tx)} entries, and the checkpoint in the file was signed over "
            f"{kept.size}: entries were taken out."
        )
    elif recomputed_root(tx, kept.size) != kept.root:
        yield (
            f"The log does not extend the checkpoint in the file: of its first {kept.size} entries "
            "some are not what they were when it was signed. The history was rewritten."
        )


def _bytes(stored: str) -> bytes:
    """A stored hash; nothing where somebody put something else there."""
    try:
        return bytes.fromhex(stored)
    except ValueError:
        return b""
