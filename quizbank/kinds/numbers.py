"""Numbers as people type them, and how near to an answer they are."""

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Protocol

from pydantic import Field, model_validator

from quizbank.kinds.item import (
    Frozen,
    Key,
    Share,
    Text,
)
from quizbank.kinds.shown import (
    Explanation,
    Mark,
    Scored,
    State,
    state_of,
)

# At most 30 digits in all: nothing clinical is longer, and a decimal stays cheap to compare.
_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:[.,]\d{0,15})?|[.,]\d{1,15})")
_GROUPED = re.compile(r"(?P<whole>[+-]?\d{1,3}([ ,.'\u00a0\u202f]\d{3})+)(?P<rest>[.,]\d+)?")
_ONE_COMMA = re.compile(r"[+-]?\d+[.,]\d+")
_POWER = re.compile(r"(?:[eE]|\s*[xX×·*]\s*10\s*(?:\^|\*\*)\s*)([+-]?\d{1,2})$")
_RAISED = re.compile("(?<=10)[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LOWERED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_LARGEST_POWER = 30
_LONGEST = 100
# Marks the feedback of another number, so that an id "right" or "wrong" means itself.
_OTHER = "other "
Number = Annotated[Decimal, Field(allow_inf_nan=False, max_digits=30, decimal_places=15)]


def read_number(text: str) -> Decimal | None:
    """Return the number that was typed, or None.

    Decimals stand behind a point or a comma; powers of ten are written 1e3, 1.5×10^3 or 1.5×10³.
    """
    mantissa, power = _parts(text)
    if not _NUMBER.fullmatch(mantissa) or abs(power or 0) > _LARGEST_POWER:
        return None
    return Decimal(f"{mantissa.replace(',', '.')}E{power or 0}")


def number_problem(text: str) -> str | None:
    """Return what to do about a text that is no number or could be two; None when it is clear.

    "1,500" may be fifteen hundred or one and a half: it is flagged, never guessed.
    """
    typed = text.strip()
    if not typed:
        return None
    mantissa, power = _parts(typed)
    grouped = _GROUPED.fullmatch(mantissa)
    if grouped and not _surely_decimal(mantissa, power):
        plain = re.sub(r"[ ,.'\u00a0\u202f]", "", grouped["whole"]) + (grouped["rest"] or "")
        return (
            f"“{mantissa}” could be read in two ways. Write it without separators for thousands: "
            f"{plain}, or with fewer or more than three decimals."
        )
    if read_number(typed) is None:
        return "Write a number only, for example 7.5 or 7,5."
    return None


def as_ascii(text: str) -> str:
    """Return what was typed with minus signs and raised powers as a keyboard has them."""
    flat = text.strip().replace("\u2212", "-")
    return _RAISED.sub(lambda found: f"^{found.group().translate(_LOWERED)}", flat)


def typeable(number: Decimal) -> str:
    """Return the number so that it can be read in one way only."""
    typed = f"{number:f}"
    # A fourth decimal, so that 1.125 cannot be read as eleven hundred and twenty-five.
    return f"{typed}0" if number_problem(typed) else typed


def _parts(text: str) -> tuple[str, int | None]:
    if len(text) > _LONGEST:
        return "", None
    typed = as_ascii(text)
    found = _POWER.search(typed)
    if not found:
        return typed, None
    return typed[: found.start()].rstrip(), int(found[1])


def _surely_decimal(mantissa: str, power: int | None) -> bool:
    # Nobody groups thousands behind a nought, or before a power of ten.
    certain = re.compile(r"[+-]?0[.,]\d{3}") if power is None else _ONE_COMMA
    return certain.fullmatch(mantissa) is not None


class Tolerance(StrEnum):
    """What a tolerance of t means around an answer a; bounds are included.

    `nominal`: a - t to a + t. `relative`: t is a share of a, 0.1 for ten percent either way.
    `geometric`: a / (1 + t) to a * (1 + t), for what is measured in powers.
    """

    NOMINAL = "nominal"
    RELATIVE = "relative"
    GEOMETRIC = "geometric"


def within(
    number: Decimal | Fraction, answer: Decimal, tolerance: Decimal, meaning: Tolerance
) -> bool:
    """Tell whether the number lies within the tolerance of the answer, computed exactly."""
    n, a, t = Fraction(number), Fraction(answer), Fraction(tolerance)
    match meaning:
        case Tolerance.NOMINAL:
            return abs(n - a) <= t
        case Tolerance.RELATIVE:
            return abs(n - a) <= abs(a) * t
        case Tolerance.GEOMETRIC:
            same_side = n * a > 0 or n == a
            return same_side and abs(a) <= abs(n) * (1 + t) and abs(n) <= abs(a) * (1 + t)


class OtherNumber(Frozen):
    """Another number that is expected: half right, or wrong in a way worth explaining."""

    id: Key
    answer: Number
    tolerance: Annotated[Number, Field(ge=0)] = Decimal(0)
    fraction: Share = 0.0
    reason: Text
    unsafe: bool = False

    @model_validator(mode="after")
    def _unsafe_earns_nothing(self) -> "OtherNumber":
        if self.unsafe and self.fraction > 0:
            raise ValueError("an unsafe number cannot earn marks; drop one of the two")
        return self


class AsksNumber(Protocol):
    """What asks for a number: an item, or a gap in a text."""

    @property
    def answer(self) -> Decimal: ...  # noqa: D102 said above
    @property
    def tolerance(self) -> Decimal: ...  # noqa: D102 said above
    @property
    def tolerance_type(self) -> Tolerance: ...  # noqa: D102 said above
    @property
    def others(self) -> Sequence[OtherNumber]: ...  # noqa: D102 said above
    @property
    def reason(self) -> str: ...  # noqa: D102 said above
    @property
    def reason_wrong(self) -> str: ...  # noqa: D102 said above


def problems_of_number(asked: AsksNumber) -> list[str]:
    """Return what keeps an answer and its tolerance from being marked fairly."""
    problems: list[str] = []
    if len({other.id for other in asked.others}) != len(asked.others):
        problems.append("two other numbers have the same id; give each its own")
    if asked.answer == 0 and asked.tolerance and asked.tolerance_type is not Tolerance.NOMINAL:
        problems.append("a share of 0 is 0; give the tolerance of 0 as a number (nominal)")
    return problems


def mark_number(asked: AsksNumber, number: Decimal | Fraction | None) -> Mark:
    """Return 1 within the tolerance, else what the best fitting other number earns."""
    if number is None:
        return Mark(0.0, State.WRONG, ("wrong",))
    if within(number, asked.answer, asked.tolerance, asked.tolerance_type):
        return Mark(1.0, State.RIGHT, ("right",))
    fitting = [
        other
        for other in asked.others
        if within(number, other.answer, other.tolerance, Tolerance.NOMINAL)
    ]
    other = max(fitting, key=lambda other: other.fraction, default=None)
    if other is None:
        return Mark(0.0, State.WRONG, ("wrong",))
    return Mark(other.fraction, state_of(other.fraction), (_OTHER + other.id,), other.unsafe)


def explain_number(asked: AsksNumber, mark: Mark, typed: str, unit: str) -> list[Explanation]:
    """Return the answer with its reason, and the learner's own where it was another."""
    chosen = mark.feedback == ("right",)
    told = [Explanation(with_unit(asked.answer, unit), asked.reason, True, chosen)]
    if mark.feedback and not chosen:
        reasons = (one.reason for one in asked.others if _OTHER + one.id in mark.feedback)
        reason = next(reasons, asked.reason_wrong)
        right = mark.fraction == 1
        told.append(Explanation(typed.strip(), reason, right, True, mark.unsafe, verbatim=True))
    return told


def scored_numbers(asked: AsksNumber, unit: str = "") -> tuple[Scored, ...]:
    """Return the answer, and every other number that is expected."""
    return (
        Scored(with_unit(asked.answer, unit), 1.0, asked.reason),
        *(Scored(with_unit(one.answer, unit), one.fraction, one.reason) for one in asked.others),
    )


def with_unit(number: Decimal, unit: str) -> str:
    """Return the number without needless noughts, and its unit."""
    return f"{number.normalize():f} {unit}".strip()
