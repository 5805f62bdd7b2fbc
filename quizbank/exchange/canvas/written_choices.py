"""Choices, statements, pairs and orders as questions of QTI 1.2."""

from collections.abc import Sequence

from quizbank.exchange.canvas.statements import ONE, Parts, equal, label, listed, percent_of, plain
from quizbank.exchange.written_back import NotHeld
from quizbank.kinds.item import Option
from quizbank.kinds.matching import Matching
from quizbank.kinds.multiple_response import MultipleResponse, Rule
from quizbank.kinds.order_grading import Grading
from quizbank.kinds.ordering import Ordering
from quizbank.kinds.single_choice import SingleChoice
from quizbank.kinds.true_false import TrueFalse


def single(item: SingleChoice, parts: Parts) -> None:
    """Write single choice."""
    parts.type = "multiple_choice_question"
    _offer(item.options, parts, "Single")
    for one in item.options:
        if worth := 1.0 if one.correct else one.weight:
            parts.score(equal(ONE, one.id), percent_of(worth))


def several(item: MultipleResponse, parts: Parts) -> None:
    """Write multiple response by its rule; raises `NotHeld`."""
    parts.type = "multiple_answers_question"
    if item.rule not in {Rule.ALL_OR_NOTHING, Rule.WEIGHTS, Rule.NET_CORRECT}:
        raise NotHeld(f"Canvas has no marking like {item.rule.value.replace('_', ' ')}")
    _offer(item.options, parts, "Multiple")
    if item.rule is Rule.ALL_OR_NOTHING:
        tests = (equal(ONE, one.id) for one in item.options)
        said = zip(item.options, tests, strict=True)
        wanted = (test if one.correct else f"<not>{test}</not>" for one, test in said)
        parts.score(f"<and>{''.join(wanted)}</and>", "100")
        return
    each = 1 / sum(one.correct for one in item.options)
    for one in item.options:
        worth = (each if one.correct else -each) if item.rule is Rule.NET_CORRECT else one.weight
        if worth:
            parts.score(equal(ONE, one.id), percent_of(worth), "Add")


def _offer(options: Sequence[Option], parts: Parts, cardinality: str) -> None:
    labels = "".join(label(one.id, parts.html(one.text)) for one in options)
    parts.asked.append(listed(ONE, labels, f' rcardinality="{cardinality}"'))
    for one in options:
        parts.tell(f"{one.id}_fb", one.reason, equal(ONE, one.id))


def statement(item: TrueFalse, parts: Parts) -> None:
    """Write true or false."""
    parts.type = "true_false_question"
    labels = "".join(label(one.lower(), plain(one)) for one in ("True", "False"))
    parts.asked.append(listed(ONE, labels, ' rcardinality="Single"'))
    for name, reason in (("true", item.reason_true), ("false", item.reason_false)):
        parts.tell(f"{name}_fb", reason, equal(ONE, name))
    parts.score(equal(ONE, "true" if item.answer else "false"), "100")


def pairs(item: Matching, parts: Parts) -> None:
    """Write matching, a share for each pair."""
    parts.type = "matching_question"
    labels = "".join(label(one.id, plain(one.text)) for one in item.choices)
    points = percent_of(1 / len(item.premises))
    for one in item.premises:
        name = f"response_{one.id}"
        parts.asked.append(listed(name, labels, "", plain(one.text)))
        test = equal(name, one.choice)
        parts.tell(f"{one.id}_fb", one.reason, test)
        parts.score(test, points, "Add")


def order(item: Ordering, parts: Parts) -> None:
    """Write an ordering; raises `NotHeld` where it is not all or nothing."""
    parts.type = "ordering_question"
    if item.grading is not Grading.ALL_OR_NOTHING:
        raise NotHeld("Canvas marks an order all or nothing")
    # As written they would stand in the right order already.
    listed_by_text = sorted(item.elements, key=lambda one: one.text)
    labels = "".join(label(one.id, plain(one.text)) for one in listed_by_text)
    parts.asked.append(
        f'<response_lid ident="{ONE}" rcardinality="Ordered"><render_extension>'
        f'<ims_render_object shuffle="Yes" orientation="Row"><flow_label>{labels}</flow_label>'
        "</ims_render_object></render_extension></response_lid>"
    )
    for one in item.elements:
        parts.tell(f"{one.id}_fb", one.reason)
    parts.score("".join(equal(ONE, one.id) for one in item.elements), "100")
