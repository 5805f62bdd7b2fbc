"""When certificates end: as a calendar that programs subscribe to, and when to remind of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

REMIND_DAYS = (90, 30, 7)
# RFC 5545 asks for lines of at most 75 bytes.
_LINE_BYTES = 74


@dataclass(frozen=True)
class Expiry:
    """The end of one certificate: whose, of what; `person_id` where the holder is of the staff."""

    serial: str
    name: str
    achievement: str
    expires_at: datetime
    person_id: str | None


def due_distance(expires_at: datetime, now: datetime) -> int | None:
    """Return the reminder that is due now: 90, 30 or 7 days before the end; None for none.

    Who comes to be watched late gets the nearest only.
    """
    left = expires_at - now
    if left <= timedelta(0):
        return None
    return min((days for days in REMIND_DAYS if left <= timedelta(days=days)), default=None)


def reminder_letter(clinic: str, due: Sequence[Expiry], now: datetime, address: str) -> str:
    """Return the mail to who looks after a clinic: every end to know of, soonest first."""
    lines = [
        f"- {one.name}: {one.achievement} ends on {_day(one.expires_at)}, {_left(one, now)} "
        f"({one.serial})"
        for one in sorted(due, key=lambda one: (one.expires_at, one.name))
    ]
    listed = "\n".join(lines)
    return (
        f"These certificates of {clinic} end soon:\n\n{listed}\n\n"
        f"See everybody's: {address}/competence\n"
    )


def holder_letter(clinic: str, one: Expiry, now: datetime, address: str) -> str:
    """Return the mail to somebody of the staff whose certificate ends."""
    return (
        f"Your certificate {one.achievement} ({one.serial}) ends on {_day(one.expires_at)}, "
        f"{_left(one, now)}. {clinic} sees this too.\n\n"
        f"Pass the exam again to renew it: {address}/course\n"
    )


def calendar_text(clinic: str, expiries: Sequence[Expiry], now: datetime, address: str) -> str:
    """Return the ends as an iCalendar file (RFC 5545): one day-long event each."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pinpoint//Certificates//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(f'Certificates of {clinic}')}",
    ]
    for one in expiries:
        lines += _event(one, now, address)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(one: Expiry, now: datetime, address: str) -> list[str]:
    ends = one.expires_at.astimezone(UTC)
    said = f"Certificate {one.serial}, ends {ends:%Y-%m-%d %H:%M} UTC."
    return [
        "BEGIN:VEVENT",
        f"UID:{one.serial}@{address.partition('://')[2]}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{ends:%Y%m%d}",
        f"DTEND;VALUE=DATE:{ends + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{one.name}: {one.achievement} ends')}",
        f"DESCRIPTION:{_escaped(said)}",
        f"URL:{address}/verify/{one.serial}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    tidy = " ".join(text.split())
    return tidy.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    parts: list[str] = [""]
    for char in line:
        if len((parts[-1] + char).encode()) > _LINE_BYTES - (len(parts) > 1):
            parts.append("")
        parts[-1] += char
    return "\r\n ".join(parts)


def _left(one: Expiry, now: datetime) -> str:
    days = (one.expires_at - now).days
    return f"in {days} days" if days > 1 else "tomorrow" if days == 1 else "within a day"


def _day(instant: datetime) -> str:
    return f"{instant.day} {instant:%B %Y}"
