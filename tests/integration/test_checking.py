"""Certificates that were really earned, signed, logged and sealed, checked as a stranger would."""

import hashlib

from certs.checking.beside import beside
from certs.checking.files import check_file
from certs.checking.report import Finding, Outcome, Part, Report, Verdict
from certs.checking.trust import Trust
from certs.commands.keys import revoke_key
from certs.commands.revocation import revoke_credential
from certs.commands.status_lists import publish_lists
from certs.commands.statuses import suspend_credential
from certs.queries.own import own_credential_pdf
from certs.queries.trust import academy_trust, issued_credential
from tests.factories import World


def _earned(world: World, name: str = "alba") -> tuple[str, bytes]:
    serial = world.earn(name).standing.serial
    world.seal()
    with world.as_system() as tx:
        publish_lists(tx)
    with world.looking(name) as tx:
        return serial, own_credential_pdf(tx, serial)


def _pinned(world: World) -> Trust:
    with world.looking("nobody") as tx:
        return Trust.from_json(academy_trust(tx).to_json())


def _online(world: World, pdf: bytes, serial: str) -> Report:
    report = check_file(pdf, _pinned(world), world.now)
    with world.looking("nobody") as tx:
        issued = issued_credential(tx, serial)
    return beside(report, issued, hashlib.sha256(pdf).hexdigest())


def test_what_was_earned_is_valid_with_us_and_without_us(any_world: World) -> None:
    serial, pdf = _earned(any_world)
    offline = check_file(pdf, _pinned(any_world), any_world.now)
    assert offline.verdict is Verdict.VALID, offline
    assert (offline.says.serial, offline.says.holder) == (serial, "Alba")
    online = _online(any_world, pdf, serial)
    assert {check.outcome for check in online.checks} == {Outcome.PASSED}, online


def test_a_suspension_and_a_revocation_reach_whoever_pins_the_new_lists(world: World) -> None:
    serial, pdf = _earned(world)
    before = _pinned(world)
    with world.acting("dina") as tx:
        suspend_credential(tx, serial, "A complaint is looked into.")
    with world.as_system() as tx:
        publish_lists(tx)
    assert check_file(pdf, before, world.now).verdict is Verdict.VALID
    assert check_file(pdf, _pinned(world), world.now).verdict is Verdict.SUSPENDED
    with world.acting("dina") as tx:
        revoke_credential(tx, serial, "The identity was not confirmed.")
    assert _online(world, pdf, serial).verdict is Verdict.REVOKED
    world.wait(hours=25)
    stale = check_file(pdf, before, world.now)
    assert stale.verdict is Verdict.CANNOT_CHECK
    assert stale.check(Part.STATUS).findings == (Finding.LIST_STALE,)


def test_two_certificates_are_not_taken_for_each_other(world: World) -> None:
    first, _ = _earned(world)
    _, other = _earned(world, "lena")
    assert Finding.OTHER_FILE in _online(world, other, first).findings


def test_a_certificate_of_a_stolen_key_is_worth_nothing(world: World) -> None:
    serial, pdf = _earned(world)
    key = _pinned(world).keys[0].id.rpartition("#")[2]
    with world.acting("dina") as tx:
        revoke_key(tx, key, "The key was copied by a stranger.")
    report = _online(world, pdf, serial)
    assert report.verdict is Verdict.ALTERED
    assert report.check(Part.ISSUER).findings == (Finding.KEY_WITHDRAWN,)
