"""A lesson as a plain page to be printed: everything there is to read, sources with their links."""

import base64
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from courses.citing import short_key, without_citations
from courses.figures.canvas import Drawing
from courses.figures.facts import FigureFacts
from courses.figures.figure import draw_figure
from courses.figures.palette import LIGHT
from courses.lessons import FigureBlock
from courses.queries.lesson import LessonView, lesson_view
from web.rendering import page, private
from web.site import Visit


@dataclass(frozen=True)
class PrintedFigure:
    """Two drawings, each as the address of its own picture, and what they show in words."""

    wide: str
    compact: str
    alt: str
    caption: str


def show(visit: Visit) -> Response:
    """Show a lesson to whoever may study it; who is not signed in does so first."""
    actor = visit.actor()
    if actor.person_id is None:
        return RedirectResponse(f"/auth/login?next={quote(visit.request.url.path)}", 303)
    asked = visit.request.path_params
    with visit.read(actor) as tx:
        view = lesson_view(tx, asked["course"], asked["lesson"])
    words = view.written.explained
    return private(
        page(
            visit,
            "lesson_print.html",
            view=view,
            parts=[_part(view, one) for one in view.written.parts],
            key_points=_html(view.written.key_points),
            explained=[(one.term, without_citations(one.meaning)) for one in words],
            sources=[(short_key(one.key), one) for one in view.sources],
            printed=visit.now,
        )
    )


def _part(view: LessonView, part: str | FigureBlock) -> Markup | PrintedFigure:
    return _figure(view.figures[part.name]) if isinstance(part, FigureBlock) else _html(part)


def _figure(facts: FigureFacts) -> PrintedFigure:
    figure = draw_figure(facts, LIGHT)
    return PrintedFigure(
        _address(figure.wide), _address(figure.compact), figure.alt, figure.caption
    )


def _address(drawing: Drawing) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.svg.encode()).decode()}"


def _html(written: str) -> Markup:
    # On paper nothing unfolds.
    opened = written.replace('<details class="ask">', '<details class="ask" open>')
    return Markup(opened)  # noqa: S704 sanitised where it was written
