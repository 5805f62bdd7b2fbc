"""Regions outlined on a figure: as markup for the answered question and for the editor."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape

import streamlit as st

from quizbank.files import address_of
from quizbank.kinds.shapes import Shape, bounds
from quizbank.kinds.shown import (
    FigureView,
    MarkedFigure,
    Outline,
)
from ui.words import plain

# The outlines lie on a picture, not on the page, so they look alike in both themes: each line
# has a white casing, and each name a ground of its own.
STYLE = """
  .figure-frame { position: relative; line-height: 0; margin: 0 auto; overflow: hidden;
    border-radius: 0.375rem; }
  .figure-frame .picture { display: block; width: 100%; height: auto; background: #fff; }
  .figure-frame .over { position: absolute; inset: 0; width: 100%; height: 100%;
    pointer-events: none; }
  .figure-frame .name { position: absolute; translate: -50% -50%; padding: 0.05rem 0.4rem;
    border-radius: 0.75rem; background: #fff; color: #0d1722; border: 2px solid #33424f;
    font: 600 0.875rem/1.4 system-ui, sans-serif; white-space: nowrap; }
  .figure-frame .name.right { border-color: #1a6338; color: #1a6338; }
  .figure-frame .name.unsafe { border-color: #9e2a2b; color: #9e2a2b; }
  .figure-frame .name.draft { border-color: #0b5c63; color: #0b5c63; }
  .figure-frame .pin { position: absolute; translate: -50% -50%; width: 26px; height: 26px;
    box-sizing: border-box; border-radius: 50%; border: 3px solid #fff; background: #0d172233;
    box-shadow: 0 0 0 2.5px #0d1722, inset 0 0 0 1.5px #0d1722; }
  .figure-frame .pin::after { content: ""; position: absolute; inset: 6.5px; border-radius: 50%;
    background: #0d1722; box-shadow: 0 0 0 2px #fff; }
"""
_LINES = """
  * { fill: none; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
  .casing { stroke: #fff; stroke-width: 6px; stroke-opacity: 0.85; }
  .plain { stroke: #33424f; stroke-width: 2px; stroke-dasharray: 6 4; }
  .right { stroke: #1a6338; stroke-width: 3px; }
  .unsafe { stroke: #9e2a2b; stroke-width: 3px; stroke-dasharray: 2 3; }
  .draft { stroke: #0b5c63; stroke-width: 3px; }
"""
_SHOWN = {"right": "✓ ", "unsafe": "⚠ "}


def width_of(figure: FigureView) -> str:
    """Return how wide a figure is drawn: never over its column, never taller than the screen."""
    # Small pictures grow, so that a finger finds its place on them.
    natural, shape = f"max({figure.width}px, 20rem)", figure.width / figure.height
    return f"width: min(100%, {natural}, max(14rem, calc(78vh * {shape:.4f})))"


def overlay(figure: FigureView, outlines: Sequence[tuple[str, str, Outline]]) -> str:
    """Return the markup over a figure: each outline with its name and its look."""
    shapes = "".join(
        f'<{drawn} class="casing"/><{drawn} class="{look}"/>'
        for _, look, one in outlines
        for drawn in (_element(Shape(one.shape), one.coords),)
    )
    names = "".join(_name(figure, name, look, one) for name, look, one in outlines)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {figure.width} {figure.height}" '
        f'preserveAspectRatio="none"><style>{_LINES}</style>{shapes}</svg>'
    )
    # As a picture of its own: Streamlit takes drawings out of HTML.
    drawn = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return f'<img class="over" alt="" src="{drawn}"><div class="over">{names}</div>'


def draw_marked(marked: MarkedFigure) -> None:
    """Draw an answered figure: the regions outlined, the learner's points, and all as a table."""
    figure = marked.figure
    outlines = [
        (str(number), _look(one), one) for number, one in enumerate(marked.outlines, start=1)
    ]
    pins = "".join(
        f'<span class="pin" style="{_at(figure, x, y)}"></span>' for x, y in marked.points
    )
    st.html(
        f"<style>{STYLE}</style>"
        f'<div class="figure-frame" style="{width_of(figure)}">'
        f'<img class="picture" src="{address_of(figure.file)}" alt="{escape(figure.alt)}" '
        f'width="{figure.width}" height="{figure.height}">'
        f'{overlay(figure, outlines)}<div class="over">{pins}</div></div>'
    )
    if marked.points:
        where = "The ring marks" if len(marked.points) == 1 else "The rings mark"
        st.markdown(f"{where} where you clicked.")
    with st.expander("Regions as a table", icon=":material/table:"):
        st.markdown(_table(marked))


def _look(one: Outline) -> str:
    if one.correct:
        return "right"
    return "unsafe" if one.unsafe and one.chosen else "plain"


def _name(figure: FigureView, name: str, look: str, one: Outline) -> str:
    left, top, right, bottom = bounds(Shape(one.shape), one.coords)
    place = _at(figure, (left + right) / 2, (top + bottom) / 2)
    return f'<span class="name {look}" style="{place}">{_SHOWN.get(look, "")}{escape(name)}</span>'


def _at(figure: FigureView, x: float, y: float) -> str:
    return f"left: {_share(x, figure.width)}; top: {_share(y, figure.height)}"


def _share(length: float, whole: int) -> str:
    return f"{100 * min(max(length / whole, 0), 1):.2f}%"


def _element(shape: Shape, coords: Sequence[float]) -> str:
    match shape:
        case Shape.CIRCLE:
            return 'circle cx="{:g}" cy="{:g}" r="{:g}"'.format(*coords)
        case Shape.ELLIPSE:
            return 'ellipse cx="{:g}" cy="{:g}" rx="{:g}" ry="{:g}"'.format(*coords)
        case Shape.RECT:
            return 'rect x="{:g}" y="{:g}" width="{:g}" height="{:g}"'.format(*coords)
        case Shape.POLYGON:
            return f'polygon points="{" ".join(f"{one:g}" for one in coords)}"'


def _table(marked: MarkedFigure) -> str:
    lines = ["| Number | Region | Answer | Yours | Where its middle lies |"]
    lines.append("|---|---|---|---|---|")
    for number, one in enumerate(marked.outlines, start=1):
        left, top, right, bottom = bounds(Shape(one.shape), one.coords)
        across = _share((left + right) / 2, marked.figure.width)
        down = _share((top + bottom) / 2, marked.figure.height)
        answer = ":green[:material/check_circle: right]" if one.correct else "not right"
        yours = "chosen" if one.chosen else ""
        place = f"{across} from the left, {down} down"
        lines.append(f"| {number} | {plain(one.label)} | {answer} | {yours} | {place} |")
    return "\n".join(lines)
