"""Packages of QTI: what the manifest lists, and the pictures that lie beside it."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from base.lined_yaml import Problem
from quizbank.exchange.items_read import warning
from quizbank.exchange.package_pictures import FindPicture, PackagePictures
from quizbank.exchange.qti.tree import plain
from quizbank.exchange.xml_reading import Element, read_xml
from quizbank.exchange.zip_reading import ZipFiles

_MANIFEST = "imsmanifest.xml"
_ITEM_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:assessmentItem|qti-assessment-item)[\s>]")
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
    package, pictures = _Package(files), PackagePictures(files)
    names = package.item_names()
    yield from files.problems
    yield from package.problems
    if not names and files.names:
        yield Problem(1, _NO_ITEMS)
    for name in names:
        read = files.read(name)
        if isinstance(read, Problem):
            yield read
        else:
            yield QtiFile(name, read, pictures.finder([posixpath.dirname(name)]))


class _Package:
    """The manifest's word on what is an item."""

    def __init__(self, files: ZipFiles) -> None:
        self.problems: list[Problem] = []
        self._files = files

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
