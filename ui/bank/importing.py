"""Bringing a file of items in: what was understood of it is shown before anything is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from base.lined_yaml import Problem
from quizbank.commands.bank import ImportOutcome
from quizbank.exchange.defaults import NO_OBJECTIVE, NO_SOURCE, Defaults
from quizbank.exchange.formats import CODECS, ENDINGS, Format, format_of, read_file
from quizbank.exchange.items_read import ItemsRead, errors_of
from quizbank.exchange.sheet.book import template
from quizbank.exchange.texts import as_markdown
from quizbank.kinds.item import Pool
from quizbank.sources import Source
from ui.bank.words import KINDS, POOLS, headline
from ui.entries import short
from ui.words import count

LARGEST_MB = 20
# A second or two for each few thousand, in which nobody else can save anything on SQLite.
MOST_AT_ONCE = 20_000
# More than these are a table.
_MOST_SENTENCES = 10
# A table cuts sentences off: so many are written out before it.
_MOST_LISTED = 30
_WEIGHTS = {"error": "left out", "warning": "to check"}
_ICONS = {"error": ":material/block:", "warning": ":material/visibility:"}
_Asked = tuple[str, Format, Defaults]
_READ = "bank-import-read"
_ROUND = "bank-import-round"
_OUTCOME = "bank-import-outcome"


@dataclass(frozen=True)
class Wish:
    """What the author wants imported, whether it is all or nothing, and goes to review at once."""

    read: ItemsRead
    strict: bool
    send: bool


def ask_import(objectives: Sequence[str], sources: Sequence[Source], today: date) -> Wish | None:
    """Draw the upload, the preview and the button; returns what to import once it is pressed."""
    _show_outcome()
    st.markdown(
        f"A file of items: {', '.join(codec.name for codec in CODECS.values())}. An item whose "
        "identifier is in the bank becomes a change of it; an unchanged one stays as it is. All "
        "are drafts until somebody else has read and published them."
    )
    st.download_button(
        "Download the template for Excel",
        data=template,
        file_name="items-template.xlsx",
        mime=CODECS[Format.EXCEL].media_type,
        icon=":material/table:",
        on_click="ignore",
    )
    upload = st.file_uploader(
        f"File of items, at most {LARGEST_MB} MB",
        type=[ending.removeprefix(".") for ending in ENDINGS],
        max_upload_size=LARGEST_MB,
        key=f"bank-import-{_round()}",
    )
    if upload is None:
        st.session_state.pop(_READ, None)
        return None
    content = upload.getvalue()
    file_format = _ask_format(upload.file_id, format_of(upload.name, content))
    defaults = Defaults(today)
    if file_format is not Format.YAML:
        places_items = CODECS[file_format].places_items
        defaults = _ask_defaults(places_items, objectives, sources, today)
    read = _understood((upload.file_id, file_format, defaults), content)
    if read.errors and not read.items and "not UTF-8" in read.errors[0].message:
        st.error(read.errors[0].message, icon=":material/error:")
        return None
    _draw_preview(read)
    return _ask_go(read)


def _ask_format(file_id: str, likely: Format) -> Format:
    formats = list(Format)
    return st.selectbox(
        "Format",
        formats,
        index=formats.index(likely),
        format_func=lambda one: CODECS[one].name,
        key=f"bank-import-format-{file_id}",
        width=200,
    )


def _ask_defaults(
    places_items: bool, objectives: Sequence[str], sources: Sequence[Source], today: date
) -> Defaults:
    whom = (
        "It holds for the rows that leave it open"
        if places_items
        else "Files of this format do not say, so it holds for all of them"
    )
    st.markdown(f"**Where these items belong.** {whom}; each can be changed later.")
    with st.container(horizontal=True):
        objective = st.selectbox(
            "Objective", [NO_OBJECTIVE, *objectives], key="bank-import-objective", width=200
        )
        pool = st.selectbox(
            "Pool",
            list(Pool),
            index=list(Pool).index(Pool.PRACTICE),
            format_func=lambda one: POOLS[one.value],
            key="bank-import-pool",
            width=200,
        )
    citations = {source.key: source.citation for source in sources}
    chosen = st.multiselect(
        "Sources",
        list(citations),
        key="bank-import-sources",
        format_func=lambda key: f"{key} · {short(citations.get(key, ''), 70)}",
        placeholder="Choose at least one",
        wrap=True,
    )
    return Defaults(today, objective, pool, sources=tuple(chosen) or (NO_SOURCE.key,))


def note_outcome(outcome: ImportOutcome) -> None:
    """Keep what the import did for the next redraw, and empty the upload."""
    st.session_state[_OUTCOME] = outcome
    st.session_state[_ROUND] = _round() + 1


def _understood(asked: _Asked, content: bytes) -> ItemsRead:
    # Reading a large file takes seconds, and a page is redrawn often: read each upload once.
    kept: tuple[_Asked, ItemsRead] | None = st.session_state.get(_READ)
    if kept is None or kept[0] != asked:
        _, file_format, defaults = asked
        with st.spinner("Reading the file …"):
            kept = (asked, read_file(file_format, content, defaults))
        st.session_state[_READ] = kept
    return kept[1]


def _draw_preview(read: ItemsRead) -> None:
    st.markdown(
        f"**{count(len(read.items), 'item')} understood, "
        f"{count(len(read.errors), 'problem')} found.**"
    )
    if read.problems:
        _draw_problems(read.problems)
    if read.items:
        st.dataframe(  # pyright: ignore[reportUnknownMemberType] partly untyped in Streamlit
            [
                {
                    "Line": lined.line,
                    "Question": headline(lined.item.stem),
                    "Id": lined.item.id,
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


def _draw_problems(problems: Sequence[Problem]) -> None:
    listed = sorted(problems, key=lambda problem: problem.line)
    st.markdown("\n".join(map(_sentence, listed[:_MOST_LISTED])))
    if len(listed) > _MOST_LISTED:
        st.markdown(f"And {len(listed) - _MOST_LISTED:,} more; here are all {len(listed):,}:")
        _draw_table(listed)


def _sentence(problem: Problem) -> str:
    what = " ".join(as_markdown(problem.message).split())
    weight = problem.severity
    return f"- {_ICONS[weight]} **Line {problem.line:,}, {_WEIGHTS[weight]}:** {what}"


def _draw_table(problems: Sequence[Problem]) -> None:
    st.dataframe(  # pyright: ignore[reportUnknownMemberType] partly untyped in Streamlit
        [
            {"Line": one.line, "Weight": _WEIGHTS[one.severity], "What": one.message}
            for one in problems
        ],
        hide_index=True,
        column_config={"Line": st.column_config.NumberColumn(width="small")},
        alt="Problems of the file, by line.",
    )


def _ask_go(read: ItemsRead) -> Wish | None:
    strict = st.toggle(
        "All or nothing: import nothing while there is any problem", value=True, wrap=True
    )
    blocked = strict and bool(read.errors)
    too_many = len(read.items) > MOST_AT_ONCE
    if too_many:
        st.warning(
            f"Bring in at most {MOST_AT_ONCE:,} items at once: split the file, or ask the academy "
            "to import it on the command line.",
            icon=":material/warning:",
        )
    if blocked:
        st.info(
            "Correct the lines above and choose the file again, or switch “All or nothing” off "
            "to import the items without problems.",
            icon=":material/info:",
        )
    send = st.toggle("Send what is imported for review at once", wrap=True)
    label = f"Import {count(len(read.items), 'item')}"
    pressed = st.button(label, type="primary", disabled=blocked or too_many or not read.items)
    return Wish(read, strict, send) if pressed else None


def _show_outcome() -> None:
    outcome: ImportOutcome | None = st.session_state.pop(_OUTCOME, None)
    if outcome is None:
        return
    counts = outcome.counts
    st.success(
        f"Imported: {counts.added} added, {counts.changed} changed, {counts.unchanged} unchanged.",
        icon=":material/check_circle:",
    )
    if outcome.unsent:
        drafts = count(len(outcome.unsent), "item")
        st.warning(
            f"Not sent for review: {drafts} for exams without a source. Cite one, then send.",
            icon=":material/edit:",
        )
        _draw_problems(outcome.unsent)
    errors = errors_of(outcome.problems)
    if len(errors) > _MOST_SENTENCES:
        st.warning(f"{len(errors):,} lines were left out.", icon=":material/edit:")
        _draw_problems(errors)
        return
    for problem in errors:
        st.warning(f"Line {problem.line} was left out. {problem.message}", icon=":material/edit:")


def _round() -> int:
    return st.session_state.get(_ROUND, 0)
