"""Every item as a scoring table: plain numbers by which a short script can mark any response.

`how` says what a response chooses (options, pairs, an order's places and neighbours, regions), and
the table what each choice is worth; numbers and texts say what fits. Shares are exact fractions.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from unicodedata import normalize

from pydantic import JsonValue

from quizbank.dossier.pieces import pieces_of
from quizbank.items import Item
from quizbank.kinds.case import Case
from quizbank.kinds.cloze import Cloze
from quizbank.kinds.cloze_gaps import ChoiceGap, NumberGap, TextGap
from quizbank.kinds.essay import Essay
from quizbank.kinds.hotspot import Hotspot
from quizbank.kinds.item import Option
from quizbank.kinds.matching import Matching, PairRule
from quizbank.kinds.multiple_response import MultipleResponse, Rule
from quizbank.kinds.numbers import AsksNumber, Tolerance
from quizbank.kinds.numeric import Numeric
from quizbank.kinds.order_grading import Grading
from quizbank.kinds.ordering import Ordering
from quizbank.kinds.plain_items import PlainItem
from quizbank.kinds.short_answer import ShortAnswer
from quizbank.kinds.single_choice import SingleChoice, worth
from quizbank.kinds.true_false import TrueFalse
from quizbank.kinds.typed_answers import Answer, as_regex
from quizbank.kinds.units import UnitRule

Table = dict[str, JsonValue]
_MOST = 10_000
# As marks are added up, and as finely as doubles tell shares apart.
_STAGES_FINEST, _GAPS_FINEST = 5040, 10**15


def scoring_of(item: Item) -> Table:
    """Return the item's table; a text that is only read has none that could be asked for."""
    if isinstance(item, Case):
        parts: list[JsonValue] = [
            scoring_of_stage(stage.item, stage.id) | {"id": stage.id, "weight": 1}
            for stage in item.stages
            if stage.item.kind != "description"
        ]
        return {"how": "parts", "in": "stages", "finest": _STAGES_FINEST, "parts": parts}
    return scoring_of_stage(item, "")


def scoring_of_stage(item: PlainItem, part: str) -> Table:  # noqa: C901, PLR0911 one line a kind
    """Return the table of an item that stands alone or as a stage; `part` is the stage's id."""
    match item:
        case SingleChoice():
            return _one(item.options, "option", least=0)
        case MultipleResponse():
            return _several(item.options, item.rule, "options")
        case TrueFalse():
            return _statement(item)
        case Numeric():
            return _number(item) | _units(item) | {"in": "text"}
        case ShortAnswer():
            return _typed(item.answers, item.case_sensitive, "text")
        case Matching():
            return _pairs(item)
        case Ordering():
            return _order(item)
        case Hotspot():
            return _places(item)
        case Cloze():
            return _gaps(item)
        case Essay():
            return _essay(item, part)
        case _:
            return {"how": "none", "in": ""}


def _table(how: str, inside: str, worth_of: Mapping[str, Fraction], **more: JsonValue) -> Table:
    """Return a table of choices; what is not said otherwise is added up from 0 to 1."""
    usual: Table = {"rule": "sum", "base": "0", "least": "0", "keys": 1, "most": _MOST}
    shares: Table = {name: str(share) for name, share in worth_of.items()}
    asked: Table = {"how": how, "in": inside, "worth": shares, "unsafe": []}
    return usual | asked | more


def _unsafe(options: Sequence[Option]) -> list[JsonValue]:
    return [one.id for one in options if one.unsafe]


def _one(options: Sequence[Option], inside: str, least: int) -> Table:
    shares = {one.id: _exact(worth(one)) for one in options}
    return _table("option", inside, shares, least=str(least), unsafe=_unsafe(options))


def _statement(item: TrueFalse) -> Table:
    shares = {said: Fraction(said == str(item.answer).lower()) for said in ("true", "false")}
    unsafe: list[JsonValue] = (
        [] if item.unsafe_answer is None else [str(item.unsafe_answer).lower()]
    )
    return _table("option", "option", shares, unsafe=unsafe)


