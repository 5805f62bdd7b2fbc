"""Aiken: single choice on plain lines, a question, its lettered options, and `ANSWER: B`."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from pydantic import JsonValue

from base.lined_yaml import LARGEST_DOCUMENT, Problem
from quizbank.exchange.defaults import NO_REASON, Defaults
from quizbank.exchange.identifiers import another_id, imported_id
from quizbank.exchange.items_read import ItemsRead, LinedItem, warning
from quizbank.exchange.texts import as_markdown, as_plain
from quizbank.items import Item, Misfit, read_item
from quizbank.kinds.single_choice import SingleChoice

AIKEN_LEAVES_OUT = (
    "Aiken carries the question and the options of single choice, and which one is right. It "
    "leaves out everything else: reasons, shares, topics, pool, objective, level, sources, review "
    "dates, enemies, expected time, what is critical or unsafe, formatting and line breaks; and "
    "items of other kinds."
)
_OPTION = re.compile(r"([A-Z])[).][ \t]*(.*)")
_ANSWER = re.compile(r"ANSWER:(.*)")


@dataclass
class _Open:
    """The question that is being read; once it is `broken` its other lines say nothing more."""

    line: int = 0
    stem: str = ""
    options: list[str] = field(default_factory=list[str])
    broken: bool = False


def read_aiken(text: str, defaults: Defaults) -> ItemsRead:
    """Read an Aiken file; never raises. A question with a mistake stops no other."""
    if len(text) > LARGEST_DOCUMENT:
        message = "The file is larger than 20 MB. Split it and try again."
        return ItemsRead((), (Problem(1, message),))
    reader = _Reader(defaults)
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        reader.take(number, line.strip())
    return reader.outcome()


def write_aiken(items: Sequence[Item]) -> str:
    """Return the items that Aiken can hold as a file that `read_aiken` and Moodle read."""
    return "\n".join(
        _question(item)
        for item in items
        if isinstance(item, SingleChoice) and not aiken_cannot_hold(item)
    )


def aiken_cannot_hold(item: Item) -> str:
    """Return why an item has no place in an Aiken file, or an empty text."""
    if not isinstance(item, SingleChoice):
        return "Aiken has single choice only"
    stem = _line(item.stem)
    if _OPTION.match(stem) or _ANSWER.match(stem):
        return "its question begins like an option or an answer of Aiken"
    return ""


def aiken_changes(item: Item) -> tuple[str, ...]:
    """Return what of this item, beyond what Aiken never carries, it says in another way."""
    if not isinstance(item, SingleChoice):
        return ()
    texts = [item.stem, *(one.text for one in item.options)]
    told = {
        "shares of the mark": any(one.weight for one in item.options),
        "formatting and line breaks": any(as_markdown(_line(text)) != text for text in texts),
    }
    return tuple(name for name, changed in told.items() if changed)


class _Reader:
    """Collects items and problems of one file, line by line."""

    def __init__(self, defaults: Defaults) -> None:
        self._defaults = defaults
        self._items: dict[str, LinedItem] = {}
        self._problems: list[Problem] = []
        self._doubles: Counter[str] = Counter()
        self._open: _Open | None = None

    def take(self, number: int, line: str) -> None:
        """Read one line."""
        if not line:
            return
        if option := _OPTION.fullmatch(line):
            self._take_option(number, option[1], option[2].strip())
        elif answer := _ANSWER.fullmatch(line):
            self._close(number, answer[1].strip())
        elif self._open is None or self._open.options:
            self._leave_open()
            self._open = _Open(number, line)
        else:
            said = "A question takes one line here, and an option begins like A) or A. in capitals."
            self._break(number, said)

    def outcome(self) -> ItemsRead:
        """Return everything that was read, with what the whole file lacks."""
        self._leave_open()
        if not self._items and not self._problems:
            said = "The file holds no question: a line, options like A) below it, then ANSWER: A."
            return ItemsRead((), (Problem(1, said),))
        if self._items:
            said = "Aiken has no reasons: every option says that none was given."
            self._problems.append(warning(1, f"{said} {self._defaults.missing()}".strip()))
        self._problems.sort(key=lambda problem: problem.line)
        return ItemsRead(tuple(self._items.values()), tuple(self._problems))

    def _leave_open(self) -> None:
        if self._open:
            said = "The question has no line ANSWER: with the letter of the right option."
            self._break(self._open.line, said)

    def _take_option(self, number: int, letter: str, text: str) -> None:
        if self._open is None:
            self._open = _Open(number)
            self._break(number, "Here is an option without a question before it.")
        elif not self._open.broken and letter != ascii_uppercase[len(self._open.options) % 26]:
            expected = ascii_uppercase[len(self._open.options) % 26]
            self._break(number, f"Option {letter} stands where option {expected} is expected.")
        self._open.options.append(text)

    def _break(self, number: int, sentence: str) -> None:
        if self._open and not self._open.broken:
            self._open.broken = True
            self._problems.append(Problem(number, sentence))

    def _close(self, number: int, letter: str) -> None:
        one, self._open = self._open, None
        if one is None:
            self._problems.append(Problem(number, "Here is an ANSWER: without a question."))
        elif not one.broken:
            self._add(one, number, letter)

    def _add(self, one: _Open, number: int, letter: str) -> None:
        letters = ascii_uppercase[: len(one.options)]
        if len(letters) < 2:
            self._problems.append(Problem(one.line, "A question needs at least two options."))
        elif len(letter) != 1 or letter not in letters:
            said = f"ANSWER: takes one letter from A to {letters[-1]}, not “{letter}”."
            self._problems.append(Problem(number, said))
        else:
            self._hold(one, letters.index(letter))

    def _hold(self, one: _Open, right: int) -> None:
        options: list[JsonValue] = [
            {
                "id": ascii_uppercase[place].lower(),
                "text": as_markdown(text),
                "correct": place == right,
                "reason": NO_REASON,
            }
            for place, text in enumerate(one.options)
        ]
        item_id = imported_id("aiken", "", one.stem)
        if earlier := self._items.get(item_id):
            said = f"The question on line {earlier.line} has the same text."
            self._problems.append(warning(one.line, said))
            item_id = another_id(item_id, self._doubles)
        body: dict[str, JsonValue] = {"stem": as_markdown(one.stem), "options": options}
        body |= {"id": item_id, "kind": "single_choice"}
        try:
            item = read_item(self._defaults.head() | body)
        except Misfit as misfit:
            self._problems += [Problem(one.line, sentence) for sentence in misfit.counted]
            return
        self._items[item_id] = LinedItem(item, one.line, foreign=True)


def _question(item: SingleChoice) -> str:
    letters = dict(zip((one.id for one in item.options), ascii_uppercase, strict=False))
    lines = [_line(item.stem), *(f"{letters[one.id]}) {_line(one.text)}" for one in item.options)]
    right = next(letters[one.id] for one in item.options if one.correct)
    return "\n".join([*lines, f"ANSWER: {right}", ""])


def _line(markdown: str) -> str:
    return " ".join(as_plain(markdown).split())
