"""What a change does to a lesson, an outline or a screening case, in the order of the new text."""

import json
from collections.abc import Mapping

from pydantic import JsonValue

from courses.content_changes import Kind
from courses.lesson_diff import LineChange, lesson_changes
from courses.outline_edit import DraftOutline
from quizbank.item_diff import Path, changes


def content_changes(
    kind: Kind, old: str, new: str, titles: Mapping[str, str]
) -> tuple[LineChange, ...]:
    """Return what differs between two texts of the same thing; the old one may be empty.

    `titles` names lessons by their slug: whoever reads an outline knows them by their titles.
    """
    if kind is Kind.LESSON:
        return lesson_changes(old, new)
    read = _case if kind is Kind.CASE else _outline
    return tuple(
        LineChange(_where(one.path), one.pieces)
        for one in changes(read(old, titles), read(new, titles))
    )


def _case(text: str, _titles: Mapping[str, str]) -> dict[str, JsonValue]:
    if not text:
        return {}
    sheet = json.loads(text)
    rows = {"question": "facts", "reason": "reasons", "what_follows": "events"}
    return {**sheet["fields"], **{name: sheet[part] for name, part in rows.items()}}


def _outline(text: str, titles: Mapping[str, str]) -> dict[str, JsonValue]:
    if not text:
        return {}
    outline = DraftOutline.model_validate_json(text)
    modules: list[JsonValue] = [
        {
            "id": one.id,
            "title": one.title,
            "lessons": [titles.get(each, each) for each in one.lessons],
            "opens_after": [titles.get(each, each) for each in one.after],
        }
        for one in outline.modules
    ]
    requires: list[JsonValue] = [*outline.requires]
    return {
        "title": outline.title,
        "summary": outline.summary,
        "required_courses": requires,
        "module": modules,
    }


def _where(path: Path) -> str:
    words = [str(one + 1) if isinstance(one, int) else one.replace("_", " ") for one in path]
    head, *rest = words
    said = " ".join([f"{head[0].upper()}{head[1:]}", *rest[:1]])
    return f"{said}: {' '.join(rest[1:])}" if rest[1:] else said
