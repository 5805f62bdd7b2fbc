"""A drawn figure: the drawing that fits the screen, a caption, and the facts as a table."""

import base64
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import streamlit as st

from courses.citing import short_keys
from courses.figures.facts import FigureFacts
from courses.figures.figure import Figure
from courses.figures.figure import draw_figure as drawn
from courses.figures.palette import DARK, LIGHT
from courses.lesson_html import write_texts
from ui.lessons.text import draw_written

# Two pictures of one figure; the browser shows the one that fits the room it has, and a screen
# reader meets only that one.
_STYLE = """
<style>
  .figure { margin: 0 0 0.5rem; container-type: inline-size; }
  .figure img { display: block; width: 100%; height: auto; max-width: 60rem; }
  .figure img.compact { display: none; max-width: 30rem; }
  .figure figcaption { margin-top: 0.5rem; font-size: 0.9rem; line-height: 1.5; }
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


def draw_still(facts: FigureFacts) -> None:
    """Draw a figure in the colours of the reader's theme, with its table folded below."""
    shown = _shown(facts, is_dark())  # pyright: ignore[reportArgumentType] frozen models do hash
    st.html(shown.markup)
    _draw_table(shown.table, shown.sources)


def draw_picture(figure: Figure) -> None:
    """Draw a figure that was just set, without its table."""
    st.html(_markup(figure))


def draw_table(facts: FigureFacts) -> None:
    """Draw a figure's table alone, folded."""
    shown = _shown(facts, is_dark())  # pyright: ignore[reportArgumentType] frozen models do hash
    _draw_table(shown.table, shown.sources)


def _draw_table(table: str, sources: str) -> None:
    with st.expander("Figure as a table"):
        draw_written(table)
        st.markdown(f"Sources: {sources}")


@dataclass(frozen=True)
class _Shown:
    """A figure and its table as HTML, and the short names of its sources."""

    markup: str
    table: str
    sources: str


@lru_cache(maxsize=16)
def _shown(facts: FigureFacts, dark: bool) -> _Shown:
    figure = drawn(facts, DARK if dark else LIGHT)
    return _Shown(_markup(figure), _table(figure), short_keys(figure.sources))


def _markup(figure: Figure) -> str:
    alt = escape(figure.alt)
    pictures = "".join(
        f'<img class="{name}" alt="{alt}" width="{drawing.width:g}" height="{drawing.height:g}" '
        f'src="data:image/svg+xml;base64,{base64.b64encode(drawing.svg.encode()).decode()}">'
        for name, drawing in (("wide", figure.wide), ("compact", figure.compact))
    )
    caption = f"<figcaption>{escape(figure.caption)}</figcaption>"
    return f'{_STYLE}<figure class="figure">{pictures}{caption}</figure>'


def _table(figure: Figure) -> str:
    header = figure.table.header
    rows = [(*row[:-1], short_keys(row[-1].split())) for row in figure.table.rows]
    lines = [" | ".join(header), " | ".join("---" for _ in header)]
    lines += [" | ".join(row) for row in rows]
    (written,) = write_texts(["\n".join(f"| {line} |" for line in lines)])
    return written
