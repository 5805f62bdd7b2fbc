"""A list of parts of an item: to add, remove and move them; and the fields that many have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from ui.bank.item_draft import Draft, Fields, empty_row
from ui.bank.item_problems import option_letter


@dataclass(frozen=True)
class Rows:
    """A list in a draft: its field, what one is called, and how many there may be.

    Its rows have letters, or numbers where it is `numbered`.
    """

    name: str
    word: str
    most: int
    numbered: bool = False

    def sign(self, place: int) -> str:
        """Return the letter or number of the row at this place, counted from 0."""
        return str(place + 1) if self.numbered else option_letter(place)

    def key(self, draft: Draft, part: str, row: Fields) -> str:
        """Return the key of one field of one row."""
        return draft.key(f"{self.name}-{part}-{row['id']}")


def edit_rows(draft: Draft, rows: Rows, edit: Callable[[str, Fields], None]) -> None:
    """Draw every row in a frame; `edit` gets its letter or number, and its fields."""
    for place, row in enumerate(list(draft.rows(rows.name))):
        with st.container(border=True):
            st.markdown(f"**{rows.word.capitalize()} {rows.sign(place)}**")
            edit(rows.sign(place), row)
            _draw_moves(draft, rows, place, row)
    article = "an" if rows.word[0] in "aeiou" else "a"
    st.button(
        f"Add {article} {rows.word}",
        key=draft.key(f"{rows.name}-add"),
        icon=":material/add:",
        disabled=len(draft.rows(rows.name)) >= rows.most,
        on_click=_add,
        args=(draft, rows),
    )


def edit_text(draft: Draft, rows: Rows, row: Fields, field: str, label: str) -> None:
    """Draw one text of a row, of any number of lines."""
    row[field] = st.text_area(
        label,
        value=str(row.get(field, "")),
        key=rows.key(draft, field, row),
        height="content",
    )


def edit_flag(draft: Draft, rows: Rows, row: Fields, field: str, label: str) -> None:
    """Draw something that a row is or is not."""
    row[field] = st.checkbox(
        label, value=bool(row.get(field)), key=rows.key(draft, field, row), wrap=True
    )


def edit_percent(
    draft: Draft, rows: Rows, row: Fields, field: str, label: str, least: int = 0
) -> None:
    """Draw a share of the mark as a percentage; an empty field leaves it out."""
    share = row.get(field)
    shown = round(float(share) * 100, 5) if isinstance(share, int | float) else None
    typed = st.number_input(
        label,
        min_value=float(least),
        max_value=100.0,
        value=shown,
        step=5.0,
        format="%.5g",
        key=rows.key(draft, field, row),
        width=200,
    )
    # What was not touched stays as exact as it is.
    if typed != shown:
        row[field] = None if typed is None else typed / 100


def choose_word(draft: Draft, field: str, label: str, words: Mapping[str, str]) -> None:
    """Draw a choice between a few named values of the item; the first one stands at first."""
    names = list(words)
    standing = draft.text(field)
    draft.fields[field] = st.radio(
        label,
        names,
        index=names.index(standing) if standing in names else 0,
        format_func=lambda one: words[one],
        key=draft.key(field),
    )


def _draw_moves(draft: Draft, rows: Rows, place: int, row: Fields) -> None:
    # The options came first and are known by their letter alone.
    named = option_letter(place) if rows.name == "options" else f"{rows.word} {rows.sign(place)}"
    with st.container(horizontal=True):
        for way, to in (("up", -1), ("down", 1)):
            st.button(
                f"Move {named} {way}",
                key=rows.key(draft, way, row),
                icon=f":material/arrow_{way}ward:",
                type="tertiary",
                disabled=not 0 <= place + to < len(draft.rows(rows.name)),
                on_click=_move,
                args=(draft, rows, place, to),
            )
        st.button(
            f"Remove {named}",
            key=rows.key(draft, "remove", row),
            icon=":material/delete:",
            type="tertiary",
            on_click=_remove,
            args=(draft, rows, place),
        )


def _add(draft: Draft, rows: Rows) -> None:
    standing = draft.rows(rows.name)
    standing.append(empty_row(standing))


def _remove(draft: Draft, rows: Rows, place: int) -> None:
    del draft.rows(rows.name)[place]


def _move(draft: Draft, rows: Rows, place: int, to: int) -> None:
    standing = draft.rows(rows.name)
    standing[place], standing[place + to] = standing[place + to], standing[place]
