"""What differs between two texts of an item: field by field, and word by word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import cast

from pydantic import JsonValue

Path = tuple[str | int, ...]
Fields = Mapping[str, JsonValue]
# Above it a comparison word by word would take too long to wait for, and to read.
_MOST_WORDS = 2_000


class Piece(StrEnum):
    """Whether a stretch of a text stayed, went, or came."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class FieldChange:
    """One field that differs, by its path in the item; a part of a list goes by its place.

    `old` is None where the field is new, `new` where it went. `pieces` joins both texts.
    """

    path: Path
    old: str | None
    new: str | None
    pieces: tuple[tuple[Piece, str], ...]


def changes(old: Fields, new: Fields) -> tuple[FieldChange, ...]:
    """Return every field that differs, in the order of the new text, then what went.

    Empty, false and missing are the same. Parts with an id are compared with the part of the same
    id, wherever it stands; a new order of the same parts is one change of the list.
    """
    found: list[FieldChange] = []
    _compare_fields((), old, new, found)
    return tuple(found)


def word_pieces(old: str, new: str) -> tuple[tuple[Piece, str], ...]:
    """Return both texts as one: what stayed, what went and what came, by word."""
    before, after = _words(old), _words(new)
    if max(len(before), len(after)) > _MOST_WORDS:
        before, after = [old], [new]
    pieces: list[tuple[Piece, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append((Piece.SAME, "".join(before[a:b])))
            continue
        pieces += [(Piece.REMOVED, "".join(before[a:b]))] if b > a else []
        pieces += [(Piece.ADDED, "".join(after[c:d]))] if d > c else []
    return tuple(pieces)


def _compare_fields(path: Path, old: Fields, new: Fields, found: list[FieldChange]) -> None:
    for name in dict.fromkeys([*new, *old]):
        if name != "id":
            _compare((*path, name), old.get(name), new.get(name), found)


def _compare(path: Path, old: JsonValue, new: JsonValue, found: list[FieldChange]) -> None:
    before, after = _parts(old), _parts(new)
    if before is not None or after is not None:
        _compare_parts(path, before or {}, after or {}, found)
    elif isinstance(old, dict) or isinstance(new, dict):
        _compare_fields(path, _mapping(old), _mapping(new), found)
    elif not (_empty(old) and _empty(new)) and old != new:
        was, is_now = _text(old), _text(new)
        pieces = word_pieces(was or "", is_now or "")
        found.append(FieldChange(path, was, is_now, pieces))


def _compare_parts(
    path: Path, old: dict[str, Fields], new: dict[str, Fields], found: list[FieldChange]
) -> None:
    for place, (name, part) in enumerate(new.items()):
        _compare_fields((*path, place), old.get(name, {}), part, found)
    for name, part in old.items():
        if name not in new:
            # It has no place any more, so it goes by its name.
            _compare_fields((*path, name), part, {}, found)
    shared = [name for name in old if name in new]
    if shared != [name for name in new if name in old]:
        was, is_now = ", ".join(old), ", ".join(new)
        found.append(FieldChange(path, was, is_now, word_pieces(was, is_now)))


def _parts(value: JsonValue) -> dict[str, Fields] | None:
    """Return a list of parts by id; None for anything else."""
    if not isinstance(value, list) or not value:
        return None
    rows = [cast(Fields, one) for one in value if isinstance(one, dict)]
    named = {str(row.get("id", place)): row for place, row in enumerate(rows)}
    return named if len(named) == len(value) else None


def _mapping(value: JsonValue) -> Fields:
    return value if isinstance(value, dict) else {}


def _empty(value: JsonValue) -> bool:
    return value is None or value is False or value in ("", [])


def _text(value: JsonValue) -> str | None:
    if _empty(value):
        return None
    if value is True:
        return "yes"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_text(one) or "" for one in value)
    return str(value)


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)
