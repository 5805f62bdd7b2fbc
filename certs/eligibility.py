"""Whether certificates cover a treatment: a site, a needle depth, a device, a day.

A certificate covers a treatment where it names the site to at least that depth and the device,
stands on that day, and what it says about the law was not due for review by then. What cannot be
told is unknown, and never counts as covered. Days are UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from courses.coverage import Coverage, Device, Jurisdiction, Practice, Site


class Answer(StrEnum):
    """The word that somebody at the desk reads first."""

    COVERED = "covered"
    UNKNOWN = "unknown"
    NOT_COVERED = "not covered"


class Ground(StrEnum):
    """What the answer rests on; the nearest to being covered first."""

    COVERED = "covered"
    LAW_UNREVIEWED = "law not reviewed"
    ENDS_THAT_DAY = "ends that day"
    SUSPENDED_SINCE = "suspended since"
    NOTHING_RECORDED = "no coverage recorded"
    DEPTH = "depth"
    DEVICE = "device"
    SITE = "site"
    NO_TREATMENT = "no treatment"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    NOT_YET_ISSUED = "not yet issued"
    REVOKED = "revoked"
    NO_CERTIFICATE = "no certificate"

    @property
    def answer(self) -> Answer:
        """The answer that this ground gives."""
        if self is Ground.COVERED:
            return Answer.COVERED
        return Answer.UNKNOWN if self in _UNKNOWN else Answer.NOT_COVERED


_UNKNOWN = frozenset(
    {
        Ground.LAW_UNREVIEWED,
        Ground.ENDS_THAT_DAY,
        Ground.SUSPENDED_SINCE,
        Ground.NOTHING_RECORDED,
    }
)
_NEAREST_FIRST = tuple(Ground)


class Treatment(BaseModel):
    """What is to be done: where, how deep (needle length in millimetres), with what, which day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    site: Site
    depth_mm: Annotated[float, Field(gt=0, le=20, allow_inf_nan=False)]
    device: Device
    on: date


@dataclass(frozen=True)
class Held:
    """A certificate that a person holds, as far as it matters here.

    `law` is what the academy says of the law today, where it is newer than what was issued.
    """

    serial: str
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    suspended_at: datetime | None
    coverage: Coverage | None
    law: Jurisdiction | None = None
    demo: bool = False


@dataclass(frozen=True)
class Eligibility:
    """The answer, why in a sentence, what to bear in mind, and the certificate that decided."""

    ground: Ground
    reason: str
    bear_in_mind: tuple[str, ...] = ()
    serial: str | None = None

    @property
    def answer(self) -> Answer:
        """Covered, not covered or unknown."""
        return self.ground.answer


def eligibility(held: Sequence[Held], asked: Treatment, now: datetime) -> Eligibility:
    """Tell whether any of these certificates covers the treatment, as things are known `now`.

    Of several that do not, the one nearest to it gives the reason.
    """
    none = Eligibility(Ground.NO_CERTIFICATE, "No certificate of this person is known here.")
    found = [_by(one, asked, now) for one in held]
    return min(found, key=lambda one: _NEAREST_FIRST.index(one.ground), default=none)


_Refusal = tuple[Ground, str] | None


def _by(held: Held, asked: Treatment, now: datetime) -> Eligibility:
    refused = _refused_by_standing(held, asked.on, now)
    if refused:
        return Eligibility(*refused, serial=held.serial)
    if held.coverage is None:
        said = "The certificate does not say as data what it covers. Read its scope in words."
        return Eligibility(Ground.NOTHING_RECORDED, said, serial=held.serial)
    law = _newest_law(held, held.coverage)
    refused = _refused_by_coverage(held.coverage, asked) or _uncertain(held, law, asked.on, now)
    if refused:
        return Eligibility(*refused, serial=held.serial)
    mind = _bear_in_mind(held, held.coverage.practice, law, asked.on > now.date())
    return Eligibility(Ground.COVERED, _covered_words(asked), mind, held.serial)


def _newest_law(held: Held, coverage: Coverage) -> Jurisdiction:
    newer = held.law is not None and held.law.as_of > coverage.jurisdiction.as_of
    return held.law if held.law and newer else coverage.jurisdiction


def _refused_by_standing(held: Held, on: date, now: datetime) -> _Refusal:
    if held.revoked_at:
        said = f"The certificate was revoked on {_day(held.revoked_at)} and covers nothing."
        return Ground.REVOKED, said
    if held.suspended_at and on >= held.suspended_at.date():
        said = f"The certificate is suspended since {_day(held.suspended_at)}. "
        return Ground.SUSPENDED, said + "It covers nothing until it is reinstated."
    if on < held.issued_at.date():
        return Ground.NOT_YET_ISSUED, f"The certificate was issued on {_day(held.issued_at)} only."
    # Of today the hour is known.
    asked_at = now if on == now.date() else _begin(on)
    if held.expires_at <= asked_at:
        return Ground.EXPIRED, f"The certificate ended on {_day(held.expires_at)}."
    return None


def _refused_by_coverage(coverage: Coverage, asked: Treatment) -> _Refusal:
    if not coverage.sites:
        return Ground.NO_TREATMENT, "The certificate is not about treating: it covers no treatment."
    most = next((one.max_depth_mm for one in coverage.sites if one.site is asked.site), None)
    if most is None:
        return Ground.SITE, f"The certificate does not name this site: {asked.site}."
    if asked.device not in coverage.devices:
        named = ", ".join(coverage.devices)
        said = f"The certificate does not name this device: {asked.device}. It names: {named}."
        return Ground.DEVICE, said
    if asked.depth_mm > most:
        said = f"{asked.depth_mm:g} mm is deeper than the certificate covers there: {most:g} mm."
        return Ground.DEPTH, said
    return None


def _uncertain(held: Held, law: Jurisdiction, on: date, now: datetime) -> _Refusal:
    if held.suspended_at:
        said = f"The certificate is suspended since {_day(held.suspended_at)}. "
        return Ground.SUSPENDED_SINCE, said + "Ask the academy whether it held on the day before."
    if on != now.date() and held.expires_at < _begin(on) + timedelta(days=1):
        hour = f"{held.expires_at.astimezone(UTC):%H:%M} UTC"
        return Ground.ENDS_THAT_DAY, f"The certificate ends on that day, at {hour}."
    if on > law.review_due:
        due = _day(law.review_due)
        said = f"What the academy says about the law was to be reviewed by {due}. Ask it first."
        return Ground.LAW_UNREVIEWED, said
    return None


def _covered_words(asked: Treatment) -> str:
    return (
        f"The certificate covers {asked.site} to {asked.depth_mm:g} mm with this device "
        f"({asked.device}) on {_day(asked.on)}."
    )


def _bear_in_mind(
    held: Held, practice: Practice, law: Jurisdiction, later: bool
) -> tuple[str, ...]:
    said: list[str] = []
    if held.demo:
        said.append("This is a demo certificate. It certifies nothing about anybody.")
    if practice is Practice.KNOWLEDGE:
        said.append("Only knowledge was assessed; practical skill was not.")
    said.append(f"{law.note} (As of {_day(law.as_of)}.)")
    if later:
        said.append("This is how it stands today. Ask again on the day.")
    return tuple(said)


def _begin(on: date) -> datetime:
    return datetime.combine(on, time.min, UTC)


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
