"""A real PostgreSQL for the tests: its own cluster in a temporary folder, on a socket only."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.places import quick_place

_USER = "postgres"


def binaries() -> Path | None:
    """Return the folder of PostgreSQL's server programs, or None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def cluster(durable: bool = False) -> Generator[str, None, None]:
    """Run a fresh cluster; yields the folder of its socket.

    Tests kill the academy and not the database, so only what measures asks for `durable`: on a
    disk, and synced.
    """
    programs = binaries()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="pinpoint-pg-", dir=None if durable else quick_place()))
    if os.geteuid() == 0:
        shutil.chown(folder, _USER)
    data = folder / "data"
    _run(programs / "initdb", "-D", data, "-U", _USER, "--auth=trust", "-E", "UTF8", "--no-sync")
    fsync = "on" if durable else "off"
    options = f"-k {folder} -c listen_addresses='' -c fsync={fsync} -c max_connections=200"
    _run(programs / "pg_ctl", "-D", data, "-o", options, "-w", "-l", folder / "log", "start")
    try:
        yield str(folder)
    finally:
        _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def url_of(folder: str, database: str) -> str:
    """Return the address of one database of the cluster."""
    return f"postgresql+psycopg://{_USER}@/{database}?host={folder}"


def _run(*command: object) -> None:
    words = [str(part) for part in command]
    if os.geteuid() == 0:  # the server refuses to run as root
        words = ["runuser", "-u", _USER, "--", *words]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr + done.stdout
