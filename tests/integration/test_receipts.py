"""Receipts: what a clinic checked, sealed, against a log that only ever grows."""

import hashlib
import json
from dataclasses import replace

import pikepdf
import pytest
from sqlalchemy import delete
from sqlmodel import col, select, update

from accounts.commands.clinics import make_clinic
from base.errors import Conflict, NotFound
from base.permissions import Role
from certs.commands.log import append_leaf
from certs.commands.receipts import keep_receipt, prepare_receipt, sealed_receipt
from certs.commands.rosters import CheckedRoster, discard_roster, keep_roster
from certs.queries.log import newest_checkpoint
from certs.queries.receipts import receipt_files, receipts
from certs.queries.roster_check import checked_lines
from certs.receipt_page import RECEIPT_FILE
from certs.rosters.lines import RosterLine
from certs.tables.log import CheckpointRow, LogLeafRow, LogNodeRow
from tests.factories import World


@pytest.fixture
def clinic(any_world: World) -> str:
    """cleo's clinic, in an academy whose log has three entries."""
    log_some(any_world, 3)
    with any_world.acting("cleo") as tx:
        return make_clinic(tx, "Skin & Co")


def log_some(world: World, number: int) -> None:
    with world.as_system() as tx:
        for entry in range(number):
            append_leaf(tx, f"{world.now} {entry}".encode())


def check(world: World, clinic: str, *names: str) -> str:
    serial = "PP-00000-00000-00000-00000"
    lines = [RosterLine(at, name, "", serial, "") for at, name in enumerate(names, 2)]
    with world.acting("cleo") as tx:
        checked = checked_lines(tx, clinic, lines)
        return keep_roster(tx, clinic, CheckedRoster("November", {}, checked))


def make(world: World, clinic: str, roster: str) -> str:
    with world.acting("cleo") as tx:
        unsealed = prepare_receipt(tx, clinic, roster)
    made = sealed_receipt(unsealed)
    with world.acting("cleo") as tx:
        return keep_receipt(tx, clinic, made)


def test_a_receipt_says_what_was_checked_when_by_whom_against_which_checkpoint(
    any_world: World, clinic: str
) -> None:
    alba = any_world.earn("alba").standing.serial
    with any_world.acting("cleo") as tx:
        checked = checked_lines(tx, clinic, [RosterLine(2, "Alba", "", alba, "")])
        roster = keep_roster(tx, clinic, CheckedRoster("November", {}, checked))
        checkpoint = newest_checkpoint(tx)
    checked_at = any_world.now
    any_world.wait(days=2)
    log_some(any_world, 5)
    receipt = make(any_world, clinic, roster)
    with any_world.looking("cleo") as tx:
        (listed,) = receipts(tx, clinic)
        files = receipt_files(tx, clinic, receipt)
    said = json.loads(files.document)
    assert said["checkpoint"] == listed.checkpoint == checkpoint
    assert (said["clinic"], said["checked_by"]) == ("Skin & Co", "Cleo")
    assert said["checked_at"] == checked_at.isoformat(timespec="seconds")
    assert said["counts"] == {"valid": 1}
    assert (said["lines"][0]["checked_credential"], said["lines"][0]["result"]) == (alba, "valid")
    assert listed.sha256 == hashlib.sha256(files.pdf).hexdigest()


def test_the_pdf_is_sealed_and_carries_the_data(any_world: World, clinic: str, tmp_path) -> None:
    receipt = make(any_world, clinic, check(any_world, clinic, *(f"P {n}" for n in range(80))))
    with any_world.looking("cleo") as tx:
        files = receipt_files(tx, clinic, receipt)
    path = tmp_path / "receipt.pdf"
    path.write_bytes(files.pdf)
    with pikepdf.open(path) as pdf:
        attached = pdf.attachments[RECEIPT_FILE].get_file().read_bytes()
        assert attached.decode() == files.document
        assert len(pdf.pages) == 1
        permissions = pdf.Root.Perms.DocMDP.Reference[0].TransformParams.P
        assert int(permissions) == 1


def test_a_receipt_outlives_the_roster_it_was_made_of(any_world: World, clinic: str) -> None:
    roster = check(any_world, clinic, "Alba")
    receipt = make(any_world, clinic, roster)
    with any_world.acting("cleo") as tx:
        discard_roster(tx, clinic, roster)
        assert receipt_files(tx, clinic, receipt).pdf.startswith(b"%PDF")
        with pytest.raises(NotFound):
            prepare_receipt(tx, clinic, roster)


def test_a_log_that_only_grew_is_accepted(any_world: World, clinic: str) -> None:
    for more in (0, 1, 4, 9):
        log_some(any_world, more)
        make(any_world, clinic, check(any_world, clinic, "Alba"))
    with any_world.looking("cleo") as tx:
        assert len(receipts(tx, clinic)) == 4


def cut_log(world: World, size: int) -> None:
    """Go back to an older state of the log, as a restored or tampered database would."""
    with world.as_system() as tx:
        tx.session.exec(delete(LogLeafRow).where(col(LogLeafRow.number) >= size))
        tx.session.exec(delete(CheckpointRow).where(col(CheckpointRow.size) > size))
        for node in tx.session.exec(select(LogNodeRow)).all():
            if (node.place + 1) << node.level > size:
                tx.session.delete(node)


def test_a_shorter_log_is_refused_and_nothing_written_down(any_world: World, clinic: str) -> None:
    roster = check(any_world, clinic, "Alba")
    cut_log(any_world, 2)
    with pytest.raises(Conflict, match="does not continue the one"):
        check(any_world, clinic, "Lena")
    with any_world.acting("cleo") as tx, pytest.raises(Conflict, match="does not continue"):
        prepare_receipt(tx, clinic, roster)


def test_another_history_of_the_same_length_is_refused(any_world: World, clinic: str) -> None:
    check(any_world, clinic, "Alba")
    cut_log(any_world, 1)
    any_world.wait(hours=1)
    log_some(any_world, 2)
    with pytest.raises(Conflict, match="does not continue the one"):
        check(any_world, clinic, "Lena")
    # A longer one neither.
    log_some(any_world, 5)
    with pytest.raises(Conflict, match="does not continue the one"):
        check(any_world, clinic, "Lena")


def test_a_changed_entry_within_a_longer_log_is_refused(any_world: World, clinic: str) -> None:
    check(any_world, clinic, "Alba")
    with any_world.as_system() as tx:
        changed = update(LogLeafRow).where(col(LogLeafRow.number) == 2)
        tx.session.exec(changed.values(hash="00" * 32))
    log_some(any_world, 3)
    with pytest.raises(Conflict, match="does not continue the one"):
        check(any_world, clinic, "Lena")


def test_another_clinics_receipts_are_not_found(any_world: World, clinic: str) -> None:
    roster = check(any_world, clinic, "Alba")
    receipt = make(any_world, clinic, roster)
    any_world.join("kurt", Role.CLINIC)
    with any_world.acting("kurt") as tx:
        other = make_clinic(tx, "Other")
        for place in (clinic, other):
            with pytest.raises(NotFound):
                receipt_files(tx, place, receipt)
            with pytest.raises(NotFound):
                prepare_receipt(tx, place, roster)
        assert receipts(tx, other) == ()
        with pytest.raises(NotFound):
            receipts(replace(tx), clinic)
