"""What a clinic is told of one line of its roster."""

from datetime import UTC, datetime, timedelta

import pytest

from certs.rosters.lines import RosterLine
from certs.rosters.verdicts import ENDS_SOON, Found, RosterVerdict, check_line, fits
from certs.status import Standing, Status, StatusChange, StatusEvent

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SERIAL = "PP-7K2M9-QX4TD-0ABCN-8RHJP"
VALID = Standing(Status.VALID)
EXPIRED = Standing(Status.EXPIRED)


def withdrawn(status: Status, kind: StatusChange) -> Standing:
    return Standing(status, StatusEvent(kind, NOW - timedelta(days=3), "Identity in doubt."))


REVOKED = withdrawn(Status.REVOKED, StatusChange.REVOKED)
SUSPENDED = withdrawn(Status.SUSPENDED, StatusChange.SUSPENDED)


def found(
    standing: Standing = VALID, days: float = 400, holder: str = "Inès Okafor", course: str = "mf"
) -> Found:
    end = NOW + timedelta(days=days)
    return Found(SERIAL, holder, course, "Fundamentals", end, standing, "i@example.org", False)


def line(name: str = "Inès Okafor", contact: str = "", serial: str = SERIAL, course: str = ""):
    return RosterLine(2, name, contact, serial, course)


@pytest.mark.parametrize(
    ("one", "verdict", "reason"),
    [
        (found(), RosterVerdict.VALID, "Valid until 28 December 2027."),
        (found(days=60), RosterVerdict.ENDS_SOON, "Ends on 22 January 2027, in 60 days."),
        (found(days=60.01), RosterVerdict.VALID, "Valid until 22 January 2027."),
        (found(days=1), RosterVerdict.ENDS_SOON, "Ends on 24 November 2026, in 1 day."),
        (found(days=0.5), RosterVerdict.ENDS_SOON, "Ends on 23 November 2026, within a day."),
        (found(EXPIRED, -1), RosterVerdict.EXPIRED, "Ended on 22 November 2026."),
        (
            found(SUSPENDED),
            RosterVerdict.SUSPENDED,
            "Suspended since 20 November 2026: Identity in doubt.",
        ),
        (
            found(REVOKED),
            RosterVerdict.REVOKED,
            "Revoked on 20 November 2026: Identity in doubt.",
        ),
    ],
)
def test_each_standing_has_its_word_and_its_reason(
    one: Found, verdict: RosterVerdict, reason: str
) -> None:
    told = check_line(line(), [one], NOW)
    assert (told.verdict, told.reason, told.serial) == (verdict, reason, SERIAL)


@pytest.mark.parametrize(
    "written",
    ["INÈS  OKAFOR", "Ines Okafor", "Okafor, Inès", "okafor,ines", "Ine\u0300s Okafor"],
)
def test_a_name_fits_whatever_its_case_accents_and_order_by_a_comma(written: str) -> None:
    assert fits(written, "Inès Okafor")


@pytest.mark.parametrize("written", ["Inés Okafors", "Okafor Inès", "I. Okafor", "", "Okafor"])
def test_a_name_never_fits_by_likeness(written: str) -> None:
    assert not fits(written, "Inès Okafor")


def test_another_name_is_a_mismatch_that_tells_initials_only() -> None:
    told = check_line(line("Alba Szabó"), [found(REVOKED)], NOW)
    assert told.verdict is RosterVerdict.MISMATCH
    assert "I. O." in told.reason
    assert "Okafor" not in told.reason


def test_another_course_is_a_mismatch_for_a_number_and_not_found_for_a_person() -> None:
    by_number = check_line(line(course="peeling"), [found()], NOW)
    by_person = check_line(line(serial="", contact="17", course="peeling"), [found()], NOW)
    assert by_number.verdict is RosterVerdict.MISMATCH
    assert "Fundamentals" in by_number.reason
    assert by_person.verdict is RosterVerdict.NOT_FOUND
    for course in ("MF", "fundamentals"):
        assert check_line(line(course=course), [found()], NOW).verdict is RosterVerdict.VALID


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (line(serial="PP-1"), "no certificate number"),
        (line(), "No certificate with this number"),
        (line(serial="", contact="17"), "Nobody of your staff"),
        (line(serial=""), "holds no certificate number"),
    ],
)
def test_what_is_not_found_says_what_to_do(asked: RosterLine, said: str) -> None:
    told = check_line(asked, [], NOW)
    assert (told.verdict, told.serial) == (RosterVerdict.NOT_FOUND, None)
    assert said in told.reason


def test_of_several_the_one_that_stands_and_lasts_longest_counts() -> None:
    several = [found(REVOKED, 900), found(days=30), found(days=700), found(EXPIRED, -3)]
    told = check_line(line(serial="", contact="17"), several, NOW)
    assert told.expires_at == NOW + timedelta(days=700)


def test_an_email_that_is_not_the_holders_is_said_and_decides_nothing() -> None:
    same = check_line(line(contact="I@example.org"), [found()], NOW)
    other = check_line(line(contact="x@example.org"), [found()], NOW)
    assert same.verdict is other.verdict is RosterVerdict.VALID
    assert same.reason.endswith("Name and e-mail fit.")
    assert "see a photo ID" in other.reason


def test_sixty_days_are_soon() -> None:
    assert timedelta(days=60) == ENDS_SOON
