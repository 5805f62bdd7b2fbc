"""An academy's keys: made once, rotated, revoked, and never in clear."""

from pathlib import Path

import pytest
from sqlmodel import select

from base.audit import audit_entries
from base.errors import Conflict, Invalid, NotFound, Unavailable
from certs.commands.keys import make_missing_keys, reencrypt_keys, revoke_key, rotate_key
from certs.commands.status_lists import publish_lists
from certs.keys import KeyPurpose
from certs.queries.keys import key_problem, public_keys, signer_for
from certs.queries.status_lists import status_list_document
from certs.statuslist import StatusPurpose
from certs.tables.keys import SigningKeyRow
from tests.factories import World

MADE = (KeyPurpose.CREDENTIAL, KeyPurpose.JWT, KeyPurpose.LOG)


def test_an_academy_has_a_key_for_each_purpose_and_makes_none_twice(any_world: World) -> None:
    with any_world.acting("dina") as tx:
        before = public_keys(tx)
        assert make_missing_keys(tx) == ()
        assert public_keys(tx) == before
        assert {*MADE} <= {key.purpose for key in before}


def test_a_rotated_key_signs_no_more_and_stays_to_verify(any_world: World) -> None:
    with any_world.looking("nobody") as tx:
        (old,) = public_keys(tx, KeyPurpose.CREDENTIAL)
    any_world.wait(days=365)
    with any_world.acting("dina") as tx:
        made = rotate_key(tx, KeyPurpose.CREDENTIAL)
        assert signer_for(tx, KeyPurpose.CREDENTIAL).key_id == made
        fresh, kept = public_keys(tx, KeyPurpose.CREDENTIAL)
    assert (fresh.id, fresh.stands) == (made, True)
    assert (kept.id, kept.retired_at, kept.revoked_at) == (old.id, any_world.now, None)
    with any_world.looking("dina") as tx:
        (_, entry) = audit_entries(tx, made)
    assert entry.action == "signing:rotate"
    assert old.id in entry.facts


def test_a_stolen_key_is_revoked_once_and_another_takes_its_place(world: World) -> None:
    with world.looking("nobody") as tx:
        (stolen,) = public_keys(tx, KeyPurpose.LOG)
    with world.acting("dina") as tx:
        made = revoke_key(tx, stolen.id, "The backup was lost with its secret.")
        assert signer_for(tx, KeyPurpose.LOG).key_id == made
    with world.acting("dina") as tx, pytest.raises(Conflict):
        revoke_key(tx, stolen.id, "Again.")
    with world.looking("nobody") as tx:
        revoked = next(key for key in public_keys(tx) if key.id == stolen.id)
    assert revoked.revoked_at == world.now
    assert not revoked.stands


def test_a_retired_key_that_is_revoked_leaves_the_one_that_signs(world: World) -> None:
    with world.acting("dina") as tx:
        (old,) = public_keys(tx, KeyPurpose.JWT)
        made = rotate_key(tx, KeyPurpose.JWT)
        assert revoke_key(tx, old.id, "Its backup was lost.") is None
        assert signer_for(tx, KeyPurpose.JWT).key_id == made


def test_a_key_that_never_was_and_a_reason_that_says_nothing_are_refused(world: World) -> None:
    with world.acting("dina") as tx:
        with pytest.raises(NotFound):
            revoke_key(tx, "log-1999", "It was stolen.")
        with pytest.raises(Invalid):
            revoke_key(tx, public_keys(tx)[0].id, "  ")


def test_without_keys_the_way_to_make_them_is_told(world: World) -> None:
    with world.acting("dina") as tx:
        for row in tx.session.exec(select(SigningKeyRow)):
            tx.session.delete(row)
        tx.session.flush()
        with pytest.raises(Unavailable, match="pinpoint init"):
            signer_for(tx, KeyPurpose.CREDENTIAL)


def test_another_secret_takes_over_and_the_old_one_opens_nothing_more(any_world: World) -> None:
    old = any_world.config.signing_secret
    any_world.config = any_world.config.model_copy(update={"signing_secret": "n" * 40})
    with any_world.looking("dina") as tx:
        before = public_keys(tx)
        assert "PINPOINT_SIGNING_SECRET" in str(key_problem(tx))
    with any_world.acting("dina") as tx, pytest.raises(Unavailable):
        reencrypt_keys(tx, "w" * 40)
    with any_world.acting("dina") as tx:
        assert reencrypt_keys(tx, old) == len(before)
    with any_world.looking("dina") as tx:
        assert key_problem(tx) is None
        assert public_keys(tx) == before
    any_world.config = any_world.config.model_copy(update={"signing_secret": old})
    with any_world.looking("dina") as tx:
        assert key_problem(tx) is not None


def test_status_lists_of_a_stolen_key_are_signed_anew_at_once(world: World) -> None:
    with world.as_system() as tx:
        publish_lists(tx)
        (stolen,) = public_keys(tx, KeyPurpose.CREDENTIAL)
    with world.acting("dina") as tx:
        made = revoke_key(tx, stolen.id, "A backup was lost with its secret.")
    with world.looking("nobody") as tx:
        for purpose in StatusPurpose:
            document = status_list_document(tx, purpose)
            assert str(made) in document
            assert stolen.id not in document


def test_a_stolen_database_file_signs_nothing(world: World) -> None:
    world.config = world.config.model_copy(update={"signing_secret": "g" * 40})
    with world.looking("system") as tx:
        for purpose in MADE:
            with pytest.raises(Unavailable, match="PINPOINT_SIGNING_SECRET"):
                signer_for(tx, purpose)
    file = Path(str(world.database.engine.url.database))
    assert b"PRIVATE KEY" not in file.read_bytes()
