"""Checking a certificate, against a bare route with one primary-key look-up in the same file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import create_engine, insert

from base.clock import utc_now
from base.db import Database
from base.ids import new_id, new_serial
from base.schema import migrate
from certs.tables.credentials import CredentialRow
from certs.terms import Facts
from tests.bench.servers import Noise, Server, academy_server, lookup_server, watching
from tests.bench.table import Line, milliseconds

_CREDENTIALS = 1_000
_ROUNDS = 16
# Stays under the public rate limit of 60 a minute; every round comes from another address.
_A_ROUND = 25


@dataclass
class Face:
    """One public address, and the seconds that each answer took."""

    what: str
    server: Server
    path: Callable[[str], str]
    taken: list[float] = field(default_factory=list[float])


def measure(folder: Path) -> list[Line]:
    """Measure the page, the API and the bare route in turn; returns the lines of the table."""
    database = folder / "credentials.db"
    serials = _issue(database)
    with (
        academy_server(database) as ours,
        lookup_server(folder / "lookup", database) as bare,
    ):
        faces = (
            Face("Verify: bare route, one look-up", bare, lambda serial: f"/look/{serial}"),
            Face("Verify: page", ours, lambda serial: f"/verify/{serial}"),
            Face("Verify: API", ours, lambda serial: f"/api/v1/credentials/{serial}"),
        )
        with watching(ours, bare) as noise:
            for number in range(_ROUNDS):
                for face in faces:
                    _ask(face, number, serials)
    return _lines(faces, noise)


def _issue(path: Path) -> list[str]:
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.dispose()
    serials = [new_serial() for _ in range(_CREDENTIALS)]
    # Without foreign keys, for there are no attempts behind these.
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(insert(CredentialRow), [_credential(serial) for serial in serials])
    engine.dispose()
    return serials


def _credential(serial: str) -> dict[str, object]:
    now = utc_now()
    facts = Facts(
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
    return {
        "serial": serial,
        "person_id": "somebody",
        "attempt_id": new_id(),
        "decision_id": new_id(),
        "issued_at": now,
        "facts": facts.model_dump_json(),
    }


def _ask(face: Face, number: int, serials: Sequence[str]) -> None:
    """Ask for 25 certificates over one kept connection; the first answer warms it up."""
    source = (f"127.0.{1 + number}.{1 + len(face.what)}", 0)
    connection = HTTPConnection("127.0.0.1", face.server.port, timeout=10, source_address=source)
    for turn in range(_A_ROUND):
        serial = serials[(number * _A_ROUND + turn) * 37 % len(serials)]
        started = perf_counter()
        connection.request("GET", face.path(serial))
        response = connection.getresponse()
        said = response.read()
        if turn:
            face.taken.append(perf_counter() - started)
        if response.status != 200 or serial.encode() not in said:
            raise RuntimeError(f"{face.what} answered {response.status}: {said[:200]!r}")
    connection.close()


def _lines(faces: Sequence[Face], noise: Noise) -> list[Line]:
    bare = median(faces[0].taken)
    return [
        Line(
            face.what,
            f"{_CREDENTIALS:,} issued, {len(face.taken)} asked",
            f"median {milliseconds(median(face.taken))}{noise.mark}",
            "" if face is faces[0] else f"{median(face.taken) / bare:.2f} of bare",
            "" if face is faces[0] else "<= 2",
        )
        for face in faces
    ]
