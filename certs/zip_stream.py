"""A zip archive as a stream: nothing of it needs to fit into memory but one file at a time."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# PDFs hold compressed streams already; readers that stream refuse files stored as they are.
_LEVEL = 1


class _Chunks:
    """A file that can only be written on, and gives away what was written."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: what was written is here."""

    def close(self) -> None:
        """Do nothing: nothing is held open."""

    def take(self) -> bytes:
        taken = b"".join(self._parts)
        self._parts.clear()
        return taken


def zip_stream(files: Iterable[tuple[str, bytes]], at: datetime) -> Iterator[bytes]:
    """Return the bytes of an archive of these files, piece by piece, all dated `at`."""
    chunks = _Chunks()
    with ZipFile(chunks, "w") as archive:
        for name, data in files:
            entry = ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, compresslevel=_LEVEL)
            yield chunks.take()
    yield chunks.take()
