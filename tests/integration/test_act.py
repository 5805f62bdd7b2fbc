"""How a page's command ends: only what is on disk counts as done."""

import sqlite3

import pytest
import streamlit as st
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from accounts.commands.people import rename_own_account
from accounts.queries.people import own_account
from tests.factories import World
from ui.act import act


@pytest.fixture
def told(world: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Alba sits at the screen; the list holds what she is told."""
    cookie = world.sign_in("alba")
    monkeypatch.setattr("ui.session.cookie", lambda: cookie)
    monkeypatch.setattr(st, "session_state", {})
    return []


def name_of_alba(world: World) -> str:
    with world.looking("alba") as tx:
        return own_account(tx).name


def test_a_command_that_ends_well_is_committed(world: World, told: list[str]) -> None:
    acting = act(told.append)
    with acting as tx:
        rename_own_account(tx, "Alba Nova")
        assert not acting.committed
    assert acting.committed
    assert name_of_alba(world) == "Alba Nova"


def test_a_refused_command_is_told_and_not_committed(world: World, told: list[str]) -> None:
    acting = act(told.append)
    with acting as tx:
        rename_own_account(tx, "   ")
    assert not acting.committed
    assert told == ["Write your name as it should stand on a certificate."]


def test_a_commit_that_fails_is_told_and_not_committed(world: World, told: list[str]) -> None:
    acting = act(told.append)
    with acting as tx:
        rename_own_account(tx, "Alba Nova")
        event.listen(tx.connection, "commit", _disk_is_full, once=True)
    assert not acting.committed
    assert "disk is full" in told[0]
    assert name_of_alba(world) == "Alba"


def _disk_is_full(_connection: Connection) -> None:
    raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))


def test_navigating_inside_is_loud_and_rolls_back(world: World, told: list[str]) -> None:
    with pytest.raises(RuntimeError, match="after the act"):
        _rename_and_go_away(told)
    assert name_of_alba(world) == "Alba"


def _rename_and_go_away(told: list[str]) -> None:
    with act(told.append) as tx:
        rename_own_account(tx, "Alba Nova")
        raise RerunException(RerunData())
