"""Words, numbers and texts with gaps as questions of QTI 1.2."""

from quizbank.exchange.canvas.statements import (
    ONE,
    Parts,
    compared,
    condition,
    equal,
    field_to_type,
    label,
    listed,
    percent_of,
    plain,
    shown,
)
from quizbank.exchange.defaults import NO_REASON
from quizbank.exchange.written_back import NotHeld
from quizbank.kinds.cloze import Cloze
from quizbank.kinds.cloze_gaps import ChoiceGap, TextGap
from quizbank.kinds.numeric import Numeric, Tolerance
from quizbank.kinds.short_answer import ShortAnswer
from quizbank.kinds.typed_answers import Answer
from quizbank.kinds.units import UnitRule


def typed(item: ShortAnswer, parts: Parts) -> None:
    """Write a short answer; raises `NotHeld` where a star stands for any characters."""
    parts.type = "short_answer_question"
    parts.asked.append(field_to_type())
    answers = list(item.answers)
    if answers[-1].text == "*" and not answers[-1].fraction:
        parts.tell("general_incorrect_fb", answers.pop().reason)
    case = ' case="Yes"' if item.case_sensitive else ""
    for one in answers:
        test = equal(ONE, _words(one), case)
        # An answer that earns nothing is there for what it says.
        parts.tell(f"{one.id}_fb", one.reason, test)
        if one.fraction:
            parts.score(test, percent_of(one.fraction))
        elif one.reason == NO_REASON:
            parts.score(test, "0")


def _words(answer: Answer) -> str:
    if "*" in answer.text.replace("\\*", ""):
        raise NotHeld("an answer has a star, which stands for itself in Canvas")
    return answer.text.replace("\\*", "*")


def number(item: Numeric, parts: Parts) -> None:
    """Write a number; raises `NotHeld` where its unit is marked or its tolerance is a factor."""
    parts.type = "numerical_question"
    if item.unit_rule is UnitRule.REQUIRED or item.units:
        raise NotHeld("Canvas does not mark units")
    if item.tolerance_type is Tolerance.GEOMETRIC:
        raise NotHeld("Canvas has no tolerance by a factor")
    parts.asked.append(field_to_type(' fibtype="Decimal"'))
    off = item.tolerance
    percent = ""
    if item.tolerance_type is Tolerance.RELATIVE:
        off = abs(item.answer) * item.tolerance
        percent = f' margintype="percent" margin="{item.tolerance * 100:f}"'
    known = [(item.answer, off, percent, 1.0, item.reason)]
    known += [(o.answer, o.tolerance, "", o.fraction, o.reason) for o in item.others]
    for place, (answer, tolerance, margin, share, reason) in enumerate(known):
        low, high = f"{answer - tolerance:f}", f"{answer + tolerance:f}"
        between = compared("vargte", ONE, low) + compared("varlte", ONE, high)
        tests = f"<or>{compared('varequal', ONE, f'{answer:f}', margin)}<and>{between}</and></or>"
        name = f"n{place}_fb"
        said = f'<setvar action="Set" varname="SCORE">{percent_of(share)}</setvar>'
        if reason != NO_REASON:
            parts.feedback[name] = reason
            said += shown(name)
        parts.scored.append(condition(tests, said, ' continue="No"'))
    parts.tell("general_incorrect_fb", item.reason_wrong)


def gapped(item: Cloze, parts: Parts) -> None:
    """Write a text with gaps; raises `NotHeld` where Canvas knows no such gap."""
    chosen = all(isinstance(one, ChoiceGap) for one in item.gaps)
    parts.type = f"{'multiple_dropdowns' if chosen else 'fill_in_multiple_blanks'}_question"
    total = sum(one.weight for one in item.gaps)
    for gap in item.gaps:
        worth = gap.weight / total
        match gap:
            case ChoiceGap() if not gap.several:
                _list(gap, worth, parts)
            case TextGap():
                _blank(gap, worth, parts)
            case _:
                raise NotHeld("Canvas has no gaps for numbers, or for several choices")


def _list(gap: ChoiceGap, worth: float, parts: Parts) -> None:
    name, kind = f"response_{gap.id}", ' answer_type="dropdown"'
    labels = "".join(label(one.id, plain(one.text), kind) for one in gap.options)
    parts.asked.append(listed(name, labels, "", plain(gap.id)))
    for one in gap.options:
        test = equal(name, one.id)
        parts.tell(f"{gap.id}-{one.id}_fb", one.reason, test)
        if share := 1.0 if one.correct else one.weight:
            parts.score(test, percent_of(worth * share), "Add")


def _blank(gap: TextGap, worth: float, parts: Parts) -> None:
    if gap.case_sensitive or any(one.fraction != 1 for one in gap.answers):
        raise NotHeld("in Canvas every word of a gap earns all of it, in capitals or not")
    name, kind = f"response_{gap.id}", ' answer_type="openEntry"'
    labels = "".join(label(one.id, plain(_words(one)), kind) for one in gap.answers)
    parts.asked.append(listed(name, labels, "", plain(gap.id)))
    for one in gap.answers:
        parts.tell(f"{gap.id}-{one.id}_fb", one.reason, equal(name, one.id))
    parts.score(equal(name, gap.answers[0].id), percent_of(worth), "Add")
