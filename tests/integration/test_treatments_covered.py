"""Whether a certificate as issued covers a treatment, on each database."""

from datetime import timedelta

import pytest

from accounts.clinics import Standing
from accounts.commands.clinics import accept_invitation, invite_member, make_clinic
from base.errors import NotFound
from base.permissions import Role
from certs.commands.revocation import revoke_credential
from certs.commands.statuses import suspend_credential
from certs.eligibility import Eligibility, Ground, Treatment
from certs.queries.eligibility import staff_covered, treatment_covered
from courses.coverage import Device, Jurisdiction, Site
from tests.factories import World


def covered(world: World, serial: str, depth_mm: float = 0.5, days: int = 0) -> Eligibility:
    on = world.now.date() + timedelta(days=days)
    asked = Treatment(site=Site.CHEEK, depth_mm=depth_mm, device=Device.PEN, on=on)
    with world.looking("nobody") as tx:
        found = treatment_covered(tx, serial, asked)
    assert found is not None
    return found


def test_a_certificate_as_issued_says_what_it_covers(any_world: World) -> None:
    serial = any_world.earn("alba").standing.serial
    assert covered(any_world, serial).ground is Ground.COVERED
    assert "Only knowledge was assessed" in covered(any_world, serial).bear_in_mind[0]
    assert covered(any_world, serial, depth_mm=1).ground is Ground.DEPTH
    assert covered(any_world, serial, days=400).ground is Ground.LAW_UNREVIEWED
    with any_world.acting("dina") as tx:
        suspend_credential(tx, serial, "A complaint is being looked into.")
    assert covered(any_world, serial).ground is Ground.SUSPENDED
    with any_world.acting("dina") as tx:
        revoke_credential(tx, serial, "The identity could not be confirmed.")
    assert covered(any_world, serial).ground is Ground.REVOKED


def test_a_clinic_asks_for_all_of_its_staff_who_consented(any_world: World) -> None:
    any_world.earn("alba")
    with any_world.acting("cleo") as tx:
        clinic = make_clinic(tx, "Skin & Co")
        codes = {
            name: invite_member(tx, clinic, f"{name}@example.org", Standing.STAFF, "17")
            for name in ("alba", "lena", "bela")
        }
    for name in ("alba", "lena"):
        with any_world.acting(name) as tx:
            accept_invitation(tx, codes[name])
    asked = Treatment(site=Site.CHEEK, depth_mm=0.5, device=Device.PEN, on=any_world.now.date())
    with any_world.looking("cleo") as tx:
        answers = staff_covered(tx, clinic, asked)
    told = [(one.name, one.staff_number, one.found.ground) for one in answers]
    assert told == [
        ("Alba", "17", Ground.COVERED),
        ("Cleo", None, Ground.NO_CERTIFICATE),
        ("Lena", "17", Ground.NO_CERTIFICATE),
    ]


def test_a_clinic_asks_for_its_own_staff_only(world: World) -> None:
    with world.acting("cleo") as tx:
        clinic = make_clinic(tx, "Skin & Co")
    world.join("otto", Role.CLINIC)
    asked = Treatment(site=Site.CHEEK, depth_mm=0.5, device=Device.PEN, on=world.now.date())
    with pytest.raises(NotFound), world.looking("otto") as tx:
        staff_covered(tx, clinic, asked)


def test_a_word_on_the_law_that_was_reviewed_since_counts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    serial = world.earn("alba").standing.serial
    day = world.now.date() + timedelta(days=390)
    newer = Jurisdiction(note="Ask.", as_of=day, review_due=day + timedelta(days=365))
    monkeypatch.setattr("certs.queries.eligibility.standing_law", lambda _tx, _course: newer)
    assert covered(world, serial, days=400).ground is Ground.COVERED


def test_an_unknown_serial_covers_nothing(world: World) -> None:
    asked = Treatment(site=Site.CHEEK, depth_mm=0.5, device=Device.PEN, on=world.now.date())
    with world.looking("nobody") as tx:
        assert treatment_covered(tx, "PP-7K2M9-QX4TD-0ABCN-8RHJP", asked) is None
