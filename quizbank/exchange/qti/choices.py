"""Choices of QTI: one, several, an order. A rule is taken only where every mark comes out alike."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations

from pydantic import JsonValue

from quizbank.exchange.defaults import NO_REASON
from quizbank.exchange.qti.item import (
    BELOW_NOTHING,
    Body,
    QtiItem,
    identifiers_of,
    keys_of,
    parts_of,
)
from quizbank.exchange.qti.tree import Unfit
from quizbank.exchange.qti.values import MappedAnswers, Response, Value, most
from quizbank.exchange.xml_reading import Element
from quizbank.kinds.multiple_response import Rule
from quizbank.kinds.order_grading import Grading, share_in_order

# So many responses are compared one by one: all choices among eight options.
_MOST_COMPARED = 256
_ALIKE = 1e-9
_NEARLY = Fraction(1, 50)
_TOO_MANY = "{} choices are too many to prove that its own marking is kept here."
_OTHERWISE = (
    "Its marking is none of the rules for several answers here, so that a mark would differ."
)


def choice(item: QtiItem, interaction: Element) -> Body:
    """Return single choice, true or false, or multiple response; raises `Unfit`."""
    response = item.response_of(interaction)
    if response.base_type != "identifier" or response.cardinality == "ordered":
        raise Unfit(interaction.line, f"A choice of {response.base_type} is not read.")
    options = parts_of(interaction, "simplechoice")
    if response.cardinality == "single" or most(interaction, "maxchoices") == 1:
        return _one(item, response, options)
    return _Several(item, interaction, response, options).body()


def _one(item: QtiItem, response: Response, options: list[Element]) -> Body:
    names = identifiers_of(options)
    points = [item.score({response.id: response.value(one)}) for one in names]
    best = max(points, default=Fraction(0))
    if best <= 0:
        raise Unfit(item.line, "No option earns anything: the item says no correct response.")
    full = [place for place, one in enumerate(points) if one == best]
    right = next((place for place in full if names[place] in response.correct), full[0])
    texts = [item.texts.markdown(one.content) for one in options]
    said = [text.strip(" .").casefold() for text in texts]
    reasons = [
        item.reason({response.id: response.value(name)}, one)
        for name, one in zip(names, options, strict=True)
    ]
    if sorted(said) == ["false", "true"] and points[1 - right] == 0:
        true, false = said.index("true"), said.index("false")
        return {
            "kind": "true_false",
            "answer": right == true,
            "reason_true": reasons[true],
            "reason_false": reasons[false],
        }
    keys = keys_of(names, item.line)
    parts: list[JsonValue] = []
    for place, name in enumerate(names):
        part: Body = {"id": keys[name], "text": texts[place], "reason": reasons[place]}
        if place == right:
            part["correct"] = True
        elif points[place]:
            part["weight"] = float(points[place] / best)
        parts.append(part)
    return {"kind": "single_choice", "options": parts}


class _Several:
    """Several choices, and the rule that marks them as the item does."""

    def __init__(
        self, item: QtiItem, interaction: Element, response: Response, options: list[Element]
    ) -> None:
        self._item, self._response, self._line = item, response, item.processing.line
        self._names = identifiers_of(options)
        self._limit = most(interaction, "maxchoices") or len(options)
        self._ids = keys_of(self._names, item.line)
        self._parts: list[Body] = [
            {
                "id": self._ids[name],
                "text": item.texts.markdown(one.content),
                "reason": item.reason({response.id: response.value(name)}, one),
            }
            for name, one in zip(self._names, options, strict=True)
        ]

    def body(self) -> Body:
        """Return the item's own fields; raises `Unfit`."""
        template = self._item.processing.template
        if template == "match_correct":
            return self._marked(Rule.ALL_OR_NOTHING, self._correct(), {})
        mapping = self._response.mapping if template == "map_response" else None
        body = self._by_mapping(mapping) if mapping else self._by_comparing()
        trial = self._item.trial(body)
        if (
            trial
            and self._limit < len(self._names)
            and trial.mark(self._said(self._names)).fraction
        ):
            raise Unfit(
                self._item.line,
                f"It allows {self._limit} choices; here any number may be chosen, so that "
                "choosing everything would earn marks. Let wrong options cost something.",
            )
        return body

    def _marked(self, rule: Rule, keys: frozenset[str], shares: dict[str, Fraction]) -> Body:
        parts: list[JsonValue] = []
        for name, part in zip(self._names, self._parts, strict=True):
            weight: Body = {"weight": float(shares[name])} if shares.get(name) else {}
            parts.append(part | {"correct": name in keys} | weight)
        return {"kind": "multiple_response", "rule": rule.value, "options": parts}

    def _correct(self) -> frozenset[str]:
        keys = frozenset(str(one) for one in self._response.correct)
        if not keys or not keys <= {*self._names}:
            raise Unfit(self._response.line, "The correct response names no choice of the item.")
        return keys

    def _by_mapping(self, mapping: MappedAnswers) -> Body:
        earned = {one: mapping.of(one) for one in self._names}
        keys = frozenset(one for one, points in earned.items() if points > 0)
        total = sum((earned[one] for one in keys), Fraction(0))
        costs = any(points < 0 for points in earned.values())
        if not keys or len(keys) > self._limit or (mapping.upper or total) < total:
            raise Unfit(
                self._response.line,
                "The whole mark is earned without choosing all that earns (or nothing earns), "
                "which no rule for several answers here does.",
            )
        if (mapping.lower or 0) > 0 or (costs and mapping.lower != 0):
            raise Unfit(self._response.line, BELOW_NOTHING)
        alike = {points * len(keys) for one, points in earned.items() if one in keys} == {total}
        if alike and all(
            earned[one] * len(keys) == -total for one in self._names if one not in keys
        ):
            return self._marked(Rule.NET_CORRECT, keys, {})
        # Weights that nearly add up are kept as they are written: the mark divides by their sum.
        scale = Fraction(1) if abs(total - 1) < _NEARLY else total
        # Beyond the whole mark nothing more can be lost, since the sum is kept above 0.
        shares = {one: max(points / scale, Fraction(-1)) for one, points in earned.items()}
        return self._marked(Rule.WEIGHTS, keys, shares)

    def _by_comparing(self) -> Body:
        if 2 ** len(self._names) > _MOST_COMPARED:
            raise Unfit(self._line, _TOO_MANY.format(len(self._names)))
        chosen = list(_subsets(self._names, self._limit))
        points = {one: self._points(one) for one in chosen}
        best = max(points.values())
        if best <= 0 or points[()] != 0:
            raise Unfit(self._line, _OTHERWISE)
        expected = [(self._said(one), points[one] / best) for one in chosen]
        for body in self._candidates(points, best):
            if self._item.agrees(body, expected):
                return body
        raise Unfit(self._line, _OTHERWISE)

    def _candidates(
        self, points: dict[tuple[str, ...], Fraction], best: Fraction
    ) -> Iterator[Body]:
        keys = frozenset(min((one for one, earned in points.items() if earned == best), key=len))
        for rule in Rule:
            if rule is not Rule.WEIGHTS:
                yield self._marked(rule, keys, {})
        # What a key earns alone; what a wrong one costs is seen beside all keys.
        shares = {one: points[(one,)] / best for one in keys}
        for one in self._names:
            if one not in keys:
                beside = tuple(name for name in self._names if name in keys or name == one)
                shares[one] = (points.get(beside, best) - best) / best
        yield self._marked(Rule.WEIGHTS, keys, shares)

    def _points(self, chosen: tuple[str, ...]) -> Fraction:
        return self._item.score({self._response.id: self._response.value(*chosen)})

    def _said(self, chosen: Sequence[str]) -> JsonValue:
        return {"options": [self._ids[one] for one in chosen]}


