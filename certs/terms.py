"""What a certificate states: every fact, frozen at issue."""

from calendar import monthrange
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from certs.face import CertificateFace
from certs.printable import printable
from courses.coverage import Coverage


class ObjectiveEarned(BaseModel):
    """Marks within one objective."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    title: str
    marks: float
    most: float


class Earned(BaseModel):
    """The result that earned the certificate: marks, the cut, and by objective."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    exam: str
    exam_version: int
    marks: float
    most: float
    cut: float
    objectives: tuple[ObjectiveEarned, ...]


class Facts(BaseModel):
    """The certificate as a record; what is printed and what the public page shows come from it.

    What has a default was added later: certificates issued before say nothing of it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    serial: str
    holder: str
    achievement: str
    scope: tuple[str, ...]
    limits: tuple[str, ...]
    issuer: str
    issued_at: datetime
    expires_at: datetime
    verify_url: str
    demo: bool
    course: str = ""
    language: str = ""
    coverage: Coverage | None = None
    earned: Earned | None = None


def face_of(facts: Facts) -> CertificateFace:
    """Return what the certificate's page shows."""
    return CertificateFace(
        holder=printable(facts.holder),
        achievement=printable(facts.achievement),
        scope=tuple(printable(line) for line in facts.scope),
        limits=tuple(printable(line) for line in facts.limits),
        serial=facts.serial,
        issued_on=facts.issued_at.date(),
        expires_on=facts.expires_at.date(),
        issuer=printable(facts.issuer),
        verify_url=facts.verify_url,
        demo=facts.demo,
    )


def end_of_validity(issued_at: datetime, months: int) -> datetime:
    """Return the same day and hour so many months later, or that month's last day."""
    count = issued_at.month - 1 + months
    year, month = issued_at.year + count // 12, count % 12 + 1
    day = min(issued_at.day, monthrange(year, month)[1])
    return issued_at.replace(year=year, month=month, day=day)
