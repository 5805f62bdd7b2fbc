"""The check of the log: what an insider with the database, and with the keys, cannot hide."""

import json
from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

import pytest
from sqlmodel import col, delete, select, update

from base.db import Tx
from base.permissions import Role
from certs.commands.signing import sign_credential
from certs.queries.log import newest_checkpoint
from certs.queries.log_check import CourseCount, LogReport, log_report
from certs.tables.credentials import CredentialDataRow, CredentialFileRow, CredentialRow
from certs.tables.log import CheckpointRow, LogLeafRow, LogNodeRow
from tests.factories import COURSE, World

EARNERS = ("alba", "lena", "emma", "nora")


def log_of_four(world: World) -> list[str]:
    """Let four people earn signed certificates; the log holds them in this order."""
    for name in EARNERS[2:]:
        world.join(name, Role.LEARNER)
    serials = [world.earn(name).standing.serial for name in EARNERS]
    for serial in serials:
        with world.as_system() as tx:
            sign_credential(tx, serial)
    return serials


def check(world: World, earlier: str | None = None) -> LogReport:
    with world.looking("audi") as tx:
        return log_report(tx, earlier)


def newest(world: World) -> str:
    with world.looking("nobody") as tx:
        return newest_checkpoint(tx)


def test_a_log_as_it_grew_is_sound_and_extends_every_checkpoint_before(any_world: World) -> None:
    empty = check(any_world)
    assert (empty.size, empty.problems, empty.courses) == (0, (), ())
    log_of_four(any_world)
    kept = newest(any_world)
    any_world.join("mira", Role.LEARNER)
    later = any_world.earn("mira").standing.serial
    with any_world.as_system() as tx:
        sign_credential(tx, later)
    told = check(any_world, kept)
    assert (told.size, told.problems, told.waiting) == (5, (), 0)
    assert told.courses == (CourseCount(COURSE, passes=5, earned=5, by_hand=0, unearned=0),)


def leaf_changed(tx: Tx, serials: list[str]) -> str:
    tx.session.exec(update(LogLeafRow).where(col(LogLeafRow.number) == 1).values(hash="0" * 64))
    return f"{serials[1]} is not in the log"


def leaf_made_nonsense(tx: Tx, serials: list[str]) -> str:
    tx.session.exec(update(LogLeafRow).where(col(LogLeafRow.number) == 1).values(hash="nonsense"))
    return "What is kept of the log at entry 1 does not fit its entries."


def credential_changed(tx: Tx, serials: list[str]) -> str:
    row = tx.session.get_one(CredentialDataRow, serials[2])
    document = json.loads(row.document)
    document["validUntil"] = "2099-01-01T00:00:00Z"
    row.document = json.dumps(document)
    return f"{serials[2]} is not in the log: what is stored of it is not what was logged."


def credential_taken_out(tx: Tx, serials: list[str]) -> str:
    tx.session.exec(delete(CredentialDataRow).where(col(CredentialDataRow.serial) == serials[0]))
    return "Entry 0 of the log is of no stored credential: one was taken out."


def sealed_without_the_log(tx: Tx, serials: list[str]) -> str:
    row = tx.session.get_one(CredentialFileRow, serials[0])
    row.sealed_at = tx.now
    tx.session.exec(delete(CredentialDataRow).where(col(CredentialDataRow.serial) == serials[0]))
    return f"{serials[0]} is sealed, but not in the log."


def issued_for_nothing(tx: Tx, serials: list[str]) -> str:
    alba = tx.session.get_one(CredentialRow, serials[0])
    made = CredentialRow(
        serial="PP-MADEUP",
        person_id=alba.person_id,
        issued_at=tx.now,
        facts=alba.facts,
        uuid=str(uuid4()),
        status_index=1,
    )
    tx.session.add(made)
    return "PP-MADEUP rests on no recorded decision and on no approval by two people."


def one_decision_used_twice(tx: Tx, serials: list[str]) -> str:
    issued_for_nothing(tx, serials)
    alba = tx.session.get_one(CredentialRow, serials[0])
    tx.session.get_one(CredentialRow, "PP-MADEUP").decision_id = alba.decision_id
    return "PP-MADEUP rests on no recorded decision and on no approval by two people."


def node_changed(tx: Tx, serials: list[str]) -> str:
    tx.session.exec(update(LogNodeRow).where(col(LogNodeRow.level) == 2).values(hash="0" * 64))
    return "What is kept of the log at entry 3 does not fit its entries."


def node_added(tx: Tx, serials: list[str]) -> str:
    tx.session.add(LogNodeRow(level=1, place=7, hash="0" * 64))
    return "More is kept of the log than its entries make."


