"""Numbers, ranges and shares as GIFT writes them."""

import re
from decimal import Decimal, localcontext

_WEIGHT = re.compile(r"%(-?\d{1,9}(?:\.\d{0,20})?)%")
_LIKE_A_SHARE = re.compile(r"%[ \t]*[+-]?[\d.,]{0,30}\d[\d.,]{0,30}[ \t]*%")
_NUMBER = re.compile(r"[+-]?(?:\d{1,60}(?:\.\d{0,60})?|\.\d{1,60})(?:[eE][+-]?\d{1,3})?")


class Refused(Exception):
    """A question that cannot be read; says why."""


def number_in(text: str) -> tuple[Decimal | None, Decimal]:
    """Return a number and its tolerance; None for `*`. Raises `Refused`."""
    if text == "*":
        return None, Decimal(0)
    low, dots, high = text.partition("..")
    with localcontext() as context:
        context.prec = 80
        if dots:
            first, last = _decimal(low), _decimal(high)
            if last < first:
                raise Refused(f"The range {text} ends before it begins.")
            return (first + last) / 2, (last - first) / 2
        number, colon, tolerance = text.partition(":")
        return _decimal(number), abs(_decimal(tolerance)) if colon else Decimal(0)


def _decimal(text: str) -> Decimal:
    written = text.strip()
    if not _NUMBER.fullmatch(written):
        raise Refused(
            f"“{written}” is no number. Write it like 7.5, with a tolerance like 7.5:0.1, "
            "or as a range like 7..8."
        )
    return Decimal(written)


def weight_of(piece: str) -> tuple[Decimal | None, str]:
    """Return the share that a piece begins with, `%50%` as 0.5, and the rest of it."""
    found = _WEIGHT.match(piece)
    if not found:
        if like := _LIKE_A_SHARE.match(piece):
            raise Refused(f"“{like[0]}” is no share; write one like %33.33333%.")
        return None, piece
    percent = Decimal(found[1])
    if abs(percent) > 100:
        raise Refused(f"A share of {found[1]} % is more than the whole mark.")
    return percent / 100, piece[found.end() :]
