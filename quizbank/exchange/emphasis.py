"""Emphasis as Markdown can show it: marks where they count, and text alone where they do not."""

import re
import unicodedata
from collections.abc import Mapping

# Where emphasis begins and ends while HTML becomes Markdown; no text has these characters.
_BEGINS = {"**": "\ufdd8", "*": "\ufdda", "~~": "\ufddc"}
_ENDS = {"**": "\ufdd9", "*": "\ufddb", "~~": "\ufddd"}
_MARK_OF = {begin: mark for mark, begin in _BEGINS.items()}
# Marks that touch are read as one run: one of them gives way.
_ENDED, _BEGUN = frozenset("*~") | {*_ENDS.values()}, frozenset("*~") | {*_BEGINS.values()}
_RUN = re.compile("[\ufdd8-\ufddf*~]+")
_ANY = re.compile("[\ufdd8-\ufddf]")
_INNERMOST = re.compile(
    "|".join(f"{begin}([^\ufdd8-\ufddf]*){_ENDS[mark]}" for mark, begin in _BEGINS.items())
)
_TURNS = re.compile("|".join(f"{_ENDS[mark]}([ \\t]*){begin}" for mark, begin in _BEGINS.items()))
_LINE = re.compile(r"(\s*(?:(?:- |\d{1,9}\. )\s*)?)(.*?)(\s*)", re.DOTALL)
_BLOCKS = re.compile(r"(\n(?=\n|\s*(?:- |\d{1,9}\. )))")
# What may stand outside the emphasis as well as inside.
_MOVABLE = "\"'“”‘’„«».,:;!?… \t\n\u00a0"
begins: Mapping[str, str] = _BEGINS
ends: Mapping[str, str] = _ENDS


def without_places(text: str) -> str:
    """Return a text of others without the characters that hold the places of emphasis."""
    return _ANY.sub("", text)


def settled(text: str) -> str:
    """Return a text with `begins` and `ends` as Markdown that every reader shows alike.

    Spaces and, where it must be, signs move out of the emphasis; what is emphasised over several
    paragraphs is so in each. Where no mark would count (`a**-b-**c`), the text stands without.
    """
    text = _TURNS.sub(lambda found: found[found.lastindex or 0], text)
    changed = True
    while changed:
        text, changed = _INNERMOST.subn(_marked, text)
    return _ANY.sub("", text)


def _marked(found: re.Match[str]) -> str:
    mark, inside = _MARK_OF[found[0][0]], found[0][1:-1]
    marks_before, before = _beside(found.string[: found.start()][::-1])
    marks_after, after = _beside(found.string[found.end() :])
    if {*marks_before} & _ENDED or {*marks_after} & _BEGUN:
        return inside
    if bool(marks_before) != bool(marks_after) and not (_parts(before) and _parts(after)):
        return inside
    lines = _BLOCKS.split(inside)
    last = len(lines) - 1
    return "".join(
        one
        if one == "\n"
        else _line(one, mark, "" if place else before, "" if place < last else after)
        for place, one in enumerate(lines)
    )


def _beside(text: str) -> tuple[str, str]:
    """Return the marks that a text begins with, and the first sign behind them."""
    found = _RUN.match(text)
    marks = found[0] if found else ""
    return marks, text[len(marks) : len(marks) + 1]


def _line(text: str, mark: str, before: str, after: str) -> str:
    found = _LINE.fullmatch(text)
    # A backslash would escape the mark.
    if found is None or not found[2] or found[2].endswith("\\") or before == "\\":
        return text
    lead, core, trail = found.groups()
    if not lead and not _parts(before):
        bare = core.lstrip(_MOVABLE)
        lead, core = core[: len(core) - len(bare)], bare
    if not trail and not _parts(after):
        bare = core.rstrip(_MOVABLE)
        if not bare.endswith("\\"):
            core, trail = bare, core[len(bare) :]
    opens = bool(core) and (bool(lead) or _parts(before) or not _parts(core[0]))
    closes = bool(core) and (bool(trail) or _parts(after) or not _parts(core[-1]))
    return f"{lead}{mark}{core}{mark}{trail}" if opens and closes else f"{lead}{core}{trail}"


def _parts(sign: str) -> bool:
    return not sign or sign.isspace() or unicodedata.category(sign)[0] in "PS"