def checkpoint_changed(tx: Tx, serials: list[str]) -> str:
    tx.session.exec(update(CheckpointRow).where(col(CheckpointRow.size) == 2).values(root="0" * 64))
    return "The checkpoint of size 2 is not what the log was then."


def checkpoint_note_swapped(tx: Tx, serials: list[str]) -> str:
    note = tx.session.get_one(CheckpointRow, 3).note
    tx.session.exec(update(CheckpointRow).where(col(CheckpointRow.size) == 2).values(note=note))
    return "The checkpoint of size 2 is not what the log was then."


def checkpoint_taken_out(tx: Tx, serials: list[str]) -> str:
    tx.session.exec(delete(CheckpointRow).where(col(CheckpointRow.size) == 4))
    return "The checkpoint of size 4 is not what the log was then."


def newest_signed_by_another(tx: Tx, serials: list[str]) -> str:
    row = tx.session.get_one(CheckpointRow, 4)
    head, _, signature = row.note.rpartition(" ")
    row.note = f"{head} {signature[:20]}{'A' * 8}{signature[28:]}"
    return "No key of the log signed its newest checkpoint."


DEFECTS = [
    leaf_changed,
    leaf_made_nonsense,
    credential_changed,
    credential_taken_out,
    sealed_without_the_log,
    issued_for_nothing,
    one_decision_used_twice,
    node_changed,
    node_added,
    checkpoint_changed,
    checkpoint_note_swapped,
    checkpoint_taken_out,
    newest_signed_by_another,
]


def test_what_was_changed_by_hand_is_found_and_named(world: World) -> None:
    serials = log_of_four(world)
    for defect in DEFECTS:
        said, told = told_of(world, defect, serials)
        assert any(problem.startswith(said) for problem in told.problems), (defect, told.problems)
    assert check(world).problems == ()


class _Undone(Exception):
    pass


def told_of(
    world: World, defect: Callable[[Tx, list[str]], str], serials: list[str]
) -> tuple[str, LogReport]:
    """Do the damage, ask for the report, and undo it."""
    found: list[tuple[str, LogReport]] = []
    with suppress(_Undone), world.as_system() as tx:
        said = defect(tx, serials)
        tx.session.flush()
        tx.session.expire_all()
        found.append((said, log_report(tx)))
        raise _Undone
    return found[0]


def forget_the_log(tx: Tx) -> None:
    for row in (CredentialDataRow, LogLeafRow, LogNodeRow, CheckpointRow):
        tx.session.exec(delete(row))


def test_a_history_rewritten_with_the_keys_is_found_by_a_checkpoint_that_somebody_kept(
    any_world: World,
) -> None:
    serials = log_of_four(any_world)
    kept = newest(any_world)
    with any_world.as_system() as tx:
        # Who holds the keys makes a log in which alba never was, and nothing in it misfits.
        forget_the_log(tx)
        tx.session.exec(
            delete(CredentialFileRow).where(col(CredentialFileRow.serial) == serials[0])
        )
        tx.session.exec(delete(CredentialRow).where(col(CredentialRow.serial) == serials[0]))
        for serial in serials[1:]:
            sign_credential(tx, serial)
    assert check(any_world).problems == ()
    assert check(any_world).courses[0].passes == 4
    (shorter,) = check(any_world, kept).problems
    assert "holds 3 entries" in shorter
    assert "entries were taken out" in shorter
    any_world.join("mira", Role.LEARNER)
    later = any_world.earn("mira").standing.serial
    with any_world.as_system() as tx:
        sign_credential(tx, later)
    (rewritten,) = check(any_world, kept).problems
    assert "The history was rewritten." in rewritten


def test_a_checkpoint_of_nobody_compares_nothing(world: World) -> None:
    log_of_four(world)
    forged = newest(world).replace("\n4\n", "\n3\n")
    for file in (forged, "", "no checkpoint at all"):
        (said,) = check(world, file).problems
        assert "is no checkpoint that a key of this log signed" in said


def test_what_waits_a_day_to_be_signed_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(World, "seal", lambda _world: 0)
    serial = world.earn("alba").standing.serial
    assert (check(world).waiting, check(world).problems) == (1, ())
    world.wait(days=2)
    assert check(world).problems == (f"{serial} was issued over a day ago and is not in the log.",)
    with world.as_system() as tx:
        sign_credential(tx, serial)
    assert (check(world).waiting, check(world).problems) == (0, ())
    with world.looking("system") as tx:
        assert tx.session.exec(select(LogLeafRow.number)).all() == [0]
