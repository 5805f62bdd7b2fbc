"""`pinpoint log`: proofs that anybody can check, and a check that says what does not fit."""

import json
from pathlib import Path

import pytest
from sqlmodel import update

from certs.checkpoints import proven_checkpoint
from certs.commands.signing import sign_credential
from certs.keys import KeyPurpose
from certs.merkle import leaf_hash
from certs.queries.keys import public_keys
from certs.queries.log import newest_checkpoint
from certs.tables.log import LogLeafRow
from tests.factories import World
from tests.integration.cli.shell import Run


def signed(world: World) -> tuple[str, bytes]:
    serial = world.earn("alba").standing.serial
    with world.as_system() as tx:
        return serial, sign_credential(tx, serial).document.encode()


def test_a_proof_is_printed_or_written_as_a_file(world: World, run: Run, tmp_path: Path) -> None:
    serial, document = signed(world)
    printed = run("log", "prove", serial.lower())
    with world.looking("nobody") as tx:
        keys = [key.raw for key in public_keys(tx, KeyPurpose.LOG)]
    checkpoint = proven_checkpoint(printed.stdout, leaf_hash(document), keys)
    assert checkpoint is not None
    assert checkpoint.size == 1
    file = tmp_path / "issuance.tlog-proof"
    assert run("log", "prove", serial, "--out", str(file)).exit_code == 0
    assert file.read_text() == printed.stdout
    assert run("log", "prove", serial, "--out", str(tmp_path)).exit_code == 2


def test_what_was_not_logged_is_not_proven(
    world: World, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(World, "seal", lambda _world: 0)
    serial = world.earn("alba").standing.serial
    told = run("log", "prove", serial)
    assert (told.exit_code, "not in the issuance log" in told.stderr) == (1, True)


def test_the_check_ends_with_0_where_all_fits_and_1_where_not(
    world: World, run: Run, tmp_path: Path
) -> None:
    signed(world)
    kept = tmp_path / "kept.txt"
    with world.looking("nobody") as tx:
        kept.write_text(newest_checkpoint(tx))
    told = run("log", "check", "--checkpoint", str(kept))
    assert (told.exit_code, "The log is sound." in told.stdout) == (0, True)
    data = json.loads(run("log", "check", "--json").stdout)
    assert (data["sound"], data["size"], data["courses"][0]["passes"]) == (True, 1, 1)
    with world.as_system() as tx:
        tx.session.exec(update(LogLeafRow).values(hash="0" * 64))
    told = run("log", "check", "--checkpoint", str(kept))
    assert (told.exit_code, "is sound" in told.stdout) == (1, False)
    assert "The history was rewritten." in told.stdout
    assert json.loads(run("log", "check", "--json").stdout)["sound"] is False
