"""A database of many certificates, some of them signed: written below the models, for measuring."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from base.clock import utc_now
from base.config import Config
from base.db import Database, Tx
from base.ids import new_serial
from base.permissions import SYSTEM
from base.schema import migrate
from certs.canonical import jcs
from certs.commands.keys import make_missing_keys
from certs.commands.log import append_leaf
from certs.credential import Identity, credential_document
from certs.keys import KeyPurpose
from certs.proofs import secure
from certs.queries.keys import signer_for
from certs.tables.credentials import CredentialDataRow
from certs.terms import Facts

_INSERT = (
    "INSERT INTO credential (serial, person_id, attempt_id, decision_id, issued_at, facts)"
    " VALUES (?, 'somebody', ?, 'some', ?, ?)"
)
_MODEL = "PP-00000-00000-00000-00000"


def issue(path: Path, count: int, signed: int) -> list[str]:
    """Write a database with so many certificates; returns the serials of those that are signed."""
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.dispose()
    now = utc_now()
    serials = [new_serial() for _ in range(signed)]
    _write(path, count, serials, now)
    with database.write(SYSTEM, now, Config(database_url=f"sqlite:///{path}")) as tx:
        make_missing_keys(tx)
        for number, serial in enumerate(serials):
            _sign(tx, number, _facts(serial, now))
    database.dispose()
    return serials


def _write(path: Path, count: int, signed: Sequence[str], now: datetime) -> None:
    # Without foreign keys, for there are no attempts behind these; safe from no power cut.
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-400000")
    connection.execute("BEGIN")
    connection.executemany(_INSERT, _rows(count, signed, now))
    connection.execute("COMMIT")
    connection.close()


def _rows(count: int, signed: Sequence[str], now: datetime) -> Iterator[tuple[str, str, str, str]]:
    facts, at = _facts(_MODEL, now).model_dump_json(), f"{now:%Y-%m-%d %H:%M:%S.%f}"
    every = count // len(signed)
    for number in range(count):
        place, rest = divmod(number, every)
        # Those that are asked for stand apart in the table, as they would.
        serial = signed[place] if rest == 0 and place < len(signed) else new_serial()
        yield serial, f"attempt-{number}", at, facts.replace(_MODEL, serial)


def _facts(serial: str, now: datetime) -> Facts:
    return Facts(
        serial=serial,
        holder="Alba Ruiz",
        achievement="Microneedling fundamentals",
        scope=("Knowledge of facial microneedling with rollers, stamps and pens.", "Aftercare."),
        limits=("Knowledge assessment; practical skill not assessed.", "Not a licence."),
        issuer="Pinpoint Academy",
        issued_at=now,
        expires_at=now + timedelta(days=730),
        verify_url=f"https://pinpoint.example.org/verify/{serial}",
        demo=False,
    )


def _sign(tx: Tx, number: int, facts: Facts) -> None:
    identity = Identity(str(uuid4()), number, "alba@example.org")
    document = credential_document(facts, identity)
    canonical = jcs(secure(document, signer_for(tx, KeyPurpose.CREDENTIAL), tx.now))
    leaf = append_leaf(tx, canonical)
    row = CredentialDataRow(
        serial=facts.serial, document=canonical.decode(), jwt="", leaf=leaf, signed_at=tx.now
    )
    tx.session.add(row)
    tx.session.flush()
