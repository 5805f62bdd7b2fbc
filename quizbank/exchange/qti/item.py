"""One QTI item as it is written: its responses, its marking, its texts."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from pydantic import JsonValue

from quizbank.exchange.defaults import NO_REASON
from quizbank.exchange.identifiers import slug
from quizbank.exchange.qti.processing import SCORE, Given, Processing, standard
from quizbank.exchange.qti.texts import Content, Texts
from quizbank.exchange.qti.tree import Unfit, number, wanted
from quizbank.exchange.qti.values import (
    Response,
    Scalar,
    Value,
    contained,
    read_response,
    scalar,
)
from quizbank.exchange.xml_reading import Element
from quizbank.items import Item, Misfit, read_item

Body = dict[str, JsonValue]
_FEEDBACK = frozenset({"feedbackinline", "feedbackblock", "modalfeedback"})
# They draw their values while the item is shown, or change it between answers.
_MOVING = {
    "templatedeclaration": "values that are drawn anew each time (templates)",
    "templateprocessing": "values that are drawn anew each time (templates)",
    "endattemptinteraction": "a button that ends the attempt (endAttemptInteraction)",
    "include": "parts that stand in other files (include)",
}
BELOW_NOTHING = (
    "An answer can earn less than 0 here, or always something, which no item does. Write "
    'lowerBound="0" into its mapping and try again.'
)
_ALIKE = 1e-9
_NO_MARKING = (
    "The item says no response processing; its correct response counts whole, as if it did."
)


class QtiItem:
    """An item's parts, with what all kinds ask of them; raises `Unfit` where one is not read."""

    def __init__(self, root: Element, texts: Texts, head: Body) -> None:
        """`head` is what an item needs beside its question; raises `Unfit`."""
        self.root, self.texts, self.line = root, texts, root.line
        self._head = head | {"id": "trial", "stem": "Trial"}
        self.warnings: list[str] = []
        self.unexplained = False
        self.identifier = " ".join(root.get("identifier").split())[:200]
        self.title = " ".join(root.get("title").split())[:200]
        _refuse_moving(root)
        body = root.first("itembody")
        if body is None:
            raise Unfit(root.line, "The item has no itemBody, so it asks nothing.")
        self.body = body
        self.interactions = tuple(one for one in body.walk() if one.name.endswith("interaction"))
        self.responses = _responses(root)
        self.outcomes = {
            wanted(one, "identifier"): _default(one) for one in root.all("outcomedeclaration")
        }
        self.processing = Processing(self._marking(), self.responses, self.outcomes)
        self._feedback = tuple(one for one in root.walk() if one.name in _FEEDBACK)
        self.warnings += [
            f"The text that belongs to it ({one.get('href')[:120]}) was not read; put it before "
            "the question."
            for one in root.all("assessmentstimulusref")
        ]

    def response_of(self, interaction: Element) -> Response:
        """Return the response that an interaction fills; raises `Unfit`."""
        name = wanted(interaction, "responseidentifier")
        if name not in self.responses:
            raise Unfit(interaction.line, f"The response {name} is not declared.")
        return self.responses[name]

    def score(self, given: Given) -> Fraction:
        """Return the points for these responses; raises `Unfit` where they are below 0."""
        points = self.processing.score(given)
        if points < 0:
            raise Unfit(self.processing.line, BELOW_NOTHING)
        return points

    def best_declared(self) -> int:
        """Return the most points that the item says it gives, where that is a sensible number."""
        declared = self.outcomes.get("MAXSCORE")
        for one in self.root.all("outcomedeclaration"):
            if one.get("identifier") == SCORE and not isinstance(declared, Fraction):
                declared = number(one.get("normalmaximum"))
        if not isinstance(declared, Fraction) or declared.denominator != 1:
            return 1
        return int(declared) if 1 <= declared <= 100 else 1

    def trial(self, body: Body) -> Item | None:
        """Return an item with these fields to see how it marks; None where they make none."""
        try:
            return read_item(self._head | body)
        except Misfit:
            return None

    def agrees(self, body: Body, expected: Iterable[tuple[JsonValue, Fraction]]) -> bool:
        """Tell whether an item with these fields gives each response this share of the mark."""
        trial = self.trial(body)
        return trial is not None and all(
            abs(trial.mark(response).fraction - float(share)) < _ALIKE
            for response, share in expected
        )

    def stem(self, instead: Mapping[int, Content | str] | None = None) -> str:
        """Return the text of the item, with the prompts of its interactions."""
        prompts: dict[int, Content | str] = {
            id(one): (prompt.content if (prompt := one.first("prompt")) else "")
            for one in self.interactions
        }
        return self.texts.markdown(self.body.content, prompts | dict(instead or {}))

    def reason(self, given: Given, inside: Element | None = None) -> str:
        """Return what the item says to these responses, or the sentence for no reason.

        `inside` is the choice that was made: its own feedback counts even where the marking does
        not say when it is shown.
        """
        said = self.texts.markdown(self._told(given))
        if not said and inside:
            own = [one for one in inside.walk() if one.name in _FEEDBACK]
            if len(own) == 1 and own[0].get("identifier") == inside.get("identifier"):
                said = self.texts.markdown(own[0].content)
        if not said:
            self.unexplained = True
        return said or NO_REASON

    def named(self, identifier: str, otherwise: str) -> str:
        """Return the feedback that has the identifier of a choice, else the other text."""
        own = [one for one in self._feedback if one.get("identifier") == identifier]
        return self.texts.markdown(own[0].content) if own else otherwise

    def explains(self, given: Given) -> bool:
        """Tell whether the item says anything to these responses."""
        return bool(self._told(given))

    def _told(self, given: Given) -> Content:
        if not self._feedback:
            return ()
        now = self.processing.run(given)
        told: list[Element | str] = []
        for one in self._feedback:
            value = now.get(one.get("outcomeidentifier"))
            values = value if isinstance(value, tuple) else (value,)
            if (one.get("identifier") in values) == (one.get("showhide").lower() != "hide"):
                told.append(Element("div", {}, one.content, one.line))
        return told

    def _marking(self) -> Element:
        found = self.root.first("responseprocessing")
        if found and (found.children or found.get("template") or found.get("templatelocation")):
            return found
        if len(self.responses) != 1:
            return Element("responseprocessing", {}, (), self.line)
        (response,) = self.responses.values()
        name = "map_response" if response.mapping else "match_correct"
        if response.areas:
            name = "map_response_point"
        if response.correct or response.mapping or response.areas:
            self.warnings.append(_NO_MARKING)
        return standard(name, response.id)


