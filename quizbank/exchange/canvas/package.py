"""Files of QTI 1.2: one by itself, or all those in a package that Canvas exported."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from base.lined_yaml import Problem
from quizbank.exchange.items_read import warning
from quizbank.exchange.qti.package import pictures_of_a_single_file
from quizbank.exchange.qti.texts import FindPicture, no_pictures
from quizbank.exchange.zip_reading import ZipFiles, is_zip
from quizbank.files import NoPicture, Picture, read_picture

_ROOT = re.compile(rb"<(?:[\w.-]+:)?questestinterop[\s>/]")
_ENDINGS = (".xml", ".xml.qti", ".qti")
_BASE = re.compile(r"^(?:\$IMS[-_]CC[-_]FILEBASE\$|%24IMS[-_]CC[-_]FILEBASE%24)/*", re.IGNORECASE)
_HEAD = 100_000
# So many files tell what a package holds.
_FEW = 20
_NO_ITEMS = "The package holds no file of QTI 1.2 (questestinterop)."
_TWICE = "Canvas wrote it twice; its own form, in non_cc_assessments, was read."


@dataclass(frozen=True)
class CanvasFile:
    """A file of questions, its name in the package, and how its pictures are found."""

    name: str
    content: bytes
    find_picture: FindPicture


def open_canvas(content: bytes) -> Iterator[CanvasFile | Problem]:
    """Give every file of questions, and all that is wrong with the package; never raises."""
    if not is_zip(content):
        yield CanvasFile("", content, pictures_of_a_single_file)
        return
    files = ZipFiles(content)
    found = list(_files(files))
    yield from files.problems
    if not found and files.names:
        yield Problem(1, _NO_ITEMS)
    yield from _once(found)


def holds_canvas(content: bytes) -> bool:
    """Tell whether a package holds questions of QTI 1.2."""
    files = ZipFiles(content)
    return any(isinstance(one, CanvasFile) for one in _files(files, _FEW))


def _once(found: list[CanvasFile | Problem]) -> Iterator[CanvasFile | Problem]:
    own = {
        posixpath.basename(one.name).removesuffix(".xml.qti")
        for one in found
        if isinstance(one, CanvasFile) and one.name.endswith(".xml.qti")
    }
    for one in found:
        folder = posixpath.basename(posixpath.dirname(getattr(one, "name", "")))
        if isinstance(one, CanvasFile) and folder in own and not one.name.endswith(".qti"):
            yield warning(1, f"{one.name[:120]}: {_TWICE}")
        else:
            yield one


def _files(files: ZipFiles, most: int | None = None) -> Iterator[CanvasFile | Problem]:
    pictures = _Pictures(files)
    named = [name for name in files.names if name.lower().endswith(_ENDINGS)]
    for name in named[:most]:
        read = files.read(name)
        if isinstance(read, Problem):
            yield read
        elif _ROOT.search(read[:_HEAD].replace(b"\0", b"")):
            yield CanvasFile(name, read, pictures.finder(name))


class _Pictures:
    """Pictures of a package by the ways in which Canvas names them."""

    def __init__(self, files: ZipFiles) -> None:
        self._files = files
        self._known: dict[str, Picture | str] = {}

    def finder(self, item_name: str) -> FindPicture:
        """Return how the pictures of one file are found."""
        folder = posixpath.dirname(item_name)

        def find(name: str) -> Picture | str:
            if name.startswith("data:"):
                return pictures_of_a_single_file(name)
            if re.match(r"[a-zA-Z][\w+.-]*:|//", name):
                return f"The picture {name[:120]} lies elsewhere and is not fetched."
            plain = unquote(re.split("[?#]", _BASE.sub("", name))[0])
            for start in (folder, "", "web_resources", posixpath.dirname(folder)):
                path = posixpath.normpath(posixpath.join(start, plain))
                if path in self._files:
                    return self._picture(path)
            return no_pictures(name)

        return find

    def _picture(self, path: str) -> Picture | str:
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def _read(self, path: str) -> Picture | str:
        read = self._files.read(path)
        if isinstance(read, Problem):
            return read.message
        try:
            return read_picture(read)
        except NoPicture as error:
            return f"The picture {path[:120]} was left out. {error}"
