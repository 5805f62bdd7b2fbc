"""How certificates look: a course's design, and every version that it had."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.ids import EXAMPLE_SERIAL
from base.permissions import Permission, needs
from certs.designs import PLAIN_DESIGN, Design
from certs.face import CertificateFace
from certs.printable import printable
from certs.tables.designs import CertificateDesignRow
from certs.terms import end_of_validity
from courses.queries.outline import course_list
from courses.queries.terms import awarded_by


@dataclass(frozen=True)
class DesignVersion:
    """One published version, by whom and when."""

    version: int
    design: Design
    at: datetime
    by: str


@dataclass(frozen=True)
class CourseDesign:
    """A course's design as it draws now, its versions newest first, and a sample to draw.

    `version` is 0 while the course has no design of its own. The sample has a serial that nobody
    ever gets.
    """

    slug: str
    title: str
    version: int
    design: Design
    history: tuple[DesignVersion, ...]
    sample: CertificateFace


@dataclass(frozen=True)
class DesignedCourse:
    """A course, and which version of its design draws now; 0 for none of its own."""

    slug: str
    title: str
    version: int


@needs(Permission.CERTIFICATE_DESIGN)
def designed_courses(tx: Tx) -> tuple[DesignedCourse, ...]:
    """Return every course, by slug."""
    versions = tx.session.exec(
        select(CertificateDesignRow.course, CertificateDesignRow.version).order_by(
            col(CertificateDesignRow.version)
        )
    )
    newest = dict(versions.all())
    return tuple(
        DesignedCourse(one.slug, one.title, newest.get(one.slug, 0))
        for one in course_list(tx)
        if one.awards
    )


@needs(Permission.CERTIFICATE_DESIGN)
def course_design(tx: Tx, slug: str) -> CourseDesign:
    """Return a course's design; raises `NotFound`."""
    terms = awarded_by(tx, slug)
    if terms is None:
        raise NotFound("There is no such course. Look for it in the list of designs.")
    history = tuple(
        DesignVersion(row.version, Design.model_validate_json(row.payload), row.at, row.by)
        for row in tx.session.exec(
            select(CertificateDesignRow)
            .where(CertificateDesignRow.course == slug)
            .order_by(col(CertificateDesignRow.version).desc())
        )
    )
    sample = CertificateFace(
        holder="Alba Moreno",
        achievement=printable(terms.achievement),
        scope=tuple(map(printable, terms.scope)),
        limits=tuple(map(printable, terms.limits)),
        serial=EXAMPLE_SERIAL,
        issued_on=tx.now.date(),
        expires_on=end_of_validity(tx.now, terms.valid_months).date(),
        issuer=printable(tx.config.academy_name),
        verify_url=f"{tx.config.public_url}/verify/{EXAMPLE_SERIAL}",
        demo=False,
    )
    newest = history[0] if history else None
    return CourseDesign(
        slug=slug,
        title=terms.course_title,
        version=newest.version if newest else 0,
        design=newest.design if newest else PLAIN_DESIGN,
        history=history,
        sample=sample,
    )


def newest_design_id(tx: Tx, slug: str) -> str | None:
    """Return which design draws the course's certificates now; None for the plain one.

    Part of issuing, which has checked who acts.
    """
    return tx.session.exec(
        select(CertificateDesignRow.id)
        .where(CertificateDesignRow.course == slug)
        .order_by(col(CertificateDesignRow.version).desc())
        .limit(1)
    ).first()


def design_of(tx: Tx, design_id: str | None) -> Design:
    """Return the design that a certificate was issued with; None names the plain one.

    Part of sealing and issuing, which have checked who acts.
    """
    if design_id is None:
        return PLAIN_DESIGN
    row = tx.session.get_one(CertificateDesignRow, design_id)
    return Design.model_validate_json(row.payload)
