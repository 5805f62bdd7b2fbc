"""The import report, the same for every format; tools outside the project read it."""

from collections import Counter

from pydantic import JsonValue

from quizbank.exchange.yaml_items import ItemsRead
from quizbank.items import Item


def import_report(file_format: str, read: ItemsRead) -> JsonValue:
    """Return what was understood and what was not, as plain data.

    Shape: `{"format", "counts": {kind: n}, "items": [{"kind", "name", "stem", "options":
    [{"text", "fraction", "feedback"}]}], "problems": [{"line", "severity", "message"}]}`.
    """
    counts: dict[str, JsonValue] = dict(Counter(one.item.kind for one in read.items))
    return {
        "format": file_format,
        "counts": counts,
        "items": [_item(one.item) for one in read.items],
        "problems": [
            {"line": one.line, "severity": one.severity, "message": one.message}
            for one in read.problems
        ],
    }


def _item(item: Item) -> JsonValue:
    return {
        "kind": item.kind,
        "name": item.id,
        "stem": item.stem,
        "options": [
            {"text": one.text, "fraction": one.fraction, "feedback": one.reason}
            for one in item.scored()
        ],
    }
