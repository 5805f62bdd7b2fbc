"""What reading a file of items gives, whatever its format."""

from dataclasses import dataclass

from base.lined_yaml import Problem
from quizbank.items import Item

WARNING = "warning"


@dataclass(frozen=True)
class LinedItem:
    """An item, the line of its file that it begins on, and the name that the file gives it.

    `foreign` tells that the file is not in this house's own format.
    """

    item: Item
    line: int
    name: str = ""
    foreign: bool = False


@dataclass(frozen=True)
class ItemsRead:
    """What was understood of a file, and everything that was not, or that deserves a look."""

    items: tuple[LinedItem, ...]
    problems: tuple[Problem, ...]

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
