"""How often certificates are looked at, gathered in memory and written down now and then.

A look must not cost a write, and who looked is never kept. What a killed process had not written
down yet is not counted.
"""

from collections import Counter
from datetime import datetime
from threading import Lock

from certs.commands.sharing import Look

PUBLIC_PAGE = "the public page"
SHARE_LINK = "a link you shared"
API = "a clinic's own program"

# Bounds the memory between two rounds; what is beyond is not counted.
_MOST = 50_000


class Looks:
    """Counts of one process, by what was looked at, on which day (UTC), by which way."""

    def __init__(self) -> None:
        self._counts: Counter[Look] = Counter()
        self._lock = Lock()

    def add(self, serial: str, at: datetime, via: str) -> None:
        """Count one look."""
        with self._lock:
            if len(self._counts) < _MOST:
                self._counts[Look(serial, at.date(), via)] += 1

    def take(self) -> Counter[Look]:
        """Return what was counted since the last time, and begin anew."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        return counts

    def put_back(self, counts: Counter[Look]) -> None:
        """Count what could not be written down once more."""
        with self._lock:
            self._counts.update(counts)
