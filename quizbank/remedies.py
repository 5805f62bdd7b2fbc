"""What a key correction does to marks, and what it may change of a question that was seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pydantic import JsonValue

from quizbank.decisions import MarkedItem
from quizbank.items import Item
from quizbank.kinds.case import Case
from quizbank.kinds.essay import Essay
from quizbank.kinds.shown import Mark, Prompt, State

# What the item is and what it counts for; none of it is a key.
_FIXED = ("id", "kind", "pool", "objective", "level", "critical", "tags")
_FULL = Mark(1.0, State.RIGHT, ())


class RemedyKind(StrEnum):
    """What becomes of an item version whose key was wrong.

    `key`: marked by a better key. `everybody`: full marks for all. `nobody`: it does not count.
    """

    KEY = "key"
    EVERYBODY = "everybody"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Remedy:
    """An approved correction as marking uses it; `item` has the better key, where that is it."""

    correction_id: str
    kind: RemedyKind
    item: Item | None = None


@dataclass(frozen=True)
class Asked:
    """One place of an ended attempt: what was asked and answered, and what people gave for it."""

    position: int
    item: Item
    scored: bool
    response: JsonValue
    earned: Mapping[str, float]


def marked(asked: Asked, remedy: Remedy | None) -> MarkedItem:
    """Return the place with its mark, by the item's key or as the remedy says.

    What nobody is marked on any more is `dropped`. A place that never counted stays so.
    """
    mark = _mark(asked, remedy)
    dropped = asked.scored and remedy is not None and remedy.kind is RemedyKind.NOBODY
    return MarkedItem(
        position=asked.position,
        objective=asked.item.objective,
        topic=asked.item.topic,
        critical=asked.item.critical,
        fraction=mark.fraction,
        state=mark.state,
        unsafe=mark.unsafe,
        scored=asked.scored and not dropped,
        dropped=dropped,
    )


def problems_of_correction(old: Item, new: Item) -> list[str]:
    """Return what keeps `new` from being `old` with a better key, as sentences.

    Keys, weights, unsafe marks, accepted answers, tolerances and reasons may change; what a
    trainee saw may not, nor what the question counts for.
    """
    if _by_people(old) or old.kind == "description":
        return ["People mark this question or nobody does, so it has no key. Choose another way."]
    fixed = [name for name in _FIXED if getattr(old, name) != getattr(new, name)]
    if fixed:
        return [f"A correction cannot change {', '.join(fixed)}: put these back as they were."]
    if _seen(old) != _seen(new):
        return [
            "The question or its options would read differently, but people answered them as they "
            "stood. Put the texts back as they were and change only what is right; a better "
            "wording belongs into a new version of the item."
        ]
    if new == old:
        return ["Nothing is different yet. Change what is right, then propose it."]
    return []


def _mark(asked: Asked, remedy: Remedy | None) -> Mark:
    if remedy is not None and remedy.kind is RemedyKind.EVERYBODY:
        return _FULL
    item = remedy.item if remedy is not None and remedy.item is not None else asked.item
    return item.mark_with(asked.response, asked.earned)


def _by_people(item: Item) -> bool:
    items = [stage.item for stage in item.stages] if isinstance(item, Case) else [item]
    return any(isinstance(one, Essay) for one in items)


def _seen(item: Item) -> tuple[Prompt, ...]:
    """Return all that the item ever shows before it is marked, whatever its parts' order."""
    if not isinstance(item, Case):
        return (_prompt(item),)
    facts: Sequence[JsonValue] = [fact.id for fact in item.facts]
    told = item.prompt((), {"asked": [*facts], "stages": {}, "done": []})
    stages = [_prompt(stage.item) for stage in item.stages]
    return (replace(told, stages=()), *stages)


def _prompt(item: Item) -> Prompt:
    # An order's elements are written in their right order, which is what may have been wrong.
    return item.prompt(sorted(item.option_ids()))
