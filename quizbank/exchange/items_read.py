"""What reading a file of items gives, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from base.lined_yaml import Problem
from quizbank.files import Picture
from quizbank.items import Item

WARNING = "warning"


@dataclass(frozen=True)
class LinedItem:
    """An item, the line of its file that it begins on, and the name that the file gives it.

    `foreign` tells that the file is not in this house's own format, and `says` which fields its
    format can say all the same, of those that other systems' formats mostly cannot.
    """

    item: Item
    line: int
    name: str = ""
    foreign: bool = False
    says: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ItemsRead:
    """What was understood of a file, and everything that was not, or that deserves a look.

    `files` holds the pictures that came in the file, by digest.
    """

    items: tuple[LinedItem, ...]
    problems: tuple[Problem, ...]
    files: Mapping[str, Picture] = field(default_factory=dict[str, Picture])

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that kept something out; warnings keep nothing out."""
        return errors_of(self.problems)


def errors_of(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems that kept something out."""
    return tuple(one for one in problems if one.severity != WARNING)


def warning(line: int, message: str) -> Problem:
    """Return a problem that keeps nothing out."""
    return Problem(line, message, WARNING)
