"""`pinpoint serve`: start the academy."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from base.academy import academy
from base.errors import Unavailable
from base.schema import schema_problem
from cli.shell import say, sentences

_HOUSE = Path(__file__).resolve().parent.parent


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8501,
    address: Annotated[str, typer.Option(help="0.0.0.0 only behind a proxy.")] = "127.0.0.1",
) -> None:
    """Serve the academy until it is stopped."""
    with sentences():
        problem = schema_problem(academy().database)
        if problem:
            raise Unavailable(problem)
        academy().database.dispose()
    say(f"The academy opens at {academy().config.public_url}")
    os.chdir(_HOUSE)
    arguments = [
        *(sys.executable, "-m", "streamlit", "run", str(_HOUSE / "streamlit_app.py")),
        *("--server.port", str(port), "--server.address", address),
    ]
    # The server takes this process's place, so that signals reach it.
    os.execv(sys.executable, arguments)  # noqa: S606 our own interpreter, no shell
