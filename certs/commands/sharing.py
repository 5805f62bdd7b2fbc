"""Sharing one's own certificate: addresses that show it with the full name, until withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, func, select

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.ids import new_id, new_token, token_digest
from base.permissions import Permission, needs
from certs.queries.own import NOT_YOURS
from certs.tables.credentials import CredentialRow
from certs.tables.sharing import CredentialLookRow, PrivacyRow, ShareLinkRow

MOST_LINKS = 20
LONGEST_LABEL = 60


@dataclass(frozen=True)
class Look:
    """That a certificate was looked at on a day, by one of the ways in `via`; never by whom."""

    serial: str
    day: date
    via: str


@needs(Permission.CREDENTIAL_OWN)
def share_certificate(tx: Tx, serial: str, label: str) -> str:
    """Make an address for one's own certificate and return its secret part, told only now.

    `label` says for whom it is, so that the holder knows later which to withdraw.
    """
    _own(tx, serial)
    said = " ".join(label.split())
    if not said or len(said) > LONGEST_LABEL:
        raise Invalid([f"Say for whom the link is, in at most {LONGEST_LABEL} characters."])
    standing = select(func.count()).where(
        ShareLinkRow.serial == serial, col(ShareLinkRow.withdrawn_at).is_(None)
    )
    if tx.session.exec(standing).one() >= MOST_LINKS:
        raise Conflict(f"There are {MOST_LINKS} links already. Withdraw one that nobody needs.")
    token = new_token()
    digest = token_digest(token)
    tx.session.add(ShareLinkRow(token_digest=digest, serial=serial, label=said, created_at=tx.now))
    record(tx, "credential:share", serial, {"link": digest[:12]})
    return token


@needs(Permission.CREDENTIAL_OWN)
def withdraw_share(tx: Tx, digest: str) -> None:
    """Let one's own link show nothing from now on; withdrawing it twice changes nothing."""
    link = tx.session.get(ShareLinkRow, digest)
    if link is None:
        raise NotFound("There is no such link of yours. Look under My certificates.")
    _own(tx, link.serial)
    if link.withdrawn_at is None:
        link.withdrawn_at = tx.now
        record(tx, "credential:unshare", link.serial, {"link": digest[:12]})


@needs(Permission.CREDENTIAL_OWN)
def set_private(tx: Tx, serial: str, private: bool) -> None:
    """Keep one's own certificate private from now on, or show it again; twice changes nothing.

    Then its serial alone opens nothing: only a link that the holder shared, its file, and clinics
    to whom the holder is known.
    """
    _own(tx, serial)
    now_private = tx.session.exec(
        select(PrivacyRow)
        .where(PrivacyRow.serial == serial, col(PrivacyRow.until).is_(None))
        .with_for_update()
    ).first()
    if private == (now_private is not None):
        return
    if now_private:
        now_private.until = tx.now
    else:
        tx.session.add(PrivacyRow(id=new_id(), serial=serial, since=tx.now))
    record(tx, "credential:private" if private else "credential:public", serial, {})


@needs(Permission.CREDENTIAL_COUNT)
def count_looks(tx: Tx, looks: Mapping[Look, int]) -> None:
    """Add how often certificates were looked at; those that were never issued are left out."""
    serials = {look.serial for look in looks}
    issued = set(
        tx.session.exec(select(CredentialRow.serial).where(col(CredentialRow.serial).in_(serials)))
    )
    rows: list[dict[str, Any]] = [
        {"serial": look.serial, "day": look.day, "via": look.via, "count": count}
        for look, count in looks.items()
        if look.serial in issued
    ]
    if not rows:
        return
    on_postgres = tx.session.get_bind().dialect.name == "postgresql"
    adding = (postgresql if on_postgres else sqlite).insert(CredentialLookRow)
    added = adding.on_conflict_do_update(
        index_elements=["serial", "day", "via"],
        set_={"count": col(CredentialLookRow.count) + adding.excluded.count},
    )
    tx.session.connection().execute(added, rows)


def _own(tx: Tx, serial: str) -> None:
    row = tx.session.get(CredentialRow, serial)
    if row is None or row.person_id != tx.actor.own_id:
        raise NotFound(NOT_YOURS)
