"""What an answer chose, by names that the answers of many people can be counted under.

A name is an option's id; a part of a question stands before it (`g1/a`). What was typed is its own
name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from pydantic import JsonValue

from quizbank.items import Item
from quizbank.kinds.case import Case
from quizbank.kinds.cloze import Cloze
from quizbank.kinds.cloze_gaps import ChoiceGap
from quizbank.kinds.hotspot import Hotspot
from quizbank.kinds.item import field_of
from quizbank.kinds.matching import Matching
from quizbank.kinds.multiple_response import MultipleResponse
from quizbank.kinds.numeric import Numeric
from quizbank.kinds.ordering import Ordering
from quizbank.kinds.plain_items import PlainItem
from quizbank.kinds.short_answer import ShortAnswer
from quizbank.kinds.shown import State
from quizbank.kinds.single_choice import SingleChoice
from quizbank.kinds.true_false import CHOICES, TrueFalse

# With a line break, which nothing typed has, so that nobody can type it.
NOT_ANSWERED = "\n∅"
BESIDE = "beside"
# What is typed is counted by its beginning: nobody reads more of it in a table.
_LONGEST = 80


@dataclass(frozen=True)
class Choosable:
    """Something that can be chosen: its name, its text, whether it is right there.

    `right` is None where that is not told. `part` says which part of the question it belongs to,
    where there are several; `distracts` that it was written as a wrong option.
    """

    name: str
    text: str
    right: bool | None
    part: str = ""
    distracts: bool = False


def chosen(item: Item, response: JsonValue) -> tuple[str, ...]:
    """Return the names of all that an answer chose; `NOT_ANSWERED` where it is none.

    Total, like marking. What people read and mark has no names.
    """
    mark = item.mark(response)
    if mark.state is State.OMITTED:
        return (NOT_ANSWERED,)
    naming = _NAMED.get(item.kind)
    return tuple(naming(item, response)) if naming else mark.feedback


def choosable(item: Item) -> tuple[Choosable, ...]:
    """Return all that can be chosen without typing, in the order written."""
    offering = _OFFERED.get(item.kind)
    return tuple(offering(item)) if offering else ()


def described(item: Item, name: str) -> Choosable:
    """Return what stands behind a name that is not among what can be chosen without typing."""
    part, text = "", name
    if isinstance(item, Cloze) and "/" in name:
        gap, _, text = name.partition("/")
        number = next(n for n, one in enumerate(item.placed, start=1) if one.id == gap)
        part = f"Gap {number}"
    elif isinstance(item, Case) and ":" in name:
        asked, _, rest = name.partition(":")
        number, stage = next((n, s) for n, s in enumerate(item.stages, start=1) if s.id == asked)
        inner = described(stage.item, rest)
        part, text = f"Stage {number} {inner.part}".strip(), inner.text
    return Choosable(name, "Not answered" if text == NOT_ANSWERED else text, None, part)


def _options(item: SingleChoice | MultipleResponse | ChoiceGap) -> Iterable[Choosable]:
    return (_option(one.id, one.text, one.correct) for one in item.options)


def _option(name: str, text: str, right: bool) -> Choosable:
    return Choosable(name, text, right, distracts=not right)


def _two(item: TrueFalse) -> Iterable[Choosable]:
    key = "true" if item.answer else "false"
    return (Choosable(one.id, one.text, one.id == key) for one in CHOICES)


def _regions(item: Hotspot) -> Iterable[Choosable]:
    yield from (_option(one.id, one.label, one.correct) for one in item.regions)
    yield Choosable(BESIDE, "A place outside every region", False)


def _pairs(item: Matching) -> Iterable[Choosable]:
    for one in item.premises:
        for to in item.choices:
            yield Choosable(f"{one.id}/{to.id}", to.text, one.choice == to.id, one.text)


def _places(item: Ordering) -> Iterable[Choosable]:
    for place in range(1, len(item.elements) + 1):
        for right, one in enumerate(item.elements, start=1):
            yield Choosable(f"{place}/{one.id}", one.text, place == right, f"Place {place}")


def _gaps(item: Cloze) -> Iterable[Choosable]:
    for number, gap in enumerate(item.placed, start=1):
        for one in _options(gap) if isinstance(gap, ChoiceGap) else ():
            yield replace(one, name=f"{gap.id}/{one.name}", part=f"Gap {number}")


def _stages(item: Case) -> Iterable[Choosable]:
    for number, stage in enumerate(item.stages, start=1):
        for one in choosable(stage.item):
            part = f"Stage {number} {one.part}".strip()
            yield replace(one, name=f"{stage.id}:{one.name}", part=part)


def _matched(item: Matching, response: JsonValue) -> Iterable[str]:
    return (f"{one}/{_said(response, 'pairs', one)}" for one in item.mark(response).feedback)


def _hit(item: Hotspot, response: JsonValue) -> Iterable[str]:
    return item.mark(response).feedback or (BESIDE,)


def _written(_: Numeric | ShortAnswer, response: JsonValue) -> Iterable[str]:
    return (_typed(field_of(response, "text")),)


def _of_gaps(item: Cloze, response: JsonValue) -> Iterable[str]:
    for gap in item.placed:
        said = _said(response, "gaps", gap.id)
        mark = gap.mark(said)
        if mark.state is State.OMITTED:
            yield f"{gap.id}/{NOT_ANSWERED}"
        elif isinstance(gap, ChoiceGap):
            yield from (f"{gap.id}/{one}" for one in mark.feedback)
        else:
            yield f"{gap.id}/{_typed(said)}"


def _of_stages(item: Case, response: JsonValue) -> Iterable[str]:
    for stage in item.stages:
        asked: PlainItem = stage.item
        said = _said(response, "stages", stage.id)
        yield from (f"{stage.id}:{one}" for one in chosen(asked, said))


def _placed(item: Ordering, response: JsonValue) -> Iterable[str]:
    order = field_of(response, "order")
    known = set(item.option_ids())
    for place, one in enumerate(order if isinstance(order, list) else [], start=1):
        if place <= len(known) and isinstance(one, str) and one in known:
            yield f"{place}/{one}"


def _said(response: JsonValue, field: str, name: str) -> JsonValue:
    return field_of(field_of(response, field), name)


def _typed(text: JsonValue) -> str:
    return " ".join(str(text).split())[:_LONGEST]


_NAMED: dict[str, Callable[[Any, JsonValue], Iterable[str]]] = {
    "matching": _matched,
    "ordering": _placed,
    "numeric": _written,
    "short_answer": _written,
    "cloze": _of_gaps,
    "case": _of_stages,
    "hotspot": _hit,
}
_OFFERED: dict[str, Callable[[Any], Iterable[Choosable]]] = {
    "single_choice": _options,
    "multiple_response": _options,
    "true_false": _two,
    "hotspot": _regions,
    "matching": _pairs,
    "ordering": _places,
    "cloze": _gaps,
    "case": _stages,
}