def _several(options: Sequence[Option], rule: Rule, inside: str) -> Table:
    keys = [one for one in options if one.correct]
    share, base, name = Fraction(1, len(keys)), Fraction(0), "sum"
    wrong = -share
    match rule:
        case Rule.EACH_ANSWER:
            share, base = (
                Fraction(1, len(options)),
                Fraction(len(options) - len(keys), len(options)),
            )
            wrong = -share
        case Rule.ALL_OR_NOTHING:
            name = "all"
        case Rule.COVERAGE:
            name, wrong = "coverage", Fraction(0)
        case _:
            pass
    shares = {one.id: share if one.correct else wrong for one in options}
    if rule is Rule.WEIGHTS:
        whole = sum(_exact(one.weight or 0) for one in keys)
        shares = {one.id: _exact(one.weight or 0) / whole for one in options}
    more: Table = {"rule": name, "base": str(base), "keys": len(keys)}
    return _table("options", inside, shares, unsafe=_unsafe(options), **more)


def _pairs(item: Matching) -> Table:
    share = Fraction(1, len(item.premises))
    shares = {
        f"{premise.id}/{one.id}": share if one.id == premise.choice else Fraction(0)
        for premise in item.premises
        for one in item.choices
    }
    rule = "all" if item.rule is PairRule.ALL_OR_NOTHING else "sum"
    return _table("pairs", "pairs", shares, rule=rule)


def _order(item: Ordering) -> Table:
    right = item.option_ids()
    shares = {f"{place}/{one}": Fraction(0) for place in range(len(right)) for one in right}
    rule = "all" if item.grading is Grading.ALL_OR_NOTHING else "sum"
    listed: list[JsonValue] = [*right]
    return _table(
        "order", "order", shares | _order_shares(right, item.grading), rule=rule, right=listed
    )


def _order_shares(  # noqa: C901, PLR0911 one line a grading
    right: Sequence[str], grading: Grading
) -> dict[str, Fraction]:
    """Return what earns marks in an order: places, neighbours, earlier ones, or runs."""
    size, last = len(right), len(right) - 1
    match grading:
        case Grading.ALL_OR_NOTHING | Grading.ABSOLUTE_POSITION:
            return {f"{place}/{one}": Fraction(1, size) for place, one in enumerate(right)}
        case Grading.RELATIVE_TO_CORRECT:
            return {
                f"{place}/{one}": Fraction(last - abs(place - at), last * size)
                for place in range(size)
                for at, one in enumerate(right)
            }
        case Grading.RELATIVE_ALL_PREVIOUS_AND_NEXT:
            pairs = [*combinations(right, 2)]
            return {f"{one}<{other}": Fraction(1, len(pairs)) for one, other in pairs}
        case Grading.LONGEST_ORDERED_SUBSET:
            return {f"ordered {run}": Fraction(run, size) for run in range(2, size + 1)}
        case Grading.LONGEST_CONTIGUOUS_SUBSET:
            return {f"contiguous {run}": Fraction(run, size) for run in range(2, size + 1)}
        case Grading.RELATIVE_ONE_PREVIOUS_AND_NEXT:
            ends = {f">{right[0]}": Fraction(1, 2 * size), f"{right[-1]}>": Fraction(1, 2 * size)}
            return ends | {f"{a}>{b}": Fraction(1, size) for a, b in pairwise(right)}
        case Grading.RELATIVE_NEXT_EXCLUDE_LAST:
            return {f"{a}>{b}": Fraction(1, last) for a, b in pairwise(right)}
        case Grading.RELATIVE_NEXT_INCLUDE_LAST:
            return {f"{a}>{b}": Fraction(1, size) for a, b in pairwise([*right, ""])}