def _subsets(names: Sequence[str], limit: int) -> Iterator[tuple[str, ...]]:
    for size in range(min(limit, len(names)) + 1):
        yield from combinations(names, size)


def order(item: QtiItem, interaction: Element) -> Body:
    """Return an ordering; raises `Unfit`."""
    response = item.response_of(interaction)
    options = parts_of(interaction, "simplechoice")
    names = identifiers_of(options)
    right = [str(one) for one in response.correct]
    if response.cardinality != "ordered" or sorted(right) != sorted(names):
        raise Unfit(response.line, "The correct response does not put every choice in its place.")
    grading = _grading(item, response, right)
    keys = keys_of(names, item.line)
    by_name = dict(zip(names, options, strict=True))
    named = [item.named(name, "") for name in right]
    general = "" if all(named) else item.reason({response.id: tuple(right)})
    elements: list[JsonValue] = [
        {
            "id": keys[name],
            "text": item.texts.plain(by_name[name].content),
            "reason": own or (NO_REASON if any(named) else general),
        }
        for name, own in zip(right, named, strict=True)
    ]
    return {"kind": "ordering", "elements": elements, "grading": grading.value}


def _grading(item: QtiItem, response: Response, right: list[str]) -> Grading:
    if item.processing.template == "match_correct":
        return Grading.ALL_OR_NOTHING
    if _counts_places(item, response, right):
        return Grading.ABSOLUTE_POSITION
    if len(right) > 5:
        raise Unfit(item.processing.line, _TOO_MANY.format(len(right)))
    orders: list[tuple[str, ...]] = list(permutations(right))
    given: list[Value] = [tuple(one) for one in orders]
    points = [item.score({response.id: one}) for one in given]
    best = max(points)
    for grading in Grading:
        shares = [share_in_order(right, one, grading) for one in orders]
        if best > 0 and all(
            abs(share - float(earned / best)) < _ALIKE
            for share, earned in zip(shares, points, strict=True)
        ):
            return grading
    raise Unfit(
        item.processing.line, "Its marking is none of the gradings of orders, so it would differ."
    )


def _counts_places(item: QtiItem, response: Response, right: list[str]) -> bool:
    """Tell whether the marking is one point for every place that holds what it should."""
    asked: list[tuple[str, str]] = []
    for one in item.processing.about_score:
        match [part.children for part in one.children]:
            case [(test, then)] if test.name == "match" and item.processing.adds_one(then):
                place, name = test.children if len(test.children) == 2 else (test, test)
                asked.append((_place_asked(place, response.id), name.full_text.strip()))
            case _:
                return False
    return sorted(asked) == sorted((str(at), name) for at, name in enumerate(right, 1))


def _place_asked(element: Element, response: str) -> str:
    """Return the number of the place of a response that an `index` asks for, or nothing."""
    about = [one.get("identifier") for one in element.children]
    return element.get("n").strip() if element.name == "index" and about == [response] else ""
