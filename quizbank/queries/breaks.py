"""The breaks of an attempt, from its steps: what is taken, what is left, what they close."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlmodel import col, select

from base.db import Tx
from quizbank.attempts import Action, Progress
from quizbank.queries.published import exam_version
from quizbank.sittings import Pause, Timing, pauses_among, time_to_sit
from quizbank.tables.attempts import StepRow
from quizbank.tables.sittings import ExamWindowRow


class Timed(Protocol):
    """What of an attempt its clock is made of."""

    @property
    def id(self) -> str: ...  # noqa: D102 the table says what each of these is
    @property
    def exam_version_id(self) -> str: ...  # noqa: D102
    @property
    def started_at(self) -> datetime: ...  # noqa: D102
    @property
    def time_factor(self) -> float: ...  # noqa: D102
    @property
    def pause_seconds(self) -> int: ...  # noqa: D102
    @property
    def paused_until(self) -> datetime | None: ...  # noqa: D102
    @property
    def window_id(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True)
class Breaks:
    """The breaks of a running attempt that may have some, as its learner sees them.

    `until` is when the running one ends by itself; `left` is how long one that begins now may last.
    `frozen` are positions that were seen before a break, and cannot be answered any more. At
    `closes_at` the window ends whatever was rested. `hides` says that the question is not shown:
    during a break none is, and otherwise it must be opened first, so that it is known as seen.
    """

    left: timedelta
    until: datetime | None
    frozen: frozenset[int]
    seen: frozenset[int]
    closes_at: datetime | None
    hides: bool


def timing_of(tx: Tx, attempt: Timed) -> Timing:
    """Return what the deadline of an attempt that the caller may see is made of."""
    minutes = exam_version(tx.session, attempt.exam_version_id).minutes
    window = attempt.window_id and tx.session.get_one(ExamWindowRow, attempt.window_id)
    return Timing(
        started_at=attempt.started_at,
        limit=time_to_sit(minutes, attempt.time_factor) if minutes else None,
        rest=timedelta(seconds=attempt.pause_seconds),
        window_end=window.closes_at if window else None,
    )


def pauses_of(tx: Tx, attempt: Timed) -> tuple[Pause, ...]:
    """Return the pauses of an attempt that the caller may see; a running one with its own end."""
    steps = tx.session.exec(
        select(StepRow.action, StepRow.at)
        .where(
            StepRow.attempt_id == attempt.id,
            col(StepRow.action).in_([Action.PAUSED, Action.RESUMED]),
        )
        .order_by(col(StepRow.number))
    )
    return pauses_among(((Action(action), at) for action, at in steps), attempt.paused_until)


def breaks_of(
    tx: Tx, attempt: Timed, progress: Progress, position: int, texts: frozenset[int]
) -> Breaks | None:
    """Return the breaks of an attempt that the caller may see; None where it may have none."""
    if not attempt.pause_seconds or progress.ended:
        return None
    timing, pauses = timing_of(tx, attempt), pauses_of(tx, attempt)
    seen = progress.seen | progress.responses.keys()
    return Breaks(
        left=timing.pause(pauses, tx.now).length,
        until=attempt.paused_until,
        frozen=progress.frozen - texts,
        seen=frozenset(seen),
        closes_at=timing.window_end,
        hides=attempt.paused_until is not None or position not in seen | texts,
    )
