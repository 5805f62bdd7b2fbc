"""What a clinic is told of one line of its roster: one word, and the reason in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from base.ids import parse_serial
from certs.checking.names import initials, same_name
from certs.rosters.lines import RosterLine
from certs.status import Standing, Status
from courses.coverage import Coverage

ENDS_SOON = timedelta(days=60)


class RosterVerdict(StrEnum):
    """The one word of a line."""

    VALID = "valid"
    ENDS_SOON = "ends soon"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    MISMATCH = "mismatch"
    NOT_FOUND = "not found"


@dataclass(frozen=True)
class Found:
    """A certificate that a line may be about; `email` is its holder's, in normal form."""

    serial: str
    holder: str
    course: str
    achievement: str
    expires_at: datetime
    standing: Standing
    email: str
    demo: bool
    coverage: Coverage | None = None


@dataclass(frozen=True)
class CheckedLine:
    """A line, the certificate that it is about, what holds of it, and why."""

    line: RosterLine
    serial: str | None
    verdict: RosterVerdict
    reason: str
    expires_at: datetime | None


_BEST = (Status.VALID, Status.SUSPENDED, Status.EXPIRED, Status.REVOKED)


def check_line(line: RosterLine, found: Sequence[Found], now: datetime) -> CheckedLine:
    """Return what holds of a line: `found` are the certificate that it names, or its person's.

    Names are compared but for case, accents, spaces and signs, and in both orders where a comma
    parts them; never by likeness.
    """
    fitting = [one for one in found if _is_of_course(line.course, one)]
    if not found:
        return _told(line, None, RosterVerdict.NOT_FOUND, _why_not_found(line))
    if not fitting:
        if not line.serial:
            said = "This person holds certificates, but none of this course."
            return _told(line, None, RosterVerdict.NOT_FOUND, said)
        said = f"The certificate is of another course: {found[0].achievement}."
        return _told(line, found[0], RosterVerdict.MISMATCH, said)
    best = best_of(fitting)
    if not fits(line.name, best.holder):
        return _told(line, best, RosterVerdict.MISMATCH, _another_name(best))
    verdict, reason = word_for(best, now)
    return _told(line, best, verdict, " ".join([reason, *_remarks(line, best)]))


def best_of(found: Sequence[Found]) -> Found:
    """Return the one that stands; of several the one that lasts longest."""
    return min(found, key=lambda one: (_BEST.index(one.standing.status), -_end(one)))


def fits(written: str, holder: str) -> bool:
    """Tell whether a name as a clinic writes it is that of a certificate's holder."""
    family, comma, given = written.partition(",")
    turned = f"{given} {family}" if comma else written
    return same_name(written, holder) or same_name(turned, holder)


def _is_of_course(course: str, one: Found) -> bool:
    return not course or same_name(course, one.course) or same_name(course, one.achievement)


def _why_not_found(line: RosterLine) -> str:
    if not line.serial and not line.contact:
        return "The line holds no certificate number and no e-mail or staff number."
    if not line.serial:
        return (
            "Nobody of your staff who consented has this e-mail or staff number with a "
            "certificate. Invite the person, or ask for the certificate's number."
        )
    if parse_serial(line.serial) is None:
        return "This is no certificate number. Compare every letter with the certificate."
    return "No certificate with this number was issued here. Compare every letter."


def _another_name(one: Found) -> str:
    return (
        f"The certificate is in another name, with the initials {initials(one.holder)} "
        "Look at the certificate and at a photo ID."
    )


def word_for(one: Found, now: datetime) -> tuple[RosterVerdict, str]:
    """Return how a certificate stands in one word, and the reason in a sentence."""
    event = one.standing.event
    since, why = (_day(event.at), event.reason) if event else ("", "")
    match one.standing.status:
        case Status.REVOKED:
            return RosterVerdict.REVOKED, f"Revoked on {since}: {why}"
        case Status.SUSPENDED:
            return RosterVerdict.SUSPENDED, f"Suspended since {since}: {why}"
        case Status.EXPIRED:
            return RosterVerdict.EXPIRED, f"Ended on {_day(one.expires_at)}."
        case Status.VALID:
            pass
    left = one.expires_at - now
    if left <= ENDS_SOON:
        days = f"in {left.days} days" if left.days != 1 else "in 1 day"
        when = days if left.days else "within a day"
        return RosterVerdict.ENDS_SOON, f"Ends on {_day(one.expires_at)}, {when}."
    return RosterVerdict.VALID, f"Valid until {_day(one.expires_at)}."


def _remarks(line: RosterLine, one: Found) -> list[str]:
    remarks: list[str] = []
    if "@" in line.contact and line.serial:
        if line.contact.casefold() == one.email:
            remarks.append("Name and e-mail fit.")
        else:
            remarks.append("The name fits, the e-mail is not the holder's here: see a photo ID.")
    if one.demo:
        remarks.append("A demo certificate: it certifies nothing.")
    return remarks


def _told(line: RosterLine, one: Found | None, verdict: RosterVerdict, reason: str) -> CheckedLine:
    return CheckedLine(
        line, one.serial if one else None, verdict, reason, one.expires_at if one else None
    )


def _end(one: Found) -> float:
    return one.expires_at.timestamp()


def _day(instant: datetime) -> str:
    return f"{instant.day} {instant:%B %Y}"
