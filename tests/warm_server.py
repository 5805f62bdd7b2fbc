"""The real server, again and again: `python -m tests.warm_server PORT`.

For every line on standard input it starts a child, prints its number, and tells when it is gone.
A child runs what `pinpoint serve` runs; it starts in a fraction of the time, because everything
that takes long to import is imported already. Children are for killing.
"""

import importlib
import os
import pkgutil
import sys

from streamlit.web import cli

from tests.answering import say
from tests.server import HOUSE

_SLOW = ("altair", "pandas", "pyarrow", "streamlit.web.server.starlette", "uvicorn", "zxcvbn")
_OURS = ("accounts", "certs", "courses", "quizbank", "web")


def main() -> None:
    """Start a server for every line, and say when it is gone."""
    port = sys.argv[1]
    _import_what_is_slow()
    say("warm\n")
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            _serve(port)
        say(f"{child}\n")
        os.waitpid(child, 0)
        say("gone\n")


def _import_what_is_slow() -> None:
    for name in _SLOW:
        importlib.import_module(name)
    for name in _OURS:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(module.name)


def _serve(port: str) -> None:
    """Become what `cli.serving` puts in its own place."""
    app = str(HOUSE / "streamlit_app.py")
    sys.argv = ["streamlit", "run", app, "--server.port", port, "--server.address", "127.0.0.1"]
    try:
        cli.main()
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
