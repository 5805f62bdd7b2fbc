"""The issuance log: appended by one at a time, proven to anybody."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from base.errors import Invalid, NotFound
from certs.checkpoints import Checkpoint, proven_checkpoint, read_checkpoint, verified_checkpoint
from certs.commands.keys import revoke_key, rotate_key
from certs.commands.log import append_leaf
from certs.keys import KeyPurpose
from certs.merkle import extends, included, leaf_hash, root_of
from certs.queries.keys import public_keys
from certs.queries.log import (
    checkpoint_of,
    consistency_proof,
    inclusion_proof,
    log_proof,
    log_proof_of_leaf,
    newest_checkpoint,
)
from certs.queries.log_nodes import log_size
from certs.tables.log import CheckpointRow, LogLeafRow, LogNodeRow
from tests.factories import World


def data(number: int) -> bytes:
    return f"credential {number}".encode()


def grow(world: World, count: int) -> None:
    with world.as_system() as tx:
        first = log_size(tx)
        for number in range(first, first + count):
            assert append_leaf(tx, data(number)) == number


def log_keys(world: World) -> list[bytes]:
    with world.looking("nobody") as tx:
        return [key.raw for key in public_keys(tx, KeyPurpose.LOG) if key.revoked_at is None]


def told(world: World) -> Checkpoint:
    with world.looking("nobody") as tx:
        checkpoint = verified_checkpoint(newest_checkpoint(tx), log_keys(world))
    assert checkpoint is not None
    return checkpoint


def test_every_checkpoint_is_signed_and_is_the_root_of_what_was_appended(
    any_world: World,
) -> None:
    grow(any_world, 21)
    keys = log_keys(any_world)
    with any_world.looking("nobody") as tx:
        for size in range(1, 22):
            checkpoint = verified_checkpoint(checkpoint_of(tx, size), keys)
            root = root_of(leaf_hash(data(number)) for number in range(size))
            assert checkpoint == Checkpoint("localhost:8501/log", size, root)
    assert told(any_world).size == 21


def test_every_entry_is_proven_to_anybody(any_world: World) -> None:
    grow(any_world, 21)
    keys = log_keys(any_world)
    with any_world.looking("nobody") as tx:
        for number in range(21):
            leaf = leaf_hash(data(number))
            proof = log_proof(tx, number)
            assert log_proof_of_leaf(tx, leaf.hex().upper()) == proof
            assert proven_checkpoint(proof, leaf, keys) == told(any_world)
            assert proven_checkpoint(proof, leaf_hash(b"another"), keys) is None
            root = root_of(leaf_hash(data(one)) for one in range(number + 1))
            earlier = inclusion_proof(tx, number, number + 1)
            assert included(leaf, number, number + 1, earlier, root)


def test_every_size_extends_every_one_before(any_world: World) -> None:
    grow(any_world, 14)
    with any_world.looking("nobody") as tx:
        roots = {
            one.size: bytes.fromhex(one.root) for one in tx.session.exec(select(CheckpointRow))
        }
        for new, root in roots.items():
            for old in range(1, new + 1):
                proof = consistency_proof(tx, old, new)
                assert extends(old, new, roots[old], root, proof)


def test_what_was_never_logged_has_no_proof(any_world: World) -> None:
    with any_world.looking("nobody") as tx:
        for ask in (
            newest_checkpoint,
            lambda tx: checkpoint_of(tx, 1),
            lambda tx: log_proof(tx, 0),
        ):
            with pytest.raises(NotFound):
                ask(tx)
    grow(any_world, 3)
    with any_world.looking("nobody") as tx:
        with pytest.raises(NotFound):
            log_proof_of_leaf(tx, leaf_hash(b"never").hex())
        for number, size in ((3, 3), (0, 4), (-1, 3)):
            with pytest.raises(Invalid):
                inclusion_proof(tx, number, size)
        for old, new in ((0, 3), (2, 1), (1, 4)):
            with pytest.raises(Invalid):
                consistency_proof(tx, old, new)


def test_twenty_who_append_at_once_leave_no_gap(any_world: World) -> None:
    def append(number: int) -> int:
        with any_world.as_system() as tx:
            return append_leaf(tx, data(number))

    with ThreadPoolExecutor(20) as pool:
        numbers = list(pool.map(append, range(20)))
    assert sorted(numbers) == [*range(20)]
    with any_world.looking("system") as tx:
        rows = tx.session.exec(select(LogLeafRow).order_by(col(LogLeafRow.number))).all()
    assert [row.number for row in rows] == [*range(20)]
    assert told(any_world).root == root_of(bytes.fromhex(row.hash) for row in rows)


def test_what_is_rolled_back_was_never_in_the_log(any_world: World) -> None:
    grow(any_world, 4)
    before = told(any_world)

    def half_done() -> None:
        with any_world.as_system() as tx:
            append_leaf(tx, b"half done")
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        half_done()
    assert told(any_world) == before
    grow(any_world, 1)
    assert told(any_world).root == root_of(leaf_hash(data(number)) for number in range(5))


def test_a_rotated_key_signs_on_and_the_old_checkpoints_stay_good(world: World) -> None:
    grow(world, 2)
    old = log_keys(world)
    with world.acting("dina") as tx:
        rotate_key(tx, KeyPurpose.LOG)
    grow(world, 1)
    with world.looking("nobody") as tx:
        first, last = checkpoint_of(tx, 2), newest_checkpoint(tx)
    assert verified_checkpoint(last, old) is None
    assert verified_checkpoint(first, log_keys(world)) == read_checkpoint(first)
    assert verified_checkpoint(last, log_keys(world)) == read_checkpoint(last)
    with world.acting("dina") as tx:
        (first_key,) = (one for one in public_keys(tx, KeyPurpose.LOG) if one.raw in old)
        revoke_key(tx, first_key.id, "Its backup was lost.")
    assert verified_checkpoint(first, log_keys(world)) is None


def test_the_thousandth_entry_costs_what_the_hundredth_does(world: World) -> None:
    statements: list[int] = []

    def count(*_: object) -> None:
        statements[-1] += 1

    event.listen(world.database.engine, "before_cursor_execute", count)
    with world.as_system() as tx:
        for number in range(1_030):
            statements.append(0)
            append_leaf(tx, data(number))
    event.remove(world.database.engine, "before_cursor_execute", count)
    assert max(statements) <= 9
    with world.looking("nobody") as tx:
        assert len(inclusion_proof(tx, 777, 1_030)) <= 11
        nodes = len(tx.session.exec(select(LogNodeRow.level)).all())
    assert nodes < 1_030
    assert told(world).root == root_of(leaf_hash(data(number)) for number in range(1_030))
