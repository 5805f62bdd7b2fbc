"""`pinpoint credential` as a shell uses it."""

import json
from datetime import timedelta

import pytest

from base.errors import Unavailable
from certs.commands import sealing
from certs.queries.own import own_credential_pdf
from certs.tables.issuing import UnsealedRow
from tests.factories import World
from tests.integration.cli.shell import Run
from tests.many_certificates import certificates_by_hand


def test_verify_says_valid_expired_revoked_unknown_by_its_exit_code(world: World, run: Run) -> None:
    serial = world.earn("alba").standing.serial
    valid = run("credential", "verify", serial.lower().replace("-", " "), "--json")
    facts = json.loads(valid.stdout)
    assert (valid.exit_code, facts["status"], facts["name"]) == (0, "valid", "Alba")
    assert "example.org" not in valid.stdout
    world.now += timedelta(days=800)
    expired = run("credential", "verify", serial)
    assert (expired.exit_code, "EXPIRED: Alba" in expired.stdout) == (1, True)
    world.now -= timedelta(days=800)
    done = run("credential", "revoke", serial, "--reason", "The identity was not confirmed.")
    assert done.exit_code == 0
    revoked = run("credential", "verify", serial)
    assert (revoked.exit_code, "REVOKED" in revoked.stdout) == (1, True)
    assert "identity was not confirmed" in revoked.stdout
    unknown = run("credential", "verify", "PP-00000-00000-00000-00000", "--json")
    assert (unknown.exit_code, json.loads(unknown.stdout)["status"]) == (1, "unknown")


def test_a_certificate_is_suspended_and_reinstated(world: World, run: Run) -> None:
    serial = world.earn("alba").standing.serial
    assert run("credential", "suspend", serial, "--reason", "A complaint is open.").exit_code == 0
    told = run("credential", "verify", serial)
    assert (told.exit_code, "SUSPENDED" in told.stdout) == (1, True)
    assert "Suspended: A complaint is open." in told.stdout
    again = run("credential", "suspend", serial, "--reason", "A complaint is open.")
    assert (again.exit_code, "suspended already" in again.stderr) == (1, True)
    assert run("credential", "reinstate", serial, "--reason", "It was groundless.").exit_code == 0
    assert run("credential", "verify", serial).exit_code == 0


@pytest.mark.parametrize("words", [("verify", "PP-1"), ("revoke", "PP-1", "--reason", "A reason.")])
def test_what_is_no_serial_is_told(world: World, run: Run, words: tuple[str, ...]) -> None:
    told = run("credential", *words)
    assert told.exit_code == 1
    assert "PP-1 is no serial" in told.stderr


def test_the_serial_that_is_shown_as_an_example_is_a_possible_one(world: World, run: Run) -> None:
    told = run("credential", "verify", "nonsense").stderr
    example = told.split("looks like ")[1].strip(" .\n")
    assert "is no serial" not in run("credential", "verify", example).stderr


def test_revoking_twice_or_without_a_reason_is_refused(world: World, run: Run) -> None:
    serial = world.earn("alba").standing.serial
    assert run("credential", "revoke", serial, "--reason", "no").exit_code == 1
    assert run("credential", "revoke", serial, "--reason", "The wrong person.").exit_code == 0
    again = run("credential", "revoke", serial, "--reason", "The wrong person.")
    assert again.exit_code == 1
    assert "revoked already" in again.stderr


def test_seal_seals_what_waits_and_what_was_forgotten_and_says_how_many(
    world: World, run: Run
) -> None:
    waits, forgotten = certificates_by_hand(world, 2)
    with world.as_system() as tx:
        tx.session.delete(tx.session.get_one(UnsealedRow, forgotten))
    sealed = run("credential", "seal", "--json")
    assert json.loads(sealed.stdout) == {"waiting": 2, "sealed": 2, "left": 0}
    assert run("credential", "seal").stdout == "Sealed 0 of 0 certificates that waited.\n"
    with world.looking("alba") as tx:
        assert own_credential_pdf(tx, waits).startswith(b"%PDF-")


def test_seal_names_what_could_not_be_sealed_and_exits_with_1(
    world: World, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (serial,) = certificates_by_hand(world, 1)

    def fails(*_: object) -> None:
        raise Unavailable("The keys are locked.")

    monkeypatch.setattr(sealing, "sealer_for", fails)
    told = run("credential", "seal")
    assert told.exit_code == 1
    assert f"{serial}: The keys are locked." in told.output
