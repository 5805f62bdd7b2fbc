"""What an item says as one row of a sheet; `quizbank.exchange.sheet.columns` reads it back."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from pydantic import JsonValue

from quizbank.exchange.sheet.columns import HEAD, LETTERS, LISTS, SHEET_KINDS, Data
from quizbank.items import Item, item_to_data
from quizbank.kinds.matching import Matching
from quizbank.kinds.numeric import Numeric
from quizbank.kinds.units import UnitRule

SHEET_LEAVES_OUT = (
    "A sheet has one row an item, with its answers, shares and reasons in columns. It holds "
    "choices, statements, numbers, short answers, matching, ordering and texts to read; of "
    "numbers only the right one, and one unit that is not typed."
)


def sheet_cannot_hold(item: Item) -> str:
    """Return why an item has no place in a sheet, or an empty text."""
    if item.kind not in SHEET_KINDS:
        return f"a sheet cannot hold {item.kind.replace('_', ' ')}"
    if _parts_of(item) > len(LETTERS):
        return f"it has more than {len(LETTERS)} parts, and a sheet has that many columns"
    return ""


def sheet_changes(item: Item) -> tuple[str, ...]:
    """Return what of this item a sheet leaves out."""
    told = {
        "where it came from": bool(item.origin),
        "other numbers": isinstance(item, Numeric) and bool(item.others),
        "units to type": isinstance(item, Numeric) and item.unit_rule is not UnitRule.SHOWN,
    }
    return tuple(name for name, lost in told.items() if lost)


def _parts_of(item: Item) -> int:
    data = item_to_data(item)
    if isinstance(item, Matching):
        spare = {one.id for one in item.choices} - {one.choice for one in item.premises}
        return len(item.premises) + len(spare)
    return max(len(_rows(data, name)) for name in ("options", "answers", "elements"))


def item_row(item: Item) -> dict[str, str]:
    """Return the row that says this item, by column; for those that `cannot_hold` lets through."""
    data = item_to_data(item)
    row = {column: _cell(data.get(name)) for column, name in HEAD.items()}
    row |= {column: "; ".join(_texts(data.get(name))) for column, name in LISTS.items()}
    row |= {"kind": item.kind, "critical": "yes" if item.critical else ""}
    # Pool and level may stand at their default in the data, and a sheet says them all the same.
    row |= {"pool": item.pool.value, "level": item.level.value}
    row["reviewed"], row["review due"] = item.reviewed.isoformat(), item.review_due.isoformat()
    return {column: text for column, text in (row | _WRITE[item.kind](data)).items() if text}


def _from_options(data: Data) -> dict[str, str]:
    parts = _rows(data, "options")
    row = _from_parts(parts, "weight")
    for column, name in (("right", "correct"), ("unsafe", "unsafe")):
        row[column] = "; ".join(
            letter for letter, part in zip(LETTERS, parts, strict=False) if part.get(name)
        )
    return row | {"marking": _cell(data.get("rule"))}


def _from_statement(data: Data) -> dict[str, str]:
    unsafe = data.get("unsafe_answer")
    return {
        "right": "true" if data["answer"] else "false",
        "unsafe": "" if unsafe is None else "true" if unsafe else "false",
        "A": "True",
        "A reason": _cell(data["reason_true"]),
        "B": "False",
        "B reason": _cell(data["reason_false"]),
    }


def _from_number(data: Data) -> dict[str, str]:
    return {
        "right": _cell(data["answer"]),
        "tolerance": _cell(data["tolerance"]),
        "tolerance type": _cell(data.get("tolerance_type")),
        "unit": _cell(data.get("unit")),
        "A reason": _cell(data["reason"]),
        "B reason": _cell(data["reason_wrong"]),
    }


def _from_typed(data: Data) -> dict[str, str]:
    parts = _rows(data, "answers")
    row = _from_parts([{"fraction": 1.0} | part for part in parts], "fraction")
    row["unsafe"] = "; ".join(
        letter for letter, part in zip(LETTERS, parts, strict=False) if part.get("unsafe")
    )
    return row | {"capitals": "yes" if data.get("case_sensitive") else ""}


def _from_pairs(data: Data) -> dict[str, str]:
    premises = _rows(data, "premises")
    choices = {str(one["id"]): _cell(one["text"]) for one in _rows(data, "choices")}
    used = {str(one["choice"]) for one in premises}
    row = _from_parts(premises, "")
    spare = [text for choice, text in choices.items() if choice not in used]
    belongs = [choices[str(one["choice"])] for one in premises] + spare
    row |= {f"{letter} belongs to": text for letter, text in zip(LETTERS, belongs, strict=False)}
    return row | {"marking": _cell(data.get("rule"))}


def _from_order(data: Data) -> dict[str, str]:
    return _from_parts(_rows(data, "elements"), "") | {"marking": _cell(data.get("grading"))}


_WRITE: dict[str, Callable[[Data], dict[str, str]]] = {
    "single_choice": _from_options,
    "multiple_response": _from_options,
    "true_false": _from_statement,
    "numeric": _from_number,
    "short_answer": _from_typed,
    "matching": _from_pairs,
    "ordering": _from_order,
    "description": lambda _: {},
}


def _from_parts(parts: Sequence[Data], share: str) -> dict[str, str]:
    row: dict[str, str] = {}
    for letter, part in zip(LETTERS, parts, strict=False):
        row[letter], row[f"{letter} reason"] = _cell(part["text"]), _cell(part.get("reason"))
        weight = part.get(share) if share else None
        if isinstance(weight, int | float):
            percent = float(Decimal(repr(weight)) * 100)
            # Below 1 it would be read as a share of 1.
            sign = "%" if 0 < abs(percent) < 1 else ""
            row[f"{letter} share"] = f"{percent!r}".removesuffix(".0") + sign
    return row


def _rows(data: Data, name: str) -> list[Data]:
    value = data.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _texts(value: JsonValue) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _cell(value: JsonValue) -> str:
    return "" if value is None else str(value)
