"""A table of figures: value, likely range, how many answers it rests on, and what it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

_STYLE = """
<style>
  .figures { border-collapse: collapse; width: 100%; font-size: 1rem; }
  .figures caption { text-align: left; padding-bottom: .4rem; font-size: .9rem; }
  .figures :is(th, td) { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0;
    border-bottom: 1px solid rgb(128 128 128 / .3); font-weight: 400; }
  .figures thead th { font-size: .9rem; font-weight: 600; }
  .figures tbody th { font-weight: 600; }
  .figures .number { white-space: nowrap; font-variant-numeric: tabular-nums; }
  .figures .key { font-weight: 600; }
  .wide-table { overflow-x: auto; }
  .wide-table .figures { min-width: 40rem; font-size: .9rem; }
  .wide-table .figures tbody th { min-width: 7rem; }
  .wide-table .number { white-space: normal; }
  p.figures { padding-bottom: .4rem; font-size: .9rem; margin: 0; }
  @media (max-width: 640px) {
    .stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
      clip-path: inset(50%); }
    .stacked :is(tr, th, td) { display: block; border: 0; padding: .1rem 0; }
    .stacked .number { white-space: normal; }
    .stacked tr { border-bottom: 1px solid rgb(128 128 128 / .3); padding: .5rem 0; }
    .stacked td[data-label]::before { content: attr(data-label) ": "; opacity: .8; }
  }
</style>
"""
_HEADS = ("Figure", "Value", "Likely range", "n", "What it says")


@dataclass(frozen=True)
class Row:
    """One figure in words; `reach` is its 95 % interval."""

    name: str
    value: str
    reach: str
    n: int
    said: str


def draw_figures(rows: Sequence[Row], caption: str) -> None:
    """Draw the figures as a table, which stacks on a narrow screen."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in _HEADS)
    body = "".join(_line(one) for one in rows)
    st.html(
        f'{_STYLE}<table class="figures stacked"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def draw_wide_table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> None:
    """Draw a table of texts whose first column names each row; it scrolls where it is too wide."""
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f'<td class="number">{escape(one)}</td>' for one in cells)
        + "</tr>"
        for name, *cells in rows
    )
    said = escape(caption)
    # Not a caption, which would scroll away with the table.
    st.html(
        f'{_STYLE}<p class="figures">{said}</p>'
        f'<div class="wide-table" role="region" tabindex="0" aria-label="{said}">'
        f'<table class="figures"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _line(row: Row) -> str:
    cells = (("Value", row.value), ("Likely range", row.reach), ("n", f"{row.n:,}"))
    numbers = "".join(
        f'<td class="number" data-label="{label}">{escape(said)}</td>' for label, said in cells
    )
    name, said = escape(row.name), escape(row.said)
    return f'<tr><th scope="row">{name}</th>{numbers}<td>{said}</td></tr>'
