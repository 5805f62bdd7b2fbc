"""What importing a file would do, item by item, before anything is done."""

from dataclasses import dataclass

from sqlmodel import select

from base.db import Tx
from base.lined_yaml import Problem
from base.permissions import Permission, needs
from quizbank.exchange.defaults import NO_SOURCE
from quizbank.exchange.items_read import ItemsRead, LinedItem, warning
from quizbank.exchange.updates import as_update
from quizbank.files import named_files
from quizbank.items import Item
from quizbank.likeness import unlike
from quizbank.proposals import Stage
from quizbank.queries.bank import unknown_sentence
from quizbank.queries.files import missing_sentence, stored_files
from quizbank.queries.newest import Newest, OpenChange, newest_texts
from quizbank.tables.bank import SourceRow

NOTHING_YET = Newest(0, None, None, known=False)


@dataclass(frozen=True)
class PlannedItem:
    """An item that an import writes, and what the bank has of it now; an unchanged one is none."""

    item: Item
    newest: Newest
    line: int = 1

    @property
    def is_new(self) -> bool:
        """Whether nobody has published it or is writing it."""
        return not self.newest.version and self.newest.change is None


@dataclass(frozen=True)
class ImportPlan:
    """What importing a file does; `kept` counts items that somebody else is changing."""

    planned: tuple[PlannedItem, ...]
    unchanged: int
    kept: int
    problems: tuple[Problem, ...]


@needs(Permission.ITEM_READ)
def import_problems(tx: Tx, read: ItemsRead) -> tuple[Problem, ...]:
    """Return all that stands against importing a file whole, by line."""
    return import_plan(tx, read).problems


def import_plan(tx: Tx, read: ItemsRead) -> ImportPlan:
    """Return what importing the file does now. For commands and queries that asked who acts."""
    sound, unknown = _citing_and_showing(tx, read)
    newest = newest_texts(tx, [lined.item.id for lined in sound])
    planned, taken, others = list[PlannedItem](), list[Problem](), list[Problem]()
    for lined in sound:
        standing = newest.get(lined.item.id, NOTHING_YET)
        item = lined.item
        if lined.foreign and standing.item:
            item = as_update(item, standing.item, lined.says)
        if standing.item == item:
            continue
        if standing.change and tx.actor.person_id not in standing.change.writers:
            taken.append(Problem(lined.line, _taken(item.id, standing.change)))
        else:
            planned.append(PlannedItem(item, standing, lined.line))
            others += _another(lined, standing.item)
    problems = sorted([*read.problems, *unknown, *taken, *others], key=lambda one: one.line)
    unchanged = len(sound) - len(planned) - len(taken)
    return ImportPlan(tuple(planned), unchanged, len(taken), tuple(problems))


def _citing_and_showing(tx: Tx, read: ItemsRead) -> tuple[list[LinedItem], list[Problem]]:
    # The import itself adds the source that stands for none.
    known = {*tx.session.exec(select(SourceRow.key)), NO_SOURCE.key}
    named = [named_files(lined.item) - read.files.keys() for lined in read.items]
    stored = stored_files(tx.session, frozenset[str]().union(*named))
    sound, problems = list[LinedItem](), list[Problem]()
    for lined, pictures in zip(read.items, named, strict=True):
        if unknown := [key for key in lined.item.sources if key not in known]:
            problems.append(Problem(lined.line, unknown_sentence(lined.item.id, unknown)))
        elif missing := missing_sentence(lined.item.id, pictures - stored):
            problems.append(Problem(lined.line, missing))
        else:
            sound.append(lined)
    return sound, problems


def _another(lined: LinedItem, standing: Item | None) -> list[Problem]:
    """Return a warning where two systems seem to have given one name to two questions."""
    if not lined.foreign or standing is None:
        return []
    new, old = lined.item.stem, standing.stem
    if lined.item.kind == standing.kind and not unlike(new, old):
        return []
    said = (
        f"{standing.id} asks something else in the bank (“{' '.join(old.split())[:80]}”), and this "
        "changes it. If it is another question, give it another identifier in the file."
    )
    return [warning(lined.line, said)]


def _taken(item_id: str, change: OpenChange) -> str:
    stage = "in review" if change.stage is Stage.IN_REVIEW else "being changed"
    return (
        f"{item_id} is {stage}, by {', '.join(change.writers.values())}, and stays as it is. "
        "Import it again once that is published or dropped."
    )
