"""Bringing a roster in: the file, which column holds what, and its first lines."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

import streamlit as st

from base.errors import Invalid
from certs.commands.rosters import LONGEST_TITLE
from certs.rosters.lines import (
    MOST_LINES,
    Column,
    Columns,
    RosterLine,
    RosterSheet,
    column_problems,
    likely_columns,
    read_roster,
    roster_lines,
)
from ui.act import show_problem
from ui.words import count

LARGEST_MB = 10
_SHOWN = 5
_READ = "roster-read"
_LABELS = {
    Column.NAME: "Name (or first name)",
    Column.FAMILY_NAME: "Family name, where apart",
    Column.CONTACT: "E-mail or staff number",
    Column.SERIAL: "Certificate number",
    Column.COURSE: "Course",
}
_OLDER = (
    "This file is not UTF-8, so it was read as Windows-1252. If letters such as é or ß look wrong "
    "below, save it as “CSV UTF-8” and choose it again."
)
_EXAMPLE = (
    "name,email_or_staff_no,credential_id,course\r\n"
    "Example Person,person@example.org,PP-7K2M9-QX4TD-0ABCN-8RHJP,\r\n"
    "Another Person,CS-17,,Microneedling fundamentals\r\n"
)


@dataclass(frozen=True)
class RosterWish:
    """What is to be checked: its title, how it is read, and its lines."""

    title: str
    columns: Columns
    lines: tuple[RosterLine, ...]


def ask_roster() -> RosterWish | None:
    """Draw the upload, the columns and the preview; returns what to check once that is pressed."""
    st.markdown(
        "A list of your staff, one a line: the name, with the number of the certificate or, for "
        "staff who consented, an e-mail or staff number."
    )
    st.download_button(
        "Download an example",
        _EXAMPLE.encode("utf-8-sig"),
        file_name="roster-example.csv",
        mime="text/csv",
        icon=":material/table:",
        on_click="ignore",
    )
    upload = st.file_uploader(
        f"Roster as CSV or Excel, at most {MOST_LINES:,} lines and {LARGEST_MB} MB",
        type=["csv", "txt", "xlsx"],
        max_upload_size=LARGEST_MB,
        key="roster-file",
    )
    if upload is None:
        st.session_state.pop(_READ, None)
        return None
    sheet = _read(upload.file_id, upload.getvalue)
    if sheet is None:
        return None
    return _ask_columns(upload.file_id, PurePath(upload.name).stem, sheet)


def _read(file_id: str, content: Callable[[], bytes]) -> RosterSheet | None:
    # A page is redrawn often: each upload is read once.
    kept: tuple[str, RosterSheet] | None = st.session_state.get(_READ)
    if kept is None or kept[0] != file_id:
        try:
            with st.spinner("Reading the file …"):
                kept = (file_id, read_roster(content()))
        except Invalid as error:
            show_problem(str(error))
            return None
        st.session_state[_READ] = kept
    return kept[1]


def _ask_columns(file_id: str, stem: str, sheet: RosterSheet) -> RosterWish | None:
    st.subheader("Which column holds what")
    likely = likely_columns(sheet.names)
    columns: dict[Column, int] = {}
    with st.container(horizontal=True):
        for column in Column:
            place = _ask_column(file_id, column, sheet, likely.get(column))
            if place is not None:
                columns[column] = place
    problems = column_problems(columns)
    for problem in problems:
        st.warning(problem, icon=":material/edit:")
    if problems:
        return None
    lines = roster_lines(sheet, columns)
    if sheet.older:
        st.info(_OLDER, icon=":material/spellcheck:")
    _draw_preview(lines)
    title = st.text_input(
        "Title of this check",
        value=stem[:LONGEST_TITLE],
        max_chars=LONGEST_TITLE,
        key=f"roster-title-{file_id}",
        autocomplete="off",
    )
    label = f"Check {count(len(lines), 'line')}"
    pressed = st.button(label, type="primary", icon=":material/fact_check:")
    return RosterWish(title or "", columns, lines) if pressed else None


def _ask_column(file_id: str, column: Column, sheet: RosterSheet, likely: int | None) -> int | None:

    def named(place: int) -> str:
        return sheet.names[place] or f"column {place + 1}"

    return st.selectbox(
        _LABELS[column],
        list(range(len(sheet.names))),
        index=likely,
        format_func=named,
        placeholder="not there",
        key=f"roster-{column.name}-{file_id}",
        width=220,
    )


def _draw_preview(lines: tuple[RosterLine, ...]) -> None:
    st.markdown(f"**{count(len(lines), 'line')} understood.** The first ones, as they are read:")
    st.dataframe(  # pyright: ignore[reportUnknownMemberType] partly untyped in Streamlit
        [
            {
                "Line": one.line,
                "Name": one.name,
                "E-mail or number": one.contact,
                "Certificate": one.serial,
                "Course": one.course,
            }
            for one in lines[:_SHOWN]
        ],
        hide_index=True,
        column_config={"Line": st.column_config.NumberColumn(width="small")},
        alt="The first lines of the roster, as they are read.",
    )
