"""Items from QTI 1.2 as Canvas and New Quizzes write it: a file, or an exported package."""

from collections import defaultdict
from collections.abc import Iterator

from base.lined_yaml import Problem
from quizbank.exchange.canvas.bodies import body_of
from quizbank.exchange.canvas.item import CanvasItem
from quizbank.exchange.canvas.package import CanvasFile, open_canvas
from quizbank.exchange.canvas.texts import Texts
from quizbank.exchange.collecting import Collector
from quizbank.exchange.defaults import Defaults
from quizbank.exchange.gift.syntax import GiftQuestion
from quizbank.exchange.gift.text import Said
from quizbank.exchange.items_read import ItemsRead
from quizbank.exchange.moodle.bodies import Body, Unfit
from quizbank.exchange.xml_reading import Element, read_parts, read_xml
from quizbank.files import Picture, named_files

_ROOT = "questestinterop"
_NAMED_ONLY = (
    "This names a question of a bank ({}), which is not in the file. Export the bank as well, or "
    "choose the package (.zip)."
)
_DRAWN = (
    "Questions are drawn from the bank {}, which is not in the file. Export the bank as well, or "
    "choose the package (.zip)."
)
_NO_QUESTION = "The file holds no question, which QTI 1.2 writes as <item>."


def read_canvas(content: bytes, defaults: Defaults) -> ItemsRead:
    """Read a file or package of QTI 1.2; never raises. One broken question stops no other."""
    reader = _Reader(defaults)
    for file in open_canvas(content):
        if isinstance(file, Problem):
            reader.problem(file)
        else:
            reader.take(file)
    return reader.outcome()


class _Maker:
    """Makes the fields of an item of one question."""

    def __init__(self, item: CanvasItem) -> None:
        self._item = item
        self.warnings: list[str] = []
        self.unexplained = False

    def body(self) -> Body:
        """Return the item's own fields; raises `Unfit`."""
        body = body_of(self._item)
        self.warnings = [*self._item.warnings, *self._item.texts.warnings]
        self.unexplained = self._item.unexplained
        return body


class _Reader:
    """Reads one upload, file by file."""

    def __init__(self, defaults: Defaults) -> None:
        self._collector = Collector("canvas", defaults)
        self._pictures: dict[str, Picture] = {}
        self._lost: dict[str, list[int]] = defaultdict(list)
        self._banks: set[str] = set()
        self._drawn: dict[str, Problem] = {}

    def problem(self, problem: Problem) -> None:
        """Add what is wrong with the package."""
        self._collector.problems.append(problem)

    def take(self, file: CanvasFile) -> None:
        """Add what one file becomes, its name before what is said about it."""
        before = len(self._collector.problems)
        found = False
        for part in _parts(file.content):
            found = True
            if isinstance(part, Problem):
                self.problem(part)
            elif part.name == "item":
                self._item(part, file)
            elif part.name == "objectbank":
                self._banks.add(part.get("ident"))
                self._collector.enter(_bank_title(part))
            elif part.name == "sourcebank_ref":
                bank = part.text.strip()
                said = f"{file.name[:120]}: " if file.name else ""
                self._drawn[bank] = Problem(part.line, said + _DRAWN.format(bank[:80]))
            else:
                named = part.get("item_ref") or part.get("linkrefid") or "without a name"
                self.problem(Problem(part.line, _NAMED_ONLY.format(named[:80])))
        if not found:
            self.problem(Problem(1, _NO_QUESTION))
        if file.name:
            said = self._collector.problems
            said[before:] = [
                Problem(one.line, f"{file.name[:120]}: {one.message}", one.severity)
                for one in said[before:]
            ]

    def outcome(self) -> ItemsRead:
        """Return everything that was read."""
        for bank in {*self._drawn} - self._banks:
            self.problem(self._drawn[bank])
        for lost, lines in self._lost.items():
            self._collector.note(f"Left out, because items here have none: {lost}, on lines", lines)
        read = self._collector.outcome()
        shown = frozenset[str]().union(*(named_files(one.item) for one in read.items))
        files = {name: one for name, one in self._pictures.items() if name in shown}
        return ItemsRead(read.items, read.problems, files)

    def _item(self, element: Element, file: CanvasFile) -> None:
        texts = Texts(file.find_picture)
        try:
            item = CanvasItem(element, texts)
            # A name is made of the question where the file gives it no identifier.
            text = texts.plain(item.presentation)
        except Unfit as unfit:
            self.problem(Problem(element.line, str(unfit)))
            return
        texts.warnings.clear()
        question = GiftQuestion(
            kind=item.type,
            line=element.line,
            name=item.title if item.title != item.ident else "",
            text=Said(text, "plain"),
            general=Said("", "plain"),
            idnumber=item.ident,
        )
        if self._collector.take(question, _Maker(item)):
            self._pictures |= texts.pictures
            for lost in _lost_of(item):
                self._lost[lost].append(element.line)


def _parts(content: bytes) -> Iterator[Element | Problem]:
    """Give banks, questions and references in the order of the file; of a broken file, items."""
    read = read_xml(content)
    if read.root is None:
        yield from read_parts(content, "item")
        return
    yield from read.problems
    if read.root.name != _ROOT:
        yield Problem(
            read.root.line, f"The first element is {read.root.name[:80]}, not {_ROOT} (QTI 1.2)."
        )
        return
    for one in read.root.walk():
        if one.name in {"item", "objectbank", "bankentry_item", "itemref", "sourcebank_ref"}:
            yield one


def _bank_title(bank: Element) -> str:
    for one in (found for found in bank.walk() if found.name == "qtimetadatafield"):
        label, entry = one.first("fieldlabel"), one.first("fieldentry")
        if label is not None and entry is not None and label.text.strip() == "bank_title":
            return " ".join(entry.text.split()).replace("/", "//")
    return ""


def _lost_of(item: CanvasItem) -> list[str]:
    """Return what of a question no item here has, in words."""
    settings = item.settings
    points = settings.get("points_possible", "")
    weighed = item.type not in {"essay_question", "text_only_question"} and points
    told = {
        "marks other than 1 (forms weigh all items alike)": bool(weighed)
        and points.rstrip("0").rstrip(".") != "1",
        "calculators": settings.get("calculator_type", "none") not in {"", "none"},
        "instructions beside the text": bool(item.root.get("instructions")),
        "addresses of sources": bool(settings.get("source_url")),
    }
    return [name for name, is_lost in told.items() if is_lost]
