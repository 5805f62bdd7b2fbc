"""The answers of many people to many items, counted under what they chose."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from pydantic import JsonValue

from quizbank.items import Item
from quizbank.statistics.chosen import NOT_ANSWERED, Choosable, choosable, chosen, described
from quizbank.statistics.mark_columns import Ints

# What was typed less often than so many others is counted as one.
MOST_TYPED = 12
OTHERS = "\n…"


@dataclass(frozen=True)
class Answer:
    """A distinct answer: of the item at this place, what it said, and how often it was given."""

    item: int
    response: JsonValue
    times: int


@dataclass(frozen=True)
class NamedAnswers:
    """Every option that was or can be chosen; `by_answer` has each answer's, by their numbers."""

    options: tuple[Choosable, ...]
    item_of: Ints
    by_answer: tuple[tuple[int, ...], ...]


def name_answers(items: Sequence[Item], answers: Sequence[Answer]) -> NamedAnswers:
    """Return what the answers chose: options as written, then what was typed, most often first."""
    names = [chosen(items[one.item], one.response) for one in answers]
    times: list[Counter[str]] = [Counter() for _ in items]
    right: list[dict[str, bool]] = [{} for _ in items]
    for one, said in zip(answers, names, strict=True):
        for name in said:
            times[one.item][name] += one.times
            right[one.item].setdefault(name, _is_right(items[one.item], one.response))
    offered = [_offered(item, times[at], right[at]) for at, item in enumerate(items)]
    options = tuple(one for of_item in offered for one in of_item)
    item_of = np.repeat(np.arange(len(items)), [len(of_item) for of_item in offered])
    places = _places(offered)
    by_answer = tuple(
        tuple(dict.fromkeys(_place(places[one.item], name) for name in said))
        for one, said in zip(answers, names, strict=True)
    )
    return NamedAnswers(options, item_of, by_answer)


def _offered(item: Item, times: Counter[str], right: Mapping[str, bool]) -> list[Choosable]:
    known = list(choosable(item))
    names = {one.name for one in known}
    others = [name for name, _ in times.most_common() if name not in names]
    typed = [name for name in others if not name.endswith(NOT_ANSWERED)]
    known += [_typed(item, name, right[name]) for name in typed[:MOST_TYPED]]
    if len(typed) > MOST_TYPED:
        known.append(Choosable(OTHERS, "All other answers", None))
    known += [described(item, name) for name in others if name.endswith(NOT_ANSWERED)]
    return sorted(known, key=_part) if item.kind in {"cloze", "case"} else known


def _part(option: Choosable) -> tuple[bool, list[int]]:
    # What was typed comes most often first, into whichever gap; what is of no part comes last.
    return not option.part, [int(number) for number in re.findall(r"\d+", option.part)]


def _typed(item: Item, name: str, right: bool) -> Choosable:
    # Of a part of a question it is not known which mark its own answer earned.
    whole = item.kind in {"numeric", "short_answer"}
    return replace(described(item, name), right=right if whole else None)


def _is_right(item: Item, response: JsonValue) -> bool:
    return item.mark(response).fraction == 1


def _places(offered: Sequence[Sequence[Choosable]]) -> list[dict[str, int]]:
    places: list[dict[str, int]] = []
    first = 0
    for of_item in offered:
        places.append({one.name: first + at for at, one in enumerate(of_item)})
        first += len(of_item)
    return places


def _place(places: Mapping[str, int], name: str) -> int:
    return places[name] if name in places else places[OTHERS]
