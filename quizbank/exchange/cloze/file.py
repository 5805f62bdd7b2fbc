"""A file that is one text with gaps, as Moodle's "embedded answers" format has it."""

import re
from collections.abc import Sequence
from html import unescape

from pydantic import JsonValue

from base.lined_yaml import LARGEST_DOCUMENT, Problem
from quizbank.exchange.cloze.syntax import read_cloze
from quizbank.exchange.cloze.writer import cloze_cannot_hold, cloze_changes, write_cloze
from quizbank.exchange.defaults import Defaults
from quizbank.exchange.html_texts import html_as_markdown, html_as_plain
from quizbank.exchange.identifiers import imported_id
from quizbank.exchange.items_read import ItemsRead, LinedItem, errors_of, warning
from quizbank.exchange.texts import as_markdown, has_tags
from quizbank.items import Item, Misfit, read_item
from quizbank.kinds.cloze import Cloze

CLOZE_LEAVES_OUT = (
    "A file of this format is one text with gaps, with its answers, shares and reasons: it holds "
    "the first of the chosen items. It leaves out everything about the item but its question."
)
_LONGEST_NAME = 80


def read_cloze_file(text: str, defaults: Defaults) -> ItemsRead:
    """Read a file that is one text with gaps; never raises."""
    if len(text) > LARGEST_DOCUMENT:
        message = "The file is larger than 20 MB. Split it and try again."
        return ItemsRead((), (Problem(1, message),))
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    dropped: list[str] = []

    def markdown(html: str) -> str:
        shown, left_out = html_as_markdown(html)
        dropped.extend(left_out)
        return shown

    html = has_tags(text)
    read = read_cloze(text, markdown, html_as_plain) if html else read_cloze(text, as_markdown)
    problems = [*read.problems]
    if dropped:
        names = ", ".join(dict.fromkeys(dropped))
        problems.append(warning(1, f"Left out of the text: {names}."))
    if errors_of(tuple(problems)):
        return ItemsRead((), tuple(problems))
    return _as_item(text, read.stem, read.gaps, problems, defaults)


def _as_item(
    text: str,
    stem: str,
    gaps: Sequence[JsonValue],
    problems: Sequence[Problem],
    defaults: Defaults,
) -> ItemsRead:
    own: dict[str, JsonValue] = {"id": imported_id("cloze", "", text), "kind": "cloze"}
    try:
        item = read_item({**defaults.head(), **own, "stem": stem, "gaps": [*gaps]})
    except Misfit as misfit:
        refused = [Problem(1, said) for said in misfit.counted]
        return ItemsRead((), (*problems, *refused))
    missing = defaults.missing()
    told = [*problems, *([warning(1, missing)] if missing else [])]
    return ItemsRead((LinedItem(item, 1, _name(text), foreign=True),), tuple(told))


def write_cloze_file(items: Sequence[Item]) -> str:
    """Return the first item that is a text with gaps as a file of its own; else an empty text."""
    held = (one for one in items if isinstance(one, Cloze) and not cloze_cannot_hold(one))
    first = next(held, None)
    return f"{write_cloze(first)}\n" if first else ""


def cloze_file_changes(item: Item) -> tuple[str, ...]:
    """Return what of this item the file leaves out or says in another way."""
    return cloze_changes(item) if isinstance(item, Cloze) else ()


def _name(text: str) -> str:
    line = " ".join(unescape(re.sub(r"<[^<>]*>", " ", text)).split())
    return line[:_LONGEST_NAME]
