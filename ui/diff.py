"""What differs between two texts, place by place; what went and came is said in words too."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from quizbank.item_diff import Piece

Pieces = Sequence[tuple[Piece, str]]
_STYLE = """
<style>
  [data-testid=stHtml] .diff { margin: 0 0 1rem; padding: 0; }
  .diff dt { font-weight: 600; margin-top: .75rem; }
  .diff dd { margin: .25rem 0 0; padding: .5rem .75rem; white-space: pre-wrap;
    overflow-wrap: anywhere;
    border-left: 3px solid color-mix(in srgb, currentColor 35%, transparent); }
  .diff del { text-decoration: line-through; text-decoration-thickness: 2px; opacity: .85; }
  .diff ins { text-decoration: underline; text-decoration-thickness: 2px; font-weight: 600; }
  .diff small { padding: 0 .3rem; margin: 0 .2rem; border: 1px solid currentColor;
    border-radius: .25rem; white-space: nowrap; }
</style>
"""


def draw_diff(places: Sequence[tuple[str, Pieces]]) -> None:
    """Draw what stayed, went and came at each place, under the place's name."""
    body = "".join(f"<dt>{escape(name)}</dt><dd>{_text(pieces)}</dd>" for name, pieces in places)
    st.html(f'{_STYLE}<dl class="diff">{body}</dl>')


def _text(pieces: Pieces) -> str:
    return "".join(_piece(piece, text) for piece, text in pieces)


def _piece(piece: Piece, text: str) -> str:
    if piece is Piece.SAME or not text.strip():
        return escape(text)
    if piece is Piece.REMOVED:
        return f"<small>removed</small><del>{escape(text)}</del>"
    return f"<small>added</small><ins>{escape(text)}</ins>"
