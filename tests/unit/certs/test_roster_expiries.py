"""When certificates end: calendars that programs read, and reminders at their distances."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certs.rosters.competence import Competence, kinds_held, sites_covered
from certs.rosters.expiries import Expiry, calendar_text, due_distance, reminder_letter
from certs.rosters.verdicts import Found, RosterVerdict
from certs.status import Standing, Status
from courses.coverage import Coverage, Device, Jurisdiction, Practice, Site, SiteDepth

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def ends(days: float = 30, name: str = "Inès Okafor", serial: str = "PP-1") -> Expiry:
    return Expiry(serial, name, "Fundamentals", NOW + timedelta(days=days), None)


@pytest.mark.parametrize(
    ("days", "due"),
    [(91, None), (90, 90), (30.01, 90), (30, 30), (7.5, 30), (7, 7), (0.1, 7), (0, None)],
)
def test_of_the_reminders_the_nearest_is_due(days: float, due: int | None) -> None:
    assert due_distance(ends(days).expires_at, NOW) == due


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_calendar_has_a_day_long_event_for_each_end() -> None:
    text = calendar_text(
        "Skin & Co", [ends(), ends(60, serial="PP-2")], NOW, "https://academy.example"
    )
    lines = unfolded(text)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20261223" in lines
    assert "DTEND;VALUE=DATE:20261224" in lines
    assert "UID:PP-2@academy.example" in lines
    assert "URL:https://academy.example/verify/PP-2" in lines
    assert "SUMMARY:Inès Okafor: Fundamentals ends" in lines


@given(st.text(max_size=200))
def test_no_name_breaks_a_calendars_lines(name: str) -> None:
    text = calendar_text("C", [ends(name=name)], NOW, "https://a.example")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    # As many properties as without the name: nothing that it holds begins one.
    plain = calendar_text("C", [ends(name="x")], NOW, "https://a.example")
    assert len(unfolded(text)) == len(unfolded(plain))


def test_a_letter_tells_the_soonest_first() -> None:
    text = reminder_letter("Skin & Co", [ends(30, "B"), ends(1, "A")], NOW, "https://a.example")
    assert text.index("- A: Fundamentals ends on 24 November 2026, tomorrow") < text.index("- B")


def found(status: Status, depth: float | None, days: int = 400, achievement: str = "F") -> Found:
    law = Jurisdiction(note="N", as_of=NOW.date(), review_due=NOW.date())
    coverage = Coverage(
        sites=(SiteDepth(site=Site.CHEEK, max_depth_mm=depth or 1),),
        devices=(Device.PEN,),
        practice=Practice.KNOWLEDGE,
        jurisdiction=law,
    )
    end = NOW + timedelta(days=days)
    known = coverage if depth else None
    return Found("s", "A", "c", achievement, end, Standing(status), "e", False, known)


def test_only_what_stands_covers_a_site_and_the_deepest_counts() -> None:
    person = Competence(
        "A",
        None,
        (
            found(Status.VALID, 0.25),
            found(Status.VALID, 0.5),
            found(Status.EXPIRED, 1.5),
            found(Status.SUSPENDED, 2.0),
            found(Status.VALID, None),
        ),
    )
    assert person.depth_mm(Site.CHEEK) == 0.5
    assert person.depth_mm(Site.NECK) is None
    assert sites_covered([person]) == (Site.CHEEK,)
    assert sites_covered([]) == ()


def test_of_each_kind_the_best_is_told() -> None:
    person = Competence(
        "A", None, (found(Status.REVOKED, 1), found(Status.VALID, 1, 50), found(Status.VALID, 1, 9))
    )
    other = Competence("B", None, (found(Status.EXPIRED, 1, achievement="A"),))
    assert person.word("F", NOW) is RosterVerdict.ENDS_SOON
    assert person.word("A", NOW) is None
    assert other.word("A", NOW) is RosterVerdict.EXPIRED
    assert kinds_held([person, other]) == ("A", "F")
