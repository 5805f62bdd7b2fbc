"""Bringing a file of items in: what was understood of it is shown before anything is done."""

from dataclasses import dataclass

import streamlit as st

from quizbank.commands.bank import ImportOutcome
from quizbank.exchange.yaml_items import ItemsRead, read_items
from ui.bank_words import KINDS, POOLS
from ui.entries import short
from ui.words import count

LARGEST_MB = 2
_READ = "bank-import-read"
_ROUND = "bank-import-round"
_OUTCOME = "bank-import-outcome"


@dataclass(frozen=True)
class Wish:
    """What the author wants imported: what was read, and whether it is all or nothing."""

    read: ItemsRead
    strict: bool


def ask_import() -> Wish | None:
    """Draw the upload, the preview and the button; returns what to import once it is pressed."""
    _show_outcome()
    st.markdown(
        "A YAML file with one list under `items:`, as the export writes it. An item whose id is "
        "in the bank becomes its next version; an unchanged one stays as it is."
    )
    upload = st.file_uploader(
        f"YAML file, at most {LARGEST_MB} MB",
        type=["yaml", "yml"],
        max_upload_size=LARGEST_MB,
        key=f"bank-import-{_round()}",
    )
    if upload is None:
        st.session_state.pop(_READ, None)
        return None
    read = _understood(upload.file_id, upload.getvalue())
    if read is None:
        st.error(
            "The file is not UTF-8 text. Save it as UTF-8 and choose it again.",
            icon=":material/error:",
        )
        return None
    _draw_preview(read)
    return _ask_go(read)


def note_outcome(outcome: ImportOutcome) -> None:
    """Keep what the import did for the next redraw, and empty the upload."""
    st.session_state[_OUTCOME] = outcome
    st.session_state[_ROUND] = _round() + 1


def _understood(file_id: str, content: bytes) -> ItemsRead | None:
    # Reading a large file takes seconds, and a page is redrawn often: read each upload once.
    kept = st.session_state.get(_READ)
    if kept is None or kept[0] != file_id:
        try:
            read = read_items(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            read = None
        kept = (file_id, read)
        st.session_state[_READ] = kept
    return kept[1]


def _draw_preview(read: ItemsRead) -> None:
    st.markdown(
        f"**{count(len(read.items), 'item')} understood, "
        f"{count(len(read.problems), 'problem')} found.**"
    )
    if read.problems:
        st.dataframe(  # pyright: ignore[reportUnknownMemberType] partly untyped in Streamlit
            [
                {"Line": one.line, "What is wrong": one.message}
                for one in sorted(read.problems, key=lambda problem: problem.line)
            ],
            hide_index=True,
            column_config={"Line": st.column_config.NumberColumn(width="small")},
            alt="Problems of the file, by line.",
        )
    if read.items:
        st.dataframe(  # pyright: ignore[reportUnknownMemberType] partly untyped in Streamlit
            [
                {
                    "Line": lined.line,
                    "Id": lined.item.id,
                    "Question": short(lined.item.stem),
                    "Kind": KINDS[lined.item.kind],
                    "Pool": POOLS[lined.item.pool],
                    "Objective": lined.item.objective,
                }
                for lined in read.items
            ],
            hide_index=True,
            column_config={"Line": st.column_config.NumberColumn(width="small")},
            alt="The items that were understood, by line.",
        )


def _ask_go(read: ItemsRead) -> Wish | None:
    strict = st.toggle("All or nothing: import nothing while there is any problem", value=True)
    blocked = strict and bool(read.problems)
    if blocked:
        st.info(
            "Correct the lines above and choose the file again, or switch “All or nothing” off "
            "to import the items without problems.",
            icon=":material/info:",
        )
    label = f"Import {count(len(read.items), 'item')}"
    pressed = st.button(label, type="primary", disabled=blocked or not read.items)
    return Wish(read, strict) if pressed else None


def _show_outcome() -> None:
    outcome: ImportOutcome | None = st.session_state.pop(_OUTCOME, None)
    if outcome is None:
        return
    counts = outcome.counts
    st.success(
        f"Imported: {counts.added} added, {counts.changed} changed, {counts.unchanged} unchanged.",
        icon=":material/check_circle:",
    )
    for problem in outcome.problems:
        st.warning(f"Line {problem.line} was left out. {problem.message}", icon=":material/edit:")


def _round() -> int:
    return st.session_state.get(_ROUND, 0)
