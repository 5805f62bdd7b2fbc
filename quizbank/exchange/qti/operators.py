"""The operators of QTI's response processing that are computed here, exactly."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from quizbank.exchange.qti.tree import Unfit, number, whole
from quizbank.exchange.qti.values import Scalar, Value, contained
from quizbank.exchange.xml_reading import Element

Compute = Callable[[Element, Sequence[Value]], Value]
# Multiplying again and again would make numbers that fill the memory.
_MOST_BITS = 2_000


def computed(element: Element, values: Sequence[Value]) -> Value:
    """Return what an operator makes of its operands; raises `Unfit`."""
    compute = OPERATORS.get(element.name)
    if compute is None:
        raise Unfit(element.line, f"The marking uses “{element.name}”, which is not run here.")
    value = compute(element, values)
    if isinstance(value, Fraction) and value.numerator.bit_length() > _MOST_BITS:
        raise Unfit(element.line, "The marking computes numbers that are too large.")
    return value


def _numbers(values: Sequence[Value]) -> list[Fraction] | None:
    flat: list[Value] = []
    for one in values:
        flat += one if isinstance(one, tuple) else [one]
    numbers = [one for one in flat if isinstance(one, Fraction)]
    return numbers if len(numbers) == len(flat) else None


def _folded(fold: Callable[[list[Fraction]], Fraction]) -> Compute:
    def compute(_element: Element, values: Sequence[Value]) -> Value:
        numbers = _numbers(values)
        return fold(numbers) if numbers else None

    return compute


def _compared(compare: Callable[[Fraction, Fraction], bool]) -> Compute:
    def compute(_element: Element, values: Sequence[Value]) -> Value:
        match _numbers(values):
            case [one, other]:
                return compare(one, other)
            case _:
                return None

    return compute


def _product(numbers: Sequence[Fraction]) -> Fraction:
    product = Fraction(1)
    for one in numbers:
        product *= one
    return product


def _divided(_element: Element, values: Sequence[Value]) -> Value:
    match _numbers(values):
        case [one, other] if other:
            return one / other
        case _:
            return None


def _match(_element: Element, values: Sequence[Value]) -> Value:
    if len(values) != 2 or None in values:
        return None
    one, other = values
    return type(one) is type(other) and one == other


def _string_match(element: Element, values: Sequence[Value]) -> Value:
    match list(values):
        case [str(one), str(other)]:
            if element.get("casesensitive").strip().lower() in {"false", "0"}:
                one, other = one.casefold(), other.casefold()
            part = element.get("substring").strip().lower() in {"true", "1"}
            if part:
                raise Unfit(element.line, "The marking looks for a part of the text.")
            return one == other
        case _:
            return None


def _equal(element: Element, values: Sequence[Value]) -> Value:
    match _numbers(values):
        case [one, other]:
            # The first is what the tolerance is around; as it stands in other systems' files
            # the typed one often comes first, so the constant one is taken.
            around, typed = _around(element, one, other)
            low, high = tolerance_of(element)
            off = typed - around
            if element.get("tolerancemode").strip().lower() == "relative":
                low, high = abs(around) * low / 100, abs(around) * high / 100
            above = off > -low or (off == -low and _included(element, "includelowerbound"))
            below = off < high or (off == high and _included(element, "includeupperbound"))
            return above and below
        case _:
            return None


def _around(element: Element, one: Fraction, other: Fraction) -> tuple[Fraction, Fraction]:
    return (other, one) if element.children[0].name == "variable" else (one, other)


def tolerance_of(element: Element) -> tuple[Fraction, Fraction]:
    """Return how far below and above an `equal` reaches, as it is written; raises `Unfit`."""
    if element.get("tolerancemode").strip().lower() in {"", "exact"}:
        return Fraction(0), Fraction(0)
    said = [number(one) for one in element.get("tolerance").split()]
    read = [one for one in said if one is not None and one >= 0]
    if not read or len(read) != len(said) or len(read) > 2:
        raise Unfit(element.line, "The marking has a tolerance that is no number.")
    return read[0], read[-1]


def _included(element: Element, name: str) -> bool:
    return element.get(name).strip().lower() not in {"false", "0"}


def _member(_element: Element, values: Sequence[Value]) -> Value:
    match list(values):
        case [one, tuple() as several]:
            return one in several
        case _:
            return None


def _size(_element: Element, values: Sequence[Value]) -> Value:
    (one,) = values if len(values) == 1 else (None,)
    return Fraction(len(one) if isinstance(one, tuple) else 0)


def _place(element: Element, values: Sequence[Value]) -> Value:
    place = whole(element, "n", 0)
    (one,) = values if len(values) == 1 else (None,)
    return one[place - 1] if isinstance(one, tuple) and 0 < place <= len(one) else None


def _container(element: Element, values: Sequence[Value]) -> Value:
    said: list[Scalar] = []
    for one in values:
        said += one if isinstance(one, tuple) else () if one is None else (one,)
    return contained(element.name, tuple(said))


def _all(_element: Element, values: Sequence[Value]) -> Value:
    return False if False in values else None if None in values else True


def _any(_element: Element, values: Sequence[Value]) -> Value:
    return True if True in values else None if None in values else False


def _none(_element: Element, values: Sequence[Value]) -> Value:
    return None if values[:1] in ([None], []) else not values[0]


OPERATORS: dict[str, Compute] = {
    "null": lambda _element, _values: None,
    "isnull": lambda _element, values: list(values) in ([None], [""]),
    "and": _all,
    "or": _any,
    "not": _none,
    "match": _match,
    "stringmatch": _string_match,
    "equal": _equal,
    "member": _member,
    "containersize": _size,
    "index": _place,
    "multiple": _container,
    "ordered": _container,
    "sum": _folded(lambda numbers: sum(numbers, Fraction(0))),
    "product": _folded(_product),
    "subtract": _folded(lambda numbers: numbers[0] - sum(numbers[1:], Fraction(0))),
    "min": _folded(min),
    "max": _folded(max),
    "divide": _divided,
    "gt": _compared(lambda one, other: one > other),
    "gte": _compared(lambda one, other: one >= other),
    "lt": _compared(lambda one, other: one < other),
    "lte": _compared(lambda one, other: one <= other),
}
