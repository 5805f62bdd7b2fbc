"""A lesson as the text of its file, finished or not: fields above, Markdown below."""

from collections.abc import Mapping

from pydantic import JsonValue

from base.lined_yaml import Problem, parse
from base.yaml_text import to_yaml
from courses.lessons import FENCE, Lesson, split_lesson
from courses.reading_time import reading_minutes

Fields = Mapping[str, JsonValue]
FIELDS = (
    "title",
    "objectives",
    "minutes",
    "goals",
    "key_points",
    "checks",
    "sources",
    "reviewed",
    "review_due",
)
_ONE_LINE = ("objectives", "checks", "sources")


def lesson_file(fields: Fields, body: str) -> str:
    """Return the text of a lesson file with these fields, in the usual order, and this body."""
    front = {name: fields[name] for name in FIELDS if name in fields}
    rest = {name: value for name, value in fields.items() if name not in front}
    return f"{FENCE}\n{to_yaml(front | rest, _ONE_LINE)}{FENCE}\n{body}\n"


def file_of(lesson: Lesson) -> str:
    """Return a lesson as the text of its file; `read_lesson` reads it back equal."""
    fields = lesson.model_dump(mode="json", exclude_defaults=True, exclude={"slug", "body"})
    return lesson_file(fields, lesson.body)


def fields_of(text: str) -> tuple[dict[str, JsonValue], str]:
    """Return the fields and the body of a lesson file, also where they are no lesson yet."""
    front, body, body_line = split_lesson(text)
    document = parse(front) if body_line else None
    if document is None or isinstance(document, Problem) or not isinstance(document.data, dict):
        return {}, body
    return document.data, body


def completed(text: str) -> str:
    """Return the text of a lesson file with its minutes counted where it leaves them open."""
    fields, body = fields_of(text)
    if not fields or fields.get("minutes") is not None:
        return text
    checks = fields.get("checks")
    counted = reading_minutes(body, len(checks) if isinstance(checks, list) else 0)
    return lesson_file({**fields, "minutes": counted}, body)
