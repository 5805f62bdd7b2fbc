"""Items as rows of a sheet: one row an item, its parts in columns A, B, C and so on.

What the columns mean is said once, here and in the template that authors download.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from string import ascii_lowercase, ascii_uppercase

from pydantic import JsonValue

from quizbank.exchange.defaults import NO_REASON
from quizbank.kinds.numbers import number_problem

Row = Mapping[str, str]
Data = dict[str, JsonValue]

LETTERS = ascii_uppercase[:20]
# What a column is called, and the field of the item that it fills.
HEAD = {
    "id": "id",
    "title": "title",
    "pool": "pool",
    "objective": "objective",
    "level": "level",
    "question": "stem",
    "reviewed": "reviewed",
    "review due": "review_due",
    "seconds": "seconds",
}
LISTS = {"topics": "tags", "sources": "sources", "enemies": "enemies"}
COLUMNS = (
    *("id", "kind", "title", "pool", "objective", "level", "critical", "topics", "question"),
    *("right", "unsafe", "marking", "tolerance", "tolerance type", "unit", "capitals"),
)
LAST_COLUMNS = ("sources", "reviewed", "review due", "seconds", "enemies")
_PART_COLUMNS = ("", " reason", " share", " belongs to")
_YES = frozenset({"yes", "y", "true", "1", "x"})
_NO = frozenset({"no", "n", "false", "0", ""})


# What a spreadsheet shows where a formula failed.
_FAILED = frozenset(
    {"#N/A", "#NV", "#DIV/0!", "#REF!", "#BEZUG!", "#NAME?", "#VALUE!", "#WERT!", "#NUM!", "#NULL!"}
)


class Unfit(Exception):
    """A row that cannot be an item as it is; says why."""


def part_columns(letter: str) -> tuple[str, ...]:
    """Return the names of the columns of one part: text, reason, share, what it belongs to."""
    return tuple(f"{letter}{name}".strip() for name in _PART_COLUMNS)


def columns_of(rows: Sequence[Row]) -> list[str]:
    """Return the columns that a sheet of these rows needs, in order; at least four parts."""
    used = {name for row in rows for name in row}
    most = max(
        (place for place, letter in enumerate(LETTERS, 1) if used & set(part_columns(letter))),
        default=0,
    )
    parts = [name for letter in LETTERS[: max(4, most)] for name in part_columns(letter)]
    return [*COLUMNS, *parts, *LAST_COLUMNS]


def unknown_columns(names: Sequence[str]) -> list[str]:
    """Return the names that no column has."""
    known = {*COLUMNS, *LAST_COLUMNS}
    known |= {name.casefold() for letter in LETTERS for name in part_columns(letter)}
    return [name for name in names if name and name.casefold() not in known]


def row_data(row: Row, head: Mapping[str, JsonValue]) -> Data:
    """Return the fields of the item that a row says, with `head` for what it leaves open.

    `row` has its columns in small letters. Raises `Unfit` where a cell cannot be understood.
    """
    _refuse_failed(row)
    kind = re.sub(r"[\s-]+", "_", row.get("kind", "").strip().casefold()) or _likely_kind(row)
    read = _READ.get(kind)
    if read is None:
        known = ", ".join(_READ)
        raise Unfit(f"“{kind}” is no kind that a sheet can hold; write one of {known}.")
    data: Data = dict(head)
    for column, name in HEAD.items():
        if said := row.get(column, "").strip():
            data[name] = said
    for column, name in LISTS.items():
        if said := _listed(row.get(column, "")):
            data[name] = [*said]
    if _yes(row, "critical"):
        data["critical"] = True
    return data | {"kind": kind} | read(row)


def _refuse_failed(row: Row) -> None:
    for name, cell in row.items():
        if cell.strip() in _FAILED:
            raise Unfit(f"“{name}” holds {cell.strip()}, a formula that failed; write its value.")


def _likely_kind(row: Row) -> str:
    right = row.get("right", "").strip()
    if any(row.get(f"{letter.lower()} belongs to", "").strip() for letter in LETTERS):
        return "matching"
    if right.casefold() in {"true", "false"} and not row.get("c", "").strip():
        return "true_false"
    if row.get("tolerance", "").strip():
        return "numeric"
    letters = [one for one in _listed(right) if len(one) == 1 and one.upper() in LETTERS]
    if not letters:
        raise Unfit("It has no kind, and none can be told from “right”; fill in the kind.")
    return "single_choice" if len(letters) == 1 else "multiple_response"


def _options(row: Row) -> Data:
    right, unsafe = _lettered(row, "right"), _lettered(row, "unsafe")
    parts = _parts(row)
    for letter in right | unsafe:
        if letter not in {str(part["id"]).upper() for part in parts}:
            raise Unfit(f"“right” or “unsafe” names option {letter}, which has no text.")
    for part in parts:
        letter = str(part["id"]).upper()
        part |= {"correct": letter in right, "unsafe": letter in unsafe}
        share = _share(row, letter)
        if share is not None:
            part["weight"] = share
    return {"options": [*parts]}


def _several(row: Row) -> Data:
    return _options(row) | _rule(row)


def _rule(row: Row) -> Data:
    rule = row.get("marking", "").strip()
    return {"rule": _word(rule)} if rule else {}


def _statement(row: Row) -> Data:
    right = row.get("right", "").strip().casefold()
    if right not in _YES | _NO or not right:
        raise Unfit("“right” must say true or false.")
    data: Data = {"answer": right in _YES}
    if unsafe := row.get("unsafe", "").strip().casefold():
        data["unsafe_answer"] = unsafe in _YES
    return data | {"reason_true": _reason(row, "A"), "reason_false": _reason(row, "B")}


def _number(row: Row) -> Data:
    data: Data = {
        "answer": _decimal(row, "right"),
        "tolerance": _decimal(row, "tolerance") or "0",
        "unit": row.get("unit", "").strip(),
        "reason": _reason(row, "A"),
        "reason_wrong": _reason(row, "B"),
    }
    if meaning := row.get("tolerance type", "").strip():
        data["tolerance_type"] = _word(meaning)
    return data


def _decimal(row: Row, column: str) -> str:
    written = row.get(column, "").strip()
    problem = number_problem(written) if "," in written else None
    if problem:
        raise Unfit(f"“{column}”: {problem}")
    return written.replace(",", ".")


def _typed(row: Row) -> Data:
    unsafe, parts = _lettered(row, "unsafe"), _parts(row)
    for part in parts:
        letter = str(part["id"]).upper()
        share = _share(row, letter)
        part |= {"fraction": 1.0 if share is None else share}
        if letter in unsafe:
            part["unsafe"] = True
    return {"answers": [*parts], "case_sensitive": _yes(row, "capitals")}


def _pairs(row: Row) -> Data:
    choices: dict[str, str] = {}
    premises: list[JsonValue] = []
    for letter in LETTERS:
        premise = row.get(letter.lower(), "").strip()
        belongs = row.get(f"{letter.lower()} belongs to", "").strip()
        if not premise and not belongs:
            continue
        if not belongs:
            raise Unfit(f"“{letter} belongs to” is empty; write what premise {letter} belongs to.")
        choice = choices.setdefault(belongs, f"c{len(choices) + 1}")
        if premise:
            premises.append(
                {
                    "id": f"p{len(premises) + 1}",
                    "text": premise,
                    "choice": choice,
                    "reason": _reason(row, letter),
                }
            )
    offered: list[JsonValue] = [{"id": one, "text": text} for text, one in choices.items()]
    data: Data = {"premises": premises, "choices": offered}
    return data | _rule(row)


def _order(row: Row) -> Data:
    grading = row.get("marking", "").strip()
    data: Data = {"elements": [*_parts(row)]}
    return data | ({"grading": _word(grading)} if grading else {})


_READ: dict[str, Callable[[Row], Data]] = {
    "single_choice": _options,
    "multiple_response": _several,
    "true_false": _statement,
    "numeric": _number,
    "short_answer": _typed,
    "matching": _pairs,
    "ordering": _order,
    "description": lambda _: {},
}
SHEET_KINDS = tuple(_READ)


def _parts(row: Row) -> list[Data]:
    return [
        {
            "id": ascii_lowercase[place],
            "text": row[letter.lower()].strip(),
            "reason": _reason(row, letter),
        }
        for place, letter in enumerate(LETTERS)
        if row.get(letter.lower(), "").strip()
    ]


def _reason(row: Row, letter: str) -> str:
    return row.get(f"{letter.lower()} reason", "").strip() or NO_REASON


def _share(row: Row, letter: str) -> float | None:
    written = row.get(f"{letter.lower()} share", "").strip()
    said = written.removesuffix("%").replace(",", ".").strip()
    if not said:
        return None
    try:
        percent = Decimal(said)
    except InvalidOperation:
        percent = Decimal("NaN")
    if not percent.is_finite():
        raise Unfit(f"“{letter} share” must be a number of percent, such as 50.")
    if 0 < abs(percent) < 1 and not written.endswith("%"):
        raise Unfit(
            f"“{letter} share” says {written}, which could be read in two ways. "
            f"Write {abs(percent) * 100:f}% or {abs(percent):f}%."
        )
    return float(percent / 100)


def _lettered(row: Row, column: str) -> frozenset[str]:
    letters = frozenset(one.upper() for one in _listed(row.get(column, "")))
    for one in letters:
        if len(one) != 1 or one not in LETTERS:
            raise Unfit(f"“{column}” must name options by letter, such as A or A; C, not “{one}”.")
    return letters


def _yes(row: Row, column: str) -> bool:
    said = row.get(column, "").strip().casefold()
    if said not in _YES | _NO:
        raise Unfit(f"“{column}” must say yes or no, not “{said}”.")
    return said in _YES


def _listed(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[;,\n]", text) if one.strip()]


def _word(said: str) -> str:
    return re.sub(r"[\s-]+", "_", said.strip().casefold())
