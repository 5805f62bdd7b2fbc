"""The answers of items as Moodle XML writes them, kind by kind."""

from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

from quizbank.exchange.defaults import NO_RUBRIC
from quizbank.exchange.moodle.xml_hotspot import hotspot_parts
from quizbank.exchange.moodle.xml_parts import Parts, element, text_element
from quizbank.exchange.moodle.xml_units import unit_parts
from quizbank.items import Item
from quizbank.kinds.essay import Essay
from quizbank.kinds.item import Option
from quizbank.kinds.matching import Matching
from quizbank.kinds.multiple_response import MultipleResponse, Rule
from quizbank.kinds.numeric import Numeric, Tolerance
from quizbank.kinds.ordering import Ordering
from quizbank.kinds.short_answer import ShortAnswer
from quizbank.kinds.single_choice import SingleChoice
from quizbank.kinds.true_false import TrueFalse

_TYPES = {
    "single_choice": "multichoice",
    "multiple_response": "multichoice",
    "true_false": "truefalse",
    "numeric": "numerical",
    "short_answer": "shortanswer",
    "matching": "matching",
    "ordering": "ordering",
    "essay": "essay",
    "description": "description",
    "cloze": "cloze",
    "hotspot": "ddmarker",
}
KINDS_WRITTEN = frozenset(_TYPES)


def type_of(item: Item) -> str:
    """Return what Moodle calls an item of this kind."""
    return _TYPES[item.kind]


def answers_of(item: Item, parts: Parts) -> list[str]:
    """Return the elements that a question of this kind has beside those that all have."""
    write: Callable[[Any, Parts], list[str]] | None = _WRITE.get(item.kind)
    return write(item, parts) if write else []


def _single(item: SingleChoice, parts: Parts) -> list[str]:
    shares = [Decimal(1) if one.correct else _decimal(one.weight) for one in item.options]
    return _choice(list(zip(item.options, shares, strict=True)), True, parts)


def _several(item: MultipleResponse, parts: Parts) -> list[str]:
    keys = sum(one.correct for one in item.options)
    each = _decimal(round(1 / keys, 7))
    # All or nothing has no weights that say so; a distractor that costs everything comes nearest.
    cost = Decimal(-1) if item.rule is Rule.ALL_OR_NOTHING else -each
    shares = [each if one.correct else cost for one in item.options]
    if item.rule is Rule.WEIGHTS:
        shares = [_decimal(one.weight) for one in item.options]
    return _choice(list(zip(item.options, shares, strict=True)), False, parts)


def _choice(options: list[tuple[Option, Decimal]], single: bool, parts: Parts) -> list[str]:
    return [
        element("single", "true" if single else "false"),
        element("shuffleanswers", "true"),
        element("answernumbering", "abc"),
        *(
            _answer(parts.inside(one.text), share, "markdown", parts.feedback(one.reason))
            for one, share in options
        ),
    ]


def _statement(item: TrueFalse, parts: Parts) -> list[str]:
    said = (("true", item.answer, item.reason_true), ("false", not item.answer, item.reason_false))
    return [_plain(word, Decimal(right), parts.feedback(reason)) for word, right, reason in said]


def _typed(item: ShortAnswer, parts: Parts) -> list[str]:
    answers = [
        _plain(one.text, _decimal(one.fraction), parts.feedback(one.reason)) for one in item.answers
    ]
    return [element("usecase", str(int(item.case_sensitive))), *answers]


def _numbers(item: Numeric, parts: Parts) -> list[str]:
    answer, tolerance = _range(item)
    known = [(answer, tolerance, Decimal(1), item.reason)]
    known += [(o.answer, o.tolerance, _decimal(o.fraction), o.reason) for o in item.others]
    answers = [
        _plain(f"{number:f}", share, parts.feedback(reason) + element("tolerance", f"{off:f}"))
        for number, off, share, reason in known
    ]
    if rest := parts.reason(item.reason_wrong):
        answers.append(_plain("*", Decimal(0), parts.feedback(rest) + element("tolerance", "0")))
    return answers + unit_parts(item)


def _range(item: Numeric) -> tuple[Decimal, Decimal]:
    if item.tolerance_type is Tolerance.NOMINAL:
        return item.answer, item.tolerance
    with localcontext(prec=80):
        if item.tolerance_type is Tolerance.RELATIVE:
            return item.answer, _short(abs(item.answer) * item.tolerance)
        low, high = item.answer / (1 + item.tolerance), item.answer * (1 + item.tolerance)
        return _short((low + high) / 2), _short(abs(high - low) / 2)


def _short(number: Decimal) -> Decimal:
    return number.quantize(Decimal("1e-9")).normalize()


def _pairs(item: Matching, parts: Parts) -> list[str]:  # noqa: ARG001 one signature for all kinds
    texts = {one.id: one.text for one in item.choices}
    asked = {one.choice for one in item.premises}
    pairs = [(one.text, texts[one.choice]) for one in item.premises]
    pairs += [("", text) for one, text in texts.items() if one not in asked]
    return [
        element("shuffleanswers", "true"),
        *(
            f'<subquestion format="plain_text">{element("text", premise)}'
            f"{text_element('answer', choice)}</subquestion>"
            for premise, choice in pairs
        ),
    ]


def _order(item: Ordering, parts: Parts) -> list[str]:  # noqa: ARG001 one signature for all kinds
    return [
        element("layouttype", "VERTICAL"),
        element("selecttype", "ALL"),
        element("selectcount", str(len(item.elements))),
        element("gradingtype", item.grading.value.upper()),
        *(
            _plain(one.text, Decimal(place) / 100, "")
            for place, one in enumerate(item.elements, start=1)
        ),
    ]


def _essay(item: Essay, parts: Parts) -> list[str]:
    limits = {"minwordlimit": item.min_words, "maxwordlimit": item.max_words}
    return [
        element("responseformat", "plain"),
        *(element(name, str(limit)) for name, limit in limits.items() if limit),
        parts.markdown("graderinfo", _for_markers(item)),
        f'<responsetemplate format="plain_text">{element("text", item.template)}'
        "</responsetemplate>",
    ]


def _for_markers(item: Essay) -> str:
    first, *others = item.rubric
    if not others:
        return "" if first.model_dump(exclude={"levels"}) == NO_RUBRIC[0] else first.text
    listed = (f"- {one.text} ({one.points})" for one in item.rubric)
    return "\n".join(listed)[:8_000]


def _plain(text: str, share: Decimal, rest: str) -> str:
    return _answer(element("text", text), share, "plain_text", rest)


def _answer(inside: str, share: Decimal, text_format: str, rest: str) -> str:
    percent = f"{(share * 100).normalize():f}"
    return f'<answer fraction="{percent}" format="{text_format}">{inside}{rest}</answer>'


def _decimal(share: float | None) -> Decimal:
    return Decimal(repr(share or 0.0))


_WRITE: dict[str, Callable[[Any, Parts], list[str]]] = {
    "single_choice": _single,
    "multiple_response": _several,
    "true_false": _statement,
    "numeric": _numbers,
    "short_answer": _typed,
    "matching": _pairs,
    "ordering": _order,
    "essay": _essay,
    "hotspot": hotspot_parts,
}
