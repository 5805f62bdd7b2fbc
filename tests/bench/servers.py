"""Servers for measuring: real processes on a core of their own, stopped when done."""

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import perf_counter, process_time, sleep

from tests.server import HOUSE, free_port

BARE = Path(__file__).resolve().parent / "bare"
_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = {_CORES[0]}, {_CORES[-1]}
_LONGEST_START_SECONDS = 40.0
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"


@dataclass
class Noise:
    """How much of a core others took during the block."""

    share: float = 0.0

    @property
    def mark(self) -> str:
        """A star where others took more than a tenth of a core."""
        return "*" if self.share > 0.1 else ""


def stay_out_of_their_way() -> None:
    """Keep this process, the client, off the core that the servers have."""
    os.sched_setaffinity(0, CLIENT_CORE)


@contextmanager
def academy_server(database: Path, seats: int = 10_000) -> Generator[Server, None, None]:
    """Serve the academy with so many seats over this database, as `pinpoint serve` does."""
    port = free_port()
    environment = {
        "PINPOINT_DATABASE_URL": f"sqlite:///{database}",
        "PINPOINT_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PINPOINT_SEATS": str(seats),
    }
    arguments = [str(HOUSE / "manage.py"), "serve", "--port", str(port)]
    with _serving(arguments, port, HOUSE, environment) as server:
        yield server


@contextmanager
def bare_server(folder: Path) -> Generator[Server, None, None]:
    """Serve the bare page with every setting at Streamlit's default."""
    folder.mkdir()
    shutil.copy(BARE / "page.py", folder)
    with _streamlit("page.py", folder, {}) as server:
        yield server


@contextmanager
def tuned_server(folder: Path) -> Generator[Server, None, None]:
    """Serve the bare page with our settings and what our lifespan does to the process."""
    shutil.copytree(BARE, folder)
    shutil.copytree(HOUSE / ".streamlit", folder / ".streamlit")
    with _streamlit("tuned_app.py", folder, {}) as server:
        yield server


@contextmanager
def bare_lesson_server(folder: Path, markdown: str) -> Generator[Server, None, None]:
    """Serve a lesson's Markdown as a bare page, with our settings as `tuned_server` does."""
    shutil.copytree(BARE, folder)
    shutil.copytree(HOUSE / ".streamlit", folder / ".streamlit")
    (folder / "lesson.md").write_text(markdown, encoding="utf-8")
    with _streamlit("lesson_app.py", folder, {}) as server:
        yield server


@contextmanager
def lookup_server(folder: Path, database: Path) -> Generator[Server, None, None]:
    """Serve a bare look-up route as our server would run it, without our middleware."""
    shutil.copytree(BARE, folder)
    shutil.copytree(HOUSE / ".streamlit", folder / ".streamlit")
    environment = {"BENCH_DATABASE_URL": f"sqlite:///{database}"}
    with _streamlit("lookup_app.py", folder, environment) as server:
        yield server


@contextmanager
def watching(*servers: Server) -> Generator[Noise, None, None]:
    """Measure what processes other than this and these take of our cores during the block."""
    noise = Noise()
    started, busy = perf_counter(), _busy()
    own = process_time() + sum(_cpu_seconds(server.pid) for server in servers)
    yield noise
    own = process_time() + sum(_cpu_seconds(server.pid) for server in servers) - own
    noise.share = max(0.0, (_busy() - busy - own) / (perf_counter() - started))


@contextmanager
def _streamlit(
    script: str, folder: Path, environment: dict[str, str]
) -> Generator[Server, None, None]:
    port = free_port()
    options = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    arguments = ["-m", "streamlit", "run", script, "--server.headless", "true", *options]
    with _serving(arguments, port, folder, environment) as server:
        yield server


@contextmanager
def _serving(
    arguments: list[str], port: int, folder: Path, environment: dict[str, str]
) -> Generator[Server, None, None]:
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(HOUSE)} | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        os.sched_setaffinity(process.pid, SERVER_CORE)
        _wait_until_up(process, port)
        yield Server(port, process.pid)
    finally:
        process.kill()
        process.wait()


def _wait_until_up(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = perf_counter() + _LONGEST_START_SECONDS
    while perf_counter() < deadline and process.poll() is None:
        if _is_up(port):
            return
        sleep(0.1)
    raise RuntimeError(f"The server on port {port} did not start.")


def _is_up(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _busy() -> float:
    names = {f"cpu{core}" for core in SERVER_CORE | CLIENT_CORE}
    lines = (line.split() for line in Path("/proc/stat").read_text().splitlines())
    # user, nice, system and, past idle and iowait, irq and softirq.
    ticks = (sum(map(int, [*one[1:4], *one[6:8]])) for one in lines if one and one[0] in names)
    return sum(ticks) / _TICKS


def _cpu_seconds(pid: int) -> float:
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / _TICKS
