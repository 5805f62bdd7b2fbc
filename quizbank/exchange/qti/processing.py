"""Response processing of QTI: run for a response, exactly, to compare with what an item gives.

Only what can be decided from the response alone is run; everything else is refused by name.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache

from quizbank.exchange.qti.operators import OPERATORS, computed
from quizbank.exchange.qti.tree import Unfit, number, plain
from quizbank.exchange.qti.values import Response, Value, scalar
from quizbank.exchange.xml_reading import Element, parse_xml

SCORE = "SCORE"
Given = Mapping[str, Value]
_MOST_STEPS = 1_500
_TEMPLATES = {
    "match_correct": """<responseProcessing><responseCondition>
        <responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
        <setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue>
        </setOutcomeValue></responseIf><responseElse><setOutcomeValue identifier="SCORE">
        <baseValue baseType="float">0</baseValue></setOutcomeValue></responseElse>
        </responseCondition></responseProcessing>""",
    "map_response": """<responseProcessing><setOutcomeValue identifier="SCORE">
        <mapResponse identifier="RESPONSE"/></setOutcomeValue></responseProcessing>""",
    "map_response_point": """<responseProcessing><setOutcomeValue identifier="SCORE">
        <mapResponsePoint identifier="RESPONSE"/></setOutcomeValue></responseProcessing>""",
}


class Processing:
    """How an item's responses are marked.

    `template` names the standard template that this is or amounts to, else it is empty.
    """

    def __init__(
        self, element: Element, responses: Mapping[str, Response], outcomes: Given
    ) -> None:
        """Raises `Unfit` where something in it is not run here."""
        self.line = element.line
        self._responses = responses
        self._outcomes = outcomes
        self.body = _statements(element, responses)
        _refuse_unknown(self.body)
        self.about_score = _about_score(self.body)
        self.template = _recognised(self.about_score, outcomes)
        self._scoring = (
            self.about_score if _stands_alone(self.about_score, self.body) else self.body
        )

    def run(self, given: Given) -> Mapping[str, Value]:
        """Return the outcomes for these responses; one that is missing is NULL."""
        return _Run(self._responses, self._outcomes, given).all(self.body)

    def score(self, given: Given) -> Fraction:
        """Return the points for these responses."""
        run = _Run(self._responses, self._outcomes, given)
        score = run.all(self._scoring).get(SCORE)
        return score if isinstance(score, Fraction) else Fraction(0)

    def parts_add_up(self) -> bool:
        """Tell whether each response earns by itself, whatever the others are."""
        return all(_is_part(one, {*self._responses}) for one in self.about_score)

    def adds_one(self, statement: Element) -> bool:
        """Tell whether a statement adds one point to the score."""
        values = [one for one in statement.children[:1] if _adds(statement)]
        constants = [one for value in values for one in value.children if one.name == "basevalue"]
        whole = len(values) == 1 and len(values[0].children) == 2
        return whole and [number(one.full_text) for one in constants] == [Fraction(1)]

    def elements(self, name: str) -> list[Element]:
        """Return the elements of this name anywhere in it."""
        return [one for part in self.body for one in part.walk() if one.name == name]


@lru_cache(maxsize=64)
def standard(name: str, response: str) -> Element:
    """Return a standard template as an element, about this response."""
    read = parse_xml(_TEMPLATES[name].replace("RESPONSE", response))
    if not isinstance(read, Element):
        raise TypeError(name)
    return plain(read)


def template_name(address: str) -> str:
    """Return which standard template an address or a path means; empty where it is none."""
    name = address.strip().rstrip("/").rsplit("/", 1)[-1].lower().removesuffix(".xml")
    return name if name in _TEMPLATES else ""


def _statements(element: Element, responses: Mapping[str, Response]) -> tuple[Element, ...]:
    address = element.get("template") or element.get("templatelocation")
    if element.children or not address:
        return element.children
    name = template_name(address)
    if not name:
        raise Unfit(
            element.line,
            f"The marking template “{address[:120]}” is not known here; match_correct, "
            "map_response and map_response_point are.",
        )
    # The templates are about RESPONSE; files with one response often name it otherwise.
    asked = "RESPONSE" if "RESPONSE" in responses or not responses else next(iter(responses))
    if asked != "RESPONSE" and len(responses) > 1:
        raise Unfit(element.line, "The marking template asks for a response named RESPONSE.")
    return standard(name, asked).children


def _refuse_unknown(body: Sequence[Element]) -> None:
    steps = 0
    for part in body:
        for one in part.walk():
            steps += 1
            if one.name not in _KNOWN:
                raise Unfit(one.line, f"The marking uses “{one.name}”, which is not run here.")
    if steps > _MOST_STEPS:
        raise Unfit(body[0].line, f"The marking has more than {_MOST_STEPS} steps.")


def _about_score(body: Sequence[Element]) -> list[Element]:
    """Return the statements that have to do with the score, without what only tells feedback."""
    kept: list[Element] = []
    for one in body:
        if one.name == "setoutcomevalue":
            if one.get("identifier") == SCORE:
                kept.append(one)
        elif one.name in _BRANCHES or one.name == "responsecondition":
            inner = _about_score(one.children)
            if one.name == "responsecondition" and not any(_sets(part) for part in inner):
                continue
            kept.append(Element(one.name, one.attributes, tuple(inner), one.line))
        else:
            kept.append(one)
    return kept


def _stands_alone(about_score: Sequence[Element], body: Sequence[Element]) -> bool:
    """Tell whether the score needs no outcome that other statements set."""
    others = {one.get("identifier") for part in body for one in part.walk() if _is_set(one)}
    asked = {one.get("identifier") for part in about_score for one in part.walk()}
    return not (others - {SCORE}) & asked


def _is_set(element: Element) -> bool:
    return element.name == "setoutcomevalue"


def _sets(element: Element) -> bool:
    return any(one.name in {"setoutcomevalue", "exitresponse"} for one in element.walk())


def _recognised(body: Sequence[Element], outcomes: Given) -> str:
    if len(body) != 1 or body[0].name != "responsecondition":
        return _mapped(body[0]) if len(body) == 1 else ""
    match [part.children for part in body[0].children]:
        case [(test, then), *rest] if _asks_for_key(test):
            earns = (_constant(then, outcomes) or 0) > 0
            return "match_correct" if earns and _sets_nothing(rest, outcomes) else ""
        case [(test, then), (otherwise,)] if test.name == "isnull":
            return _mapped(otherwise) if _constant(then, outcomes) == 0 else ""
        case _:
            return ""


def _mapped(statement: Element) -> str:
    names = {"mapresponse": "map_response", "mapresponsepoint": "map_response_point"}
    values = statement.children
    sets = statement.name == "setoutcomevalue" and len(values) == 1
    return names.get(values[0].name, "") if sets else ""


def _asks_for_key(test: Element) -> bool:
    names = {one.name: one.get("identifier") for one in test.children}
    about_one = len(test.children) == 2 and len({*names.values()}) == 1
    return test.name == "match" and about_one and {*names} == _KEY


def _sets_nothing(rest: list[tuple[Element, ...]], outcomes: Given) -> bool:
    return not rest or (
        len(rest) == 1 and (not rest[0] or [_constant(one, outcomes) for one in rest[0]] == [0])
    )


def _constant(statement: Element, outcomes: Given) -> Fraction | None:
    """Return what a statement sets, where that is one number whatever the response is."""
    values = statement.children
    if statement.name != "setoutcomevalue" or len(values) != 1:
        return None
    if values[0].name == "basevalue":
        return number(values[0].full_text)
    known = outcomes.get(values[0].get("identifier"))
    named = values[0].name == "variable" and values[0].get("identifier") != SCORE
    return known if named and isinstance(known, Fraction) else None


def _is_part(statement: Element, responses: set[str]) -> bool:
    """Tell whether a statement only adds to the score what one response earns."""
    if any(one.name == "setoutcomevalue" and not _adds(one) for one in statement.walk()):
        return False
    if statement.name != "setoutcomevalue":
        return len(_asked(statement, responses)) <= 1
    return all(len(_asked(one, responses)) <= 1 for one in statement.children[0].children)


def _adds(statement: Element) -> bool:
    (value,) = statement.children if len(statement.children) == 1 else (statement,)
    own = [one for one in value.walk() if one.get("identifier") == SCORE]
    right_inside = [one for one in value.children if one.get("identifier") == SCORE]
    return value.name == "sum" and len(own) == len(right_inside) <= 1


def _asked(element: Element, responses: set[str]) -> set[str]:
    return {one.get("identifier") for one in element.walk()} & responses


_BRANCHES = frozenset({"responseif", "responseelseif", "responseelse"})
_READS = frozenset({"variable", "correct", "mapresponse", "mapresponsepoint"})
_KEY = {"variable", "correct"}


class _Left(Exception):
    """The processing was left by `exitResponse`."""


class _Run:
    """One run: the outcomes as they stand, and how each expression is computed."""

    def __init__(self, responses: Mapping[str, Response], outcomes: Given, given: Given) -> None:
        self._responses = responses
        self._given = given
        self._now = dict(outcomes)

    def all(self, body: Sequence[Element]) -> Mapping[str, Value]:
        """Run the statements and return the outcomes."""
        with suppress(_Left):
            self._do(body)
        return self._now

    def _do(self, statements: Sequence[Element]) -> None:
        for one in statements:
            if one.name == "setoutcomevalue":
                values = self._values(one)
                self._now[one.get("identifier")] = values[0] if values else None
            elif one.name == "responsecondition":
                self._branch(one)
            elif one.name == "exitresponse":
                raise _Left
            else:
                raise Unfit(one.line, f"“{one.name}” stands where the marking sets a value.")

    def _branch(self, condition: Element) -> None:
        for branch in condition.children:
            tests = branch.children[:1] if branch.name != "responseelse" else ()
            if branch.name not in _BRANCHES:
                raise Unfit(branch.line, f"“{branch.name}” is no branch of the marking.")
            if not tests or self.value(tests[0]) is True:
                self._do(branch.children[len(tests) :])
                return

    def value(self, element: Element) -> Value:
        """Return what an expression comes to."""
        name, identifier = element.name, element.get("identifier")
        if name == "basevalue":
            base_type = element.get("basetype").strip().lower()
            return scalar(base_type, element.full_text, element.line)
        if name == "variable":
            found = self._given if identifier in self._responses else self._now
            return found.get(identifier)
        if name in {"correct", "mapresponse"}:
            return self._declared(element)
        return computed(element, self._values(element))

    def _declared(self, element: Element) -> Value:
        response = self._responses.get(element.get("identifier"))
        if response is None:
            said = element.get("identifier")
            raise Unfit(element.line, f"The marking asks for {said}, which is not declared.")
        if element.name == "correct":
            return response.right
        if response.mapping is None:
            raise Unfit(element.line, f"The marking maps {response.id}, which has no mapping.")
        return response.mapping.total(self._given.get(response.id))

    def _values(self, element: Element) -> list[Value]:
        return [self.value(one) for one in element.children]


_KNOWN = (
    _BRANCHES
    | _READS
    | {"basevalue", "setoutcomevalue", "responsecondition", "exitresponse", *OPERATORS}
)
