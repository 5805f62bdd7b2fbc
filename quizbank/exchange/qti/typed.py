"""Typed answers of QTI: words and numbers, marked as the item marks them."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from pydantic import JsonValue

from quizbank.exchange.qti.item import Body, QtiItem
from quizbank.exchange.qti.operators import tolerance_of
from quizbank.exchange.qti.tree import Unfit, number
from quizbank.exchange.qti.values import Response, Scalar
from quizbank.exchange.xml_reading import Element

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# What nobody types, so that it stands for all that the item does not know.
_ELSE = "\u2063\u2063"
_OTHERWISE = "Its marking is none that a typed answer has here, so that a mark would differ."
_COMPARING = ("match", "equal", "stringmatch", "gt", "gte", "lt", "lte")
_NUMERIC = frozenset({"integer", "float"})
# A candidate: the number, how far around it, and whether that is a share of it.
_Near = tuple[Fraction, Fraction, bool]


def is_number(response: Response) -> bool:
    """Tell whether a response is a number."""
    return response.base_type in _NUMERIC


def text_answers(item: QtiItem, response: Response) -> tuple[Body, Fraction]:
    """Return the answers of words and whether capitals matter, and the points of the best.

    Raises `Unfit`.
    """
    known = [str(one) for one in _literals(item, response) if str(one)]
    points = {one: item.score({response.id: one}) for one in dict.fromkeys(known)}
    best = max(points.values(), default=Fraction(0))
    if best <= 0 or item.score({response.id: None}) != 0:
        raise Unfit(response.line, "No answer earns anything: the item says no correct response.")
    if item.score({response.id: _ELSE}) != 0:
        raise Unfit(response.line, "Every answer earns something, which none here does.")
    first = [one for one in points if one in response.correct and points[one] == best]
    ranked = dict.fromkeys([*first, *points])
    answers: list[JsonValue] = [
        {
            "id": letter(place),
            "text": one.replace("*", "\\*"),
            "fraction": float(points[one] / best),
            "reason": item.reason({response.id: one}),
        }
        for place, one in enumerate(ranked)
    ]
    rest = item.reason({response.id: _ELSE})
    if item.explains({response.id: _ELSE}):
        answers.append({"id": letter(len(answers)), "text": "*", "fraction": 0.0, "reason": rest})
    return {"answers": answers, "case_sensitive": _capitals_matter(item, response, points)}, best


def _capitals_matter(item: QtiItem, response: Response, points: dict[str, Fraction]) -> bool:
    turned = {one: one.swapcase() for one in points if one.swapcase() != one and points[one]}
    alike = [item.score({response.id: other}) == points[one] for one, other in turned.items()]
    if not any(alike):
        return bool(turned)
    if all(alike):
        return False
    raise Unfit(
        response.line, "Capitals matter in some answers and not in others; make them alike."
    )


def numbers(item: QtiItem, response: Response) -> tuple[Body, Fraction]:
    """Return the fields of a number, and the points of the best; raises `Unfit`."""
    near = _nears(item, response)
    points = {one: item.score({response.id: one[0]}) for one in near}
    best = max(points.values(), default=Fraction(0))
    if best <= 0 or item.score({response.id: None}) != 0:
        raise Unfit(response.line, "No number earns anything: the item says no correct response.")
    full = [one for one in near if points[one] == best]
    right = next((one for one in full if one[0] in response.correct), full[0])
    others: list[JsonValue] = [
        {
            "id": letter(place),
            "answer": written(one[0], response.line),
            "tolerance": written(_reach(one), response.line),
            "fraction": float(points[one] / best),
            "reason": item.reason({response.id: one[0]}),
        }
        for place, one in enumerate(one for one in near if one is not right)
    ]
    far = max(abs(one) for one in _edges(near)) * 2 + 1
    body: Body = {
        "answer": written(right[0], response.line),
        "tolerance": written(right[1], response.line),
        "tolerance_type": "relative" if right[2] else "nominal",
        "others": others,
        "reason": item.reason({response.id: right[0]}),
        "reason_wrong": item.reason({response.id: far}),
    }
    return body, best


def number_probes(item: QtiItem, response: Response) -> list[Fraction]:
    """Return numbers that tell the marking apart: every edge, and one between any two."""
    edges = sorted(_edges(_nears(item, response)))
    between = [(one + other) / 2 for one, other in pairwise(edges)]
    return [edges[0] - 1, *edges, *between, edges[-1] + 1]


def text_probes(item: QtiItem, response: Response) -> list[str]:
    """Return texts that tell the marking apart."""
    known = [str(one) for one in _literals(item, response) if str(one)]
    return [*dict.fromkeys([*known, *(one.swapcase() for one in known), _ELSE])]


def typed_number(one: Fraction) -> str:
    """Return a number as somebody would type it, with digits enough to be read in one way."""
    return f"{Decimal(one.numerator) / Decimal(one.denominator):.10f}"


def proven(
    item: QtiItem,
    body: Body,
    probes: Sequence[tuple[JsonValue, Scalar]],
    response: Response,
    best: Fraction,
) -> Body:
    """Return the fields where every probe earns what it does in the item; raises `Unfit`."""
    expected = [(said, item.score({response.id: value}) / best) for said, value in probes]
    # Fields that make no item are told in the item's own words, later.
    if item.trial(body) is not None and not item.agrees(body, expected):
        raise Unfit(item.processing.line, _OTHERWISE)
    return body


def letter(place: int) -> str:
    """Return the id of a part that has none."""
    return _LETTERS[place] if place < len(_LETTERS) else f"x{place}"


def written(value: Fraction, line: int) -> str:
    """Return a number in decimals; raises `Unfit` where it has too many."""
    said = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    if Fraction(said) != value:
        raise Unfit(line, "The marking has a number that cannot be written in decimals.")
    return said


def _literals(item: QtiItem, response: Response) -> list[Scalar]:
    """Return every answer that the item knows, in the order of the file."""
    read: Callable[[str], Scalar | None] = number if is_number(response) else _squeezed
    said: list[Scalar | None] = []
    for name in _COMPARING:
        for one in item.processing.elements(name):
            names = [side.get("identifier") for side in one.children if side.name == "variable"]
            sides = one.children if response.id in names else ()
            said += [read(side.full_text) for side in sides if side.name == "basevalue"]
    mapped = list(response.mapping.entries) if response.mapping else []
    return [*dict.fromkeys([*response.correct, *mapped, *(one for one in said if one is not None)])]


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _nears(item: QtiItem, response: Response) -> list[_Near]:
    """Return every number that the marking names, with how far around it it reaches."""
    values = [one for one in _literals(item, response) if isinstance(one, Fraction)]
    found: dict[Fraction, _Near] = {}
    for equal in item.processing.elements("equal"):
        if response.id not in {one.get("identifier") for one in equal.walk()}:
            continue
        low, high = tolerance_of(equal)
        if low != high:
            raise Unfit(equal.line, "The tolerance differs below and above the number.")
        relative = equal.get("tolerancemode").strip().lower() == "relative"
        for one in _around(equal, response):
            found.setdefault(one, (one, low / 100 if relative else low, relative and bool(one)))
    scored = [one for one in values if one in found or item.score({response.id: one}) != 0]
    return [found.get(one, (one, Fraction(0), False)) for one in dict.fromkeys([*found, *scored])]


def _around(equal: Element, response: Response) -> list[Fraction]:
    around: list[Fraction] = []
    for one in equal.children:
        read = number(one.full_text) if one.name == "basevalue" else None
        if one.name == "correct":
            around += [value for value in response.correct if isinstance(value, Fraction)]
        elif read is not None:
            around.append(read)
    return around


def _reach(near: _Near) -> Fraction:
    return abs(near[0]) * near[1] if near[2] else near[1]


def _edges(nears: Sequence[_Near]) -> set[Fraction]:
    edges = {Fraction(0)}
    for one in nears:
        edges |= {one[0] - _reach(one), one[0], one[0] + _reach(one)}
    return edges
