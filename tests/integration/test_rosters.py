"""Rosters: a clinic's list of staff, checked line by line and kept."""

from collections.abc import Callable

import pytest
from sqlalchemy import event, insert

from accounts.clinics import Standing
from accounts.commands.clinics import accept_invitation, invite_member, make_clinic
from accounts.tables import PersonRow
from base.errors import Invalid, NotFound
from base.ids import new_id, new_serial
from base.permissions import Role
from certs.commands.revocation import revoke_credential
from certs.commands.rosters import CheckedRoster, discard_roster, keep_roster
from certs.queries.roster_check import checked_lines
from certs.queries.rosters import roster_detail, rosters
from certs.rosters.lines import Column, likely_columns, read_roster, roster_lines
from certs.rosters.verdicts import CheckedLine, RosterVerdict
from certs.tables.credentials import CredentialRow
from certs.terms import Facts
from tests.factories import World

COLUMNS = {Column.NAME: 0, Column.CONTACT: 1, Column.SERIAL: 2}


@pytest.fixture
def clinic(any_world: World) -> str:
    """A clinic that cleo looks after."""
    with any_world.acting("cleo") as tx:
        return make_clinic(tx, "Skin & Co")


def check(world: World, clinic: str, *rows: str, who: str = "cleo") -> list[CheckedLine]:
    sheet = read_roster("\n".join(("Name,Contact,Serial", *rows)).encode())
    with world.looking(who) as tx:
        return list(checked_lines(tx, clinic, roster_lines(sheet, COLUMNS)))


def test_every_line_has_its_word(any_world: World, clinic: str) -> None:
    alba, lena = (any_world.earn(name).standing.serial for name in ("alba", "lena"))
    with any_world.acting("dina") as tx:
        revoke_credential(tx, lena, "The identity could not be confirmed.")
    told = check(
        any_world,
        clinic,
        f"ALBA,alba@example.org,{alba}",
        f"Lena,,{lena.lower().replace('-', ' ')}",
        f"Bela,,{alba}",
        "Alba,,PP-00000-00000-00000-00000",
        "Alba,alba@example.org,",
    )
    assert [one.verdict.value for one in told] == [
        *("valid", "revoked", "mismatch", "not found", "not found")
    ]
    assert told[1].reason.endswith("The identity could not be confirmed.")


def test_without_a_number_only_staff_who_consented_are_found(any_world: World, clinic: str) -> None:
    serial = any_world.earn("alba").standing.serial
    with any_world.acting("cleo") as tx:
        code = invite_member(tx, clinic, "alba@example.org", Standing.STAFF, "A-17")
    rows = ("Alba,alba@example.org,", "Alba,a-17,")
    assert [one.serial for one in check(any_world, clinic, *rows)] == [None, None]
    with any_world.acting("alba") as tx:
        accept_invitation(tx, code)
    assert [one.serial for one in check(any_world, clinic, *rows)] == [serial, serial]
    any_world.join("kurt", Role.CLINIC)
    with any_world.acting("kurt") as tx:
        other = make_clinic(tx, "Other")
    assert [one.serial for one in check(any_world, other, *rows, who="kurt")] == [None, None]


def test_a_kept_roster_says_what_was_found_and_stays_with_its_clinic(
    any_world: World, clinic: str
) -> None:
    serial = any_world.earn("alba").standing.serial
    told = check(any_world, clinic, f"Alba,,{serial}", "Nobody,,x")
    with any_world.acting("cleo") as tx:
        roster = keep_roster(tx, clinic, CheckedRoster("  November ", COLUMNS, told))
    with any_world.looking("cleo") as tx:
        kept = roster_detail(tx, clinic, roster)
        (listed,) = rosters(tx, clinic)
    assert list(kept.checked) == told
    assert (listed.title, listed.lines, listed.counts[RosterVerdict.VALID]) == ("November", 2, 1)
    any_world.join("kurt", Role.CLINIC)
    with any_world.acting("kurt") as tx:
        other = make_clinic(tx, "Other")
        for clinic_id in (clinic, other):
            with pytest.raises(NotFound):
                roster_detail(tx, clinic_id, roster)
        with pytest.raises(NotFound):
            discard_roster(tx, other, roster)
    with any_world.acting("cleo") as tx:
        discard_roster(tx, clinic, roster)
        assert rosters(tx, clinic) == ()


def test_a_roster_needs_a_title(any_world: World, clinic: str) -> None:
    with any_world.acting("cleo") as tx, pytest.raises(Invalid, match="title"):
        keep_roster(tx, clinic, CheckedRoster(" ", COLUMNS, ()))


def many(world: World, number: int) -> list[str]:
    """Issue so many certificates of alba's facts, to as many people, as rows."""
    own = world.earn("alba").standing.serial
    with world.as_system() as tx:
        facts = Facts.model_validate_json(tx.session.get_one(CredentialRow, own).facts)
        people = [new_id() for _ in range(number)]
        serials = [new_serial() for _ in range(number)]
        tx.session.connection().execute(
            insert(PersonRow),
            [
                {
                    "id": one,
                    "email": f"{one}@example.org",
                    "name": "Alba",
                    "created_at": world.now,
                    "demo": False,
                }
                for one in people
            ],
        )
        tx.session.connection().execute(
            insert(CredentialRow),
            [
                {
                    "serial": serial,
                    "person_id": person,
                    "issued_at": world.now,
                    "facts": facts.model_copy(update={"serial": serial}).model_dump_json(),
                }
                for serial, person in zip(serials, people, strict=True)
            ],
        )
    return serials


def statements(world: World, action: Callable[[], object]) -> int:
    seen: list[str] = []

    def note(*given: object) -> None:
        seen.append(str(given[2]))

    event.listen(world.database.engine, "before_cursor_execute", note)
    try:
        action()
    finally:
        event.remove(world.database.engine, "before_cursor_execute", note)
    return len(seen)


def test_two_thousand_lines_are_checked_by_a_handful_of_statements_and_tell_their_progress(
    any_world: World, clinic: str
) -> None:
    serials = many(any_world, 2_500)
    content = "\n".join(("Name,Contact,Serial", *(f"Alba,,{one}" for one in serials)))
    lines = roster_lines(read_roster(content.encode()), COLUMNS)
    shares: list[float] = []
    told: list[CheckedLine] = []

    def go() -> None:
        with any_world.looking("cleo") as tx:
            told.extend(checked_lines(tx, clinic, lines, shares.append))

    assert statements(any_world, go) < 15
    assert {one.verdict for one in told} == {RosterVerdict.VALID}
    assert shares == sorted(shares)
    assert (len(shares), shares[-1]) == (3, 1.0)


def test_columns_are_guessed_from_the_names_that_clinics_use() -> None:
    names = ("name", "email_or_staff_no", "credential_id", "course")
    assert likely_columns(names) == {
        Column.NAME: 0,
        Column.CONTACT: 1,
        Column.SERIAL: 2,
        Column.COURSE: 3,
    }
