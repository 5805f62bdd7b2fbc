"""Where tests put databases that nobody reads after them."""

import shutil
from pathlib import Path

_MEMORY = Path("/dev/shm")
_ROOM = 2 * 1024**3


def quick_place() -> Path | None:
    """Return a folder in memory where there is room, else None: tempfile's own choice.

    A disk takes a second to make the thousand files of a PostgreSQL database, and waits for itself
    at every commit.
    """
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
        return _MEMORY
    return None
