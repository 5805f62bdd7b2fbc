"""One item as a question of QTI 1.2, in the words that Canvas writes and reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from quizbank.exchange.defaults import NO_MODEL_ANSWER, NO_REASON, NO_RUBRIC
from quizbank.exchange.qti.markup import block
from quizbank.exchange.written_back import NotHeld
from quizbank.exchange.xml_written import attribute, text
from quizbank.files import Picture
from quizbank.items import Item
from quizbank.kinds.cloze import Cloze
from quizbank.kinds.cloze_gaps import ChoiceGap, TextGap
from quizbank.kinds.essay import Essay
from quizbank.kinds.item import (
    Option,
)
from quizbank.kinds.matching import Matching
from quizbank.kinds.multiple_response import MultipleResponse, Rule
from quizbank.kinds.numeric import Numeric, Tolerance
from quizbank.kinds.short_answer import ShortAnswer
from quizbank.kinds.single_choice import SingleChoice
from quizbank.kinds.true_false import TrueFalse
from quizbank.kinds.typed_answers import Answer
from quizbank.kinds.units import UnitRule

_ITEM = """      <item ident="{ident}" title="{title}">
        <itemmetadata><qtimetadata>{settings}</qtimetadata></itemmetadata>
        <presentation>{stem}{asked}</presentation>
        <resprocessing>
          <outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" \
vartype="Decimal"/></outcomes>
{marking}        </resprocessing>
{feedback}      </item>"""
_ONE = "response1"
Pictures = Mapping[str, Picture]


@dataclass
class Parts:
    """The parts of a question as they come together."""

    pictures: Pictures
    type: str = ""
    points: int = 1
    asked: list[str] = field(default_factory=list[str])
    told: list[str] = field(default_factory=list[str])
    scored: list[str] = field(default_factory=list[str])
    feedback: dict[str, str] = field(default_factory=dict[str, str])
    settings: dict[str, str] = field(default_factory=dict[str, str])

    def html(self, markdown: str, gaps: Callable[[str], str] = lambda gap: gap) -> str:
        """Return Markdown as `material`, its source beside it."""
        inside = text(block(markdown, self.pictures, gaps))
        return f'<material><mattext texttype="text/html">{inside}</mattext></material>'

    def tell(self, name: str, reason: str, tests: str = "") -> None:
        """Say a reason where the tests hold, or by its own name."""
        if reason == NO_REASON:
            return
        self.feedback[name] = reason
        if tests:
            self.told.append(_condition(tests, _shown(name), ' continue="Yes"'))

    def score(self, tests: str, points: str, action: str = "Set") -> None:
        """Give points where the tests hold."""
        kept = ' continue="No"' if action == "Set" else ""
        said = f'<setvar action="{action}" varname="SCORE">{points}</setvar>'
        self.scored.append(_condition(tests, said, kept))


def written_item(item: Item, pictures: Pictures) -> str:
    """Return the item as an `<item>`; raises `NotHeld`."""
    write = _WRITERS.get(item.kind)
    if write is None:
        raise NotHeld(f"Canvas has no question like {item.kind.replace('_', ' ')}")
    parts = Parts(pictures)
    write(item, parts)
    settings = {"question_type": parts.type, "points_possible": f"{parts.points}.0"}
    gaps: Callable[[str], str] = lambda gap: f"[{gap}]"  # noqa: E731 short and used once
    feedback = (
        f'        <itemfeedback ident="{attribute(name)}"><flow_mat>{parts.html(reason)}'
        "</flow_mat></itemfeedback>\n"
        for name, reason in parts.feedback.items()
    )
    return _ITEM.format(
        ident=attribute(item.origin or item.id),
        title=attribute(item.title),
        settings="".join(_setting(*one) for one in (settings | parts.settings).items()),
        stem=parts.html(item.stem, gaps),
        asked="".join(parts.asked),
        marking="".join((*parts.told, *parts.scored)),
        feedback="".join(feedback),
    )


def _one(item: SingleChoice, parts: Parts) -> None:
    parts.type = "multiple_choice_question"
    _offer(item.options, parts, "Single")
    for one in item.options:
        if worth := 1.0 if one.correct else one.weight:
            parts.score(_equal(_ONE, one.id), _percent(worth))


def _several(item: MultipleResponse, parts: Parts) -> None:
    parts.type = "multiple_answers_question"
    if item.rule not in {Rule.ALL_OR_NOTHING, Rule.WEIGHTS, Rule.NET_CORRECT}:
        raise NotHeld(f"Canvas has no marking like {item.rule.value.replace('_', ' ')}")
    _offer(item.options, parts, "Multiple")
    if item.rule is Rule.ALL_OR_NOTHING:
        tests = (_equal(_ONE, one.id) for one in item.options)
        said = zip(item.options, tests, strict=True)
        wanted = (test if one.correct else f"<not>{test}</not>" for one, test in said)
        parts.score(f"<and>{''.join(wanted)}</and>", "100")
        return
    each = 1 / sum(one.correct for one in item.options)
    for one in item.options:
        worth = (each if one.correct else -each) if item.rule is Rule.NET_CORRECT else one.weight
        if worth:
            parts.score(_equal(_ONE, one.id), _percent(worth), "Add")


def _offer(options: Sequence[Option], parts: Parts, cardinality: str) -> None:
    labels = "".join(_label(one.id, parts.html(one.text)) for one in options)
    parts.asked.append(_lid(_ONE, labels, f' rcardinality="{cardinality}"'))
    for one in options:
        parts.tell(f"{one.id}_fb", one.reason, _equal(_ONE, one.id))


def _statement(item: TrueFalse, parts: Parts) -> None:
    parts.type = "true_false_question"
    labels = "".join(_label(one.lower(), _plain(one)) for one in ("True", "False"))
    parts.asked.append(_lid(_ONE, labels, ' rcardinality="Single"'))
    for name, reason in (("true", item.reason_true), ("false", item.reason_false)):
        parts.tell(f"{name}_fb", reason, _equal(_ONE, name))
    parts.score(_equal(_ONE, "true" if item.answer else "false"), "100")


def _typed(item: ShortAnswer, parts: Parts) -> None:
    parts.type = "short_answer_question"
    parts.asked.append(_field())
    answers = list(item.answers)
    if answers[-1].text == "*" and not answers[-1].fraction:
        parts.tell("general_incorrect_fb", answers.pop().reason)
    case = ' case="Yes"' if item.case_sensitive else ""
    for one in answers:
        test = _equal(_ONE, _words(one), case)
        # An answer that earns nothing is there for what it says.
        parts.tell(f"{one.id}_fb", one.reason, test)
        if one.fraction:
            parts.score(test, _percent(one.fraction))
        elif one.reason == NO_REASON:
            parts.score(test, "0")


def _words(answer: Answer) -> str:
    if "*" in answer.text.replace("\\*", ""):
        raise NotHeld("an answer has a star, which stands for itself in Canvas")
    return answer.text.replace("\\*", "*")


def _numeric(item: Numeric, parts: Parts) -> None:
    parts.type = "numerical_question"
    if item.unit_rule is UnitRule.REQUIRED or item.units:
        raise NotHeld("Canvas does not mark units")
    if item.tolerance_type is Tolerance.GEOMETRIC:
        raise NotHeld("Canvas has no tolerance by a factor")
    parts.asked.append(_field(' fibtype="Decimal"'))
    off = item.tolerance
    percent = ""
    if item.tolerance_type is Tolerance.RELATIVE:
        off = abs(item.answer) * item.tolerance
        percent = f' margintype="percent" margin="{item.tolerance * 100:f}"'
    known = [(item.answer, off, percent, 1.0, item.reason)]
    known += [(o.answer, o.tolerance, "", o.fraction, o.reason) for o in item.others]
    for place, (answer, tolerance, margin, share, reason) in enumerate(known):
        low, high = f"{answer - tolerance:f}", f"{answer + tolerance:f}"
        between = _test("vargte", _ONE, low) + _test("varlte", _ONE, high)
        tests = f"<or>{_test('varequal', _ONE, f'{answer:f}', margin)}<and>{between}</and></or>"
        name = f"n{place}_fb"
        shown = _shown(name) if reason != NO_REASON else ""
        if shown:
            parts.feedback[name] = reason
        said = f'<setvar action="Set" varname="SCORE">{_percent(share)}</setvar>{shown}'
        parts.scored.append(_condition(tests, said, ' continue="No"'))
    parts.tell("general_incorrect_fb", item.reason_wrong)


def _pairs(item: Matching, parts: Parts) -> None:
    parts.type = "matching_question"
    labels = "".join(_label(one.id, _plain(one.text)) for one in item.choices)
    points = _percent(1 / len(item.premises))
    for one in item.premises:
        name = f"response_{one.id}"
        parts.asked.append(_lid(name, labels, "", _plain(one.text)))
        test = _equal(name, one.choice)
        parts.tell(f"{one.id}_fb", one.reason, test)
        parts.score(test, points, "Add")


def _gapped(item: Cloze, parts: Parts) -> None:
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
    labels = "".join(_label(one.id, _plain(one.text), kind) for one in gap.options)
    parts.asked.append(_lid(name, labels, "", _plain(gap.id)))
    for one in gap.options:
        test = _equal(name, one.id)
        parts.tell(f"{gap.id}-{one.id}_fb", one.reason, test)
        if share := 1.0 if one.correct else one.weight:
            parts.score(test, _percent(worth * share), "Add")


def _blank(gap: TextGap, worth: float, parts: Parts) -> None:
    if gap.case_sensitive or any(one.fraction != 1 for one in gap.answers):
        raise NotHeld("in Canvas every word of a gap earns all of it, in capitals or not")
    name, kind = f"response_{gap.id}", ' answer_type="openEntry"'
    labels = "".join(_label(one.id, _plain(_words(one)), kind) for one in gap.answers)
    parts.asked.append(_lid(name, labels, "", _plain(gap.id)))
    for one in gap.answers:
        parts.tell(f"{gap.id}-{one.id}_fb", one.reason, _equal(name, one.id))
    parts.score(_equal(name, gap.answers[0].id), _percent(worth), "Add")


def _essay(item: Essay, parts: Parts) -> None:
    parts.type, parts.points = "essay_question", item.total
    first, *others = item.rubric
    if others or first.model_dump(exclude={"levels"}) != NO_RUBRIC[0]:
        said = [one.text if not others else f"{one.text} ({one.points})" for one in item.rubric]
        parts.settings["grading_notes"] = "; ".join(said)
    limits = {"word_limit_min": item.min_words, "word_limit_max": item.max_words}
    said = "".join(f' {name}="{limit}"' for name, limit in limits.items() if limit)
    parts.asked.append(_field(response=f' word_limit_enabled="Yes"{said}' if said else ""))
    parts.scored.append(_condition("<other/>", "", ' continue="No"'))
    if item.model_answer != NO_MODEL_ANSWER:
        parts.feedback["general_fb"] = item.model_answer


def _description(_: Item, parts: Parts) -> None:
    parts.type, parts.points = "text_only_question", 0


def _setting(name: str, said: str) -> str:
    label = f"<fieldlabel>{name}</fieldlabel><fieldentry>{text(said)}</fieldentry>"
    return f"<qtimetadatafield>{label}</qtimetadatafield>"


def _lid(name: str, labels: str, attributes: str = "", said: str = "") -> str:
    ident = f'ident="{attribute(name)}"{attributes}'
    return f"<response_lid {ident}>{said}<render_choice>{labels}</render_choice></response_lid>"


def _field(fib: str = "", response: str = "") -> str:
    return (
        f'<response_str ident="{_ONE}" rcardinality="Single"{response}><render_fib{fib}>'
        '<response_label ident="answer1" rshuffle="No"/></render_fib></response_str>'
    )


def _label(ident: str, said: str, attributes: str = "") -> str:
    return f'<response_label ident="{attribute(ident)}"{attributes}>{said}</response_label>'


def _plain(said: str) -> str:
    return f'<material><mattext texttype="text/plain">{text(said)}</mattext></material>'


def _condition(tests: str, then: str, attributes: str) -> str:
    inside = f"<conditionvar>{tests}</conditionvar>{then}"
    return f"          <respcondition{attributes}>{inside}</respcondition>\n"


def _shown(name: str) -> str:
    return f'<displayfeedback feedbacktype="Response" linkrefid="{attribute(name)}"/>'


def _equal(response: str, value: str, attributes: str = "") -> str:
    return _test("varequal", response, value, attributes)


def _test(name: str, response: str, value: str, attributes: str = "") -> str:
    return f'<{name} respident="{attribute(response)}"{attributes}>{text(value)}</{name}>'


def _percent(share: float) -> str:
    return f"{(Decimal(repr(share)) * 100).quantize(Decimal('1e-9')).normalize():f}"


_WRITERS: dict[str, Callable[[Any, Parts], None]] = {
    "single_choice": _one,
    "multiple_response": _several,
    "true_false": _statement,
    "short_answer": _typed,
    "numeric": _numeric,
    "matching": _pairs,
    "cloze": _gapped,
    "essay": _essay,
    "description": _description,
}
