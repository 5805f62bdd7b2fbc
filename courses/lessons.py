"""A lesson file: YAML front matter, then Markdown with figures and cited sources.

The body is plain Markdown without raw HTML, links or a level-1 heading (the page sets the title).
A line `{{figure: name}}` stands for a figure, a line `![what it shows](pictures/name.png)` for a
picture beside the lessons; `[S33]` cites a source by its key.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from base.lined_yaml import Document, Problem, parse
from courses.misfits import fit
from quizbank.exchange.yaml_files import missing_pictures, with_addresses
from quizbank.files import NO_PICTURES, Picture, files_in
from quizbank.kinds.item import (
    Frozen,
    Key,
)

FENCE = "---"
_FIGURE = re.compile(r"\{\{\s*figure:\s*([a-z0-9-]+)\s*\}\}")
_CITATION = re.compile(r"\[(S\d{2}|CR|WT|GK)\]")
_CODE_SPAN = re.compile(r"`[^`]*`")
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\((?:pictures/[^)\s]+|/files/[0-9a-f]{64})\)")
_HEADING = re.compile(r"(#+)\s+\S")
# What a lesson must not contain, and what to do about it.
_FORBIDDEN = (
    (re.compile(r"^# "), "A level-1 heading; the page sets the title. Begin with ##."),
    (re.compile(r"^(=+|-+)\s*$"), "An underlined heading or a rule; write ## before the words."),
    (re.compile(r"</?[A-Za-z!]"), "Raw HTML; write it in Markdown."),
    (
        re.compile(r"!\["),
        "A picture stands alone on its line, as ![what it shows](pictures/name.png).",
    ),
    (
        re.compile(r"\]\(|^\s*\[[^\]]+\]:|https?://|<www\.|\bwww\."),
        "A link; cite a source by its key.",
    ),
)

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


@dataclass(frozen=True)
class MarkdownBlock:
    """A stretch of Markdown."""

    text: str


@dataclass(frozen=True)
class FigureBlock:
    """The place of a figure, by its name."""

    name: str


Block = MarkdownBlock | FigureBlock


class Lesson(Frozen):
    """One lesson; `minutes` is the reading time, `checks` the questions at its end."""

    slug: Key
    title: Line
    objectives: Annotated[tuple[str, ...], Field(min_length=1)]
    minutes: Annotated[int, Field(ge=1, le=240)]
    goals: Annotated[tuple[Line, ...], Field(min_length=1)]
    key_points: Annotated[tuple[Line, ...], Field(min_length=1)]
    checks: Annotated[tuple[Key, ...], Field(min_length=1)]
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    reviewed: date
    review_due: date
    body: Annotated[str, StringConstraints(min_length=1, max_length=200_000)]

    @model_validator(mode="after")
    def _is_sound(self) -> "Lesson":
        if self.review_due <= self.reviewed:
            raise ValueError("the date review_due must come after reviewed")
        for name in ("objectives", "checks", "sources"):
            values = getattr(self, name)
            if len(set(values)) != len(values):
                raise ValueError(f"the list {name} names something twice")
        return self

    def figures(self) -> tuple[str, ...]:
        """The names of the figures in the body, in order."""
        return tuple(block.name for block in blocks(self.body) if isinstance(block, FigureBlock))

    def pictures(self) -> frozenset[str]:
        """The digests of the pictures in the body."""
        return files_in(self.body)


@dataclass(frozen=True)
class LessonRead:
    """A lesson file as read: the lesson unless it is unusable, what is wrong, and where it is."""

    lesson: Lesson | None
    problems: tuple[Problem, ...]
    front: Document
    body_line: int


def read_lesson(slug: str, text: str, beside: Mapping[str, Picture] = NO_PICTURES) -> LessonRead:
    """Read the text of a lesson file; never raises.

    `beside` holds what stands in the folder `pictures` beside the file, by name.
    """
    front_text, typed, body_line = split_lesson(text)
    body = str(with_addresses(typed, beside))
    front = parse(front_text, first_line=2) if body_line else _NO_FRONT
    if isinstance(front, Problem):
        return LessonRead(None, (front,), Document(None, {}), body_line)
    read = fit(Lesson, front, {"slug": slug, "body": body})
    problems = tuple(_body_problems(body, body_line))
    if isinstance(read, Lesson):
        return LessonRead(read, problems, front, body_line)
    return LessonRead(None, read + problems, front, body_line)


def blocks(body: str) -> tuple[Block, ...]:
    """Split a body at its figures."""
    # A pattern with one group splits into text, name, text, name, ..., text.
    parts = _FIGURE.split(body)
    made = [FigureBlock(part) if odd % 2 else MarkdownBlock(part) for odd, part in enumerate(parts)]
    return tuple(block for block in made if isinstance(block, FigureBlock) or block.text.strip())


def cited(text: str) -> tuple[tuple[int, str], ...]:
    """Return every citation as (line of the text from 1, key), in order."""
    return tuple(
        (number, key)
        for number, line in enumerate(text.splitlines(), start=1)
        for key in _CITATION.findall(line)
    )


def named_pictures(text: str) -> dict[str, str]:
    """Return the stored pictures that a text shows, by digest, with the words for each."""
    found = (_PICTURE.fullmatch(line.strip()) for line in text.splitlines())
    return {digest: one[1] for one in found if one for digest in files_in(one[0])}


_NO_FRONT = Problem(1, "A lesson begins with --- and its fields, then --- and the text.")


def split_lesson(text: str) -> tuple[str, str, int]:
    """Return the front matter, the body and the line the body begins on (0: no front matter)."""
    lines = text.removeprefix("\ufeff").splitlines()
    ends = [place for place, line in enumerate(lines) if line.rstrip() == FENCE]
    if len(ends) < 2 or ends[0] != 0:
        return "", text, 0
    return "\n".join(lines[1 : ends[1]]), "\n".join(lines[ends[1] + 1 :]), ends[1] + 2


def _body_problems(body: str, first_line: int) -> Iterator[Problem]:
    level = 1
    for number, line in enumerate(body.splitlines(), start=max(first_line, 1)):
        plain = _CODE_SPAN.sub("", line)
        picture = _PICTURE.fullmatch(plain.strip())
        if picture:
            yield from _picture_problems(number, line, picture[1])
            continue
        for pattern, message in _FORBIDDEN:
            if pattern.search(plain):
                yield Problem(number, message)
        if "{{" in plain and not _FIGURE.fullmatch(plain.strip()):
            yield Problem(number, "A figure stands alone on its line, as {{figure: name}}.")
        heading = _HEADING.match(plain)
        if heading and len(heading[1]) > 1:
            if len(heading[1]) > level + 1:
                yield Problem(number, "A heading skips a level; use one # less.")
            level = len(heading[1])


def _picture_problems(number: int, line: str, words: str) -> Iterator[Problem]:
    if not words.strip():
        yield Problem(number, "Say between [ and ] what the picture shows, for who cannot see it.")
    for name in missing_pictures(line, ()):
        yield Problem(number, f"The picture pictures/{name} is not there; add it or drop it.")
