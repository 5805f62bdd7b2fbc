"""One item as XML of QTI 2.2: what is asked, how it is marked, and what is said afterwards."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import cast

from quizbank.exchange.defaults import NO_MODEL_ANSWER, NO_REASON, NO_RUBRIC
from quizbank.exchange.qti_markup import attribute, block, text
from quizbank.files import Picture
from quizbank.items import Item
from quizbank.kinds.essay import Essay
from quizbank.kinds.matching import Matching
from quizbank.kinds.multiple_response import MultipleResponse, Rule
from quizbank.kinds.numeric import Numeric, Tolerance
from quizbank.kinds.order_grading import Grading
from quizbank.kinds.ordering import Ordering
from quizbank.kinds.short_answer import ShortAnswer
from quizbank.kinds.single_choice import SingleChoice
from quizbank.kinds.true_false import TrueFalse

_ITEM = """<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://www.imsglobal.org/xsd/imsqti_v2p2 \
http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2.xsd" \
identifier="{identifier}" title="{title}" adaptive="false" timeDependent="false">
{declared}
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">\
<defaultValue><value>0</value></defaultValue></outcomeDeclaration>
  <outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">\
<defaultValue><value>{most}</value></defaultValue></outcomeDeclaration>
  <outcomeDeclaration identifier="FEEDBACK" cardinality="multiple" baseType="identifier"/>
  <itemBody>{body}</itemBody>
  <responseProcessing>{marking}</responseProcessing>
{feedback}</assessmentItem>
"""
_SCORE = '<variable identifier="SCORE"/>'
_RESPONSE = '<variable identifier="RESPONSE"/>'
Pictures = Mapping[str, Picture]


class NotHeld(Exception):
    """What keeps an item out of a QTI file."""


@dataclass
class Parts:
    """The parts of an item's file as they come together."""

    pictures: Pictures
    declared: list[str] = field(default_factory=list[str])
    body: str = ""
    marking: list[str] = field(default_factory=list[str])
    most: str = "1"
    reasons: dict[str, str] = field(default_factory=dict[str, str])

    def tell(self, name: str, reason: str) -> None:
        """Say a reason whenever the outcome FEEDBACK holds its name."""
        if reason != NO_REASON:
            self.reasons[name] = reason


def written_item(item: Item, pictures: Pictures) -> str:
    """Return the item as an XML file; raises `NotHeld`."""
    write = _WRITERS.get(item.kind)
    if write is None:
        raise NotHeld("this kind of item is not written as QTI")
    parts = Parts(pictures)
    write(item, parts)
    feedback = [
        f'  <modalFeedback outcomeIdentifier="FEEDBACK" identifier="{name}" showHide="show">'
        f"{block(reason, pictures)}</modalFeedback>\n"
        for name, reason in parts.reasons.items()
    ]
    return _ITEM.format(
        identifier=attribute(item.origin or item.id),
        title=attribute(item.title),
        declared="\n".join(parts.declared),
        most=parts.most,
        body=parts.body,
        marking="".join(parts.marking),
        feedback="".join(feedback),
    )


def name_of(key: str) -> str:
    """Return an id as an identifier of QTI, which begins with a letter or a low line."""
    return key if key[0].isalpha() else f"_{key}"


def constant(base_type: str, said: str) -> str:
    """Return a constant of the marking."""
    return f'<baseValue baseType="{base_type}">{text(said)}</baseValue>'


def points(share: float | Fraction) -> str:
    """Return points as a decimal number."""
    return f"{Decimal(repr(float(share))):f}"


def scored(value: str) -> str:
    """Return the statement that sets the score."""
    return f'<setOutcomeValue identifier="SCORE">{value}</setOutcomeValue>'


def told(*names: str) -> str:
    """Return the statement that adds names to the feedback."""
    said = "".join(constant("identifier", name) for name in names)
    return (
        '<setOutcomeValue identifier="FEEDBACK"><multiple><variable identifier="FEEDBACK"/>'
        f"{said}</multiple></setOutcomeValue>"
    )


def branches(tests: Iterable[tuple[str, str]], otherwise: str = "") -> str:
    """Return a condition: of these tests, the first that holds decides."""
    said: list[str] = []
    for test, then in tests:
        name = "responseElseIf" if said else "responseIf"
        said.append(f"<{name}>{test}{then}</{name}>")
    last = f"<responseElse>{otherwise}</responseElse>" if otherwise else ""
    return f"<responseCondition>{''.join(said)}{last}</responseCondition>"


