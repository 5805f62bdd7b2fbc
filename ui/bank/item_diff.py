"""What a change does to an item, field by field; what went and came is said in words too."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from quizbank.item_diff import FieldChange, Piece
from ui.bank.item_problems import place_in_words

_STYLE = """
<style>
  .diff { margin: 0 0 1rem; }
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


def draw_changes(changes: Sequence[FieldChange], is_new: bool) -> None:
    """Draw every field that differs, with what was removed and what was added marked in words."""
    if is_new:
        st.markdown("A new item: all of it is new.")
        return
    if not changes:
        st.markdown("Nothing differs from the published version.")
        return
    body = "".join(
        f"<dt>{escape(place_in_words(one.path))}</dt><dd>{_pieces(one)}</dd>" for one in changes
    )
    st.html(f'{_STYLE}<dl class="diff">{body}</dl>')


def _pieces(change: FieldChange) -> str:
    return "".join(_piece(piece, text) for piece, text in change.pieces)


def _piece(piece: Piece, text: str) -> str:
    if piece is Piece.SAME or not text.strip():
        return escape(text)
    if piece is Piece.REMOVED:
        return f"<small>removed</small><del>{escape(text)}</del>"
    return f"<small>added</small><ins>{escape(text)}</ins>"
