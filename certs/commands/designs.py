"""Publishing how a course's certificates look from now on."""

import hashlib

from sqlalchemy.exc import IntegrityError
from sqlmodel import func, select

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.ids import new_id
from base.permissions import Permission, needs
from certs.designs import Design, design_problems
from certs.tables.designs import CertificateDesignRow
from courses.queries.terms import awarded_by

_OVERTAKEN = (
    "Somebody published another design meanwhile, and nothing of yours was lost. "
    "Look at theirs under “Start again from the published one”, then decide."
)


@needs(Permission.CERTIFICATE_DESIGN)
def publish_design(tx: Tx, slug: str, based_on: int, design: Design) -> int:
    """Make a course's next design, which draws what is issued from now on; returns its version.

    Earlier versions stay, and so does every certificate drawn by them. `based_on` is the version
    that was changed, 0 where there was none. Raises `Invalid`, `NotFound`, and `Conflict` where
    somebody was faster.
    """
    if awarded_by(tx, slug) is None:
        raise NotFound("There is no such course. Look for it in the list of designs.")
    if problems := design_problems(design):
        raise Invalid(problems)
    newest = tx.session.exec(
        select(func.max(CertificateDesignRow.version)).where(CertificateDesignRow.course == slug)
    ).one()
    if (newest or 0) != based_on:
        raise Conflict(_OVERTAKEN)
    version, payload = based_on + 1, design.model_dump_json()
    tx.session.add(
        CertificateDesignRow(
            id=new_id(), course=slug, version=version, payload=payload, at=tx.now, by=tx.actor.name
        )
    )
    try:
        tx.session.flush()
    except IntegrityError:
        raise Conflict(_OVERTAKEN) from None
    digest = hashlib.sha256(payload.encode()).hexdigest()
    record(tx, "certificate:design", slug, {"version": version, "sha256": digest})
    return version
