"""Which results somebody asks for: the exam, the person, the verdict, the state, the days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from quizbank.queries.results import ResultFilter, ResultLine, Standing
from ui.choosing import pick_or_any

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

    def of(self, lines: Sequence[ResultLine], names: Mapping[str, str]) -> tuple[NamedLine, ...]:
        """Return the attempts with their names, those alone whose name fits."""
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
        width=215,
    )


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None


def _pick(label: str, words: Mapping[str, str]) -> str | None:
    return pick_or_any(label, words, key=f"results-{label.lower()}", width=215)
