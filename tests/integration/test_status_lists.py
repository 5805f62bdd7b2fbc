"""The status lists: right at once, fresh always, signed once however many processes look."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select
from structlog.testing import capture_logs

from base.academy import Academy
from base.db import Database
from base.errors import NotFound
from certs.checking.data import trusted_methods
from certs.commands.keys import rotate_key
from certs.commands.revocation import revoke_credential
from certs.commands.status_lists import publish_lists
from certs.commands.statuses import free_status_index, reinstate_credential, suspend_credential
from certs.keys import KeyPurpose
from certs.proofs import proof_problems
from certs.queries.status_lists import status_list_document
from certs.queries.trust import academy_trust
from certs.statuslist import StatusPurpose, decoded
from certs.tables.credentials import CredentialRow
from certs.tables.statuses import StatusListRow
from tests.factories import World
from web.site import Site
from web.status_lists import keep_lists_fresh

REASON = "The identity could not be confirmed."
BOTH = (StatusPurpose.REVOCATION, StatusPurpose.SUSPENSION)


def published(world: World, purpose: StatusPurpose) -> dict[str, Any]:
    with world.looking("nobody") as tx:
        document = json.loads(status_list_document(tx, purpose))
        methods = trusted_methods(academy_trust(tx).keys)
    assert proof_problems(document, methods) == []
    return document


def says(world: World, serial: str) -> tuple[bool | None, bool | None]:
    """What both lists say of a certificate: revoked, suspended."""
    with world.looking("system") as tx:
        index = tx.session.get_one(CredentialRow, serial).status_index
    assert index is not None
    revoked, suspended = (decoded(encoded_in(published(world, one))) for one in BOTH)
    assert revoked is not None
    assert suspended is not None
    return revoked.is_set(index), suspended.is_set(index)


def encoded_in(document: dict[str, Any]) -> str:
    return document["credentialSubject"]["encodedList"]


def editions(world: World) -> list[tuple[str, int]]:
    with world.looking("system") as tx:
        place = (col(StatusListRow.purpose), col(StatusListRow.edition))
        return [
            (row.purpose, row.edition)
            for row in tx.session.exec(select(StatusListRow).order_by(*place))
        ]


def site_of(world: World) -> Site:
    academy = Academy(world.config, world.database)
    return Site(lambda: academy, lambda: world.now)


def test_lists_say_what_happened_from_the_same_instant(any_world: World) -> None:
    one, other = (any_world.earn(name).standing.serial for name in ("alba", "lena"))
    with any_world.acting("dina") as tx:
        suspend_credential(tx, one, REASON)
    assert (says(any_world, one), says(any_world, other)) == ((False, True), (False, False))
    with any_world.acting("dina") as tx:
        reinstate_credential(tx, one, REASON)
    assert says(any_world, one) == (False, False)
    with any_world.acting("dina") as tx:
        suspend_credential(tx, one, REASON)
        revoke_credential(tx, one, REASON)
    assert (says(any_world, one), says(any_world, other)) == ((True, True), (False, False))


def test_a_list_is_signed_for_a_day_and_renewed_at_half_of_it(world: World) -> None:
    site = site_of(world)
    assert keep_lists_fresh(site) == 2
    document = published(world, StatusPurpose.REVOCATION)
    ends = datetime.fromisoformat(document["validUntil"])
    assert ends - datetime.fromisoformat(document["validFrom"]) == timedelta(hours=24)
    assert ends - world.now == timedelta(hours=24)
    world.wait(hours=11, minutes=59)
    assert keep_lists_fresh(site) == 0
    world.wait(minutes=1)
    assert keep_lists_fresh(site) == 2
    assert datetime.fromisoformat(published(world, StatusPurpose.REVOCATION)["validUntil"]) > ends
    assert editions(world) == [(purpose, edition) for purpose in BOTH for edition in (1, 2)]


def rotated(world: World) -> None:
    with world.acting("dina") as tx:
        rotate_key(tx, KeyPurpose.CREDENTIAL)


def moved(world: World) -> None:
    world.config = world.config.model_copy(update={"public_url": "https://academy.example.org"})


@pytest.mark.parametrize("change", [rotated, moved])
def test_another_key_or_address_asks_for_new_lists(
    world: World, change: Callable[[World], None]
) -> None:
    keep_lists_fresh(site_of(world))
    change(world)
    keep_lists_fresh(site_of(world))
    assert editions(world) == [(purpose, edition) for purpose in BOTH for edition in (1, 2)]
    assert published(world, StatusPurpose.SUSPENSION)["id"].startswith(world.config.public_url)
    assert keep_lists_fresh(site_of(world)) == 0


def test_processes_that_race_publish_each_edition_once(any_world: World) -> None:
    serial = any_world.earn("alba").standing.serial

    def process(_: int) -> int:
        # As another process: a database and an academy of its own.
        database = Database(any_world.config.database_url)
        academy = Academy(any_world.config, database)
        done = keep_lists_fresh(Site(lambda: academy, lambda: any_world.now))
        database.dispose()
        return done

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(process, range(8))) == 2
    any_world.wait(hours=13)
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(process, range(8))) == 2
    assert editions(any_world) == [(purpose, edition) for purpose in BOTH for edition in (1, 2)]
    assert says(any_world, serial) == (False, False)


def test_a_certificate_is_revoked_also_while_the_academy_cannot_sign(world: World) -> None:
    serial = world.earn("alba").standing.serial
    keep_lists_fresh(site_of(world))
    right = world.config
    world.config = right.model_copy(
        update={"signing_secret": "the secret of another academy, lost"}
    )
    with world.acting("dina") as tx:
        revoke_credential(tx, serial, REASON)
    assert says(world, serial) == (False, False)
    with capture_logs() as logs:
        assert keep_lists_fresh(site_of(world)) == 0
    assert [one["event"] for one in logs] == ["publishing the status lists must wait"]
    world.config = right
    assert keep_lists_fresh(site_of(world)) == 1
    assert says(world, serial) == (True, False)


def test_before_the_first_list_there_is_none(world: World) -> None:
    with world.looking("nobody") as tx, pytest.raises(NotFound, match="not published yet"):
        status_list_document(tx, StatusPurpose.REVOCATION)


def test_places_are_drawn_at_random_and_lists_grow_with_them(world: World) -> None:
    with world.as_system() as tx:
        drawn = {free_status_index(tx) for _ in range(50)}
    assert len(drawn) > 45
    assert all(0 <= index < 131_072 for index in drawn)
    serial = world.earn("alba").standing.serial
    with world.as_system() as tx:
        tx.session.get_one(CredentialRow, serial).status_index = 200_000
        tx.session.flush()
        assert any(free_status_index(tx) >= 131_072 for _ in range(50))
        publish_lists(tx)
    bits = decoded(encoded_in(published(world, StatusPurpose.REVOCATION)))
    assert bits is not None
    assert len(bits) == 262_144
