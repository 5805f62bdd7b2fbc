"""A drawn figure: the drawing that fits the screen, a caption, and the facts as a table."""

import base64
from collections.abc import Callable
from functools import lru_cache
from html import escape

import streamlit as st

from courses.citing import short_keys
from courses.figures.canvas import Drawing
from courses.figures.facts import FigureFacts
from courses.figures.figure import Figure
from courses.figures.pictures import Shape, Theme, address_of, digest_of, drawn
from courses.lesson_html import write_texts

# Two pictures of one figure; the browser shows and fetches the one that fits the room it has, and
# a screen reader meets only that one.
_STYLE = """
<style>
  .figure { margin: 0 0 1rem; container-type: inline-size; }
  .figure img { display: block; width: 100%; height: auto; max-width: 60rem; }
  .figure img.compact { display: none; max-width: 30rem; }
  .figure figcaption { margin-top: 0.5rem; font-size: 0.9rem; line-height: 1.5; }
  .lesson details.facts { border: 1px solid rgb(128 128 128 / 0.45); border-radius: 0.5rem;
    margin: 0 0 1rem; padding: 0 1rem; }
  .lesson details.facts summary { cursor: pointer; padding: 0.5rem 0; }
  .lesson details.facts p { margin: 0 0 0.75rem; }
  /* The number above a slider is text, and the theme's own colour is too dark for it at night. */
  [data-testid="stSliderThumbValue"] { color: inherit; font-weight: 600; }
  @container (max-width: 560px) {
    .figure img.wide { display: none; }
    .figure img.compact { display: block; }
  }
</style>
"""


def is_dark() -> bool:
    """Tell whether the reader's theme is dark."""
    return st.context.theme.type == "dark"


def still_html(facts: FigureFacts, course: str, name: str) -> str:
    """Return a course's figure in the colours of the reader's theme, its table folded below."""
    return _still(facts, course, name, _theme())  # pyright: ignore[reportArgumentType] frozen models do hash


def draw_still(facts: FigureFacts, course: str, name: str) -> None:
    """Draw a course's figure in the colours of the reader's theme, its table folded below."""
    st.html(still_html(facts, course, name))


def draw_picture(figure: Figure) -> None:
    """Draw a figure that was just set, without its table."""
    st.html(_markup(figure, _inline))


def draw_table(facts: FigureFacts) -> None:
    """Draw a figure's table alone, folded."""
    figure = drawn(facts, _theme())  # pyright: ignore[reportArgumentType] frozen models do hash
    st.html(_table(figure))


def _theme() -> Theme:
    return Theme.DARK if is_dark() else Theme.LIGHT


@lru_cache(maxsize=64)
def _still(facts: FigureFacts, course: str, name: str, theme: Theme) -> str:
    figure = drawn(facts, theme)  # pyright: ignore[reportArgumentType] frozen models do hash

    def kept(shape: Shape, drawing: Drawing) -> str:
        address = address_of(course, name, theme, shape, digest_of(drawing))
        return f'loading="lazy" src="{escape(address)}"'

    return _markup(figure, kept) + _table(figure)


def _inline(_shape: Shape, drawing: Drawing) -> str:
    # What changes with every move of a slider must not be waited for.
    return f'src="data:image/svg+xml;base64,{base64.b64encode(drawing.svg.encode()).decode()}"'


def _markup(figure: Figure, source: Callable[[Shape, Drawing], str]) -> str:
    alt = escape(figure.alt)
    pictures = "".join(
        f'<img class="{shape}" alt="{alt}" width="{drawing.width:g}" height="{drawing.height:g}" '
        f"{source(shape, drawing)}>"
        for shape, drawing in ((Shape.WIDE, figure.wide), (Shape.COMPACT, figure.compact))
    )
    caption = f"<figcaption>{escape(figure.caption)}</figcaption>"
    return f'{_STYLE}<figure class="figure">{pictures}{caption}</figure>'


def _table(figure: Figure) -> str:
    header = figure.table.header
    rows = [(*row[:-1], short_keys(row[-1].split())) for row in figure.table.rows]
    lines = [" | ".join(header), " | ".join("---" for _ in header)]
    lines += [" | ".join(row) for row in rows]
    (written,) = write_texts(["\n".join(f"| {line} |" for line in lines)])
    return (
        '<div class="lesson"><details class="facts"><summary>Figure as a table</summary>'
        f"{written}<p>Sources: {escape(short_keys(figure.sources))}</p></details></div>"
    )
