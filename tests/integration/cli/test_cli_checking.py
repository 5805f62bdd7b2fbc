"""`pinpoint credential verify FILE` and `credential trust`: with the academy, and without it."""

import json
from pathlib import Path

import pytest

from certs.commands.status_lists import publish_lists
from certs.queries.signed import signed_credential
from tests.factories import World
from tests.integration.cli.shell import Run
from tests.issuing import Recipe, log_proof, trust

MADE = Recipe()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of another academy, and what that academy gives away to pin."""
    folder = tmp_path_factory.mktemp("checked")
    (folder / "good.pdf").write_bytes(MADE.made())
    (folder / "renamed.pdf").write_bytes(MADE.but(shown="Mallory Quick").made())
    (folder / "trust.json").write_text(trust(MADE.now).to_json())
    (folder / "nonsense.pdf").write_bytes(b"hello")
    document = MADE.document
    (folder / "data.json").write_text(json.dumps(document))
    (folder / "data.tlog-proof").write_text(log_proof(document))
    (folder / "foreign.tlog-proof").write_text(log_proof({"another": "document"}))
    return folder


@pytest.fixture
def at_the_time(world: World) -> World:
    world.now = MADE.now
    return world


def test_a_file_is_checked_without_any_academy(at_the_time: World, run: Run, files: Path) -> None:
    told = run(
        "credential", "verify", files / "good.pdf", "--trust", files / "trust.json", "--json"
    )
    said = json.loads(told.stdout)
    assert (told.exit_code, said["status"]) == (0, "valid")
    assert said["file_says"]["holder"] == "Alba Ruiz"
    outcomes = {check["part"]: check["outcome"] for check in said["checks"]}
    assert outcomes.pop("record") == "unchecked"
    assert set(outcomes.values()) == {"passed"}


def test_what_was_changed_is_named_and_exits_1(at_the_time: World, run: Run, files: Path) -> None:
    told = run("credential", "verify", files / "renamed.pdf", "--trust", files / "trust.json")
    assert told.exit_code == 1
    assert told.stdout.startswith("NOT VALID")
    assert "data    WRONG" in told.stdout
    assert "seal    right" in told.stdout


def test_another_academys_seal_is_not_ours(at_the_time: World, run: Run, files: Path) -> None:
    told = run("credential", "verify", files / "good.pdf", "--json")
    assert (told.exit_code, json.loads(told.stdout)["status"]) == (1, "not_found")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("missing.pdf",), 2),
        (("nonsense.pdf", "--offline"), 1),
        (("good.pdf", "--trust", "nonsense.pdf"), 2),
    ],
    ids=["no such file", "no certificate", "no trust file"],
)
def test_what_cannot_be_read_is_told(
    at_the_time: World, run: Run, files: Path, words: tuple[str, ...], code: int
) -> None:
    typed = [files / word if word.endswith(".pdf") else word for word in words]
    told = run("credential", "verify", *typed)
    assert told.exit_code == code
    assert told.stdout + told.stderr


def test_the_data_by_itself_is_valid_with_its_proof_of_the_log(
    at_the_time: World, run: Run, files: Path
) -> None:
    words = ["credential", "verify", files / "data.json", "--trust", files / "trust.json"]
    alone = run(*words)
    assert (alone.exit_code, alone.stdout[:12]) == (1, "CANNOT CHECK")
    proven = run(*words, "--log-proof", files / "data.tlog-proof")
    assert (proven.exit_code, proven.stdout[:6]) == (0, "VALID:")
    foreign = run(*words, "--log-proof", files / "foreign.tlog-proof")
    assert (foreign.exit_code, foreign.stdout[:10]) == (1, "NOT VALID:")


def test_offline_the_academys_own_log_knows_its_data(
    world: World, run: Run, tmp_path: Path
) -> None:
    serial = world.earn("alba").standing.serial
    with world.as_system() as tx:
        publish_lists(tx)
        signed = signed_credential(tx, serial)
    assert signed is not None
    (tmp_path / "own.json").write_text(signed.document)
    told = run("credential", "verify", tmp_path / "own.json", "--offline", "--json")
    assert (told.exit_code, json.loads(told.stdout)["status"]) == (0, "valid")


def test_a_serial_cannot_be_checked_offline(world: World, run: Run) -> None:
    told = run("credential", "verify", "PP-00000-00000-00000-00000", "--offline")
    assert told.exit_code == 2
    assert "only a file" in told.stderr


def test_what_the_academy_issued_is_valid_by_its_own_trust_file_alone(
    at_the_time: World, run: Run, tmp_path: Path
) -> None:
    pinned = tmp_path / "trust.json"
    assert run("credential", "trust", "--out", pinned).exit_code == 0
    said = json.loads(pinned.read_text())
    assert said["issuer"].startswith("did:web:localhost")
    assert {"keys", "roots", "log_keys", "lists", "checkpoint"} <= set(said)
    assert "PRIVATE" not in pinned.read_text()
