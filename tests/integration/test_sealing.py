"""Sealing: after the award and outside its transaction, once, whoever does it and dies over it."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from sqlmodel import func, select

from base.audit import audit_entries_of
from base.errors import NotFound, Unavailable
from certs.commands import sealing
from certs.commands.keys import revoke_key, rotate_key
from certs.commands.sealing import (
    begin_sealing,
    keep_file,
    queue_unsealed,
    seal_one,
    seal_unless_busy,
)
from certs.keys import KeyPurpose
from certs.queries.authority import revoked_certificates, root_certificate
from certs.queries.keys import public_keys
from certs.queries.log import log_proof, log_size
from certs.queries.own import credential_of_attempt, own_credential_pdf, own_unsealed
from certs.queries.registry import damaged_credentials
from certs.queries.sealing import waiting_for_seal
from certs.queries.signed import signed_credential
from certs.sealed_file import sealed_file
from certs.tables.credentials import CredentialFileRow
from certs.tables.issuing import UnsealedRow
from tests.factories import World
from tests.verifiers import pdfsig, trusting


@pytest.fixture
def waiting(any_world: World) -> str:
    """The serial of a certificate that waits: alba passed a moment ago."""
    return pass_exam(any_world)


def pass_exam(world: World, name: str = "alba") -> str:
    attempt = world.start_exam(name)
    world.answer_all(name, attempt)
    world.submit(name, attempt)
    with world.looking(name) as tx:
        own = credential_of_attempt(tx, attempt)
    assert own is not None
    assert not own.sealed
    return own.standing.serial


def stored(world: World) -> list[bytes]:
    with world.looking("system") as tx:
        return [*tx.session.exec(select(CredentialFileRow.pdf))]


def seals_logged(world: World) -> list[str]:
    with world.looking("audi") as tx:
        return [entry.facts for entry in audit_entries_of(tx, "credential:seal")]


def test_an_award_waits_for_its_seal_and_has_no_file_yet(any_world: World, waiting: str) -> None:
    assert stored(any_world) == []
    with any_world.looking("alba") as tx:
        assert own_unsealed(tx) == (waiting,)
        with pytest.raises(NotFound):
            own_credential_pdf(tx, waiting)
    with any_world.looking("lena") as tx:
        assert own_unsealed(tx) == ()
    with any_world.looking("audi") as tx:
        assert damaged_credentials(tx) == ()


def test_what_waits_is_sealed_and_waits_no_more(any_world: World, waiting: str) -> None:
    assert any_world.seal() == 1
    assert any_world.seal() == 0
    (pdf,) = stored(any_world)
    (entry,) = seals_logged(any_world)
    assert hashlib.sha256(pdf).hexdigest() in entry
    with any_world.looking("alba") as tx:
        assert own_unsealed(tx) == ()
        assert own_credential_pdf(tx, waiting) == pdf
    with any_world.looking("audi") as tx:
        assert damaged_credentials(tx) == ()


def test_however_many_seal_at_once_one_file_stands(any_world: World, waiting: str) -> None:
    with any_world.acting("system") as tx:
        drawn = [begin_sealing(tx, waiting) for _ in range(3)]
    made = [sealed_file(one) for one in drawn if one]

    def keep(number: int) -> bool:
        with any_world.as_system() as tx:
            return keep_file(tx, made[number % 3])

    with ThreadPoolExecutor(12) as pool:
        kept = [*pool.map(keep, range(12))]

    assert kept.count(True) == 1
    assert len(stored(any_world)) == 1
    assert len(seals_logged(any_world)) == 1
    assert not seal_one(any_world.as_system, waiting)


@pytest.mark.parametrize("after", ["signing", "drawing", "keeping"])
def test_who_dies_over_it_leaves_it_to_the_next(
    any_world: World, waiting: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """No Exception: nothing of ours may catch it, as nothing catches a kill."""

    def killed(*_: object) -> None:
        raise Killed

    dies_at = {"signing": "sealed_file", "drawing": "keep_file", "keeping": "record"}[after]
    with monkeypatch.context() as patched:
        patched.setattr(sealing, dies_at, killed)
        with suppress(Killed):
            seal_one(any_world.as_system, waiting)
    assert stored(any_world) == []

    assert any_world.seal() == 1
    assert len(stored(any_world)) == len(seals_logged(any_world)) == 1


def test_what_cannot_be_sealed_is_noted_and_tried_later_and_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    serial = pass_exam(world)

    def fails(*_: object) -> None:
        raise Unavailable("The keys are on another continent.")

    with monkeypatch.context() as patched:
        patched.setattr(sealing, "sealer_for", fails)
        with pytest.raises(Unavailable, match="continent"):
            seal_one(world.as_system, serial)
        assert not seal_one(world.as_system, serial)
        world.wait(seconds=11)
        with pytest.raises(Unavailable):
            seal_one(world.as_system, serial)
    with world.looking("system") as tx:
        row = tx.session.get_one(UnsealedRow, serial)
        assert (row.tries, row.problem) == (2, "The keys are on another continent.")
        assert waiting_for_seal(tx) == []
    world.wait(minutes=61)
    assert world.seal() == 1


def test_a_defect_is_not_told_in_its_own_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    serial = pass_exam(world)

    def breaks(*_: object) -> None:
        raise RuntimeError("holder is Alba Ruiz")

    monkeypatch.setattr(sealing, "sealed_file", breaks)
    with pytest.raises(RuntimeError):
        seal_one(world.as_system, serial)
    with world.looking("system") as tx:
        assert "Alba" not in str(tx.session.get_one(UnsealedRow, serial).problem)


def test_a_screen_does_not_wait_while_another_is_sealed(world: World) -> None:
    serial = pass_exam(world)
    with sealing.TURN:
        assert not seal_unless_busy(world.as_system, serial)
    assert seal_unless_busy(world.as_system, serial)


def test_what_was_forgotten_is_found(world: World) -> None:
    serial = pass_exam(world)
    with world.as_system() as tx:
        tx.session.delete(tx.session.get_one(UnsealedRow, serial))
    assert world.seal() == 0
    with world.as_system() as tx:
        assert queue_unsealed(tx) == 1
    assert world.seal() == 1
    with world.as_system() as tx:
        assert queue_unsealed(tx) == 0


def test_the_sealed_file_is_valid_trusted_and_total(world: World, tmp_path: Path) -> None:
    pass_exam(world)
    world.seal()
    with world.looking("nobody") as tx:
        root = root_certificate(tx)
    (pdf,) = stored(world)
    (tmp_path / "a.pdf").write_bytes(pdf)

    (seal,) = pdfsig(tmp_path / "a.pdf", trusting(tmp_path / "nss", root.encode()))

    assert (seal.valid, seal.trusted, seal.total) == (True, True, True), seal.said


def test_the_file_carries_the_signed_data_and_the_proof_of_the_log(world: World) -> None:
    serial = pass_exam(world)
    world.seal()
    (pdf,) = stored(world)
    with world.looking("nobody") as tx:
        signed = signed_credential(tx, serial)
        assert signed is not None
        proof = log_proof(tx, signed.leaf)
    with pikepdf.open(BytesIO(pdf)) as file:
        attached = {name: one.get_file().read_bytes() for name, one in file.attachments.items()}
        related = {str(one.UF): str(one.AFRelationship) for one in file.Root.AF.as_list()}

    assert attached == {
        "credential.json": signed.document.encode(),
        "issuance.tlog-proof": proof.encode(),
    }
    assert related == {"credential.json": "/Data", "issuance.tlog-proof": "/Supplement"}
    with world.looking("system") as tx:
        assert tx.session.get_one(CredentialFileRow, serial).log_proof == proof


def test_who_was_killed_between_signing_and_sealing_left_no_second_entry_in_the_log(
    any_world: World, waiting: str
) -> None:
    with any_world.as_system() as tx:
        assert begin_sealing(tx, waiting)
    assert any_world.seal() == 1
    with any_world.looking("nobody") as tx:
        assert log_size(tx) == 1


def test_a_stolen_seal_is_on_the_list_and_another_seals(world: World) -> None:
    with world.looking("nobody") as tx:
        (before,) = public_keys(tx, KeyPurpose.SEAL)
    with world.acting("dina") as tx:
        revoke_key(tx, before.id, "Stolen with the server.")
    with world.looking("nobody") as tx:
        listed = x509.load_der_x509_crl(revoked_certificates(tx))
    stolen = x509.load_pem_x509_certificate((before.certificate or "").encode())

    assert listed.get_revoked_certificate_by_serial_number(stolen.serial_number)
    pass_exam(world)
    assert world.seal() == 1


def test_the_seal_is_renewed_yearly_by_itself_and_the_root_stays(world: World) -> None:
    pass_exam(world)
    world.wait(days=366)
    assert world.seal() == 1
    with world.looking("nobody") as tx:
        newest, oldest = public_keys(tx, KeyPurpose.SEAL)
        assert len(public_keys(tx, KeyPurpose.AUTHORITY)) == 1
    assert oldest.retired_at == newest.created_at == world.now
    with world.looking("system") as tx:
        assert tx.session.exec(select(func.count()).select_from(CredentialFileRow)).one() == 1


def test_a_stolen_root_takes_all_that_it_vouched_for_along(world: World) -> None:
    with world.looking("nobody") as tx:
        (root,) = public_keys(tx, KeyPurpose.AUTHORITY)
    world.wait(minutes=5)
    with world.acting("dina") as tx:
        revoke_key(tx, root.id, "Stolen with the server.")
    pass_exam(world)
    assert world.seal() == 1
    with world.looking("nobody") as tx:
        fresh = x509.load_pem_x509_certificate(root_certificate(tx).encode())
        newest = public_keys(tx, KeyPurpose.SEAL)[0]
    sealing_with = x509.load_pem_x509_certificate((newest.certificate or "").encode())
    sealing_with.verify_directly_issued_by(fresh)


def test_a_rotated_seal_is_not_on_the_list(world: World) -> None:
    with world.acting("dina") as tx:
        rotate_key(tx, KeyPurpose.SEAL)
    with world.looking("nobody") as tx:
        assert len(x509.load_der_x509_crl(revoked_certificates(tx))) == 0