def declared(
    name: str, cardinality: str, base_type: str, correct: Sequence[str], mapping: str = ""
) -> str:
    """Return the declaration of a response."""
    values = "".join(f"<value>{text(one)}</value>" for one in correct)
    right = f"<correctResponse>{values}</correctResponse>" if values else ""
    return (
        f'  <responseDeclaration identifier="{name}" cardinality="{cardinality}" '
        f'baseType="{base_type}">{right}{mapping}</responseDeclaration>'
    )


def mapped(entries: Iterable[tuple[str, float | Fraction]], upper: float | Fraction | None) -> str:
    """Return what answers earn, never less than 0 in all."""
    said = "".join(
        f'<mapEntry mapKey="{attribute(key)}" mappedValue="{points(earned)}"/>'
        for key, earned in entries
    )
    bound = f' upperBound="{points(upper)}"' if upper is not None else ""
    return f'<mapping defaultValue="0" lowerBound="0"{bound}>{said}</mapping>'


def _choice(options: Sequence[tuple[str, str]], parts: Parts, several: bool) -> str:
    said = "".join(
        f'<simpleChoice identifier="{name_of(key)}">{block(said, parts.pictures)}</simpleChoice>'
        for key, said in options
    )
    most = 0 if several else 1
    return (
        f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{most}">'
        f"{said}</choiceInteraction>"
    )


_TOLD = '<setOutcomeValue identifier="FEEDBACK">{}</setOutcomeValue>'
_TOLD_CHOICE = _TOLD.format(f"<multiple>{_RESPONSE}</multiple>")
_MAPPED = scored('<mapResponse identifier="RESPONSE"/>')
_ALL_RIGHT = branches(
    [
        (
            f'<match>{_RESPONSE}<correct identifier="RESPONSE"/></match>',
            scored(constant("float", "1")),
        )
    ],
    scored(constant("float", "0")),
)


def _single(item: SingleChoice, parts: Parts) -> None:
    right = next(one for one in item.options if one.correct)
    shares = [(name_of(one.id), 1.0 if one.correct else one.weight or 0.0) for one in item.options]
    mapping = mapped([one for one in shares if one[1]], None)
    partly = any(one.weight for one in item.options)
    parts.declared.append(
        declared("RESPONSE", "single", "identifier", [name_of(right.id)], mapping if partly else "")
    )
    options = [(one.id, one.text) for one in item.options]
    parts.body = block(item.stem, parts.pictures) + _choice(options, parts, False)
    parts.marking += [
        _MAPPED if partly else _ALL_RIGHT,
        _TOLD.format(f"<multiple>{_RESPONSE}</multiple>"),
    ]
    for one in item.options:
        parts.tell(name_of(one.id), one.reason)


def _statement(item: TrueFalse, parts: Parts) -> None:
    parts.declared.append(
        declared("RESPONSE", "single", "identifier", ["true" if item.answer else "false"])
    )
    choices = [("true", "True"), ("false", "False")]
    parts.body = block(item.stem, parts.pictures) + _choice(choices, parts, False).replace(
        'shuffle="true"', 'shuffle="false"'
    )
    parts.marking += [_ALL_RIGHT, _TOLD_CHOICE]
    parts.tell("true", item.reason_true)
    parts.tell("false", item.reason_false)


def _several(item: MultipleResponse, parts: Parts) -> None:
    keys = [name_of(one.id) for one in item.options if one.correct]
    mapping, marking = _rule(item, keys)
    parts.declared.append(declared("RESPONSE", "multiple", "identifier", keys, mapping))
    options = [(one.id, one.text) for one in item.options]
    parts.body = block(item.stem, parts.pictures) + _choice(options, parts, True)
    parts.marking += [marking, _TOLD.format(_RESPONSE)]
    if item.rule is Rule.NET_CORRECT:
        parts.most = str(len(keys))
    for one in item.options:
        parts.tell(name_of(one.id), one.reason)


