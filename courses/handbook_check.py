"""What is wrong with the glossary and the contraindications beside the sources they cite."""

from collections.abc import Iterator
from datetime import date

from courses.content_folder import CourseContent, FileProblem
from courses.handbook import CONTRAINDICATIONS_FILE, GLOSSARY_FILE, Contraindication
from courses.lessons import cited


def handbook_problems(content: CourseContent, today: date) -> Iterator[FileProblem]:
    """Yield every problem of the handbook that stands beside a course."""
    yield from _term_problems(content)
    for place, row in enumerate(content.handbook.handbook.rows):
        line = content.handbook.contraindications.line(("rows", place))
        file = str(content.beside / CONTRAINDICATIONS_FILE)
        for message in _row_faults(content, row):
            yield FileProblem(file, line, f"{row.id}: {message}")
        if today >= row.review_due:
            due = f"{row.review_due:%-d %B %Y}"
            message = f"{row.id} was due for review on {due}; review it and move the date."
            yield FileProblem(file, line, message, "warning")


def _term_problems(content: CourseContent) -> Iterator[FileProblem]:
    file = str(content.beside / GLOSSARY_FILE)
    for place, term in enumerate(content.handbook.handbook.terms):
        line = content.handbook.glossary.line(("terms", place))
        for message in _source_faults(content, term.sources, term.meaning):
            yield FileProblem(file, line, f"{term.term}: {message}")


def _row_faults(content: CourseContent, row: Contraindication) -> Iterator[str]:
    said = "\n".join((row.action, row.why, *row.ask, row.disagreement, row.wait))
    yield from _source_faults(content, row.sources, said)


def _source_faults(content: CourseContent, keys: tuple[str, ...], said: str) -> Iterator[str]:
    for key in keys:
        if key not in content.sources:
            yield f"the source {key} is not in sources.yaml; add it or fix the key."
    for key in sorted({key for _, key in cited(said)} - set(keys)):
        yield f"{key} is cited but not listed under sources."
