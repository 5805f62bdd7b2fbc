"""Appending to the issuance log, and signing what it is then."""

from sqlalchemy import insert

from base.audit import take_turn
from base.db import Tx
from base.errors import Unavailable
from certs.checkpoints import Checkpoint, log_name, signed_note
from certs.keys import KeyPurpose
from certs.merkle import Node, Stretch, grown, joined, leaf_hash, nodes_over
from certs.queries.keys import public_keys, signer_for
from certs.queries.log_nodes import log_size, node_hashes
from certs.tables.log import CheckpointRow, LogLeafRow, LogNodeRow


def append_leaf(tx: Tx, data: bytes) -> int:
    """Append one entry to the issuance log, sign the checkpoint after it, return its number.

    `data` is the secured credential in canonical JSON (RFC 8785). Reads and writes as many nodes as
    the tree is high; entries are numbered from 0 without gaps, whoever appends at the same moment.
    Part of the command that signs a credential, which asks who acts.
    """
    take_turn(tx)
    number = log_size(tx)
    nodes = node_hashes(tx, nodes_over(Stretch(0, number)))
    new = grown([*nodes.values()], number, leaf_hash(data))
    _store(tx, number, new)
    known = nodes | new
    root = joined([known[node] for node in nodes_over(Stretch(0, number + 1))])
    _sign(tx, Checkpoint(log_name(tx.config.public_url), number + 1, root))
    return number


def _store(tx: Tx, number: int, new: dict[Node, bytes]) -> None:
    connection = tx.session.connection()
    leaf = {"number": number, "hash": new[Node(0, number)].hex(), "at": tx.now}
    connection.execute(insert(LogLeafRow), leaf)
    higher = [
        {"level": node.level, "place": node.place, "hash": hashed.hex()}
        for node, hashed in new.items()
        if node.level
    ]
    if higher:
        connection.execute(insert(LogNodeRow), higher)


def _sign(tx: Tx, checkpoint: Checkpoint) -> None:
    signer = signer_for(tx, KeyPurpose.LOG)
    keys = {key.id: key for key in public_keys(tx, KeyPurpose.LOG)}
    if signer.key_id not in keys:
        raise Unavailable("The key that signs the issuance log is not among the academy's keys.")
    public = keys[signer.key_id].raw
    note = signed_note(checkpoint.text, checkpoint.origin, public, signer.sign)
    row = {"size": checkpoint.size, "root": checkpoint.root.hex(), "note": note, "at": tx.now}
    tx.session.connection().execute(insert(CheckpointRow), row)
