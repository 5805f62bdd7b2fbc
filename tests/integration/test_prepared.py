"""Statements handed to the driver keep what SQLAlchemy promises: types, transaction, errors."""

from datetime import timedelta, timezone

import pytest
from sqlalchemy import bindparam, insert
from sqlalchemy import select as select_columns
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from base.prepared import Prepared
from quizbank.tables.attempts import AttemptRow, StepRow
from tests.factories import World

_APPEND = Prepared(insert(StepRow))
_FIND = Prepared(
    select(col(StepRow.number)).where(
        col(StepRow.attempt_id) == bindparam("attempt"), col(StepRow.at) == bindparam("at")
    )
)

_TIMES = Prepared(
    select_columns(
        col(AttemptRow.started_at),
        col(AttemptRow.deadline),
        col(AttemptRow.time_factor),
        col(AttemptRow.pause_seconds),
        col(AttemptRow.paused_until),
    ).where(col(AttemptRow.id) == bindparam("attempt"))
)


def _append(world: World, attempt: str, number: int, response: str | None = None) -> None:
    row: dict[str, object] = {
        "attempt_id": attempt,
        "number": number,
        # An instant told in another zone is the same instant, on either database.
        "at": world.now.astimezone(timezone(timedelta(hours=5))),
        "action": "answered",
        "position": None,
        "response": response,
        "actor": "system",
        "confidence": None,
    }
    with world.as_system() as tx:
        assert _APPEND.run(tx.connection, row) is None


def test_what_goes_in_is_converted_and_comes_back(any_world: World) -> None:
    attempt = any_world.start_exam("alba")
    any_world.wait(minutes=1)
    _append(any_world, attempt, 99)
    with any_world.looking("system") as tx:
        assert _FIND.run(tx.connection, {"attempt": attempt, "at": any_world.now}) == (99,)
        at = tx.session.get_one(StepRow, (attempt, 99)).at
    assert (at, at.utcoffset()) == (any_world.now, timedelta(0))


def test_what_comes_back_has_its_column_s_type(any_world: World) -> None:
    attempt = any_world.start_exam("alba")
    with any_world.looking("system") as tx:
        row = tx.session.get_one(AttemptRow, attempt)
        found = _TIMES.run(tx.connection, {"attempt": attempt})
    assert found is not None
    assert found == (row.started_at, row.deadline, 1.0, 0, None)
    assert row.started_at.utcoffset() == timedelta(0)


def test_nothing_found_is_none(any_world: World) -> None:
    with any_world.looking("system") as tx:
        assert _FIND.run(tx.connection, {"attempt": "nobody's", "at": any_world.now}) is None


def test_a_refused_row_raises_as_ever_without_its_values(any_world: World) -> None:
    attempt = any_world.start_exam("alba")
    _append(any_world, attempt, 99, "the first")
    with pytest.raises(IntegrityError) as raised:
        _append(any_world, attempt, 99, "a secret answer")
    assert "a secret answer" not in str(raised.value.statement) + str(raised.value.params)
    with any_world.looking("system") as tx:
        assert tx.session.get_one(StepRow, (attempt, 99)).response == "the first"