def keys_of(identifiers: list[str], line: int) -> dict[str, str]:
    """Return ids as they are written here for identifiers of QTI; raises `Unfit`."""
    keys: dict[str, str] = {}
    for place, one in enumerate(identifiers, 1):
        if one in keys:
            raise Unfit(line, f"Two choices have the identifier {one}; rename one.")
        key = slug(one)
        keys[one] = key if key and key not in keys.values() else f"x{place}-{key}".strip("-")
    return keys


def parts_of(interaction: Element, *names: str) -> list[Element]:
    """Return the choices of an interaction, in the order of the file; raises `Unfit`."""
    found = [one for one in interaction.walk() if one.name in names]
    for one in found:
        wanted(one, "identifier")
    return found


def identifiers_of(parts: list[Element]) -> list[str]:
    """Return their identifiers."""
    return [wanted(one, "identifier") for one in parts]


def _responses(root: Element) -> dict[str, Response]:
    read = [read_response(one) for one in root.all("responsedeclaration")]
    responses = {one.id: one for one in read}
    if len(responses) != len(read):
        raise Unfit(root.line, "Two responses have the same identifier; rename one.")
    return responses


def _default(outcome: Element) -> Value:
    base_type = outcome.get("basetype").strip().lower()
    default = outcome.first("defaultvalue")
    values: list[Scalar] = [
        scalar(base_type, one.full_text, one.line)
        for one in (default.all("value") if default else ())
    ]
    if not values and base_type in {"float", "integer"}:
        return Fraction(0)
    return contained(outcome.get("cardinality").strip().lower() or "single", tuple(values))


def _refuse_moving(root: Element) -> None:
    if root.get("adaptive").strip().lower() in {"true", "1"}:
        raise Unfit(root.line, "Adaptive items, which change between answers, are not read.")
    for one in root.walk():
        if one.name in _MOVING:
            raise Unfit(one.line, f"The item has {_MOVING[one.name]}, which is not read.")