def _rule(item: MultipleResponse, keys: Sequence[str]) -> tuple[str, str]:
    """Return what the options earn, and the statement that marks by the rule."""
    count, size = len(keys), len(item.options)
    signs = [(name_of(one.id), 1.0 if one.correct else -1.0) for one in item.options]
    empty = f"<isNull>{_RESPONSE}</isNull>", scored(constant("float", "0"))
    earned = '<mapResponse identifier="RESPONSE"/>'
    match item.rule:
        case Rule.ALL_OR_NOTHING:
            return "", _ALL_RIGHT
        case Rule.NET_CORRECT:
            return mapped(signs, float(count)), _MAPPED
        case Rule.WEIGHTS:
            total = sum(_exact(one.weight) for one in item.options if one.correct)
            weights = [(name_of(one.id), _exact(one.weight)) for one in item.options if one.weight]
            return mapped(weights, total), _MAPPED
        case Rule.EACH_ANSWER:
            entries = "".join(
                f'<mapEntry mapKey="{name}" mappedValue="{points(sign)}"/>' for name, sign in signs
            )
            left = f"<sum>{constant('float', str(size - count))}{earned}</sum>"
            return f'<mapping defaultValue="0">{entries}</mapping>', branches([empty], scored(left))
        case Rule.COVERAGE:
            product = f"<product>{earned}{earned}</product>"
            chosen = f"<containerSize>{_RESPONSE}</containerSize>"
            below = f"<product>{constant('float', str(count))}{chosen}</product>"
            share = f"<divide>{product}{below}</divide>"
            return mapped([(key, 1.0) for key in keys], None), branches([empty], scored(share))


def _exact(weight: float | None) -> Fraction:
    return Fraction(repr(weight or 0.0))


def _typed(item: ShortAnswer, parts: Parts) -> None:
    ranked = sorted(item.answers, key=lambda one: -one.fraction)
    tests: list[tuple[str, str]] = []
    otherwise = ""
    right: list[str] = []
    capitals = "true" if item.case_sensitive else "false"
    for one in ranked:
        said = one.text.replace("\\*", "\u2062")
        if one.text == "*":
            otherwise = told("else")
            parts.tell("else", one.reason)
            continue
        if "*" in said:
            raise NotHeld("an answer has a star that stands for any characters")
        said = said.replace("\u2062", "*")
        test = (
            f'<stringMatch caseSensitive="{capitals}">{_RESPONSE}'
            f"{constant('string', said)}</stringMatch>"
        )
        name = f"answer-{one.id}"
        tests.append((test, scored(constant("float", points(one.fraction))) + told(name)))
        parts.tell(name, one.reason)
        right += [said] if one.fraction == 1 else []
    parts.declared.append(declared("RESPONSE", "single", "string", right[:1]))
    field_ = '<p><textEntryInteraction responseIdentifier="RESPONSE" expectedLength="40"/></p>'
    parts.body = block(item.stem, parts.pictures) + field_
    parts.marking.append(branches(tests, otherwise))


def _number(item: Numeric, parts: Parts) -> None:
    if item.tolerance_type is Tolerance.GEOMETRIC:
        raise NotHeld("QTI has no tolerance that is a factor")
    relative = item.tolerance_type is Tolerance.RELATIVE
    reach = Fraction(item.tolerance) * (100 if relative else 1)
    near = [(1.0, "right", Fraction(item.answer), reach, relative, item.reason)]
    near += [
        (
            one.fraction,
            f"other-{one.id}",
            Fraction(one.answer),
            Fraction(one.tolerance),
            False,
            one.reason,
        )
        for one in sorted(item.others, key=lambda one: -one.fraction)
    ]
    tests: list[tuple[str, str]] = []
    for share, name, answer, off, shared, reason in near:
        mode = "relative" if shared else "absolute"
        test = (
            f'<equal toleranceMode="{mode}" tolerance="{decimals(off)} {decimals(off)}">'
            f"{_RESPONSE}{constant('float', decimals(answer))}</equal>"
        )
        tests.append((test, scored(constant("float", points(share))) + told(name)))
        parts.tell(name, reason)
    parts.tell("wrong", item.reason_wrong)
    parts.declared.append(
        declared("RESPONSE", "single", "float", [decimals(Fraction(item.answer))])
    )
    unit = f" {text(item.unit)}" if item.unit else ""
    field_ = (
        f'<p><textEntryInteraction responseIdentifier="RESPONSE" expectedLength="12"/>{unit}</p>'
    )
    parts.body = block(item.stem, parts.pictures) + field_
    empty = f"<isNull>{_RESPONSE}</isNull>", scored(constant("float", "0"))
    parts.marking.append(branches([empty, *tests], told("wrong")))


