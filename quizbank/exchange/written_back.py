"""What a format holds of an item, found out by writing it and reading what was written."""

from collections.abc import Callable, Mapping

from quizbank.exchange.defaults import Defaults
from quizbank.items import Item, item_to_data
from quizbank.kinds.item import (
    Level,
    Pool,
)

# The item as it comes back from its own file; None where it marks otherwise. Raises `NotHeld`.
Back = Callable[[Item], Item | None]
_HEAD = frozenset(
    {"pool", "objective", "level", "tags", "sources", "reviewed", "review_due", "enemies"}
    | {"seconds", "critical", "kind", "id"}
)


class NotHeld(Exception):
    """What keeps an item out of a file."""


def head_of(item: Item) -> Defaults:
    """Return the defaults with which a file that names none of it is read as this item."""
    return Defaults(
        item.reviewed, item.objective, Pool(item.pool), Level(item.level), sources=item.sources
    )


def why_not_held(item: Item, back: Back) -> str:
    """Return why the format cannot hold the item, or an empty text."""
    try:
        return "" if back(item) else "its marking would not come back as it is"
    except NotHeld as error:
        return str(error)


def what_changes(item: Item, back: Back, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return what of the item, beyond what the format never carries, comes back as another.

    `words` says what a field is to its author.
    """
    try:
        returned = back(item)
    except NotHeld:
        return ()
    if returned is None:
        return ()
    before, after = item_to_data(item), item_to_data(returned)
    changed = {name for name in {*before, *after} - _HEAD if before.get(name) != after.get(name)}
    told = dict.fromkeys(words.get(name, name.replace("_", " ")) for name in sorted(changed))
    critical = ("what is critical",) if item.critical else ()
    return (*critical, *told)
