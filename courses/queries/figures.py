"""Figures outside their lesson."""

from base.db import Tx
from base.errors import NotFound
from base.permissions import public
from courses.figures.facts import FigureFacts
from courses.queries.stored import manifest_of


@public
def figure_facts(tx: Tx, slug: str, name: str) -> FigureFacts | None:
    """Return what a figure of a course draws; None where the academy has no such figure."""
    try:
        return manifest_of(tx.session, slug).figures.get(name)
    except NotFound:
        return None
