"""What holders share, and how often it was looked at."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, func, select

from base.db import Tx
from base.errors import NotFound
from base.ids import token_digest
from base.permissions import Permission, needs, public
from certs.queries.own import NOT_YOURS
from certs.queries.standing import IS_PRIVATE
from certs.tables.credentials import CredentialDataRow, CredentialRow
from certs.tables.sharing import CredentialLookRow, ShareLinkRow
from certs.terms import Facts

LOOKS_DAYS = 30


@dataclass(frozen=True)
class ShareLink:
    """A link that stands; the address itself was told when it was made."""

    digest: str
    label: str
    created_at: datetime


@dataclass(frozen=True)
class Sharing:
    """What a holder can give away of one certificate, and what came of it.

    `document` is the signed credential, None until it is signed. `looks` counts, by way, how
    often the certificate was looked at in 30 days.
    """

    facts: Facts
    document: str | None
    links: tuple[ShareLink, ...]
    looks: dict[str, int]
    private: bool


@needs(Permission.CREDENTIAL_OWN)
def my_sharing(tx: Tx, serial: str) -> Sharing:
    """Return what one can do with one's own certificate; raises `NotFound`."""
    row = tx.session.get(CredentialRow, serial)
    if row is None or row.person_id != tx.actor.own_id:
        raise NotFound(NOT_YOURS)
    signed = tx.session.get(CredentialDataRow, serial)
    return Sharing(
        facts=Facts.model_validate_json(row.facts),
        document=signed.document if signed else None,
        links=_links(tx, serial),
        looks=_looks(tx, serial),
        private=bool(
            tx.session.exec(select(IS_PRIVATE).where(CredentialRow.serial == serial)).one()
        ),
    )


def _links(tx: Tx, serial: str) -> tuple[ShareLink, ...]:
    rows = tx.session.exec(
        select(ShareLinkRow)
        .where(ShareLinkRow.serial == serial, col(ShareLinkRow.withdrawn_at).is_(None))
        .order_by(col(ShareLinkRow.created_at).desc())
    )
    return tuple(ShareLink(row.token_digest, row.label, row.created_at) for row in rows)


def _looks(tx: Tx, serial: str) -> dict[str, int]:
    total = func.sum(CredentialLookRow.count)
    rows = tx.session.exec(
        select(CredentialLookRow.via, total)
        .where(
            CredentialLookRow.serial == serial,
            CredentialLookRow.day > (tx.now - timedelta(days=LOOKS_DAYS)).date(),
        )
        .group_by(col(CredentialLookRow.via))
        .order_by(total.desc())
    )
    return {via: int(count) for via, count in rows}


@public
def shared_serial(tx: Tx, token: str) -> str | None:
    """Return the certificate that this link shows, None where there is no such link any more."""
    return tx.session.exec(
        select(ShareLinkRow.serial).where(
            ShareLinkRow.token_digest == token_digest(token),
            col(ShareLinkRow.withdrawn_at).is_(None),
        )
    ).first()