def _places(item: Hotspot) -> Table:
    # An empty name is a point beside every region.
    shares = {one.id: Fraction(one.correct) for one in item.regions} | {"": Fraction(0)}
    regions: list[JsonValue] = [
        {"id": one.id, "pieces": pieces_of(one.shape, one.coords)} for one in item.regions
    ]
    return _table(
        "places",
        "regions",
        shares,
        rule="needed",
        keys=min(item.choose, sum(one.correct for one in item.regions)),
        most=item.choose,
        size=[item.figure.width, item.figure.height],
        regions=regions,
        unsafe=[one.id for one in item.regions if one.unsafe],
    )


def _gaps(item: Cloze) -> Table:
    parts: list[JsonValue] = [
        _gap(gap) | {"id": gap.id, "weight": gap.weight, "in": ""} for gap in item.gaps
    ]
    return {"how": "parts", "in": "gaps", "finest": _GAPS_FINEST, "parts": parts}


def _gap(gap: ChoiceGap | TextGap | NumberGap) -> Table:
    if isinstance(gap, TextGap):
        return _typed(gap.answers, gap.case_sensitive, "")
    if isinstance(gap, NumberGap):
        return _number(gap)
    if not gap.several:
        return _one(gap.options, "", least=-1)
    weighted = any(option.weight is not None for option in gap.options)
    return _several(gap.options, Rule.WEIGHTS if weighted else Rule.NET_CORRECT, "")


def _typed(answers: Sequence[Answer], case_sensitive: bool, inside: str) -> Table:
    listed: list[JsonValue] = [
        {
            "fits": as_regex(one.text, case_sensitive),
            "share": str(_exact(one.fraction)),
            "unsafe": one.unsafe,
        }
        for one in answers
    ]
    return {"how": "text", "in": inside, "case_sensitive": case_sensitive, "answers": listed}


def _number(asked: AsksNumber) -> Table:
    """Return the spans that fit, the answer's first; a number alone, without units."""
    low, high = _span(Fraction(asked.answer), Fraction(asked.tolerance), asked.tolerance_type)
    spans: list[JsonValue] = [{"from": str(low), "to": str(high), "share": "1", "unsafe": False}]
    for one in asked.others:
        low, high = _span(Fraction(one.answer), Fraction(one.tolerance), Tolerance.NOMINAL)
        share = str(_exact(one.fraction))
        spans.append({"from": str(low), "to": str(high), "share": share, "unsafe": one.unsafe})
    return {"how": "number", "in": "", "unit": "none", "units": {"": "1"}, "spans": spans}


def _span(answer: Fraction, by: Fraction, meaning: Tolerance) -> tuple[Fraction, Fraction]:
    match meaning:
        case Tolerance.NOMINAL:
            return answer - by, answer + by
        case Tolerance.RELATIVE:
            return answer - abs(answer) * by, answer + abs(answer) * by
        case Tolerance.GEOMETRIC:
            low, high = sorted((answer / (1 + by), answer * (1 + by)))
            return low, high


def _units(item: Numeric) -> Table:
    factors = {_written(one.text): str(Fraction(one.factor)) for one in item.units}
    factors |= {_written(item.unit): "1"}
    if item.unit_rule is UnitRule.REQUIRED:
        factors.pop("", None)
    else:
        factors[""] = "1"
    return {
        "unit": str(item.unit_rule),
        "units": {**factors},
        "penalty": str(_exact(item.unit_penalty)),
        "penalty_of": str(item.penalty_of),
    }


def _essay(item: Essay, part: str) -> Table:
    return {
        "how": "essay",
        "in": "text",
        "part": part,
        "template": [*item.template.split()],
        "total": item.total,
        "markers": item.markers,
        "tolerance": str(Fraction(item.tolerance).limit_denominator(1_000_000)),
    }


def _written(unit: str) -> str:
    return " ".join(normalize("NFKC", unit).split())


def _exact(number: float) -> Fraction:
    # As it is written in decimal, so that 0.3 is three tenths.
    return Fraction(repr(float(number)))
