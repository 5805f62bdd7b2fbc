"""The real server as a subprocess, over its own SQLite database, to be used from outside."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from base.clock import utc_now
from base.config import Config
from base.db import Database
from tests.factories import World

HOUSE = Path(__file__).resolve().parent.parent
_SLOWEST_START = 180


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One academy that is served; its database may be read and changed beside it."""

    folder: Path
    port: int = field(default_factory=free_port)
    database_url: str = ""
    seats: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _world: World | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __post_init__(self) -> None:
        self.database_url = self.database_url or f"sqlite:///{self.folder / 'pinpoint.db'}"

    @property
    def world(self) -> World:
        """The same academy for the house's own commands, with its clock at this moment."""
        if self._world is None:
            config = Config(
                database_url=self.database_url,
                public_url=self.url,
                content_dir=HOUSE / "content",
            )
            self._world = World(Database(self.database_url), config, utc_now())
        self._world.now = utc_now()
        return self._world

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--port", str(self.port)],
                cwd=HOUSE,
                env=environment(self.database_url, self.url) | self._seats(),
                stdout=log,
                stderr=log,
            )
        self._wait_until_ready()

    def stop(self, kill: bool = False) -> None:
        if self._process is None:
            return
        if kill:
            self._process.kill()
        else:
            self._process.terminate()
        self._process.wait(30)
        self._process = None

    def _seats(self) -> dict[str, str]:
        return {"PINPOINT_SEATS": str(self.seats)} if self.seats else {}

    def restart(self) -> None:
        """Stop without a goodbye, as a crash would, and start again on the same address."""
        self.stop(kill=True)
        self.start()

    def close(self) -> None:
        self.stop()
        if self._world:
            self._world.database.dispose()

    def log(self) -> str:
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def _is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _wait_until_ready(self) -> None:
        given_up = time.monotonic() + _SLOWEST_START
        while time.monotonic() < given_up:
            assert self._is_alive(), self.log()
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"The server did not start.\n{self.log()}")


@dataclass
class WarmServer(Server):
    """The same server, started within a fraction of the time, to be killed again and again."""

    _parent: subprocess.Popen[str] | None = None
    _child: int = 0

    @property
    def pid(self) -> int:
        """The process that serves."""
        return self._child

    def start(self) -> None:
        if self._parent is None:
            self._parent = self._warm_up()
        self._say("start")
        self._child = int(self._hear())
        self._wait_until_ready()

    def stop(self, kill: bool = False) -> None:
        if self._child:
            os.kill(self._child, signal.SIGKILL if kill else signal.SIGTERM)
            assert self._hear() == "gone"
            self._child = 0

    def close(self) -> None:
        super().close()
        if self._parent:
            self._parent.communicate()

    def _warm_up(self) -> "subprocess.Popen[str]":
        with (self.folder / "server.log").open("ab") as log:
            self._parent = subprocess.Popen(
                [sys.executable, "-m", "tests.warm_server", str(self.port)],
                cwd=HOUSE,
                env=environment(self.database_url, self.url),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._hear() == "warm", self.log()
        return self._parent

    def _say(self, word: str) -> None:
        assert self._parent is not None
        assert self._parent.stdin is not None
        self._parent.stdin.write(f"{word}\n")
        self._parent.stdin.flush()

    def _hear(self) -> str:
        """Return what the parent says; what its children say stands between."""
        assert self._parent is not None
        assert self._parent.stdout is not None
        for line in self._parent.stdout:
            said = line.strip()
            if said.isdecimal() or said in {"warm", "gone"}:
                return said
        raise AssertionError(f"The server's parent ended.\n{self.log()}")

    def _is_alive(self) -> bool:
        return self._child != 0


@contextmanager
def served(template: Path, folder: Path, seats: int = 0) -> Generator[Server, None, None]:
    """Serve a copy of a database file until the block ends; no number of seats is the usual one."""
    # Through SQLite, so that what still stands in the write-ahead log comes along.
    with (
        closing(sqlite3.connect(template)) as full,
        closing(sqlite3.connect(folder / "pinpoint.db")) as copy,
    ):
        full.backup(copy)
    server = Server(folder, seats=seats)
    try:
        server.start()
        yield server
    finally:
        server.close()


def demo_database(folder: Path) -> Path:
    """Make a demo academy by the command line; returns its database file, to be copied."""
    path = folder / "demo.db"
    done = subprocess.run(
        [sys.executable, "manage.py", "init", "--demo"],
        cwd=HOUSE,
        env=environment(f"sqlite:///{path}", "http://127.0.0.1"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return path


def environment(database_url: str, public_url: str) -> dict[str, str]:
    """Return the environment of a process of this academy, free of any other academy's settings."""
    ours = {"PINPOINT_DATABASE_URL": database_url, "PINPOINT_PUBLIC_URL": public_url}
    rest = {name: value for name, value in os.environ.items() if not name.startswith("PINPOINT_")}
    return rest | ours
