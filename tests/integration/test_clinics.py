"""Clinics: who looks after one, who is invited, who consents, who leaves."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from accounts.clinics import Standing
from accounts.commands.clinics import (
    accept_invitation,
    decline_invitation,
    end_membership,
    invite_member,
    leave_clinic,
    make_calendar_address,
    make_clinic,
    withdraw_calendar_address,
)
from accounts.queries.clinics import (
    Clinic,
    ClinicMember,
    clinic_members,
    clinic_of_calendar,
    clinics,
    invitation_by_code,
    my_clinics,
    my_memberships,
    own_clinic,
)
from accounts.tables import ClinicMemberRow
from base.errors import AppError, Conflict, Invalid, NotAllowed, NotFound
from base.permissions import Role
from tests.factories import World


@pytest.fixture
def clinic(any_world: World) -> str:
    """A clinic that cleo looks after."""
    with any_world.acting("cleo") as tx:
        return make_clinic(tx, "  Skin   & Co ")


def invited(
    world: World, clinic: str, name: str, standing: Standing = Standing.STAFF, number: str = ""
) -> str:
    with world.acting("cleo") as tx:
        return invite_member(tx, clinic, f"{name}@example.org", standing, number)


def accept(world: World, name: str, code: str) -> None:
    with world.acting(name) as tx:
        accept_invitation(tx, code)


def members(world: World, clinic: str, who: str = "cleo") -> list[ClinicMember]:
    with world.looking(who) as tx:
        return list(clinic_members(tx, clinic))


def own(world: World, name: str) -> list[Clinic]:
    with world.looking(name) as tx:
        return list(my_clinics(tx))


def test_who_makes_a_clinic_looks_after_it_and_nobody_else_finds_it(
    any_world: World, clinic: str
) -> None:
    any_world.join("kurt", Role.CLINIC)
    assert [one.name for one in own(any_world, "cleo")] == ["Skin & Co"]
    assert own(any_world, "kurt") == []
    with any_world.looking("kurt") as tx:
        for ask in (own_clinic, clinic_members):
            with pytest.raises(NotFound, match="no such clinic of yours"):
                ask(tx, clinic)
            with pytest.raises(NotFound, match="no such clinic of yours"):
                ask(tx, "never made")


def test_staff_are_seen_once_they_consent_and_until_they_leave(
    any_world: World, clinic: str
) -> None:
    code = invited(any_world, clinic, "alba", number=" 17 ")
    (alba,) = [one for one in members(any_world, clinic) if one.email.startswith("alba")]
    assert (alba.name, alba.consented, alba.staff_number) == (None, False, "17")
    with any_world.looking("alba") as tx:
        asked = invitation_by_code(tx, code.lower().replace("-", " "))
        assert (asked.clinic, asked.standing) == ("Skin & Co", Standing.STAFF)
    accept(any_world, "alba", code)
    (alba,) = [one for one in members(any_world, clinic) if one.name == "Alba"]
    assert alba.consented
    with any_world.looking("alba") as tx:
        (mine,) = my_memberships(tx)
    with any_world.acting("alba") as tx:
        leave_clinic(tx, mine.id)
    assert [one.name for one in members(any_world, clinic)] == ["Cleo"]


def test_a_code_works_once_and_not_when_it_was_withdrawn(any_world: World, clinic: str) -> None:
    used, gone = invited(any_world, clinic, "alba"), invited(any_world, clinic, "lena")
    accept(any_world, "alba", used)
    (lena,) = [one for one in members(any_world, clinic) if not one.consented]
    with any_world.acting("cleo") as tx:
        end_membership(tx, clinic, lena.id)
        end_membership(tx, clinic, lena.id)
    for code in (used, gone, "00000-00000"):
        with pytest.raises(NotFound, match="No invitation fits"):
            accept(any_world, "lena", code)
    # After it was withdrawn the same e-mail may be invited again.
    accept(any_world, "lena", invited(any_world, clinic, "lena"))
    assert [one.name for one in members(any_world, clinic)] == ["Alba", "Cleo", "Lena"]


def test_nobody_joins_twice_nor_is_invited_twice(any_world: World, clinic: str) -> None:
    accept(any_world, "alba", invited(any_world, clinic, "alba"))
    with pytest.raises(Conflict, match="invited already"):
        invited(any_world, clinic, "ALBA")
    with pytest.raises(Conflict, match="You belong to this clinic already"):
        accept(any_world, "alba", invited(any_world, clinic, "alba.work"))


def test_looking_after_a_clinic_needs_the_role(any_world: World, clinic: str) -> None:
    code = invited(any_world, clinic, "alba", Standing.MANAGER)
    with pytest.raises(NotAllowed, match="needs the role Clinic"):
        accept(any_world, "alba", code)
    any_world.join("kurt", Role.CLINIC)
    accept(any_world, "kurt", code)
    assert [one.id for one in own(any_world, "kurt")] == [clinic]


def test_the_last_manager_stays(any_world: World, clinic: str) -> None:
    (cleo,) = members(any_world, clinic)
    with any_world.acting("cleo") as tx, pytest.raises(Invalid, match="Nobody else looks after"):
        end_membership(tx, clinic, cleo.id)
    any_world.join("kurt", Role.CLINIC)
    accept(any_world, "kurt", invited(any_world, clinic, "kurt", Standing.MANAGER))
    with any_world.acting("kurt") as tx:
        end_membership(tx, clinic, cleo.id)
    assert own(any_world, "cleo") == []


def test_two_managers_who_leave_at_once_leave_one(any_world: World, clinic: str) -> None:
    any_world.join("kurt", Role.CLINIC)
    accept(any_world, "kurt", invited(any_world, clinic, "kurt", Standing.MANAGER))

    def leave(name: str) -> bool:
        try:
            with any_world.acting(name) as tx:
                leave_clinic(tx, my_memberships(tx)[0].id)
        except AppError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, ("cleo", "kurt"))) == [False, True]


def test_declining_ends_the_invitation(any_world: World, clinic: str) -> None:
    code = invited(any_world, clinic, "alba")
    with any_world.acting("alba") as tx:
        decline_invitation(tx, code)
    with pytest.raises(NotFound):
        accept(any_world, "alba", code)
    assert [one.name for one in members(any_world, clinic)] == ["Cleo"]


def test_what_belongs_to_another_clinic_cannot_be_ended(any_world: World, clinic: str) -> None:
    any_world.join("kurt", Role.CLINIC)
    with any_world.acting("kurt") as tx:
        other = make_clinic(tx, "Other")
        with pytest.raises(NotFound, match="nobody like this"):
            end_membership(tx, other, members(any_world, clinic)[0].id)
        with pytest.raises(NotFound, match="no such clinic of yours"):
            invite_member(tx, clinic, "x@example.org", Standing.STAFF)
    with any_world.acting("alba") as tx, pytest.raises(NotFound, match="do not belong"):
        leave_clinic(tx, members(any_world, clinic)[0].id)


def test_codes_are_never_stored(any_world: World, clinic: str) -> None:
    code = invited(any_world, clinic, "alba")
    with any_world.looking("system") as tx:
        rows = tx.session.exec(select(ClinicMemberRow)).all()
    assert not any(code in str(row.model_dump()) for row in rows)


def test_a_calendars_address_opens_until_it_is_renewed_or_withdrawn(
    any_world: World, clinic: str
) -> None:
    with any_world.acting("cleo") as tx:
        first = make_calendar_address(tx, clinic)
        second = make_calendar_address(tx, clinic)
    with any_world.looking("nobody") as tx:
        assert clinic_of_calendar(tx, first) is None
        assert clinic_of_calendar(tx, second) == own(any_world, "cleo")[0]
    with any_world.acting("cleo") as tx:
        withdraw_calendar_address(tx, clinic)
    with any_world.looking("nobody") as tx:
        assert clinic_of_calendar(tx, second) is None


def test_an_administrator_sees_every_clinic_and_how_many_belong_to_it(
    any_world: World, clinic: str
) -> None:
    invited(any_world, clinic, "lena")
    accept(any_world, "alba", invited(any_world, clinic, "alba"))
    with any_world.looking("dina") as tx:
        assert [(one.name, one.members) for one in clinics(tx)] == [("Skin & Co", 2)]


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 121], ids=["empty", "invisible", "long"])
def test_a_clinic_has_a_name(world: World, name: str) -> None:
    with world.acting("cleo") as tx, pytest.raises(Invalid):
        make_clinic(tx, name)
