"""The import report, the same for every format; tools outside the project read it."""

from collections import Counter

from pydantic import JsonValue

from quizbank.exchange.items_read import ItemsRead, LinedItem
from quizbank.exchange.texts import as_plain


def import_report(file_format: str, read: ItemsRead) -> JsonValue:
    """Return what was understood and what was not, as plain data.

    Shape: `{"format", "counts": {kind: n}, "items": [{"kind", "name", "stem", "options":
    [{"text", "fraction", "feedback"}]}], "problems": [{"line", "severity", "message"}]}`.
    """
    counts: dict[str, JsonValue] = dict(Counter(one.item.kind for one in read.items))
    return {
        "format": file_format,
        "counts": counts,
        "items": [_item(one) for one in read.items],
        "problems": [
            {"line": one.line, "severity": one.severity, "message": one.message}
            for one in read.problems
        ],
    }


def _item(lined: LinedItem) -> JsonValue:
    item = lined.item
    # What a foreign file says is told as it says it, without the escapes that Markdown needs.
    told = as_plain if lined.foreign else str
    # The answers of these kinds are plain text already, and a backslash in them is one.
    answer = str if item.kind in {"short_answer", "matching", "ordering", "cloze"} else told
    return {
        "kind": item.kind,
        "name": lined.name or item.id,
        "stem": told(item.stem),
        "options": [
            {"text": answer(one.text), "fraction": one.fraction, "feedback": told(one.reason)}
            for one in item.scored()
        ],
    }
