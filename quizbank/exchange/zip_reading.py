"""One way to read zip files that strangers send: nothing is unpacked to disk, all is bounded."""

import stat
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from base.lined_yaml import Problem
from quizbank.exchange.items_read import errors_of, warning

LARGEST_ZIP_MB = 100
_MOST_ENTRIES = 40_000
# Per entry and for all that is read; a text rarely packs to a hundredth, a bomb to much less.
_LARGEST_ENTRY_MB = 20
_LARGEST_IN_ALL_MB = 400
_LARGEST_RATIO = 200
_SMALL = 1_000_000
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)


def is_zip(content: bytes) -> bool:
    """Tell whether a file says that it is a zip file."""
    return content[:4] in {b"PK\x03\x04", b"PK\x05\x06"}


class ZipFiles:
    """The files in a zip file, by path; `problems` says what was not taken and why."""

    def __init__(self, content: bytes) -> None:
        """Never raises: of what is no zip file, nothing is there."""
        self.problems: list[Problem] = []
        self._left = _LARGEST_IN_ALL_MB * 1_000_000
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._archive = self._open(content)
        for entry in self._archive.infolist() if self._archive else ():
            # An entry without a name, which a broken directory may have, is no file either.
            if entry.filename and not entry.is_dir():
                self._take(entry)
        if not self._entries and not errors_of(tuple(self.problems)):
            said = "There is no file in this package. Pack the folder again and try again."
            self.problems.append(Problem(1, said))

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of the files, as they stand in the zip file."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes | Problem:
        """Return what a file holds, or why it is not read."""
        entry = self._entries[name]
        if entry.file_size > self._left:
            said = f"The package unpacks to more than {_LARGEST_IN_ALL_MB} MB; split it."
            return Problem(1, f"{name[:120]}: {said}")
        self._left -= entry.file_size
        try:
            # At most what the directory says is ever unpacked, and that was found small enough.
            return self._archive.read(entry) if self._archive else b""
        except _BROKEN:
            return Problem(1, f"{name[:120]}: This part of the package is broken; pack it again.")

    def _open(self, content: bytes) -> zipfile.ZipFile | None:
        if len(content) > LARGEST_ZIP_MB * 1_000_000:
            said = f"The package is larger than {LARGEST_ZIP_MB} MB. Split it and try again."
            self.problems.append(Problem(1, said))
            return None
        try:
            archive = zipfile.ZipFile(BytesIO(content))
        except _BROKEN:
            said = "This is no whole zip file. Pack the folder again and try again."
            self.problems.append(Problem(1, said))
            return None
        if len(archive.infolist()) > _MOST_ENTRIES:
            said = f"The package has more than {_MOST_ENTRIES} files. Split it and try again."
            self.problems.append(Problem(1, said))
            return None
        return archive

    def _take(self, entry: zipfile.ZipInfo) -> None:
        # Some programs for Windows part folders by its own sign.
        if "/" not in entry.filename:
            entry.filename = entry.filename.replace("\\", "/")
        name = entry.filename
        if name.lower().endswith(".zip"):
            said = f"{name[:120]}: A zip file within the package is not opened."
            self.problems.append(warning(1, said))
        elif refused := self._refused(entry):
            self.problems.append(Problem(1, f"{name[:120]!r}: {refused}"))
        else:
            self._entries[name] = entry

    def _refused(self, entry: zipfile.ZipInfo) -> str:
        path = PurePosixPath(entry.filename)
        leaves = path.is_absolute() or ".." in path.parts or "\\" in entry.filename
        if leaves or not path.parts or ":" in path.parts[0]:
            return "Its path leads out of the package; it was left out."
        if stat.S_ISLNK(entry.external_attr >> 16):
            return "It is a link to another file; it was left out."
        if entry.filename in self._entries:
            return "It stands twice in the package; the second was left out."
        if entry.flag_bits & 1 or entry.compress_type not in _PACKINGS:
            return "It is encrypted or packed in a way that is not read. Pack it as a usual zip."
        return _too_large(entry)


def _too_large(entry: zipfile.ZipInfo) -> str:
    if entry.file_size > _LARGEST_ENTRY_MB * 1_000_000:
        return f"It unpacks to more than {_LARGEST_ENTRY_MB} MB; it was left out."
    ratio = entry.file_size / max(1, entry.compress_size)
    if entry.file_size > _SMALL and ratio > _LARGEST_RATIO:
        return f"It unpacks to more than {_LARGEST_RATIO} times its size; it was left out."
    return ""
