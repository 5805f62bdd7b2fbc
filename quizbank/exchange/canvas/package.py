"""Files of QTI 1.2: one by itself, or all those in a package that Canvas exported."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from base.lined_yaml import Problem
from quizbank.exchange.items_read import warning
from quizbank.exchange.package_pictures import (
    FindPicture,
    PackagePictures,
    pictures_of_a_single_file,
)
from quizbank.exchange.zip_reading import ZipFiles, is_zip

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
    pictures = PackagePictures(files)
    named = [name for name in files.names if name.lower().endswith(_ENDINGS)]
    for name in named[:most]:
        read = files.read(name)
        if isinstance(read, Problem):
            yield read
        elif _ROOT.search(read[:_HEAD].replace(b"\0", b"")):
            folder = posixpath.dirname(name)
            starts = (folder, "", "web_resources", posixpath.dirname(folder))
            without_base = partial(_BASE.sub, "")
            yield CanvasFile(name, read, pictures.finder(starts, without_base))
