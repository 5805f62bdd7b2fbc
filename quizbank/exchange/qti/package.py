"""Packages of QTI: what the manifest lists, and the pictures that lie beside it."""

import base64
import binascii
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from base.lined_yaml import Problem
from quizbank.exchange.items_read import warning
from quizbank.exchange.qti.texts import FindPicture, no_pictures
from quizbank.exchange.qti.tree import plain
from quizbank.exchange.xml_reading import Element, read_xml
from quizbank.exchange.zip_reading import ZipFiles
from quizbank.files import NoPicture, Picture, read_picture

_MANIFEST = "imsmanifest.xml"
_ITEM_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:assessmentItem|qti-assessment-item)[\s>]")
_DATA = re.compile(r"data:image/[\w.+-]+;base64,(.*)", re.DOTALL)
_NO_MANIFEST = (
    "The package has no list of its items (imsmanifest.xml), so every file was looked at."
)
_NO_ITEMS = "The package lists no item of QTI 2 or 3, and none was found in it."


@dataclass(frozen=True)
class QtiFile:
    """A file that should hold an item, its name in the package, and how its pictures are found."""

    name: str
    content: bytes
    find_picture: FindPicture


def open_package(content: bytes) -> Iterator[QtiFile | Problem]:
    """Give every item file of a package, and all that is wrong with the package; never raises."""
    files = ZipFiles(content)
    package = _Package(files)
    names = package.item_names()
    yield from files.problems
    yield from package.problems
    if not names and files.names:
        yield Problem(1, _NO_ITEMS)
    for name in names:
        read = files.read(name)
        yield read if isinstance(read, Problem) else QtiFile(name, read, package.finder(name))


def pictures_of_a_single_file(name: str) -> Picture | str:
    """Find a picture that is written into the file itself; no other is there."""
    found = _DATA.match(name)
    if not found:
        return no_pictures(name)
    try:
        return read_picture(base64.b64decode(unquote(found.group(1)), validate=False))
    except (NoPicture, binascii.Error, ValueError) as error:
        return f"A picture in the file was left out. {error}"


class _Package:
    """The manifest's word on what is an item, and pictures by their paths."""

    def __init__(self, files: ZipFiles) -> None:
        self.problems: list[Problem] = []
        self._files = files
        self._pictures: dict[str, Picture | str] = {}

    def item_names(self) -> list[str]:
        """Return the paths of the item files, each once, in the order of the manifest."""
        manifests = [name for name in self._files.names if posixpath.basename(name) == _MANIFEST]
        listed: list[str] = []
        for name in sorted(manifests, key=lambda one: one.count("/"))[:1]:
            listed = self._listed(name)
        if not manifests and self._files.names:
            self.problems.append(warning(1, _NO_MANIFEST))
        if listed or (manifests and self.problems):
            return listed
        return [name for name in self._files.names if self._is_item(name)]

    def finder(self, item_name: str) -> FindPicture:
        """Return how the pictures of one item file are found: by paths from where it lies."""
        folder = posixpath.dirname(item_name)

        def find(name: str) -> Picture | str:
            if name.startswith("data:"):
                return pictures_of_a_single_file(name)
            if re.match(r"[a-zA-Z][\w+.-]*:|//", name):
                return f"The picture {name[:120]} lies elsewhere and is not fetched."
            path = posixpath.normpath(posixpath.join(folder, unquote(re.split("[?#]", name)[0])))
            return self._picture(path, name)

        return find

    def _picture(self, path: str, name: str) -> Picture | str:
        if path not in self._files:
            return no_pictures(name)
        if path not in self._pictures:
            self._pictures[path] = self._read_picture(path)
        return self._pictures[path]

    def _read_picture(self, path: str) -> Picture | str:
        read = self._files.read(path)
        if isinstance(read, Problem):
            return read.message
        try:
            return read_picture(read)
        except NoPicture as error:
            return f"The picture {path[:120]} was left out. {error}"

    def _listed(self, manifest: str) -> list[str]:
        read = self._files.read(manifest)
        if isinstance(read, Problem):
            self.problems.append(read)
            return []
        xml = read_xml(read)
        self.problems += [
            Problem(one.line, f"{manifest}: {one.message}", one.severity) for one in xml.problems
        ]
        root = plain(xml.root) if xml.root else None
        resources = root.first("resources") if root else None
        found = (
            [self._item(one, manifest) for one in resources.all("resource")] if resources else []
        )
        return [*dict.fromkeys(name for name in found if name)]

    def _item(self, resource: Element, manifest: str) -> str:
        kind = resource.get("type").strip().lower()
        first = resource.first("file")
        href = resource.get("href") or (first.get("href") if first else "")
        if kind.startswith("imsqti_test"):
            said = f"{href[:120]}: A test is not read; the items that it names are."
            self.problems.append(warning(resource.line, said))
        elif kind.startswith(("imsqti_xmlv1", "imsqti_item_xmlv1")):
            said = f"{href[:120]}: This is QTI 1.2. Choose Canvas QTI 1.2 as the format."
            self.problems.append(Problem(resource.line, said))
        if not kind.startswith("imsqti_item_xmlv") or kind.startswith("imsqti_item_xmlv1"):
            return ""
        joined = posixpath.join(posixpath.dirname(manifest), unquote(href.replace("\\", "/")))
        path = posixpath.normpath(joined)
        if path not in self._files:
            said = f"The manifest names {href[:120] or 'no file'}, which is not in the package."
            self.problems.append(Problem(resource.line, f"{manifest}: {said}"))
            return ""
        return path

    def _is_item(self, name: str) -> bool:
        if not name.lower().endswith(".xml") or posixpath.basename(name) == _MANIFEST:
            return False
        read = self._files.read(name)
        return isinstance(read, bytes) and bool(_ITEM_ROOT.search(read))
