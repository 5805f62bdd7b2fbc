"""Choices, pairs and orders as QTI."""

from collections.abc import Sequence
from fractions import Fraction

from quizbank.exchange.qti.markup import block
from quizbank.exchange.qti.statements import (
    ALL_RIGHT,
    MAPPED,
    RESPONSE,
    SCORE,
    TOLD,
    TOLD_CHOICE,
    Parts,
    branches,
    constant,
    declared,
    mapped,
    name_of,
    points,
    scored,
    told,
)
from quizbank.exchange.written_back import NotHeld
from quizbank.exchange.xml_written import text
from quizbank.kinds.matching import Matching, PairRule
from quizbank.kinds.multiple_response import MultipleResponse, Rule
from quizbank.kinds.order_grading import Grading
from quizbank.kinds.ordering import Ordering
from quizbank.kinds.single_choice import SingleChoice
from quizbank.kinds.true_false import TrueFalse


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


def single(item: SingleChoice, parts: Parts) -> None:
    """Write single choice."""
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
        MAPPED if partly else ALL_RIGHT,
        TOLD.format(f"<multiple>{RESPONSE}</multiple>"),
    ]
    for one in item.options:
        parts.tell(name_of(one.id), one.reason)


def statement(item: TrueFalse, parts: Parts) -> None:
    """Write true or false."""
    parts.declared.append(
        declared("RESPONSE", "single", "identifier", ["true" if item.answer else "false"])
    )
    choices = [("true", "True"), ("false", "False")]
    parts.body = block(item.stem, parts.pictures) + _choice(choices, parts, False).replace(
        'shuffle="true"', 'shuffle="false"'
    )
    parts.marking += [ALL_RIGHT, TOLD_CHOICE]
    parts.tell("true", item.reason_true)
    parts.tell("false", item.reason_false)


def several(item: MultipleResponse, parts: Parts) -> None:
    """Write multiple response, by its rule."""
    keys = [name_of(one.id) for one in item.options if one.correct]
    mapping, marking = _rule(item, keys)
    parts.declared.append(declared("RESPONSE", "multiple", "identifier", keys, mapping))
    options = [(one.id, one.text) for one in item.options]
    parts.body = block(item.stem, parts.pictures) + _choice(options, parts, True)
    parts.marking += [marking, TOLD.format(RESPONSE)]
    if item.rule is Rule.NET_CORRECT:
        parts.most = str(len(keys))
    for one in item.options:
        parts.tell(name_of(one.id), one.reason)


def _rule(item: MultipleResponse, keys: Sequence[str]) -> tuple[str, str]:
    """Return what the options earn, and the statement that marks by the rule."""
    count, size = len(keys), len(item.options)
    signs = [(name_of(one.id), 1.0 if one.correct else -1.0) for one in item.options]
    empty = f"<isNull>{RESPONSE}</isNull>", scored(constant("float", "0"))
    earned = '<mapResponse identifier="RESPONSE"/>'
    match item.rule:
        case Rule.ALL_OR_NOTHING:
            return "", ALL_RIGHT
        case Rule.NET_CORRECT:
            return mapped(signs, float(count)), MAPPED
        case Rule.WEIGHTS:
            total = sum(_exact(one.weight) for one in item.options if one.correct)
            weights = [(name_of(one.id), _exact(one.weight)) for one in item.options if one.weight]
            return mapped(weights, total), MAPPED
        case Rule.EACH_ANSWER:
            entries = "".join(
                f'<mapEntry mapKey="{name}" mappedValue="{points(sign)}"/>' for name, sign in signs
            )
            left = f"<sum>{constant('float', str(size - count))}{earned}</sum>"
            return f'<mapping defaultValue="0">{entries}</mapping>', branches([empty], scored(left))
        case Rule.COVERAGE:
            product = f"<product>{earned}{earned}</product>"
            chosen = f"<containerSize>{RESPONSE}</containerSize>"
            below = f"<product>{constant('float', str(count))}{chosen}</product>"
            share = f"<divide>{product}{below}</divide>"
            return mapped([(key, 1.0) for key in keys], None), branches([empty], scored(share))


def _exact(weight: float | None) -> Fraction:
    return Fraction(repr(weight or 0.0))


def joined(item: Matching, parts: Parts) -> None:
    """Write matching by its rule, each pair alike."""
    pairs = [f"{name_of(one.id)} {name_of(one.choice)}" for one in item.premises]
    whole = item.rule is PairRule.ALL_OR_NOTHING
    mapping = "" if whole else mapped([(pair, 1.0) for pair in pairs], None)
    parts.declared.append(declared("RESPONSE", "multiple", "directedPair", pairs, mapping))
    parts.most = "1" if whole else str(len(pairs))
    first = "".join(_associable(one.id, one.text, 1) for one in item.premises)
    second = "".join(_associable(one.id, one.text, 0) for one in item.choices)
    parts.body = block(item.stem, parts.pictures) + (
        f'<matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="0">'
        f"<simpleMatchSet>{first}</simpleMatchSet><simpleMatchSet>{second}</simpleMatchSet>"
        "</matchInteraction>"
    )
    parts.marking.append(ALL_RIGHT if whole else MAPPED)
    for pair, one in zip(pairs, item.premises, strict=True):
        name = f"premise-{one.id}"
        test = f"<member>{constant('directedPair', pair)}{RESPONSE}</member>"
        parts.marking.append(branches([(test, told(name))]))
        parts.tell(name, one.reason)


def _associable(key: str, said: str, most: int) -> str:
    return (
        f'<simpleAssociableChoice identifier="{name_of(key)}" matchMax="{most}">'
        f"{text(said)}</simpleAssociableChoice>"
    )


def order(item: Ordering, parts: Parts) -> None:
    """Write an ordering; raises `NotHeld` where QTI cannot mark it as it is."""
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
        parts.marking.append(ALL_RIGHT)
    elif item.grading is Grading.ABSOLUTE_POSITION:
        parts.most = str(len(names))
        parts.marking += [_at_place(place, name) for place, name in enumerate(names, 1)]
    else:
        raise NotHeld("QTI has no words for how its order is marked")
    for one in item.elements:
        parts.tell(name_of(one.id), one.reason)
        parts.marking.append(_told_at(item, one.id))


def _at_place(place: int, name: str) -> str:
    there = f'<index n="{place}">{RESPONSE}</index>'
    test = f"<match>{there}{constant('identifier', name)}</match>"
    return branches([(test, scored(f"<sum>{SCORE}{constant('float', '1')}</sum>"))])


def _told_at(item: Ordering, key: str) -> str:
    place = item.option_ids().index(key) + 1
    there = f'<index n="{place}">{RESPONSE}</index>'
    test = f"<match>{there}{constant('identifier', name_of(key))}</match>"
    return branches([(test, told(name_of(key)))])
