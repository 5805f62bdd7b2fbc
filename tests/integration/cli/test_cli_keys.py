"""`pinpoint keys`: listed, rotated and revoked from a shell."""

import json

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


def test_an_unknown_key_or_purpose_is_told(world: World, run: Run) -> None:
    assert run("keys", "revoke", "log-1999", "--reason", "Stolen.").exit_code == 1
    assert run("keys", "rotate", "moon").exit_code == 2


def _keys(run: Run, purpose: str) -> list[dict[str, str]]:
    listed = json.loads(run("keys", "list", "--json").output)["keys"]
    return [key for key in listed if key["purpose"] == purpose]
