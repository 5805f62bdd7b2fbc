"""Marks and answers of many attempts, read as columns of numbers."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Executable, select
from sqlmodel import Session, col

from quizbank.attempts import Action
from quizbank.kinds.shown import State
from quizbank.statistics.answer_names import Answer
from quizbank.statistics.intervals import Floats
from quizbank.statistics.mark_columns import Ints, MarkColumns, mark_columns
from quizbank.tables.attempts import AttemptRow, StepRow
from quizbank.tables.decisions import MarkRow

_AT_ONCE = 20_000
# What is only read, or waits for a marker, has no mark.
_NO_MARK = (State.NOT_SCORED, State.TO_MARK)


@dataclass(frozen=True)
class MarksRead:
    """Marks in columns; items are numbered as `versions`, answers as `answers`."""

    columns: MarkColumns
    versions: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class _Entries:
    attempt: Ints
    position: Ints
    item: Ints
    mark: Floats
    scored: Floats


class _Numbers:
    """Numbers for texts, in the order in which they first came."""

    def __init__(self) -> None:
        self.known: dict[str | None, int] = {}

    def of(self, texts: Iterable[str | None]) -> list[int]:
        known = self.known
        return [known.setdefault(one, len(known)) for one in texts]


def read_marks(session: Session, exam_id: str, decisions: Mapping[str, str]) -> MarksRead | None:
    """Return the marks of these decisions, and the answers behind them; None where there are none.

    `decisions` has the attempt of each decision, in order of time; all are of the exam.
    """
    versions = _Numbers()
    numbered = {one: n for n, one in enumerate(decisions)}
    parts = _parts(session, exam_id, numbered, versions) if numbered else []
    if not parts:
        return None
    entries = _in_time(parts, versions)
    attempts = {attempt: n for n, attempt in enumerate(decisions.values())}
    responses = _Numbers()
    given = _given(session, exam_id, attempts, entries, responses)
    answer, answers = _answers(entries, given, list(responses.known))
    columns = mark_columns(entries.attempt, entries.item, entries.mark, entries.scored, answer)
    return MarksRead(columns, tuple(str(one) for one in versions.known), answers)


def _parts(
    session: Session, exam_id: str, decisions: Mapping[str, int], versions: _Numbers
) -> list[_Entries]:
    query = (
        select(
            col(MarkRow.decision_id),
            col(MarkRow.position),
            col(MarkRow.item_version_id),
            col(MarkRow.fraction),
            col(MarkRow.scored),
        )
        .join(AttemptRow, col(AttemptRow.decision_id) == col(MarkRow.decision_id))
        .where(col(AttemptRow.exam_id) == exam_id, col(MarkRow.state).not_in(_NO_MARK))
    )
    return [
        _Entries(
            attempt=np.array([decisions.get(row[0], -1) for row in rows], dtype=np.intp),
            position=np.array([row[1] for row in rows], dtype=np.intp),
            item=np.array(versions.of(row[2] for row in rows), dtype=np.intp),
            mark=np.array([row[3] for row in rows], dtype=np.float64),
            scored=np.array([row[4] for row in rows], dtype=np.float64),
        )
        for rows in _chunks(session, query)
    ]


def _in_time(parts: Sequence[_Entries], versions: _Numbers) -> _Entries:
    """Put the parts together in order of their attempts, without those that are not asked for."""
    attempt = np.concatenate([one.attempt for one in parts])
    order = np.argsort(attempt, kind="stable")
    order = order[np.searchsorted(attempt[order], 0) :]
    # Items of attempts that were left out have no entry, so that the others move up.
    used, item = np.unique(np.concatenate([one.item for one in parts])[order], return_inverse=True)
    names = list(versions.known)
    versions.known = {names[int(one)]: n for n, one in enumerate(used)}
    return _Entries(
        attempt=attempt[order],
        position=np.concatenate([one.position for one in parts])[order],
        item=item,
        mark=np.concatenate([one.mark for one in parts])[order],
        scored=np.concatenate([one.scored for one in parts])[order],
    )


def _given(
    session: Session,
    exam_id: str,
    attempts: Mapping[str, int],
    entries: _Entries,
    responses: _Numbers,
) -> Ints:
    """Return the number of the last answer to each entry; that of None where there is none."""
    query = (
        select(col(StepRow.attempt_id), col(StepRow.position), col(StepRow.response))
        .join(AttemptRow, col(AttemptRow.id) == col(StepRow.attempt_id))
        .where(col(AttemptRow.exam_id) == exam_id, col(StepRow.action) == Action.ANSWERED)
        .order_by(col(StepRow.attempt_id), col(StepRow.number))
    )
    (nothing,) = responses.of((None,))
    width = int(entries.position.max()) + 1
    # A row behind the others takes the answers of other attempts, and to places without a mark.
    last = np.full((len(attempts) + 1) * width, nothing, dtype=np.intp)
    for rows in _chunks(session, query):
        who = np.array([attempts.get(row[0], len(attempts)) for row in rows], dtype=np.intp)
        place = np.array([row[1] for row in rows], dtype=np.intp)
        at = np.where(place < width, who * width + place, len(attempts) * width)
        # Of several answers to one place the last stays, for they come in order.
        last[at] = responses.of(row[2] for row in rows)
    return last[entries.attempt * width + entries.position]


def _answers(
    entries: _Entries, given: Ints, responses: Sequence[str | None]
) -> tuple[Ints, tuple[Answer, ...]]:
    """Number the distinct answers, item by item."""
    pairs, answer, times = np.unique(
        entries.item * len(responses) + given, return_inverse=True, return_counts=True
    )
    answers = tuple(
        Answer(int(item), _read(responses[int(response)]), int(count))
        for item, response, count in zip(*np.divmod(pairs, len(responses)), times, strict=True)
    )
    return answer, answers


def _read(response: str | None) -> Any:
    return None if response is None else json.loads(response)


def _chunks(session: Session, query: Executable) -> Iterator[Sequence[Any]]:
    """Yield so many rows at a time: a million rows at once would fill the memory.

    They are the driver's own tuples, for making SQLAlchemy's rows takes four times as long as all
    the rest.
    """
    with session.connection().execute(query) as result:
        cursor: Any = result.cursor
        while rows := cursor.fetchmany(_AT_ONCE):
            yield rows
