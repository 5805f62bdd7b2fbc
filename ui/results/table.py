"""Results on screen: counted in words, listed, and as a grid with every objective."""

from collections.abc import Sequence

import streamlit as st

from quizbank.queries.results import Standing
from quizbank.rule_words import number
from ui.entries import Entry, draw_entries
from ui.results.files import result_rows
from ui.results.filters import NamedLine, ResultView
from ui.results.words import verdict_word
from ui.words import count, moment, plain

LIMIT = 1_000
_VERDICTS = {
    "passed": ":green[:material/check_circle: **Passed**]",
    "not passed": ":red[:material/cancel: **Not passed**]",
    "running": ":blue[:material/timelapse: Running]",
    "to be marked": ":blue[:material/edit_note: **To be marked**]",
}
_FIRST = ["person", "verdict", "marks", "questions", "critical misses", "state"]
_LAST = ["exam", "started", "ended"]
_HELD = ":blue[:material/visibility_off: Not released]"


def draw_results(shown: Sequence[NamedLine], view: ResultView) -> None:
    """Count the attempts in words, list them, and offer them as a grid."""
    words = [verdict_word(one.line) for one in shown]
    if not shown and view.everything:
        st.markdown("**Nobody has taken an exam yet.**")
    elif not shown:
        st.markdown("**No attempt fits.** Change the name or the filters.")
    else:
        to_mark = words.count("to be marked")
        waiting = f"{to_mark} to be marked, " if to_mark else ""
        st.markdown(
            f"**{count(len(shown), 'attempt')}:** {words.count('passed')} passed, "
            f"{words.count('not passed')} not passed, {waiting}{words.count('running')} running."
        )
    if len(shown) == LIMIT:
        st.markdown(f"Only the newest {LIMIT} attempts are listed; a download has all of them.")
    draw_entries([_entry(one) for one in shown], "results")
    if shown:
        # Drawn only while it is open: a thousand rows are much to send with every filter.
        with st.expander(
            "As a grid, objective by objective",
            icon=":material/table:",
            key="results-grid",
            on_change="rerun",
        ) as grid:
            if grid.open:
                _draw_grid(shown)


def _draw_grid(shown: Sequence[NamedLine]) -> None:
    header, *rows = result_rows(shown)
    names = [str(one) for one in header]
    instant = st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")
    st.dataframe(  # pyright: ignore[reportUnknownMemberType] partly untyped in Streamlit
        [dict(zip(names, row, strict=True)) for row in rows],
        hide_index=True,
        # The outcome first: a grid as wide as its objectives is hardly ever seen to its end.
        column_order=[*_FIRST, *(one for one in names if one not in _FIRST + _LAST), *_LAST],
        column_config={
            "person": st.column_config.Column(pinned=True),
            "started": instant,
            "ended": instant,
        },
        alt="Every listed attempt with its marks, its verdict and the marks of each objective.",
    )


def _entry(one: NamedLine) -> Entry:
    line = one.line
    facts = [_VERDICTS[verdict_word(line)]]
    if line.marks is not None:
        facts.append(f"{number(line.marks)} of {line.items} marks")
    if line.critical_misses:
        facts.append(f":red[:material/warning:] {_misses(line.critical_misses)}")
    if line.standing is Standing.HELD:
        facts.append(_HELD)
    facts.append(plain(line.exam_title))
    facts.append(f"started {moment(line.started_at)}")
    if line.closed_at:
        facts.append(f"ended {moment(line.closed_at)}")
    parameters = {"attempt": line.attempt_id} if line.passed is not None else None
    return Entry(f"**{plain(one.name)}**", "results", parameters, tuple(facts))


def _misses(number: int) -> str:
    return f"{number} critical {'miss' if number == 1 else 'misses'}"
