"""What pairs of QTI earn, and the proof that they earn the same here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from pydantic import JsonValue

from quizbank.exchange.qti.item import BELOW_NOTHING, Body, QtiItem
from quizbank.exchange.qti.texts import Content
from quizbank.exchange.qti.tree import Unfit
from quizbank.exchange.qti.values import Response, Value

_MOST_COMPARED = 256
_MOST_PAIRS = 500
_NO_PARTNER = (
    "Every pair must be right to earn anything, and something here has no partner in the correct "
    "response, or several. Give each exactly one, or let it map its response."
)
_OTHERWISE = "Its marking is none that pairs have here, so that a mark would differ."
Points = dict[tuple[str, str], Fraction]
# How slots that are filled are written as a response here.
Answer = Callable[[Mapping[str, str]], JsonValue]


@dataclass(frozen=True)
class Board:
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


def whole_key(item: QtiItem, response: Response, board: Board) -> dict[str, str] | None:
    """Return the key where only all its pairs together earn anything; None where it is not so.

    Every slot has exactly one choice in it.
    """
    if len(board.slots) * len(board.choices) > _MOST_PAIRS:
        return None
    known = {board.pair(*one): one for one in product(board.slots, board.choices)}
    pairs = [known[one] for one in map(str, response.correct) if one in known]
    key = dict(pairs)
    whole = len(pairs) == len(response.correct) == len(key) == len(board.slots)
    if not whole or len(key) < 2:
        return None
    alone = (item.score({response.id: board.value(dict([one]))}) for one in pairs)
    return key if not any(alone) and item.score({response.id: board.value(key)}) else None


def points_of(item: QtiItem, response: Response, board: Board) -> Points:
    """Return what each pair earns by itself; raises `Unfit`."""
    pairs = list(product(board.slots, board.choices))
    mapping = response.mapping
    if not pairs or len(pairs) > _MOST_PAIRS:
        raise Unfit(item.line, "There is nothing to pair, or too much of it.")
    if item.processing.template == "match_correct":
        if len(board.slots) > 1:
            raise Unfit(response.line, _NO_PARTNER)
    elif mapping and item.processing.elements("mapresponse"):
        return _mapped(response, board, pairs)
    return {pair: item.score({response.id: board.value(dict([pair]))}) for pair in pairs}


def _mapped(response: Response, board: Board, pairs: Sequence[tuple[str, str]]) -> Points:
    mapping = response.mapping
    if mapping is None:
        return {}
    points = {pair: mapping.of(board.pair(*pair)) for pair in pairs}
    costs = any(earned < 0 for earned in points.values())
    if (mapping.lower or 0) > 0 or (costs and mapping.lower != 0):
        raise Unfit(response.line, BELOW_NOTHING)
    return points


def right_of(board: Board, points: Points) -> dict[str, str]:
    """Return the choice that earns most in each slot."""
    return {slot: max(board.choices, key=lambda one: points[slot, one]) for slot in board.slots}


def prove(
    item: QtiItem,
    response: Response,
    board: Board,
    body: Body,
    answer: Answer,
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


def _fillings(item: QtiItem, response: Response, board: Board) -> Iterator[dict[str, str]]:
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


def _only_adds_up(item: QtiItem, response: Response, board: Board) -> bool:
    """Tell whether no bound is ever met: no pair costs anything, and all that can be is earned."""
    mapping = response.mapping
    known = item.processing.template == "map_response" and board.ordered
    if not known or mapping is None or (mapping.lower or 0) > 0:
        return False
    earned = {pair: mapping.of(board.pair(*pair)) for pair in product(board.slots, board.choices)}
    most_ = sum(max(earned[slot, one] for one in board.choices) for slot in board.slots)
    return min(earned.values()) >= 0 and (mapping.upper is None or mapping.upper >= most_)
