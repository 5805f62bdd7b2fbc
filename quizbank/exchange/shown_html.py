"""HTML that would do something in a page, and stands in a text that was not cleaned.

Items are written in Markdown, which the screens show without its HTML: it harms nobody, and who
brings a file in should know that it is in there.
"""

import re

from quizbank.exchange.items_read import ItemsRead, warning
from quizbank.items import item_to_json

_ACTIVE = re.compile(rb"<\s*(script|iframe|object|embed|style|svg|form)\b", re.IGNORECASE)
_ZIP = b"PK"


def name_active_html(content: bytes, read: ItemsRead) -> ItemsRead:
    """Return what was read, with a warning for each item that still holds such HTML."""
    if not content.startswith(_ZIP) and not _ACTIVE.search(content):
        return read
    told = [
        warning(one.line, f"Its text holds <{_name(found)}>, which is shown as it is and not run.")
        for one in read.items
        if (found := _ACTIVE.search(item_to_json(one.item).encode()))
    ]
    problems = sorted([*read.problems, *told], key=lambda problem: problem.line)
    return ItemsRead(read.items, tuple(problems), read.files) if told else read


def _name(found: re.Match[bytes]) -> str:
    return found[1].decode().lower()
