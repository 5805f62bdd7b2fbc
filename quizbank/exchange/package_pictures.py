"""Pictures that a file of items names: written into it, or lying in its package."""

import base64
import binascii
import posixpath
import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote

from base.lined_yaml import Problem
from quizbank.exchange.zip_reading import ZipFiles
from quizbank.files import NoPicture, Picture, read_picture

FindPicture = Callable[[str], Picture | str]
_DATA = re.compile(r"data:image/[\w.+-]+;base64,(.*)", re.DOTALL)
_ELSEWHERE = re.compile(r"[a-zA-Z][\w+.-]*:|//")


def no_pictures(name: str) -> str:
    """Find no picture: for a file that brings none."""
    return f"The picture “{name[:120]}” is not in the file; what it shows stands in words."


def pictures_of_a_single_file(name: str) -> Picture | str:
    """Find a picture that is written into the file itself; no other is there."""
    found = _DATA.match(name)
    if not found:
        return no_pictures(name)
    try:
        return read_picture(base64.b64decode(unquote(found.group(1)), validate=False))
    except (NoPicture, binascii.Error, ValueError) as error:
        return f"A picture in the file was left out. {error}"


class PackagePictures:
    """The pictures of a package by their paths, each read once."""

    def __init__(self, files: ZipFiles) -> None:
        self._files = files
        self._known: dict[str, Picture | str] = {}

    def finder(
        self, folders: Iterable[str], path_of: Callable[[str], str] = lambda name: name
    ) -> FindPicture:
        """Return how one file's pictures are found: by path from these folders, in turn.

        `path_of` takes from a name what its system writes before the path. What lies outside the
        package is never fetched.
        """
        starts = tuple(folders)

        def find(name: str) -> Picture | str:
            if name.startswith("data:"):
                return pictures_of_a_single_file(name)
            if _ELSEWHERE.match(name):
                return f"The picture {name[:120]} lies elsewhere and is not fetched."
            path = unquote(re.split("[?#]", path_of(name))[0])
            for start in starts:
                inside = posixpath.normpath(posixpath.join(start, path))
                if inside in self._files:
                    return self._picture(inside)
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
