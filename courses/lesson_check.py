"""What is wrong with one lesson in its course: nothing may point at what is not there."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from base.lined_yaml import Problem
from courses.figures.facts import FigureFacts
from courses.lessons import Lesson, LessonRead, cited


@dataclass(frozen=True)
class Known:
    """What a lesson may name; `objectives` is None where the course itself cannot be read."""

    objectives: Collection[str] | None
    checks: Collection[str]
    figures: Mapping[str, FigureFacts]
    sources: Collection[str]
    pictures: Collection[str]


def lesson_problems(read: LessonRead, known: Known, today: date) -> Iterator[Problem]:
    """Yield what is wrong with a lesson that can be read, by the line of its file.

    A review that is due is a warning.
    """
    if read.lesson is None:
        return
    yield from _links(read, read.lesson, known)
    yield from _citations(read, read.lesson, known)
    if today >= read.lesson.review_due:
        said = overdue("This lesson", read.lesson.review_due)
        yield Problem(_line(read, "review_due"), said, "warning")


def overdue(what: str, due: date) -> str:
    """Say that something was due for review."""
    return f"{what} was due for review on {due:%-d %B %Y}; review it and move the date."


def _links(read: LessonRead, lesson: Lesson, known: Known) -> Iterator[Problem]:
    for code in lesson.objectives:
        if known.objectives is not None and code not in known.objectives:
            message = f"The objective {code} is not in course.yaml; check its spelling."
            yield Problem(_line(read, "objectives"), message)
    for item_id in lesson.checks:
        if item_id not in known.checks:
            message = f"The check {item_id} is no item of pool check; choose one that is."
            yield Problem(_line(read, "checks"), message)
    for name in lesson.figures():
        if name not in known.figures:
            message = f"There is no figure {name}; add figures/{name}.yaml or drop it."
            yield Problem(_line_of(read, f"figure: {name}"), message)
    for digest in lesson.pictures() - set(known.pictures):
        message = "This picture is not in pictures/; add it, or drop it here."
        yield Problem(_line_of(read, digest), message)


def _citations(read: LessonRead, lesson: Lesson, known: Known) -> Iterator[Problem]:
    in_text = {key: number for number, key in reversed(cited(lesson.body))}
    drawn = {
        key
        for name in lesson.figures()
        if name in known.figures
        for key in known.figures[name].sources()
    }
    at = _line(read, "sources")
    for key in sorted(in_text.keys() - set(lesson.sources)):
        where = read.body_line + in_text[key] - 1
        yield Problem(where, f"{key} is cited but not listed under sources.")
    for key in sorted(drawn - set(lesson.sources) - in_text.keys()):
        yield Problem(at, f"{key} is cited by a figure but not listed under sources.")
    for key in lesson.sources:
        if key not in in_text and key not in drawn:
            yield Problem(at, f"{key} is listed under sources but never cited; cite or drop it.")
        if key not in known.sources:
            yield Problem(at, f"The source {key} is not in sources.yaml; add it or fix the key.")


def _line(read: LessonRead, field: str) -> int:
    return read.front.line((field,))


def _line_of(read: LessonRead, words: str) -> int:
    """Return the line of the body that holds these words, else where the body begins."""
    lines = read.lesson.body.splitlines() if read.lesson else []
    found = (place for place, line in enumerate(lines) if words in line)
    return read.body_line + next(found, 0)
