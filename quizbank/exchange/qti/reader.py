"""QTI 2.1, 2.2 and 3.0: a single item, or a package of items."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from base.lined_yaml import Problem
from quizbank.exchange.defaults import Defaults
from quizbank.exchange.identifiers import another_id, imported_id
from quizbank.exchange.items_read import ItemsRead, LinedItem, warning
from quizbank.exchange.package_pictures import FindPicture, pictures_of_a_single_file
from quizbank.exchange.qti.item import Body, QtiItem
from quizbank.exchange.qti.items import item_body
from quizbank.exchange.qti.package import QtiFile, open_package
from quizbank.exchange.qti.texts import Texts
from quizbank.exchange.qti.tree import Unfit, plain
from quizbank.exchange.xml_reading import Element, read_xml
from quizbank.exchange.zip_reading import is_zip
from quizbank.files import Picture
from quizbank.items import Misfit, read_item

_ITEM = "assessmentitem"
# Of what other systems' formats mostly cannot say.
_SAYS = frozenset({"case_sensitive", "unit", "rule"})
_ROOTS = {
    "assessmenttest": "This is a test, which only names its items. Choose the package (.zip).",
    "manifest": "This is only the list of a package. Choose the package (.zip) itself.",
    "questestinterop": "This is QTI 1.2. Choose Canvas QTI 1.2 as its format.",
    "quiz": "This is Moodle XML. Choose Moodle XML as its format.",
}


def read_qti(content: bytes, defaults: Defaults) -> ItemsRead:
    """Read a QTI item or a zipped package; never raises. One broken item stops no other."""
    reader = _Reader(defaults)
    for file in open_package(content) if is_zip(content) else _alone(content):
        if isinstance(file, Problem):
            reader.problems.append(file)
        else:
            reader.take(file)
    return reader.outcome()


def read_qti_file(file: QtiFile, defaults: Defaults) -> ItemsRead:
    """Read one file of a package, whose pictures are found as it says; never raises."""
    reader = _Reader(defaults)
    reader.take(file)
    return reader.outcome()


def _alone(content: bytes) -> Iterator[QtiFile]:
    yield QtiFile("", content, pictures_of_a_single_file)


@dataclass
class _Where:
    """The file of a package that is read, to name it where there are many."""

    name: str

    def problem(self, line: int, message: str) -> Problem:
        return Problem(line, f"{self.name}: {message}" if self.name else message)

    def warnings(self, line: int, said: Iterable[str]) -> list[Problem]:
        problems = (self.problem(line, one) for one in dict.fromkeys(said))
        return [warning(one.line, one.message) for one in problems]


class _Reader:
    """Collects items and problems."""

    def __init__(self, defaults: Defaults) -> None:
        self.problems: list[Problem] = []
        self._defaults = defaults
        self._items: dict[str, LinedItem] = {}
        self._pictures: dict[str, Picture] = {}
        self._unexplained: list[str] = []
        self._doubles: Counter[str] = Counter()

    def take(self, file: QtiFile) -> None:
        """Add what one file becomes."""
        where = _Where(file.name)
        read = read_xml(file.content)
        self.problems += [
            Problem(one.line, where.problem(one.line, one.message).message, one.severity)
            for one in read.problems
        ]
        if read.root is None:
            return
        root = plain(read.root)
        found = [one for one in root.walk() if one.name == _ITEM] if root.name != _ITEM else [root]
        if not found:
            said = _ROOTS.get(root.name, f"The root element {read.root.name[:80]} is no QTI item.")
            self.problems.append(where.problem(root.line, said))
        for one in found:
            self._add(one, where, file.find_picture)

    def _add(self, root: Element, where: _Where, find_picture: FindPicture) -> None:
        texts = Texts(find_picture)
        try:
            item = QtiItem(root, texts, self._defaults.head())
            body = item_body(item)
            head = self._head(item, root)
            made = read_item(head | body)
        except Unfit as unfit:
            self.problems.append(where.problem(unfit.line, str(unfit)))
            return
        except Misfit as misfit:
            self.problems += [where.problem(root.line, said) for said in misfit.counted]
            return
        self._items[made.id] = LinedItem(made, root.line, item.title, True, _SAYS)
        self._pictures |= texts.pictures
        self.problems += where.warnings(root.line, (*item.warnings, *texts.warnings))
        if item.unexplained:
            self._unexplained.append(made.id)

    def _head(self, item: QtiItem, root: Element) -> Body:
        content = "" if item.identifier else root.markup
        item_id = imported_id("qti", item.identifier, content)
        if item_id in self._items and item.identifier:
            raise Unfit(
                root.line,
                f"Another item of the file has the same identifier, {item.identifier}; change one.",
            )
        if item_id in self._items:
            item_id = another_id(item_id, self._doubles)
        origin = item.identifier if item.identifier != item_id else ""
        return self._defaults.head() | {"id": item_id, "title": item.title, "origin": origin}

    def outcome(self) -> ItemsRead:
        """Return everything that was read, with what the whole file lacks."""
        if self._items and (missing := self._defaults.missing()):
            self.problems.append(warning(1, missing))
        if self._unexplained:
            named = ", ".join(self._unexplained[:20])
            more = ", …" if len(self._unexplained) > 20 else ""
            said = f"These items have answers without a reason: {named}{more}."
            self.problems.append(warning(1, said))
        self.problems.sort(key=lambda problem: problem.line)
        return ItemsRead(tuple(self._items.values()), tuple(self.problems), self._pictures)
