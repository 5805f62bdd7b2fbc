"""Ends of certificates: what a clinic sees of them, its calendar, and reminders."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from accounts.clinics import Standing
from accounts.commands.clinics import (
    accept_invitation,
    end_membership,
    invite_member,
    make_calendar_address,
    make_clinic,
    withdraw_calendar_address,
)
from accounts.queries.clinics import clinic_members
from accounts.queries.outbox import messages
from base.academy import Academy
from base.db import Database
from base.errors import NotFound
from base.permissions import Role
from certs.commands.revocation import revoke_credential
from certs.commands.rosters import CheckedRoster, keep_roster
from certs.queries.expiries import competence, expiries
from certs.queries.roster_check import checked_lines
from certs.rosters.lines import RosterLine
from courses.coverage import Site
from tests.factories import World
from tests.integration.web.web_site import TestClient
from web.calendar import refuse, show
from web.handling import Answering
from web.reminders import Reminding, remind_of_ends
from web.site import Site as WebSite


@pytest.fixture
def clinic(any_world: World) -> str:
    """cleo's clinic with alba among its staff, who holds a certificate."""
    with any_world.acting("cleo") as tx:
        clinic = make_clinic(tx, "Skin & Co")
        code = invite_member(tx, clinic, "alba@example.org", Standing.STAFF, "17")
    with any_world.acting("alba") as tx:
        accept_invitation(tx, code)
    any_world.earn("alba")
    return clinic


def site(world: World) -> WebSite:
    academy = Academy(world.config, world.database)
    return WebSite(lambda: academy, lambda: world.now)


def reminded(world: World) -> Counter[tuple[str, str]]:
    with world.looking("dina") as tx:
        return Counter(
            (one.recipient.split("@")[0], one.subject)
            for one in messages(tx)
            if "invites" not in one.subject
        )


def until(world: World, clinic: str, days: float) -> None:
    """Let time pass until so many days before the first certificate ends."""
    with world.looking("cleo") as tx:
        end = expiries(tx, clinic)[0].expires_at
    world.now = end - timedelta(days=days)


TO_CLEO = ("cleo", "Skin & Co: 1 certificate ends soon")
TO_ALBA = ("alba", "Your certificate ends: Microneedling fundamentals")


def test_reminders_go_out_at_90_30_and_7_days_once_each(any_world: World, clinic: str) -> None:
    for days, times in ((91, 0), (90, 1), (60, 1), (31, 1), (29, 2), (7, 3), (1, 3), (-1, 3)):
        until(any_world, clinic, days) if days >= 0 else any_world.wait(days=3)
        remind_of_ends(site(any_world))
        remind_of_ends(site(any_world))
        assert reminded(any_world) == Counter({TO_CLEO: times, TO_ALBA: times} if times else {})


def test_processes_that_race_remind_once(any_world: World, clinic: str) -> None:
    until(any_world, clinic, 30)

    def process(_: int) -> int:
        database = Database(any_world.config.database_url)
        written = remind_of_ends(site(replace(any_world, database=database)))
        database.dispose()
        return written

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(process, range(8))) == 2
    assert reminded(any_world) == Counter({TO_CLEO: 1, TO_ALBA: 1})


def test_nobody_is_reminded_of_what_was_revoked_or_of_who_left(
    any_world: World, clinic: str
) -> None:
    until(any_world, clinic, 30)
    with any_world.acting("cleo") as tx:
        (alba,) = [one for one in clinic_members(tx, clinic) if one.name == "Alba"]
        end_membership(tx, clinic, alba.id)
        assert expiries(tx, clinic) == ()
    assert remind_of_ends(site(any_world)) == 0


def test_a_revoked_certificate_leaves_the_calendar(any_world: World, clinic: str) -> None:
    with any_world.looking("cleo") as tx:
        (end,) = expiries(tx, clinic)
    with any_world.acting("dina") as tx:
        revoke_credential(tx, end.serial, "The identity could not be confirmed.")
        (alba, *_) = competence(replace(tx, actor=any_world.actor("cleo")), clinic)
    assert alba.depth_mm(Site.CHEEK) is None
    with any_world.looking("cleo") as tx:
        assert expiries(tx, clinic) == ()


def test_the_newest_rosters_certificates_are_watched_too(any_world: World, clinic: str) -> None:
    lena = any_world.earn("lena").standing.serial
    lines = [RosterLine(2, "Lena", "", lena, ""), RosterLine(3, "Eve", "", lena, "")]
    with any_world.acting("cleo") as tx:
        checked = checked_lines(tx, clinic, lines)
        keep_roster(tx, clinic, CheckedRoster("Team", {}, checked))
        assert sorted(one.name for one in expiries(tx, clinic)) == ["Alba", "Lena"]


def test_competence_says_how_deep_where(any_world: World, clinic: str) -> None:
    with any_world.looking("cleo") as tx:
        people = {one.name: one for one in competence(tx, clinic)}
    assert people["Alba"].depth_mm(Site.FOREHEAD) == 0.5
    assert people["Alba"].depth_mm(Site.EYELID) is None
    assert people["Cleo"].held == ()


def test_another_clinics_staff_is_not_found(any_world: World, clinic: str) -> None:
    any_world.join("kurt", Role.CLINIC)
    with any_world.looking("kurt") as tx:
        for ask in (competence, expiries):
            with pytest.raises(NotFound, match="no such clinic of yours"):
                ask(tx, clinic)


def test_the_calendar_opens_by_its_secret_address_alone(any_world: World, clinic: str) -> None:
    endpoint = Answering(site(any_world)).endpoint(show, refuse)
    app = Starlette(routes=[Route("/calendar/{token}.ics", endpoint)])
    with any_world.acting("cleo") as tx:
        token = make_calendar_address(tx, clinic)
    with TestClient(app) as client:
        answer = client.get(f"/calendar/{token}.ics")
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert "no-store" in answer.headers["cache-control"]
        assert "SUMMARY:Alba: Microneedling fundamentals ends" in answer.text
        assert client.get("/calendar/nobody-knows.ics").status_code == 404
        with any_world.acting("cleo") as tx:
            withdraw_calendar_address(tx, clinic)
        assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_the_round_looks_again_after_ten_minutes(any_world: World, clinic: str) -> None:
    reminding = Reminding(site(any_world))
    assert reminding() == 0
    until(any_world, clinic, 30)
    assert reminding() == 2
    until(any_world, clinic, 7)
    assert reminding() == 2
    any_world.wait(minutes=9)
    assert reminding() == 0
