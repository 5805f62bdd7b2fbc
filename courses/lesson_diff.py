"""What differs between two texts of a lesson: field by field, then line by line."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from courses.lesson_files import fields_of
from quizbank.item_diff import Piece, changes, word_pieces


@dataclass(frozen=True)
class LineChange:
    """A field or a line that differs, where it stands in the newer text, and both as one."""

    where: str
    pieces: tuple[tuple[Piece, str], ...]


def lesson_changes(old: str, new: str) -> tuple[LineChange, ...]:
    """Return what differs between two lesson files, in the order of the newer one."""
    before, old_body = fields_of(old)
    after, new_body = fields_of(new)
    fields = [
        LineChange(str(one.path[0]).replace("_", " ").capitalize(), one.pieces)
        for one in changes(before, after)
    ]
    return (*fields, *_lines(old_body.split("\n"), new_body.split("\n")))


def _lines(old: list[str], new: list[str]) -> list[LineChange]:
    found: list[LineChange] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        for place, (was, now) in enumerate(zip_longest(old[a:b], new[c:d])):
            if (was or "") == (now or ""):
                continue
            line = min(c + place, max(d - 1, c)) + 1
            found.append(LineChange(f"Line {line}", word_pieces(was or "", now or "")))
    return found
