"""Checking a certificate, against a bare route with one primary-key look-up in the same file."""

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from socket import IPPROTO_TCP, TCP_NODELAY, create_connection, socket
from statistics import median
from time import perf_counter

from tests.bench.issued import issue
from tests.bench.servers import Noise, Server, academy_server, lookup_server, watching
from tests.bench.table import Line, milliseconds

_SIZES = (1_000, 1_000_000)
_ROUNDS = 16
# Stays under the public rate limit of 60 a minute; every round comes from another address.
_A_ROUND = 25


@dataclass
class Face:
    """One public address, and the seconds that answers took; `says` is in every answer.

    `taken` is by round; `first` are the answers about certificates that nobody had asked for.
    """

    what: str
    server: Server
    path: str
    says: bytes
    taken: list[list[float]] = field(default_factory=list[list[float]])
    first: list[float] = field(default_factory=list[float])


@dataclass(frozen=True)
class Crowd:
    """So many certificates, those that are asked for, and the faces that are asked."""

    size: int
    serials: Sequence[str]
    faces: Sequence[Face]


def measure(folder: Path) -> list[Line]:
    """Measure bare route, API and page in turn, at each size in turn; returns the table's lines."""
    with ExitStack() as opened:
        crowds = [_open(folder, size, opened) for size in _SIZES]
        servers = {face.server.pid: face.server for crowd in crowds for face in crowd.faces}
        with watching(*servers.values()) as noise:
            for number in range(_ROUNDS):
                for crowd in crowds:
                    for place, face in enumerate(crowd.faces):
                        _ask(face, f"127.0.{1 + number}.{1 + place}", crowd.serials, number)
    return [line for crowd in crowds for line in _lines(crowd, crowds[0], noise)]


def _open(folder: Path, size: int, opened: ExitStack) -> Crowd:
    database = folder / f"credentials-{size}.db"
    serials = issue(database, size, _A_ROUND * 4)
    ours = opened.enter_context(academy_server(database))
    bare = opened.enter_context(lookup_server(folder / f"lookup-{size}", database))
    faces = (
        Face("bare route, one look-up", bare, "/look/{}", b"Alba Ruiz"),
        Face("API", ours, "/api/v1/credentials/{}", b'"status":"valid"'),
        # Said only where the signature of the data holds.
        Face("page", ours, "/verify/{}", b" is unchanged."),
    )
    return Crowd(size, serials, faces)


def _ask(face: Face, source: str, serials: Sequence[str], number: int) -> None:
    """Ask for 25 certificates over one kept connection; its first answer opens it."""
    new = number * _A_ROUND < len(serials)
    taken: list[float] = []
    address = ("127.0.0.1", face.server.port)
    with create_connection(address, timeout=10, source_address=(source, 0)) as connection:
        connection.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        for turn in range(_A_ROUND):
            serial = serials[(number * _A_ROUND + turn) % len(serials)]
            started = perf_counter()
            said = _answer(connection, face.path.format(serial))
            if turn:
                taken.append(perf_counter() - started)
            if serial.encode() not in said or face.says not in said:
                raise RuntimeError(f"{face.what} answered {said[:300]!r}")
    if new:
        face.first += taken
    else:
        face.taken.append(taken)


def _answer(connection: socket, path: str) -> bytes:
    """Return all that is answered. Nothing is made of it, or a client's work would be measured."""
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    said, whole = b"", 1 << 30
    while len(said) < whole:
        more = connection.recv(65_536)
        if not more:
            break
        said += more
        head, end, _ = said.partition(b"\r\n\r\n")
        if end:
            length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
            whole = len(head) + len(end) + int(length[1] if length else 0)
    return said


def _lines(crowd: Crowd, smallest: Crowd, noise: Noise) -> Iterator[Line]:
    bare = crowd.faces[0]
    for face, small in zip(crowd.faces, smallest.faces, strict=True):
        flat = f", {_times(face, small):.2f} of {smallest.size:,}" if face is not small else ""
        ratio = "" if face is bare else f"{_times(face, bare):.2f} of bare"
        asked = sum(map(len, face.taken))
        now, first = median(map(median, face.taken)), median(face.first)
        yield Line(
            f"Verify: {face.what}",
            f"{crowd.size:,} issued, {asked} asked",
            f"median {milliseconds(now)}, first look {milliseconds(first)}{noise.mark}",
            ratio + flat if ratio else flat.removeprefix(", "),
            "" if face is bare else "<= 2, flat",
        )


def _times(face: Face, other: Face) -> float:
    """Return the median over the rounds of how often one takes as long as the other.

    Rounds are compared with themselves, for what else the machine does changes between them.
    """
    pairs = zip(face.taken, other.taken, strict=True)
    return median(median(own) / median(others) for own, others in pairs)
