"""Checking a roster of 10,000 lines, against the bare reading of the same rows."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import insert

from accounts.commands.clinics import make_clinic
from accounts.commands.people import create_person
from accounts.tables import PersonRow
from base.clock import utc_now
from base.config import Config
from base.db import Database
from base.ids import new_id, new_serial
from base.permissions import SYSTEM, Actor, Role
from base.schema import migrate
from certs.commands.rosters import CheckedRoster, keep_roster
from certs.queries.roster_check import checked_lines
from certs.rosters.lines import likely_columns, read_roster, roster_lines
from certs.tables.credentials import CredentialRow
from certs.terms import Facts
from tests.bench.table import Line, milliseconds

_LINES = 10_000
_ROUNDS = 5


def measure(folder: Path) -> list[Line]:
    """Measure reading, checking and keeping in turn; returns the lines of the table."""
    path = folder / "roster.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    serials = _issue(database)
    config = Config(database_url=f"sqlite:///{path}")
    with database.write(SYSTEM, utc_now(), config) as tx:
        person = create_person(tx, "Cleo", "cleo@example.org", None, (Role.CLINIC,))
    cleo = Actor(person, "Cleo", frozenset({Role.CLINIC}))
    with database.write(cleo, utc_now(), config) as tx:
        clinic = make_clinic(tx, "Bench")
    sheet = "\n".join(["name,serial", *(f"Inès Okafor,{one}" for one in serials)]).encode()
    bare, read, checked, kept = (list[float]() for _ in range(4))
    for _ in range(_ROUNDS):
        bare.append(_bare(path, serials))
        begun = perf_counter()
        found = read_roster(sheet)
        columns = likely_columns(found.names)
        lines = roster_lines(found, columns)
        read.append(perf_counter() - begun)
        begun = perf_counter()
        with database.read(cleo, utc_now(), config) as tx:
            told = checked_lines(tx, clinic, lines)
        checked.append(perf_counter() - begun)
        begun = perf_counter()
        with database.write(cleo, utc_now(), config) as tx:
            keep_roster(tx, clinic, CheckedRoster("Bench", columns, told))
        kept.append(perf_counter() - begun)
    database.dispose()
    whole = median(read) + median(checked) + median(kept)
    return [
        Line("Roster: bare rows read by key", f"{_LINES:,}", milliseconds(median(bare))),
        Line("Roster: read the CSV", f"{_LINES:,}", milliseconds(median(read))),
        Line("Roster: check every line", f"{_LINES:,}", milliseconds(median(checked))),
        Line("Roster: keep it", f"{_LINES:,}", milliseconds(median(kept))),
        Line("Roster: all of it", f"{_LINES:,}", milliseconds(whole), "", "seconds"),
    ]


def _issue(database: Database) -> list[str]:
    now = utc_now()
    serials = [new_serial() for _ in range(_LINES)]
    people = [
        {
            "id": new_id(),
            "email": f"{number}@example.org",
            "name": "Inès Okafor",
            "created_at": now,
            "demo": False,
        }
        for number in range(_LINES)
    ]
    with database.writing_connection() as connection:
        connection.execute(insert(PersonRow), people)
        connection.execute(
            insert(CredentialRow),
            [
                {
                    "serial": serial,
                    "person_id": person["id"],
                    "issued_at": now,
                    "facts": _facts(serial).model_dump_json(),
                }
                for serial, person in zip(serials, people, strict=True)
            ],
        )
    return serials


def _facts(serial: str) -> Facts:
    return Facts(
        serial=serial,
        holder="Inès Okafor",
        achievement="Microneedling fundamentals",
        scope=("Knowledge of facial microneedling with rollers, stamps and pens.", "Aftercare."),
        limits=("Knowledge assessment; practical skill not assessed.", "Not a licence."),
        issuer="Pinpoint Academy",
        issued_at=utc_now(),
        expires_at=utc_now() + timedelta(days=730),
        verify_url=f"https://pinpoint.example.org/verify/{serial}",
        demo=False,
    )


def _bare(path: Path, serials: list[str]) -> float:
    with closing(sqlite3.connect(path)) as plain:
        begun = perf_counter()
        for start in range(0, len(serials), 1_000):
            some = serials[start : start + 1_000]
            marks = ",".join("?" * len(some))
            asked = f"SELECT facts FROM credential WHERE serial IN ({marks})"
            plain.execute(asked, some).fetchall()
        return perf_counter() - begun
