"""Checks a stranger's file in a process of its own, which can do little and is soon gone.

The libraries that read PDFs are large, and partly native: a file made to harm them ends this
process and nothing else. It gets no environment, so no secret; it may write no file, and its memory
and time are bounded. Nothing of the file outlives it.
"""

import json
import resource
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from certs.checking.report import Report, unreadable
from certs.checking.trust import Trust

_HOUSE = Path(__file__).resolve().parents[2]
_LONGEST_SECONDS = 30
_MOST_MEMORY = 3 * 1024**3
_SHOWN = 2_000_000
_TOO_MUCH = "Reading the file took more time or memory than any certificate does."


def check_apart(data: bytes, trust: Trust, now: datetime, log_proof: str = "") -> Report:
    """Return what a check of this file found, PDF or credential; never raises.

    `log_proof` goes with a credential by itself.
    """
    pinned = trust.model_dump(mode="json")
    asked = json.dumps({"trust": pinned, "now": now.isoformat(), "log_proof": log_proof})
    try:
        ran = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "certs.checking.apart"],
            input=asked.encode() + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_LONGEST_SECONDS,
            cwd=_HOUSE,
            env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return unreadable(_TOO_MUCH, now)
    if ran.returncode or len(ran.stdout) > _SHOWN:
        return unreadable(_TOO_MUCH, now)
    return Report.model_validate_json(ran.stdout)


def _main() -> None:
    # Large, and needed in this process alone.
    from certs.checking.files import check_file  # noqa: PLC0415

    _bound()
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    trust, now = Trust.model_validate(asked["trust"]), datetime.fromisoformat(asked["now"])
    sys.stdout.write(check_file(data, trust, now, asked["log_proof"]).model_dump_json())


def _bound() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, _MOST_MEMORY),
        (resource.RLIMIT_CPU, _LONGEST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    _main()
