"""Pairs of QTI: match, associate and gap match, as matching or as a cloze with lists."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import gcd, lcm

from pydantic import JsonValue

from quizbank.exchange.qti.item import BELOW_NOTHING, Body, QtiItem, keys_of, parts_of
from quizbank.exchange.qti.texts import Content
from quizbank.exchange.qti.tree import Unfit, wanted
from quizbank.exchange.qti.values import Response, Value, most
from quizbank.exchange.xml_reading import Element

_MOST_COMPARED = 256
_LARGEST_WEIGHT = 1_000
_ALL_OR_NOTHING = (
    "Every pair must be right to earn anything; here each pair earns its share, so that a mark "
    "would differ. Let it map its response to bring it in."
)
_OTHERWISE = "Its marking is none that pairs have here, so that a mark would differ."
Points = dict[tuple[str, str], Fraction]
# How slots that are filled are written as a response here.
_Answer = Callable[[Mapping[str, str]], JsonValue]


@dataclass(frozen=True)
class _Board:
    """What is to be filled (`slots`), with what (`choices`), and how QTI writes a pair."""

    slots: Mapping[str, Content]
    choices: Mapping[str, Content]
    slot_first: bool = False
    ordered: bool = True

    def pair(self, slot: str, choice: str) -> str:
        """Return a pair as the response holds it."""
        ends = [slot, choice] if self.slot_first else [choice, slot]
        return " ".join(ends if self.ordered else sorted(ends))

    def value(self, filled: Mapping[str, str]) -> Value:
        """Return the response in which these slots are filled."""
        return tuple(sorted(self.pair(*one) for one in filled.items())) or None


def match(item: QtiItem, interaction: Element) -> Body:
    """Return matching, or a cloze where pairs earn differently; raises `Unfit`."""
    response = item.response_of(interaction)
    sets = interaction.all("simplematchset")
    if len(sets) != 2:
        raise Unfit(interaction.line, "A match needs two sets of choices.")
    first, second = (parts_of(one, "simpleassociablechoice") for one in sets)
    slot_first = all(_once(one) for one in first)
    if not slot_first and not all(_once(one) for one in second):
        raise Unfit(interaction.line, "Choices of both sets may be used more than once.")
    slots, choices = (first, second) if slot_first else (second, first)
    board = _Board(_contents(slots), _contents(choices), slot_first)
    return _paired(item, interaction, response, board)


def associate(item: QtiItem, interaction: Element) -> Body:
    """Return matching, or a cloze where pairs earn differently; raises `Unfit`."""
    response = item.response_of(interaction)
    parts = parts_of(interaction, "simpleassociablechoice")
    mapping = response.mapping
    earning = [key for key, one in mapping.entries.items() if one.value > 0] if mapping else []
    ends = [one.split() for one in map(str, earning)]
    used = [end for one in ends for end in one]
    if len({*used}) != len(used) or not all(map(_once, parts)):
        raise Unfit(interaction.line, "A choice belongs to more than one pair, which is not read.")
    if mapping and (mapping.default or any(one.value < 0 for one in mapping.entries.values())):
        raise Unfit(response.line, "Wrong pairs cost something, which is not read here.")
    names = _contents(parts)
    slots = {one[0]: names[one[0]] for one in ends if one[0] in names}
    return _paired(item, interaction, response, _Board(slots, names, ordered=False))


def gap_match(item: QtiItem, interaction: Element) -> Body:
    """Return a cloze whose gaps choose from the same list; raises `Unfit`."""
    response = item.response_of(interaction)
    choices = parts_of(interaction, "gaptext", "gapimg")
    gaps = parts_of(interaction, "gap")
    board = _Board({wanted(one, "identifier"): () for one in gaps}, _contents(choices))
    points = _points(item, response, board)
    used = Counter(_right(board, points).values())
    scarce = [one for one in choices if used[wanted(one, "identifier")] > 1 and _once(one)]
    if scarce:
        raise Unfit(scarce[0].line, "A word that may be used once is right in several gaps.")
    cloze = as_cloze(item, response, board, points)
    prompt = interaction.first("prompt")
    inside: list[Element | str] = [
        one
        for one in interaction.content
        if isinstance(one, str) or one.name not in {"gaptext", "gapimg", "prompt"}
    ]
    asked = Element("div", {}, prompt.content if prompt else (), interaction.line)
    places: dict[int, Content | str] = {
        id(one): f"[[g{place}]]" for place, one in enumerate(gaps, 1)
    }
    stem = item.stem({id(interaction): [asked, *inside]} | places)
    return {"stem": stem} | cloze


def as_cloze(item: QtiItem, response: Response, board: _Board, points: Points) -> Body:
    """Return a cloze without its stem, gaps `g1` and on; raises `Unfit`."""
    best = {slot: max(points[slot, one] for one in board.choices) for slot in board.slots}
    if any(earned <= 0 for earned in best.values()):
        raise Unfit(item.line, "A gap has no right answer, which no gap here may have.")
    keys = keys_of([*board.choices], item.line)
    texts = {one: item.texts.plain(said) for one, said in board.choices.items()}
    weights = whole_weights([*best.values()])
    gaps: list[JsonValue] = []
    for place, slot in enumerate(board.slots):
        right = next(one for one in board.choices if points[slot, one] == best[slot])
        options: list[JsonValue] = []
        for one in board.choices:
            share = points[slot, one] / best[slot]
            if share < -1:
                raise Unfit(item.line, "A wrong pair costs more than the right one earns.")
            given = {response.id: board.value({slot: one})}
            option: Body = {"id": keys[one], "text": texts[one], "reason": item.reason(given)}
            worth: Body = {"correct": True} if one == right else {"weight": float(share)}
            options.append(option | (worth if share else {}))
        gap: Body = {"id": f"g{place + 1}", "kind": "choice", "options": options}
        gaps.append(gap | {"weight": weights[place]})
    body: Body = {"kind": "cloze", "gaps": gaps}
    _prove(item, response, board, body, _cloze_response(board, keys), _right(board, points))
    return body


def whole_weights(best: Sequence[Fraction]) -> list[int]:
    """Return these points as weights, or the smallest that stand to each other as they do."""
    if all(one.denominator == 1 and one <= _LARGEST_WEIGHT for one in best):
        return [int(one) for one in best]
    shared = lcm(*(one.denominator for one in best))
    whole = [int(one * shared) for one in best]
    return [one // gcd(*whole) for one in whole]


def _paired(item: QtiItem, interaction: Element, response: Response, board: _Board) -> Body:
    limit = most(interaction, "maxassociations")
    if limit and limit < len(board.slots) and "maxassociations" in interaction.attributes:
        raise Unfit(interaction.line, f"It allows {limit} pairs only, fewer than there are.")
    points = _points(item, response, board)
    earning = {pair: earned for pair, earned in points.items() if earned}
    each_once = sorted(slot for slot, _ in earning) == sorted(board.slots)
    if not each_once or len({*earning.values()}) != 1 or min(earning.values()) < 0:
        lines = [
            Element("li", {}, (*said, f" [[g{place}]]"), interaction.line)
            for place, said in enumerate(board.slots.values(), 1)
        ]
        stem = item.stem({id(interaction): [*_prompt(interaction), _list(lines, interaction)]})
        return {"stem": stem} | as_cloze(item, response, board, points)
    return _matching(item, response, board, earning)


def _matching(item: QtiItem, response: Response, board: _Board, earning: Points) -> Body:
    keys, ids = keys_of([*board.choices], item.line), keys_of([*board.slots], item.line)
    right = dict(earning)
    premises: list[JsonValue] = [
        {
            "id": ids[slot],
            "text": item.texts.plain(board.slots[slot]),
            "choice": keys[choice],
            "reason": item.reason({response.id: board.value({slot: choice})}),
        }
        for slot in board.slots
        for choice in board.choices
        if (slot, choice) in right
    ]
    choices: list[JsonValue] = [
        {"id": keys[one], "text": item.texts.plain(said)} for one, said in board.choices.items()
    ]
    body: Body = {"kind": "matching", "premises": premises, "choices": choices}
    said = {slot: ids[slot] for slot in board.slots}

    def answer(filled: Mapping[str, str]) -> JsonValue:
        return {"pairs": {said[slot]: keys[choice] for slot, choice in filled.items()}}

    _prove(item, response, board, body, answer, dict([*earning]))
    return body


def _points(item: QtiItem, response: Response, board: _Board) -> Points:
    pairs = list(product(board.slots, board.choices))
    mapping = response.mapping
    if not pairs or len(pairs) > 500:
        raise Unfit(item.line, "There is nothing to pair, or too much of it.")
    if item.processing.template == "match_correct":
        if len(board.slots) > 1:
            raise Unfit(response.line, _ALL_OR_NOTHING)
    elif mapping and item.processing.elements("mapresponse"):
        return _mapped(response, board, pairs)
    return {pair: item.score({response.id: board.value(dict([pair]))}) for pair in pairs}


def _mapped(response: Response, board: _Board, pairs: Sequence[tuple[str, str]]) -> Points:
    mapping = response.mapping
    if mapping is None:
        return {}
    points = {pair: mapping.of(board.pair(*pair)) for pair in pairs}
    costs = any(earned < 0 for earned in points.values())
    if (mapping.lower or 0) > 0 or (costs and mapping.lower != 0):
        raise Unfit(response.line, BELOW_NOTHING)
    return points


def _right(board: _Board, points: Points) -> dict[str, str]:
    return {slot: max(board.choices, key=lambda one: points[slot, one]) for slot in board.slots}


def _prove(
    item: QtiItem,
    response: Response,
    board: _Board,
    body: Body,
    answer: _Answer,
    right: Mapping[str, str],
) -> None:
    """Compare responses one by one; raises `Unfit` where one would be marked otherwise."""
    with_stem = {"stem": " ".join(f"[[g{n}]]" for n in range(1, len(board.slots) + 1))} | body
    if item.trial(with_stem) is None:
        return
    responses = [right, *_fillings(item, response, board)]
    points = [item.score({response.id: board.value(one)}) for one in responses]
    best = max(points, default=Fraction(0))
    expected = [
        (answer(one), earned / best) for one, earned in zip(responses, points, strict=True) if best
    ]
    if not best or not item.agrees(with_stem, expected):
        raise Unfit(item.processing.line, _OTHERWISE)


def _fillings(item: QtiItem, response: Response, board: _Board) -> Iterator[dict[str, str]]:
    """Give every response, or where they are many and the marking is a standard one, a part.

    Where the response earns the sum of what its pairs earn, here as there, its pairs will do.
    """
    if _only_adds_up(item, response, board):
        yield {}
        for slot, one in product(board.slots, board.choices):
            yield {slot: one}
        return
    offered: list[str | None] = [None, *board.choices]
    size = len(offered) ** len(board.slots)
    if size <= _MOST_COMPARED:
        for said in product(offered, repeat=len(board.slots)):
            pairs = zip(board.slots, said, strict=True)
            yield {slot: one for slot, one in pairs if one is not None}
        return
    if not item.processing.template:
        raise Unfit(
            item.processing.line, f"{size} responses are too many to prove that marks are kept."
        )
    for one in board.choices:
        yield dict.fromkeys(board.slots, one)
    for slot, one in product(board.slots, board.choices):
        yield {slot: one}


def _only_adds_up(item: QtiItem, response: Response, board: _Board) -> bool:
    """Tell whether no bound is ever met: no pair costs anything, and all that can be is earned."""
    mapping = response.mapping
    known = item.processing.template == "map_response" and board.ordered
    if not known or mapping is None or (mapping.lower or 0) > 0:
        return False
    earned = {pair: mapping.of(board.pair(*pair)) for pair in product(board.slots, board.choices)}
    most_ = sum(max(earned[slot, one] for one in board.choices) for slot in board.slots)
    return min(earned.values()) >= 0 and (mapping.upper is None or mapping.upper >= most_)


def _cloze_response(board: _Board, keys: Mapping[str, str]) -> _Answer:
    names = {slot: f"g{place}" for place, slot in enumerate(board.slots, 1)}

    def answer(filled: Mapping[str, str]) -> JsonValue:
        return {"gaps": {names[slot]: keys[one] for slot, one in filled.items()}}

    return answer


def _once(part: Element) -> bool:
    return part.get("matchmax", "1").strip() == "1"


def _contents(parts: Sequence[Element]) -> dict[str, Content]:
    contents = {wanted(one, "identifier"): one.content for one in parts}
    if len(contents) != len(parts):
        raise Unfit(parts[0].line, "Two choices have the same identifier; rename one.")
    return dict(contents)


def _prompt(interaction: Element) -> Content:
    prompt = interaction.first("prompt")
    return [Element("div", {}, prompt.content, prompt.line)] if prompt else []


def _list(lines: Sequence[Element], interaction: Element) -> Element:
    return Element("ul", {}, tuple(lines), interaction.line)
