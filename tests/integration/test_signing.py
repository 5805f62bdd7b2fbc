"""A certificate's data is signed once, from a recorded decision, and logged as it is given away."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import col, select, update

from base.audit import audit_entries
from base.errors import Conflict, NotFound
from certs.canonical import jcs
from certs.checking.data import trusted_methods
from certs.checking.documents import says_of_document
from certs.commands.keys import revoke_key, rotate_key
from certs.commands.revocation import revoke_credential
from certs.commands.signing import sign_credential
from certs.keys import KeyPurpose
from certs.merkle import leaf_hash
from certs.proofs import proof_problems
from certs.queries.keys import public_keys
from certs.queries.signed import SignedCredential, signed_credential
from certs.queries.trust import academy_trust
from certs.scope import coverage_in
from certs.tables.credentials import CredentialDataRow, CredentialRow
from certs.tables.log import LogLeafRow
from certs.terms import Facts
from quizbank.tables.decisions import DecisionRow
from tests.factories import World


def sign(world: World, serial: str) -> SignedCredential:
    with world.as_system() as tx:
        return sign_credential(tx, serial)


def trusted(world: World) -> dict[str, bytes]:
    with world.looking("nobody") as tx:
        return trusted_methods(academy_trust(tx).keys)


def test_what_was_issued_is_signed_logged_and_given_away_as_it_was(any_world: World) -> None:
    serial = any_world.earn("alba").standing.serial
    signed = sign(any_world, serial)
    document = json.loads(signed.document)
    assert proof_problems(document, trusted(any_world)) == []
    assert jcs(document).decode() == signed.document
    with any_world.looking("nobody") as tx:
        leaf = tx.session.get_one(LogLeafRow, signed.leaf)
        facts = Facts.model_validate_json(tx.session.get_one(CredentialRow, serial).facts)
    assert leaf.hash == leaf_hash(signed.document.encode()).hex()
    assert facts.coverage is not None
    assert says_of_document(document).coverage == coverage_in(document) == facts.coverage
    assert document["credentialSubject"]["licenseNumber"] == serial
    assert "Alba" not in signed.document
    assert "@example.org" not in signed.document


def test_it_is_signed_once_and_never_changes(any_world: World) -> None:
    serial = any_world.earn("alba").standing.serial
    first = sign(any_world, serial)
    with any_world.acting("dina") as tx:
        rotate_key(tx, KeyPurpose.CREDENTIAL)
        revoke_credential(tx, serial, "The identity could not be confirmed.")
    any_world.wait(days=30)
    assert sign(any_world, serial) == first
    with any_world.looking("system") as tx:
        assert len(tx.session.exec(select(LogLeafRow)).all()) == 1
        signings = [one for one in audit_entries(tx, serial) if one.action == "credential:sign"]
    assert len(signings) == 1
    assert proof_problems(json.loads(first.document), trusted(any_world)) == []


def test_who_signs_at_the_same_moment_gets_the_same(any_world: World) -> None:
    serial = any_world.earn("alba").standing.serial
    with ThreadPoolExecutor(6) as pool:
        signed = {*pool.map(lambda _: sign(any_world, serial).document, range(6))}
    assert len(signed) == 1
    with any_world.looking("system") as tx:
        assert len(tx.session.exec(select(LogLeafRow)).all()) == 1


def test_what_a_stolen_key_signed_is_not_good_any_more(world: World) -> None:
    signed = sign(world, world.earn("alba").standing.serial)
    with world.acting("dina") as tx:
        (key,) = public_keys(tx, KeyPurpose.CREDENTIAL)
        revoke_key(tx, key.id, "A backup was lost with its secret.")
    said = proof_problems(json.loads(signed.document), trusted(world))
    assert len(said) == 2
    assert all("not the issuer's" in one for one in said)


def test_nothing_is_signed_without_a_decision_that_passed(world: World) -> None:
    serial = world.earn("alba").standing.serial
    with world.as_system() as tx:
        tx.session.exec(_unsigned(serial))
        tx.session.exec(update(DecisionRow).values(passed=False))
    with pytest.raises(Conflict, match="no decision on record"):
        sign(world, serial)
    with world.as_system() as tx:
        row = update(CredentialRow).where(col(CredentialRow.serial) == serial)
        tx.session.exec(row.values(decision_id=None))
    with pytest.raises(Conflict, match="no decision on record"):
        sign(world, serial)


def test_nobody_elses_decision_earns_a_signature(world: World) -> None:
    serial = world.earn("alba").standing.serial
    with world.as_system() as tx:
        tx.session.exec(_unsigned(serial))
        row = update(CredentialRow).where(col(CredentialRow.serial) == serial)
        tx.session.exec(row.values(person_id=world.actor("lena").own_id))
    with pytest.raises(Conflict, match="no decision on record"):
        sign(world, serial)


def test_what_was_issued_before_signing_and_what_never_was_are_told_apart(world: World) -> None:
    serial = world.earn("alba").standing.serial
    with world.as_system() as tx:
        tx.session.exec(_unsigned(serial))
        row = update(CredentialRow).where(col(CredentialRow.serial) == serial)
        tx.session.exec(row.values(uuid=None, status_index=None))
    with pytest.raises(Conflict, match="before certificates were signed"):
        sign(world, serial)
    with pytest.raises(NotFound):
        sign(world, "PP-00000-00000-00000-00000")
    with world.looking("nobody") as tx:
        assert signed_credential(tx, serial) is None


def test_neither_signing_nor_checking_asks_the_network(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Any:
        raise AssertionError("the network was asked")

    serial = world.earn("alba").standing.serial
    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    document = json.loads(sign(world, serial).document)
    assert proof_problems(document, trusted(world)) == []


def _unsigned(serial: str) -> Any:
    """Take a signature away that sealing may have made already."""
    return CredentialDataRow.__table__.delete().where(  # type: ignore[attr-defined]
        col(CredentialDataRow.serial) == serial
    )
