"""Exporting the decision dossier of one attempt; that it was exported is audited."""

import json
from dataclasses import dataclass
from hashlib import sha256

from pydantic import JsonValue
from sqlmodel import col, select

from accounts.queries.people import names_of
from base.audit import EXPORT, newest_link, record
from base.db import Tx
from base.permissions import Permission, needs
from certs.tables.credentials import CredentialEventRow, CredentialRow
from quizbank.dossier.packing import as_file, packed
from quizbank.queries.dossier import dossier_data, plain


@dataclass(frozen=True)
class Dossier:
    """An archive and a name for its file."""

    file_name: str
    content: bytes


@needs(Permission.DOSSIER_READ)
def export_dossier(tx: Tx, attempt_id: str) -> Dossier:
    """Return all that the decision on an attempt rests on, with a script that derives it again.

    The same attempt gives the same files every time but for who exported it and when; raises
    `NotFound` where nothing is decided.
    """
    data = dossier_data(tx, attempt_id)
    number, newest = newest_link(tx)
    export: JsonValue = {"at": tx.now.isoformat(), "by": tx.actor.name, "log": [number, newest]}
    content: dict[str, JsonValue] = {
        **data.files,
        "people": {**names_of(tx, list(data.people))},
        "certificate": _certificate(tx, attempt_id),
        "export": export,
    }
    files = {f"{name}.json": as_file(value) for name, value in content.items()}
    pictures = {f"pictures/{digest}": picture for digest, picture in data.pictures.items()}
    archive = packed(files | pictures)
    record(tx, EXPORT, attempt_id, {"sha256": sha256(archive).hexdigest()})
    return Dossier(f"dossier-{attempt_id[:12]}.zip", archive)


def _certificate(tx: Tx, attempt_id: str) -> JsonValue:
    row = tx.session.exec(
        select(CredentialRow).where(CredentialRow.attempt_id == attempt_id)
    ).first()
    if row is None:
        return None
    events = tx.session.exec(
        select(CredentialEventRow)
        .where(CredentialEventRow.serial == row.serial)
        .order_by(col(CredentialEventRow.at))
    )
    told = plain(row)
    told |= {"facts": json.loads(row.facts), "events": [plain(one) for one in events]}
    return told
