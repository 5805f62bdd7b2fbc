"""What a whole file of Moodle's questions becomes: items by identifier, and problems by line."""

import re
from collections import Counter
from typing import Protocol

from base.lined_yaml import Problem
from quizbank.exchange.defaults import Defaults
from quizbank.exchange.gift.syntax import GiftQuestion
from quizbank.exchange.identifiers import another_id, imported_id, slug
from quizbank.exchange.items_read import ItemsRead, LinedItem, warning
from quizbank.exchange.moodle.bodies import Body, Unfit
from quizbank.items import Misfit, read_item

# Where Moodle's categories begin; nobody's topic.
_TOPS = frozenset({"top", "$course$", "$system$", "$module$", "$cat$"})


class BodyMaker(Protocol):
    """Makes an item's own fields of one question, and tells what it noticed."""

    warnings: list[str]
    unexplained: bool

    def body(self) -> Body: ...  # noqa: D102 said above; raises `Unfit`


class Collector:
    """Collects items and problems of one file, and remembers the category that stands.

    `prefix` begins the ids of items that have no identifier of their own; `says` are the fields
    that the format can say though others cannot.
    """

    def __init__(self, prefix: str, defaults: Defaults, says: frozenset[str] = frozenset()) -> None:
        self.problems: list[Problem] = []
        self._prefix = prefix
        self._says = says
        self._defaults = defaults
        self._items: dict[str, LinedItem] = {}
        self._category = ""
        self._unexplained: list[int] = []
        self._doubles: Counter[str] = Counter()

    def enter(self, category: str) -> None:
        """Let what follows belong to this category, a path; `//` is a slash in a name."""
        last = re.split(r"(?<!/)/(?!/)", category)[-1].strip()
        self._category = "" if last in _TOPS else slug(last)

    def take(self, one: GiftQuestion, writer: BodyMaker) -> bool:
        """Add what one question becomes; tells whether it became an item."""
        try:
            body = writer.body()
            item = read_item(self._head(one) | body)
        except Unfit as unfit:
            self.problems.append(Problem(one.line, str(unfit)))
            return False
        except Misfit as misfit:
            self.problems += [Problem(one.line, said) for said in misfit.counted]
            return False
        self._items[item.id] = LinedItem(item, one.line, one.name or "", True, self._says)
        noticed = dict.fromkeys((*one.warnings, *writer.warnings))
        self.problems += [warning(one.line, said) for said in noticed]
        if writer.unexplained:
            self._unexplained.append(one.line)
        return True

    def outcome(self) -> ItemsRead:
        """Return everything that was read, with what the whole file lacks."""
        if self._items and (missing := self._defaults.missing()):
            self.problems.append(warning(1, missing))
        self.note("These lines' items have answers without a reason", self._unexplained)
        self.problems.sort(key=lambda problem: problem.line)
        return ItemsRead(tuple(self._items.values()), tuple(self.problems))

    def note(self, said: str, lines: list[int]) -> None:
        """Warn once about all these lines; of none, say nothing."""
        if lines:
            # A file may be one line: it is named once.
            each = [*dict.fromkeys(lines)]
            named = ", ".join(map(str, each[:20]))
            more = ", …" if len(each) > 20 else ""
            self.problems.append(warning(lines[0], f"{said}: {named}{more}."))

    def _head(self, one: GiftQuestion) -> Body:
        content = f"{one.name or ''}\n{one.text.text}"
        item_id = imported_id(self._prefix, one.idnumber, content)
        if item_id in self._items and one.idnumber:
            earlier = self._items[item_id].line
            raise Unfit(f"Line {earlier} has the same identifier, {one.idnumber}; change one.")
        if item_id in self._items:
            item_id = self._next_free(item_id, one.line)
        tags = dict.fromkeys(tag for tag in (*map(slug, one.tags), self._category) if tag)
        origin = one.idnumber if one.idnumber != item_id else ""
        title = " ".join((one.name or "").split())[:200]
        named: Body = {"id": item_id, "title": title, "origin": origin, "tags": [*tags]}
        return self._defaults.head() | named

    def _next_free(self, item_id: str, line: int) -> str:
        earlier = self._items[item_id].line
        said = f"This question has the same name and text as the one on line {earlier}."
        self.problems.append(warning(line, said))
        return another_id(item_id, self._doubles)
