"""Numbers typed with a unit before or behind them, and what a unit is worth."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from typing import Annotated
from unicodedata import category, normalize

from pydantic import Field, StringConstraints, model_validator

from quizbank.kinds.item import Frozen
from quizbank.kinds.numbers import as_ascii, number_problem, read_number

_POWER = r"(?:[eE]|\s*[xX×·*]\s*10\s*(?:\^|\*\*)\s*)[+-]?\d{1,6}"
_QUANTITY = re.compile(
    r"(?P<before>\D*?)\s*"
    r"(?P<number>[+-]?(?:\d(?:[.,' \u00a0\u202f]?\d)*[.,]?|[.,]\d+)(?:" + _POWER + r")?)"
    r"\s*(?P<behind>.*)"
)
_LONGEST, _LONGEST_UNIT = 200, 40
# Letters, currencies and the degree begin a unit by their category, these by themselves.
_OTHER_BEGINNINGS = "%‰′″\"'"
UnitText = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=_LONGEST_UNIT, pattern=r"^\S.*$"
    ),
]


class UnitRule(StrEnum):
    """Whether the unit is shown behind the field, may be typed, or must be typed."""

    SHOWN = "shown"
    OPTIONAL = "optional"
    REQUIRED = "required"


class PenaltyOf(StrEnum):
    """What a unit penalty is a share of: what the number earned, or the whole mark."""

    RESPONSE = "response"
    ITEM = "item"


class Unit(Frozen):
    """Another unit that counts; `factor` tells how many of the item's own unit make one of it.

    Where the answer is in mm, cm has the factor 10. (Moodle's multiplier is 1 / factor.)
    """

    text: UnitText
    factor: Annotated[Decimal, Field(gt=0, le=10**15, max_digits=45, decimal_places=30)]

    @model_validator(mode="after")
    def _can_be_typed(self) -> "Unit":
        if not can_be_typed(self.text):
            raise ValueError(
                f"“{self.text}” would not be read as a unit behind a number; "
                "begin it with a letter, or write it without powers of ten"
            )
        return self


@dataclass(frozen=True)
class Quantity:
    """What was typed: a number and a unit, "" without one; or no number, with the problem."""

    number: Decimal | None
    unit: str = ""
    problem: str = ""


def read_quantity(text: str) -> Quantity:
    """Return the number and the unit that were typed, in either order; never a guess."""
    typed = as_ascii(text)
    found = _QUANTITY.fullmatch(typed) if len(typed) <= _LONGEST else None
    if not found:
        return Quantity(None, problem="Write a number, for example 7.5 or 7,5.")
    before, behind = found["before"].strip(), found["behind"].strip()
    problem = number_problem(found["number"])
    if problem:
        return Quantity(None, problem=problem)
    if (before and behind) or not all(_begins_unit(one) for one in (before, behind) if one):
        return Quantity(None, problem="Write one number and its unit, for example 7.5 mm.")
    return Quantity(read_number(found["number"]), before or behind)


def quantity_problem(text: str, unit: str, rule: UnitRule) -> str | None:
    """Return what to do about what was typed into a field; None when it is clear.

    `unit` is the one that is shown behind the field, if any.
    """
    if not text.strip():
        return None
    read = read_quantity(text)
    if read.problem:
        return read.problem
    if rule is UnitRule.SHOWN and read.unit and not same_unit(read.unit, unit):
        asked = f" The answer is wanted in {unit}." if unit else ""
        return f"Write a number only, for example 7.5 or 7,5.{asked}"
    if rule is UnitRule.REQUIRED and not read.unit:
        return "Write the unit as well, behind the number."
    return None


def same_unit(one: str, other: str) -> bool:
    """Tell whether two units are written alike; capitals matter, since mm is not Mm."""
    return _canonical(one) == _canonical(other)


def factor_of(typed: str, own: str, units: Sequence[Unit]) -> Fraction | None:
    """Return how many of the own unit one of the typed unit is; None for an unknown one."""
    if same_unit(typed, own):
        return Fraction(1)
    known = (unit.factor for unit in units if same_unit(unit.text, typed))
    factor = next(known, None)
    return None if factor is None else Fraction(factor)


def reciprocal(factor: Decimal) -> Decimal:
    """Return 1 / factor: a factor from how many of a unit make one of the item's own, and back.

    What has at most 15 digits comes back as it was.
    """
    with localcontext() as context:
        context.prec = 15
        short = 1 / factor
        context.prec = 20
        return short.normalize() if 1 / short == factor else 1 / factor


def can_be_typed(unit: str) -> bool:
    """Tell whether the unit behind a number is read as itself."""
    return all(read_quantity(f"1{gap}{unit}") == Quantity(Decimal(1), unit) for gap in ("", " "))


def _begins_unit(text: str) -> bool:
    kind = category(text[0])
    known = kind[0] == "L" or kind in {"Sc", "So"} or text[0] in _OTHER_BEGINNINGS
    return known and len(text) <= _LONGEST_UNIT


def _canonical(unit: str) -> str:
    return " ".join(normalize("NFKC", unit).split())
