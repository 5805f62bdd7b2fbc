"""Which results somebody asks for: the exam, the person, the verdict, the state, the days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from accounts.queries.people import names_of, people_named
from base.db import Tx
from quizbank.queries.results import ResultFilter, ResultLine, Standing, result_lines
from ui.choosing import pick_or_any

_MOST_NAMED = 10_000
_VERDICTS = {"passed": True, "not passed": False}


@dataclass(frozen=True)
class NamedLine:
    """One attempt with the name of who sat it."""

    name: str
    line: ResultLine


@dataclass(frozen=True)
class ResultView:
    """What was asked for: the filter, and a part of the person's name."""

    wanted: ResultFilter
    name: str

    @property
    def everything(self) -> bool:
        """Whether nothing was asked for."""
        return self == ResultView(ResultFilter(), "")

    def find(self, tx: Tx, limit: int) -> tuple[NamedLine, ...]:
        """Return the attempts that fit with their names, newest first, so many at most."""
        wanted, named = self.wanted, people_named(tx, self.name) if self.name else None
        # A database takes only so many at once; of more than that the newest are looked through.
        if named is not None and len(named) <= _MOST_NAMED:
            wanted = replace(wanted, people=named)
        lines = result_lines(tx, wanted, limit)
        return self._of(lines, names_of(tx, [one.person_id for one in lines]))

    def _of(self, lines: Sequence[ResultLine], names: Mapping[str, str]) -> tuple[NamedLine, ...]:
        named = (NamedLine(names.get(one.person_id, "unknown"), one) for one in lines)
        return tuple(one for one in named if self.name in one.name.casefold())


def ask_results(exams: Mapping[str, str]) -> ResultView:
    """Draw the filters, and return what they say; they outlive a visit elsewhere.

    `exams` has the title of each by its id.
    """
    name = st.text_input(
        "Name",
        key="results-name",
        icon=":material/search:",
        autocomplete="off",
        persist_state="session",
    )
    with st.container(horizontal=True):
        exam = _pick("Exam", {one: exams[one] for one in exams})
        verdict = _pick("Verdict", {one: one.capitalize() for one in _VERDICTS})
        standing = _pick("State", {str(one): str(one).capitalize() for one in Standing})
        since = _ask_day("Started from")
        last = _ask_day("Started until")
    wanted = ResultFilter(
        exam_id=exam,
        passed=None if verdict is None else _VERDICTS[verdict],
        standing=None if standing is None else Standing(standing),
        since=_midnight(since),
        until=_midnight(last + timedelta(days=1)) if last else None,
    )
    return ResultView(wanted, (name or "").strip().casefold())


def _ask_day(label: str) -> date | None:
    return st.date_input(
        label,
        value=None,
        format="YYYY-MM-DD",
        key=f"results-{label.lower()}",
        persist_state="session",
        width=215,
    )


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None


def _pick(label: str, words: Mapping[str, str]) -> str | None:
    return pick_or_any(label, words, key=f"results-{label.lower()}", width=215)
