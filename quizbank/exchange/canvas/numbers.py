"""Numbers of QTI 1.2: every answer is one or more stretches of the number line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from pydantic import JsonValue

from quizbank.exchange.canvas.item import CanvasItem, share
from quizbank.exchange.canvas.marking import MOST_ANSWERS, margin_of, number, tests_of
from quizbank.exchange.defaults import NO_REASON
from quizbank.exchange.moodle.bodies import Body, Unfit, letter
from quizbank.exchange.xml_reading import Element
from quizbank.kinds.numbers import Tolerance

_TINY = Fraction(1, 10**14)
_OPEN = (
    "A number is compared by rounding (precision), so that one of its bounds does not count; "
    "a tolerance here counts both. Ask for a range or a margin instead."
)


@dataclass(frozen=True)
class Stretch:
    """From one number to another; None has no end there. `whole` tells that both bounds count."""

    low: Fraction | None
    high: Fraction | None
    whole: bool = True
    relative: Fraction | None = None

    def covers(self, other: "Stretch") -> bool:
        """Tell whether all of another one lies in this one."""
        mine, theirs = self.ends, other.ends
        return bool(
            self.whole and mine and theirs and mine[0] <= theirs[0] and theirs[1] <= mine[1]
        )

    @property
    def ends(self) -> tuple[Fraction, Fraction] | None:
        """Both ends, where there are two."""
        return (self.low, self.high) if self.low is not None and self.high is not None else None


@dataclass(frozen=True)
class _Answer:
    stretch: Stretch
    points: Fraction
    reason: str


def numeric(item: CanvasItem) -> Body:
    """Return the fields of a numeric item; raises `Unfit`."""
    asked = item.only
    if item.marking.score({}) > 0:
        raise Unfit("It earns something without an answer, which no item does.")
    found = list(_answers(item))
    if len(found) > MOST_ANSWERS:
        raise Unfit(f"It has more than {MOST_ANSWERS} answers, which is not read.")
    answers = _merged(found)
    best = max((one.points for one in answers), default=Fraction(0))
    if best <= 0:
        raise Unfit("No number earns anything.")
    _prove(item, asked.ident, answers)
    item.warnings += item.marking.doubts(best)
    right = next(one for one in answers if one.points == best)
    others: list[JsonValue] = [
        {
            "id": letter(place),
            **_nominal(one.stretch),
            "fraction": share(one.points, best),
            "reason": _reason(item, one, one.points == best),
        }
        for place, one in enumerate(one for one in answers if one is not right)
    ]
    return {
        "kind": "numeric",
        **_with_tolerance(right.stretch),
        "reason": _reason(item, right, True),
        "reason_wrong": item.whole_wrong or NO_REASON,
        "others": others,
    }


def _reason(item: CanvasItem, answer: _Answer, right: bool) -> str:
    said = (answer.reason, item.whole_right if right else "")
    return item.given("\n\n".join(filter(None, dict.fromkeys(said))))


def _answers(item: CanvasItem) -> Iterable[_Answer]:
    for condition in item.marking.conditions:
        tests = [one for one in tests_of(condition) if one.name not in {"other", "unanswered"}]
        if not tests or (len(tests) == 1 and tests[0].name == "not"):
            continue
        points = sum(
            (number(one.text) or Fraction(0) for one in condition.all("setvar")), Fraction(0)
        )
        for one in _stretches(tests, both=False):
            yield _Answer(one, points, item.feedback_of(condition))


def _stretches(tests: Sequence[Element], both: bool) -> list[Stretch]:
    """Return what these tests take together: all of them, or what any one of them takes."""
    bounds = [one for one in tests if one.name.startswith(("vargt", "varlt"))]
    found: list[Stretch] = []
    if bounds:
        found.append(_between(bounds))
    for one in tests:
        if one.name == "varequal":
            found.append(_exactly(one, bool(bounds) or len(tests) > 1))
        elif one.name in {"and", "or"}:
            found += _stretches(one.children, one.name == "and")
        elif one not in bounds:
            raise Unfit(f"Line {one.line}: the condition {one.name[:40]} is not read for numbers.")
    if both and len(found) > 1:
        raise Unfit(f"Line {tests[0].line}: a number must meet several conditions at once.")
    return found


def _between(bounds: Sequence[Element]) -> Stretch:
    low: Fraction | None = None
    high: Fraction | None = None
    whole = True
    for one in bounds:
        value = number(one.text)
        if value is None:
            raise Unfit(f"Line {one.line}: “{one.text.strip()[:40]}” is no number.")
        whole = whole and one.name.endswith("te")
        if one.name.startswith("vargt"):
            low = value if low is None else max(low, value)
        else:
            high = value if high is None else min(high, value)
    return Stretch(low, high, whole)


def _exactly(test: Element, has_bounds: bool) -> Stretch:
    value = number(test.text)
    if value is None:
        raise Unfit(f"Line {test.line}: “{test.text.strip()[:40]}” is no number.")
    if test.get("precision") and not has_bounds:
        raise Unfit(_OPEN)
    off = margin_of(test)
    percent = test.get("margintype").strip().lower() == "percent" and value
    return Stretch(value - off, value + off, True, off / abs(value) if percent else None)


def _merged(answers: list[_Answer]) -> list[_Answer]:
    """Return the answers without those that another one, worth as much, takes in."""
    kept = [one for place, one in enumerate(answers) if not _taken(place, one, answers)]
    for one in kept:
        if not one.stretch.whole:
            raise Unfit(_OPEN)
        if not one.stretch.ends or one.stretch.ends[0] > one.stretch.ends[1]:
            raise Unfit("A range of numbers has no end, or ends before it begins.")
    return [one for one in kept if one.points or one.reason]


def _taken(place: int, one: _Answer, answers: list[_Answer]) -> bool:
    return any(
        other.points >= one.points
        and other.stretch.covers(one.stretch)
        and not (one.stretch.covers(other.stretch) and at > place and one.points == other.points)
        and (one.reason in {"", other.reason} or not one.stretch.whole)
        for at, other in enumerate(answers)
        if at != place
    )


def _prove(item: CanvasItem, response: str, answers: list[_Answer]) -> None:
    """Hold the answers against the file's own marking, at and beside every bound."""
    probes = {Fraction(0)}
    for one in answers:
        low, high = one.stretch.ends or (Fraction(0), Fraction(0))
        probes |= {low, high, (low + high) / 2, low - _TINY, high + _TINY}
    for probe in probes:
        mine = [one.points for one in answers if _inside(probe, one.stretch)]
        theirs = item.marking.score({response: (_written(probe),)})
        if max(mine, default=Fraction(0)) != theirs:
            raise Unfit("Its numbers overlap in a way that would change a mark; make them apart.")


def _inside(value: Fraction, stretch: Stretch) -> bool:
    return bool(stretch.ends and stretch.ends[0] <= value <= stretch.ends[1])


def _with_tolerance(stretch: Stretch) -> Body:
    plain = _nominal(stretch)
    if not stretch.relative:
        return plain
    off = _decimal(stretch.relative)
    return {**plain, "tolerance": f"{off:f}", "tolerance_type": Tolerance.RELATIVE.value}


def _nominal(stretch: Stretch) -> Body:
    low, high = stretch.ends or (Fraction(0), Fraction(0))
    centre, off = (low + high) / 2, (high - low) / 2
    return {"answer": f"{_decimal(centre):f}", "tolerance": f"{_decimal(off):f}"}


def _decimal(value: Fraction) -> Decimal:
    with localcontext(prec=60):
        exact = (Decimal(value.numerator) / Decimal(value.denominator)).normalize()
    if Fraction(exact) != value:
        raise Unfit("A number has too many digits to be kept exactly.")
    return exact


def _written(value: Fraction) -> str:
    with localcontext(prec=60):
        return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
