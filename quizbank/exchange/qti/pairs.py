"""Pairs of QTI: match, associate and gap match, as matching or as a cloze with lists."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

from pydantic import JsonValue

from quizbank.exchange.qti.item import Body, QtiItem, keys_of, parts_of
from quizbank.exchange.qti.pairs_proof import (
    Answer,
    Board,
    Points,
    points_of,
    prove,
    right_of,
    whole_key,
)
from quizbank.exchange.qti.texts import Content
from quizbank.exchange.qti.tree import Unfit, wanted
from quizbank.exchange.qti.values import Response, most
from quizbank.exchange.xml_reading import Element
from quizbank.kinds.matching import PairRule

_LARGEST_WEIGHT = 1_000


def match(item: QtiItem, interaction: Element) -> Body:
    """Return matching, or a cloze where pairs earn differently; raises `Unfit`."""
    response = item.response_of(interaction)
    sets = interaction.all("simplematchset")
    if len(sets) != 2:
        raise Unfit(interaction.line, "A match needs two sets of choices.")
    first, second = (parts_of(one, "simpleassociablechoice") for one in sets)
    boards = [
        Board(_contents(slots), _contents(choices), slots is first)
        for slots, choices in ((first, second), (second, first))
        if all(map(_once, slots))
    ]
    if not boards:
        raise Unfit(interaction.line, "Choices of both sets may be used more than once.")
    whole = (one for one in boards if whole_key(item, response, one))
    board = next(whole, boards[0])
    return _paired(item, interaction, response, board)


def associate(item: QtiItem, interaction: Element) -> Body:
    """Return matching, or a cloze where pairs earn differently; raises `Unfit`."""
    response = item.response_of(interaction)
    parts = parts_of(interaction, "simpleassociablechoice")
    mapping = None if item.processing.template == "match_correct" else response.mapping
    earning = [*response.correct]
    if mapping:
        earning = [key for key, one in mapping.entries.items() if one.value > 0]
    ends = [one.split() for one in map(str, earning)]
    used = [end for one in ends for end in one]
    if len({*used}) != len(used) or not all(map(_once, parts)):
        raise Unfit(interaction.line, "A choice belongs to more than one pair, which is not read.")
    if mapping and (mapping.default or any(one.value < 0 for one in mapping.entries.values())):
        raise Unfit(response.line, "Wrong pairs cost something, which is not read here.")
    names = _contents(parts)
    slots = {one[0]: names[one[0]] for one in ends if one[0] in names}
    return _paired(item, interaction, response, Board(slots, names, ordered=False))


def gap_match(item: QtiItem, interaction: Element) -> Body:
    """Return a cloze whose gaps choose from the same list; raises `Unfit`.

    Where all gaps must be right to earn anything it is matching, its gaps numbered in the text.
    """
    response = item.response_of(interaction)
    choices = parts_of(interaction, "gaptext", "gapimg")
    gaps = parts_of(interaction, "gap")
    names = {wanted(one, "identifier"): (f"Gap {n}",) for n, one in enumerate(gaps, 1)}
    board = Board(names, _contents(choices))
    key = whole_key(item, response, board)
    points = {} if key else points_of(item, response, board)
    used = Counter((key or right_of(board, points)).values())
    scarce = [one for one in choices if used[wanted(one, "identifier")] > 1 and _once(one)]
    if scarce:
        raise Unfit(scarce[0].line, "A word that may be used once is right in several gaps.")
    if key:
        stem = _text_around(item, interaction, gaps, "({}) _____")
        return {"stem": stem} | _matching(item, response, board, key, PairRule.ALL_OR_NOTHING)
    cloze = as_cloze(item, response, board, points)
    return {"stem": _text_around(item, interaction, gaps, "[[g{}]]")} | cloze


def _text_around(item: QtiItem, interaction: Element, gaps: Sequence[Element], sign: str) -> str:
    """Return the text of a gap match, with a sign and its number for each gap."""
    prompt = interaction.first("prompt")
    inside: list[Element | str] = [
        one
        for one in interaction.content
        if isinstance(one, str) or one.name not in {"gaptext", "gapimg", "prompt"}
    ]
    asked = Element("div", {}, prompt.content if prompt else (), interaction.line)
    places: dict[int, Content | str] = {
        id(one): sign.format(place) for place, one in enumerate(gaps, 1)
    }
    return item.stem({id(interaction): [asked, *inside]} | places)


def as_cloze(item: QtiItem, response: Response, board: Board, points: Points) -> Body:
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
    prove(item, response, board, body, _cloze_response(board, keys), right_of(board, points))
    return body


def whole_weights(best: Sequence[Fraction]) -> list[int]:
    """Return these points as weights, or the smallest that stand to each other as they do."""
    if all(one.denominator == 1 and one <= _LARGEST_WEIGHT for one in best):
        return [int(one) for one in best]
    shared = lcm(*(one.denominator for one in best))
    whole = [int(one * shared) for one in best]
    return [one // gcd(*whole) for one in whole]


def _paired(item: QtiItem, interaction: Element, response: Response, board: Board) -> Body:
    limit = most(interaction, "maxassociations")
    if limit and limit < len(board.slots) and "maxassociations" in interaction.attributes:
        raise Unfit(interaction.line, f"It allows {limit} pairs only, fewer than there are.")
    if key := whole_key(item, response, board):
        return _matching(item, response, board, key, PairRule.ALL_OR_NOTHING)
    points = points_of(item, response, board)
    earning = {pair: earned for pair, earned in points.items() if earned}
    each_once = sorted(slot for slot, _ in earning) == sorted(board.slots)
    if not each_once or len({*earning.values()}) != 1 or min(earning.values()) < 0:
        lines = [
            Element("li", {}, (*said, f" [[g{place}]]"), interaction.line)
            for place, said in enumerate(board.slots.values(), 1)
        ]
        stem = item.stem({id(interaction): [*_prompt(interaction), _list(lines, interaction)]})
        return {"stem": stem} | as_cloze(item, response, board, points)
    return _matching(item, response, board, dict([*earning]), PairRule.SHARE)


def _matching(
    item: QtiItem, response: Response, board: Board, right: Mapping[str, str], rule: PairRule
) -> Body:
    keys, ids = keys_of([*board.choices], item.line), keys_of([*board.slots], item.line)
    premises: list[JsonValue] = [
        {
            "id": ids[slot],
            "text": item.texts.plain(board.slots[slot]),
            "choice": keys[right[slot]],
            "reason": item.reason({response.id: board.value({slot: right[slot]})}),
        }
        for slot in board.slots
    ]
    choices: list[JsonValue] = [
        {"id": keys[one], "text": item.texts.plain(said)} for one, said in board.choices.items()
    ]
    body: Body = {"kind": "matching", "rule": rule.value, "premises": premises, "choices": choices}
    said = {slot: ids[slot] for slot in board.slots}

    def answer(filled: Mapping[str, str]) -> JsonValue:
        return {"pairs": {said[slot]: keys[choice] for slot, choice in filled.items()}}

    prove(item, response, board, body, answer, right)
    return body


def _cloze_response(board: Board, keys: Mapping[str, str]) -> Answer:
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
