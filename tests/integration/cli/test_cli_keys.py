"""`pinpoint keys`: listed, rotated and revoked from a shell."""

import json
from pathlib import Path

from base.academy import Academy, use_academy
from tests.factories import World
from tests.integration.cli.shell import Run


def test_keys_are_listed_rotated_and_revoked(world: World, run: Run) -> None:
    world.wait(days=1)
    (old,) = _keys(run, "credential")
    assert run("keys", "rotate", "credential").exit_code == 0
    new, kept = _keys(run, "credential")
    assert kept["id"] == old["id"]
    assert kept["retired_at"]
    assert not new["retired_at"]
    told = run("keys", "revoke", old["id"], "--reason", "Its backup was lost.")
    assert "issued again" in told.output
    shown = run("keys", "list").output
    assert "revoked on 2026-11-24" in shown
    assert "signs since 2026-11-24" in shown
    assert "PRIVATE" not in run("keys", "list", "--json").output


def test_the_doctor_tells_where_the_secret_does_not_open_the_keys(world: World, run: Run) -> None:
    assert run("doctor").exit_code == 0
    config = world.config.model_copy(update={"signing_secret": "n" * 40})
    with use_academy(Academy(config, world.database)):
        told = run("doctor")
    assert told.exit_code == 1
    assert "PINPOINT_SIGNING_SECRET" in told.output


def test_an_unknown_key_or_purpose_is_told(world: World, run: Run) -> None:
    assert run("keys", "revoke", "log-1999", "--reason", "Stolen.").exit_code == 1
    assert run("keys", "rotate", "moon").exit_code == 2


def test_keys_are_encrypted_with_another_secret(world: World, run: Run, tmp_path: Path) -> None:
    old = tmp_path / "old-secret"
    old.write_text(f"{world.config.signing_secret}\n")
    assert "keys are encrypted" in run("keys", "reencrypt", "--old-secret-file", old).output
    old.write_text("another secret, which opens nothing")
    assert run("keys", "reencrypt", "--old-secret-file", old).exit_code == 1
    missing = run("keys", "reencrypt", "--old-secret-file", tmp_path / "nowhere")
    assert missing.exit_code == 1


def _keys(run: Run, purpose: str) -> list[dict[str, str]]:
    listed = json.loads(run("keys", "list", "--json").output)["keys"]
    return [key for key in listed if key["purpose"] == purpose]
