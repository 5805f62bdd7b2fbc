"""Items from Moodle XML, with the pictures that stand in the file."""

from collections import defaultdict

from base.lined_yaml import Problem
from quizbank.exchange.collecting import Collector
from quizbank.exchange.defaults import Defaults
from quizbank.exchange.gift.syntax import GiftQuestion
from quizbank.exchange.items_read import ItemsRead
from quizbank.exchange.moodle.bodies import Unfit
from quizbank.exchange.moodle.xml_bodies import XmlBodyWriter, lost_of
from quizbank.exchange.moodle.xml_syntax import category_of, kind_of, read_question, value_of
from quizbank.exchange.moodle.xml_texts import Shelf
from quizbank.exchange.xml_reading import Element, read_parts
from quizbank.files import named_files

READ_KINDS = frozenset(
    {
        "truefalse",
        "multichoice",
        "shortanswer",
        "numerical",
        "match",
        "ordering",
        "essay",
        "description",
        "gapselect",
        "ddwtos",
        "cloze",
        "ddmarker",
        "ddimageortext",
    }
)
# Of what other systems' formats mostly cannot say.
_SAYS = frozenset(
    {
        "case_sensitive",
        "unit",
        "units",
        "unit_rule",
        "unit_penalty",
        "penalty_of",
        "min_words",
        "max_words",
        "template",
    }
)
# Why a type has no place here; the others are not known at all.
_WHY_NOT = {
    "calculated": "its numbers are made anew for everybody",
    "calculatedsimple": "its numbers are made anew for everybody",
    "calculatedmulti": "its numbers are made anew for everybody",
    "random": "it stands for questions drawn from a category; a blueprint does that here",
    "randomsamatch": "it is made of other questions; write them as one matching question",
}


def read_moodle_xml(content: bytes, defaults: Defaults) -> ItemsRead:
    """Read a Moodle XML file; never raises. A question that is no item stops no other."""
    reader = _Reader(defaults)
    for part in read_parts(content, "question"):
        reader.take(part)
    return reader.outcome()


class _Reader:
    """Reads one file, question by question."""

    def __init__(self, defaults: Defaults) -> None:
        self._collector = Collector("moodle", defaults, _SAYS)
        self._lost: dict[str, list[int]] = defaultdict(list)
        self._shelf = Shelf()

    def take(self, part: Element | Problem) -> None:
        if isinstance(part, Problem):
            self._collector.problems.append(part)
        elif kind_of(part) == "category":
            self._collector.enter(category_of(part))
            if value_of(part, "info"):
                self._lost["descriptions of categories"].append(part.line)
        elif kind_of(part) in READ_KINDS:
            self._take_question(part)
        else:
            named = part.get("type").strip()[:40]
            message = f"A question of the type “{named}” was left out: "
            message += _WHY_NOT.get(kind_of(part), "items of this kind are not known here")
            if not named:
                message = "This question says no type, and was left out"
            self._collector.problems.append(Problem(part.line, f"{message}."))

    def outcome(self) -> ItemsRead:
        for lost, lines in self._lost.items():
            self._collector.note(f"Left out, because items here have none: {lost}, on lines", lines)
        read = self._collector.outcome()
        if not read.items and not read.problems:
            message = "The file holds no question, which Moodle writes as <question type=…>."
            return ItemsRead((), (Problem(1, message),))
        if not self._shelf.files:
            return read
        shown = frozenset[str]().union(*(named_files(one.item) for one in read.items))
        files = {name: one for name, one in self._shelf.files.items() if name in shown}
        return ItemsRead(read.items, read.problems, files)

    def _take_question(self, element: Element) -> None:
        self._shelf.problems = []
        try:
            question = read_question(element, self._shelf.said)
        except Unfit as unfit:
            self._collector.problems.append(Problem(element.line, str(unfit)))
            return
        if self._collector.take(question, self._writer(question, element)):
            self._collector.problems += self._shelf.problems
            for lost in lost_of(element):
                self._lost[lost].append(element.line)

    def _writer(self, question: GiftQuestion, element: Element) -> XmlBodyWriter:
        return XmlBodyWriter(question, element, self._shelf)