def decimals(value: Fraction) -> str:
    """Return a number in decimals, all of them."""
    said = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    if Fraction(said) != value:
        raise NotHeld("a number has more decimals than can be written")
    return said


def _pairs(item: Matching, parts: Parts) -> None:
    pairs = [f"{name_of(one.id)} {name_of(one.choice)}" for one in item.premises]
    mapping = mapped([(pair, 1.0) for pair in pairs], None)
    parts.declared.append(declared("RESPONSE", "multiple", "directedPair", pairs, mapping))
    parts.most = str(len(pairs))
    first = "".join(_associable(one.id, one.text, 1) for one in item.premises)
    second = "".join(_associable(one.id, one.text, 0) for one in item.choices)
    parts.body = block(item.stem, parts.pictures) + (
        f'<matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="0">'
        f"<simpleMatchSet>{first}</simpleMatchSet><simpleMatchSet>{second}</simpleMatchSet>"
        "</matchInteraction>"
    )
    parts.marking.append(_MAPPED)
    for pair, one in zip(pairs, item.premises, strict=True):
        name = f"premise-{one.id}"
        test = f"<member>{constant('directedPair', pair)}{_RESPONSE}</member>"
        parts.marking.append(branches([(test, told(name))]))
        parts.tell(name, one.reason)


def _associable(key: str, said: str, most: int) -> str:
    return (
        f'<simpleAssociableChoice identifier="{name_of(key)}" matchMax="{most}">'
        f"{text(said)}</simpleAssociableChoice>"
    )


def _order(item: Ordering, parts: Parts) -> None:
    names = [name_of(one.id) for one in item.elements]
    parts.declared.append(declared("RESPONSE", "ordered", "identifier", names))
    said = "".join(
        f'<simpleChoice identifier="{name_of(one.id)}">{text(one.text)}</simpleChoice>'
        for one in item.elements
    )
    parts.body = block(item.stem, parts.pictures) + (
        f'<orderInteraction responseIdentifier="RESPONSE" shuffle="true">{said}</orderInteraction>'
    )
    if item.grading is Grading.ALL_OR_NOTHING:
        parts.marking.append(_ALL_RIGHT)
    elif item.grading is Grading.ABSOLUTE_POSITION:
        parts.most = str(len(names))
        parts.marking += [_at_place(place, name) for place, name in enumerate(names, 1)]
    else:
        raise NotHeld("QTI has no words for how its order is marked")
    for one in item.elements:
        parts.tell(name_of(one.id), one.reason)
        parts.marking.append(_told_at(item, one.id))


def _at_place(place: int, name: str) -> str:
    there = f'<index n="{place}">{_RESPONSE}</index>'
    test = f"<match>{there}{constant('identifier', name)}</match>"
    return branches([(test, scored(f"<sum>{_SCORE}{constant('float', '1')}</sum>"))])


def _told_at(item: Ordering, key: str) -> str:
    place = item.option_ids().index(key) + 1
    there = f'<index n="{place}">{_RESPONSE}</index>'
    test = f"<match>{there}{constant('identifier', name_of(key))}</match>"
    return branches([(test, told(name_of(key)))])


def _essay(item: Essay, parts: Parts) -> None:
    right = [] if item.model_answer == NO_MODEL_ANSWER else [item.model_answer]
    parts.declared.append(declared("RESPONSE", "single", "string", right))
    parts.most = str(item.total)
    length = (item.max_words or 200) * 6
    parts.body = block(item.stem, parts.pictures) + (
        f'<extendedTextInteraction responseIdentifier="RESPONSE" expectedLength="{length}"/>'
    )
    rubric = [one.model_dump(mode="json", exclude_defaults=True) for one in item.rubric]
    if rubric == [*NO_RUBRIC]:
        return
    lines = [f"{one.text} ({one.points})" for one in item.rubric]
    one = item.rubric[0]
    guide = one.text if len(item.rubric) == 1 and not one.levels else "\n\n".join(lines)
    parts.body += f'<rubricBlock view="scorer">{block(guide, parts.pictures)}</rubricBlock>'


_WRITERS = cast(
    dict[str, Callable[[Item, Parts], None]],
    {
        "single_choice": _single,
        "true_false": _statement,
        "multiple_response": _several,
        "short_answer": _typed,
        "numeric": _number,
        "matching": _pairs,
        "ordering": _order,
        "essay": _essay,
    },
)
