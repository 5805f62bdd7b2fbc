"""The one academy of this process: its settings and its database, shared by every front end.

It is a module-level singleton and not a Streamlit resource, because any anonymous client can
empty Streamlit's caches.
"""

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from base.config import Config, load_config
from base.db import Database

# The cookie that holds the sign-in token; written by the plain pages, read by every front end.
SESSION_COOKIE = "pinpoint_session"


@dataclass(frozen=True)
class Academy:
    """The settings of this installation and its database."""

    config: Config
    database: Database


class _Slot:
    def __init__(self) -> None:
        self.lock = Lock()
        self.academy: Academy | None = None


_slot = _Slot()


def academy() -> Academy:
    """Return this process's academy, built from the environment at the first call.

    Raises `Invalid` with every problem of the settings, `Unavailable` where the database's folder
    cannot be made; the next call tries again.
    """
    with _slot.lock:
        if _slot.academy is None:
            config = load_config(os.environ)
            _slot.academy = Academy(config, Database(config.database_url))
        return _slot.academy


@contextmanager
def use_academy(other: Academy) -> Generator[Academy, None, None]:
    """Let `academy()` return another one, in every thread, until the block ends."""
    with _slot.lock:
        before, _slot.academy = _slot.academy, other
    try:
        yield other
    finally:
        with _slot.lock:
            _slot.academy = before
