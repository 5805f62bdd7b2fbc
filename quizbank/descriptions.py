"""What the bank's list and draws know of an item, also of one that is not finished yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from unicodedata import category

from pydantic import JsonValue

from quizbank.items import KINDS, Item, Misfit, read_item
from quizbank.kinds.item import (
    Level,
    Pool,
)


@dataclass(frozen=True)
class Description:
    """The facts by which an item is listed, found and drawn; never its key."""

    kind: str
    pool: str
    objective: str
    level: str
    critical: bool
    review_due: date
    stem: str
    searchable: str
    tags: tuple[str, ...] = ()
    enemies: tuple[str, ...] = ()
    seconds: int | None = None


def describe(item: Item) -> Description:
    """Describe an item."""
    options = [choice.text for choice in item.prompt().choices]
    named = [item.id, item.title, item.origin]
    return Description(
        kind=item.kind,
        pool=item.pool,
        objective=item.objective,
        level=item.level,
        critical=item.critical,
        review_due=item.review_due,
        stem=item.stem,
        searchable=" ".join([*named, item.stem, *item.tags, *options]).casefold(),
        tags=tuple(dict.fromkeys(item.tags)),
        enemies=tuple(dict.fromkeys(item.enemies)),
        seconds=item.seconds,
    )


def describe_fields(fields: Mapping[str, JsonValue], today: date) -> Description:
    """Describe what somebody has typed of an item so far, whatever is missing or wrong."""
    try:
        return describe(read_item(dict(fields)))
    except Misfit:
        pass
    said = {name: _storable(value) for name, value in fields.items() if isinstance(value, str)}
    tags = tuple(_storable(one) for one in _listed(fields.get("tags")) if isinstance(one, str))
    named = [said.get(name, "") for name in ("id", "title", "origin", "stem")]
    return Description(
        kind=_one_of(said.get("kind"), KINDS),
        pool=_one_of(said.get("pool"), [pool.value for pool in Pool]),
        objective=said.get("objective", "")[:9],
        level=_one_of(said.get("level"), [level.value for level in Level]),
        critical=fields.get("critical") is True,
        review_due=_day(said.get("review_due", ""), today),
        stem=said.get("stem", ""),
        searchable=" ".join([*named, *tags]).casefold(),
        tags=tuple(dict.fromkeys(tags)),
    )


def _storable(text: str) -> str:
    # PostgreSQL stores no NUL, and no database half a character.
    return "".join(ch for ch in text if ch in "\t\n\r" or category(ch) not in {"Cc", "Cs"})


def _one_of(said: str | None, known: Sequence[str]) -> str:
    return said if said is not None and said in known else known[0]


def _listed(value: JsonValue) -> list[JsonValue]:
    return cast(list[JsonValue], value) if isinstance(value, list) else []


def _day(said: str, today: date) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return today
