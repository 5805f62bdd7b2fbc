"""GIFT as text: blocks of lines, comments, escaped signs, and texts with their format."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

FORMATS = ("moodle", "html", "plain", "markdown")
_BLANK = " \t\r\0\x0b"
_ESCAPED = "\\:#={}~n"
# Noncharacters stand for escaped signs while the structure is read; no text may hold any.
_HIDDEN = {sign: chr(0xFDD0 + place) for place, sign in enumerate(_ESCAPED)}
_SHOWN = {ord(hidden): "\n" if sign == "n" else sign for sign, hidden in _HIDDEN.items()}
_FOREIGN = {0xFDD0 + place: "\ufffd" for place in range(len(_ESCAPED))}
_ID = re.compile(r"\[id:((?:\\\]|[^\]\x00-\x1f\x7f])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]\x00-\x1f\x7f])+)\]")


@dataclass(frozen=True)
class Said:
    """A text and the format that it is written in, one of `FORMATS`."""

    text: str
    format: str


@dataclass(frozen=True)
class Block:
    """The lines of one question, where it begins, and the comments among them."""

    text: str
    line: int
    comment: str


def read_blocks(text: str) -> Iterator[Block]:
    """Part a file into questions, by empty lines; categories stand alone."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_FOREIGN).split("\n")
    block: list[str] = []
    comments: list[str] = []
    begin = 0
    for number, raw in enumerate([*lines, ""], start=1):
        # A space that must not break is none that anybody sees on an empty line.
        line = "" if raw.isspace() else raw.strip(_BLANK)
        category = is_category(line)
        if line.startswith("//"):
            comments.append(line)
            # A comment keeps its line, empty, as long as something stands before it.
            block += [""] if block else []
            continue
        if (not line or category) and block:
            yield Block("\n".join(block).strip(), begin, "\n".join(comments))
        if not line or category:
            block, comments = [], []
        if category:
            yield Block(line, number, "")
        elif line:
            begin = begin if block else number
            block.append(line)


def is_category(line: str) -> bool:
    """Tell whether a line names the category of what follows."""
    return line[:10].upper() == "$CATEGORY:"


def pieces_of(answers: str, sign: str) -> list[str]:
    """Split at a sign that nobody escaped; nothing before the first sign is no piece."""
    first, *rest = (piece.strip() for piece in answers.split(sign))
    return [first, *rest] if first else rest


def said(text: str, default: str = "moodle") -> Said:
    """Read a text with the format that it may begin with, such as `[html]`."""
    text = text.strip()
    end = text.find("]") if text.startswith("[") else -1
    if end > 0 and text[1:end] in FORMATS:
        return Said(shown(text[end + 1 :]).strip(), text[1:end])
    return Said(shown(text).strip(), default)


def shown(text: str) -> str:
    """Put escaped signs back where `hide_escapes` hid them."""
    return text.translate(_SHOWN)


def hide_escapes(text: str) -> str:
    """Hide escaped signs, so that every sign that is left means something."""
    hidden = re.sub(r"\\([\\:#={}~n])", lambda sign: _HIDDEN[sign[1]], text)
    # A backslash itself means nothing more from here on.
    return hidden.replace(_HIDDEN["\\"], "\\")


def idnumber_in(comment: str) -> str:
    """Return the identifier in a comment, `[id:Q-1]`; the first one counts."""
    return next((_bracketed(found) for found in _ID.findall(comment)), "")


def tags_in(comment: str) -> tuple[str, ...]:
    """Return the tags in a comment, `[tag:safety]`."""
    return tuple(_bracketed(found) for found in _TAG.findall(comment))


def _bracketed(text: str) -> str:
    return text.replace("\\]", "]").strip()
