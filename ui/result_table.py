"""Results on screen and as a file: who took what, and how it ended."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from quizbank.queries.results import ResultLine
from ui.entries import Entry, draw_entries
from ui.words import count, marks, moment, plain

LIMIT = 1_000
_VERDICTS = {
    "passed": ":green[:material/check_circle: **Passed**]",
    "not passed": ":red[:material/cancel: **Not passed**]",
    "running": ":blue[:material/timelapse: Running]",
    "to be marked": ":blue[:material/edit_note: **To be marked**]",
}
# A spreadsheet runs a cell that begins like this as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEADER = ("person", "exam", "started", "ended", "marks", "questions", "verdict", "critical misses")


@dataclass(frozen=True)
class NamedLine:
    """One attempt with the name of who sat it."""

    name: str
    line: ResultLine


def named_lines(lines: Sequence[ResultLine], names: Mapping[str, str]) -> tuple[NamedLine, ...]:
    """Put the names beside the attempts."""
    return tuple(NamedLine(names.get(one.person_id, "unknown"), one) for one in lines)


def ask_results(lines: Sequence[NamedLine]) -> tuple[NamedLine, ...]:
    """Draw the filters, and return the attempts that fit."""
    with st.container(horizontal=True):
        search = st.text_input(
            "Name",
            key="results-name",
            icon=":material/search:",
            autocomplete="off",
            persist_state="session",
        )
        verdict = st.selectbox(
            "Verdict",
            ["any", "passed", "not passed", "to be marked", "running"],
            format_func=str.capitalize,
            key="results-verdict",
            persist_state="session",
            width=200,
        )
    wanted = (search or "").strip().casefold()
    return tuple(
        one
        for one in lines
        if wanted in one.name.casefold() and verdict in {"any", verdict_word(one.line)}
    )


def draw_results(shown: Sequence[NamedLine], in_all: int) -> None:
    """Count the attempts in words, and list them."""
    words = [verdict_word(one.line) for one in shown]
    if not in_all:
        st.markdown("**Nobody has taken an exam yet.**")
    elif not shown:
        st.markdown(f"**None of {count(in_all, 'attempt')} fits.** Change the name or the verdict.")
    else:
        to_mark = words.count("to be marked")
        waiting = f"{to_mark} to be marked, " if to_mark else ""
        st.markdown(
            f"**{count(len(shown), 'attempt')}:** {words.count('passed')} passed, "
            f"{words.count('not passed')} not passed, {waiting}{words.count('running')} running."
        )
    if in_all == LIMIT:
        st.markdown(f"Only the newest {LIMIT} attempts are listed.")
    draw_entries([_entry(one) for one in shown], "results")


def verdict_word(line: ResultLine) -> str:
    """Return how the attempt stands, in words."""
    if line.passed is None:
        return "running" if line.closed_at is None else "to be marked"
    return "passed" if line.passed else "not passed"


def results_csv(shown: Sequence[NamedLine]) -> str:
    """Return the attempts as a table for a spreadsheet; instants in UTC, ISO 8601."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADER)
    for one in shown:
        line = one.line
        writer.writerow(
            [
                harmless(one.name),
                harmless(line.exam_title),
                line.started_at.isoformat(timespec="seconds"),
                line.closed_at.isoformat(timespec="seconds") if line.closed_at else "",
                "" if line.marks is None else marks(line.marks),
                line.items,
                verdict_word(line),
                line.critical_misses,
            ]
        )
    return out.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _entry(one: NamedLine) -> Entry:
    line = one.line
    facts = [_VERDICTS[verdict_word(line)]]
    if line.marks is not None:
        facts.append(f"{marks(line.marks)} of {line.items} marks")
    if line.critical_misses:
        facts.append(f":red[:material/warning:] {_misses(line.critical_misses)}")
    facts.append(plain(line.exam_title))
    facts.append(f"started {moment(line.started_at)}")
    if line.closed_at:
        facts.append(f"ended {moment(line.closed_at)}")
    parameters = {"attempt": line.attempt_id} if line.passed is not None else None
    return Entry(f"**{plain(one.name)}**", "results", parameters, tuple(facts))


def _misses(number: int) -> str:
    return f"{number} critical {'miss' if number == 1 else 'misses'}"
