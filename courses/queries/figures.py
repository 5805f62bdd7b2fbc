"""Figures outside their lesson."""

from collections.abc import Mapping
from dataclasses import dataclass

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs, public
from courses.figures.facts import FigureFacts
from courses.figures.path_facts import PathFacts
from courses.queries.stored import manifest_of
from quizbank.queries.bank import sources
from quizbank.sources import Source


@dataclass(frozen=True)
class FigureView:
    """One figure of a course with its sources, and the titles of those to explore by name."""

    course_slug: str
    course_title: str
    standing_note: str
    name: str
    facts: FigureFacts
    sources: tuple[Source, ...]
    titles: dict[str, str]


@public
def figure_facts(tx: Tx, slug: str, name: str) -> FigureFacts | None:
    """Return what a figure of a course draws; None where the academy has no such figure."""
    try:
        return manifest_of(tx.session, slug).figures.get(name)
    except NotFound:
        return None


@needs(Permission.COURSE_STUDY)
def figure_titles(tx: Tx, slug: str) -> dict[str, str]:
    """Return the titles of a course's figures to explore, by name; raises `NotFound`."""
    return _to_explore(manifest_of(tx.session, slug).figures)


@needs(Permission.COURSE_STUDY)
def figure_view(tx: Tx, slug: str, name: str) -> FigureView:
    """Return a figure of a course; raises `NotFound`."""
    manifest = manifest_of(tx.session, slug)
    facts = manifest.figures.get(name)
    if facts is None:
        raise NotFound("There is no such figure in this course. Choose one from the course page.")
    return FigureView(
        course_slug=slug,
        course_title=manifest.course.title,
        standing_note=manifest.course.standing_note,
        name=name,
        facts=facts,
        sources=sources(tx, facts.sources()),
        titles=_to_explore(manifest.figures),
    )


def _to_explore(figures: Mapping[str, FigureFacts]) -> dict[str, str]:
    # A path belongs to the lesson that it sums up; there is nothing in it to explore.
    return {name: one.title for name, one in figures.items() if not isinstance(one, PathFacts)}
