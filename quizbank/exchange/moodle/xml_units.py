"""Units of Moodle's numerical questions, in and out."""

from decimal import Decimal, localcontext

from pydantic import JsonValue

from quizbank.exchange.gift.numbers import Refused, number_in
from quizbank.exchange.moodle.bodies import Body, Unfit
from quizbank.exchange.moodle.xml_parts import element
from quizbank.exchange.moodle.xml_syntax import value_of
from quizbank.exchange.xml_reading import Element
from quizbank.kinds.numeric import Numeric
from quizbank.kinds.units import PenaltyOf, UnitRule

# Moodle's numbers: no unit is asked for; what a unit penalty is a share of.
_NOT_ASKED = "3"
_PENALTY_OF = {"1": PenaltyOf.RESPONSE, "2": PenaltyOf.ITEM}


def units_of(question: Element) -> Body:
    """Return the fields of a numeric item's units; raises `Unfit`.

    A unit's multiplier tells how many of it make one of the answer's unit, our factor the
    opposite.
    """
    listed = [one for units in question.all("units") for one in units.all("unit")]
    known = [(value_of(one, "unit_name"), _multiplier(one)) for one in listed]
    if not known:
        return {}
    own = next((name for name, multiplier in known if multiplier == 1), None)
    if own is None:
        raise Unfit("No unit has the multiplier 1, so the unit of the answer is not known.")
    if value_of(question, "showunits") == _NOT_ASKED:
        return {"unit": own}
    others: list[JsonValue] = [
        {"text": name, "factor": _written(_inverse(multiplier, 20))}
        for name, multiplier in known
        if name != own
    ]
    penalty_of = _PENALTY_OF.get(value_of(question, "unitgradingtype"))
    if penalty_of is None:
        return {"unit": own, "units": others, "unit_rule": UnitRule.OPTIONAL.value}
    body: Body = {"unit": own, "units": others, "unit_rule": UnitRule.REQUIRED.value}
    body["penalty_of"] = penalty_of.value
    if written := value_of(question, "unitpenalty"):
        body["unit_penalty"] = written
    return body


def unit_parts(item: Numeric) -> list[str]:
    """Return the elements that say an item's units."""
    if not item.unit:
        return []
    known = [(item.unit, Decimal(1))]
    known += [(one.text, _inverse(one.factor, 40)) for one in item.units]
    units = "".join(
        f"<unit>{element('multiplier', _written(number))}{element('unit_name', name)}</unit>"
        for name, number in known
    )
    required = item.unit_rule is UnitRule.REQUIRED
    grading = {PenaltyOf.RESPONSE: "1", PenaltyOf.ITEM: "2"}[item.penalty_of] if required else "0"
    shown = _NOT_ASKED if item.unit_rule is UnitRule.SHOWN else "0"
    return [
        element("unitgradingtype", grading),
        element("unitpenalty", str(item.unit_penalty)),
        element("showunits", shown),
        element("unitsleft", "0"),
        f"<units>{units}</units>",
    ]


def _multiplier(unit: Element) -> Decimal:
    written = value_of(unit, "multiplier") or "1"
    try:
        number, _ = number_in(written)
    except Refused:
        number = None
    if not number:
        raise Unfit(f"Line {unit.line}: “{written[:40]}” is no multiplier of a unit.")
    return number


def _inverse(number: Decimal, digits: int) -> Decimal:
    with localcontext(prec=digits):
        return (Decimal(1) / number).normalize()


def _written(number: Decimal) -> str:
    return f"{number:f}" if abs(number.adjusted()) < 40 else str(number)
