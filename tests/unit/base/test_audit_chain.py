"""The chain of the audit log shows what was done to it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.audit import GENESIS, AuditEntry, entry_digest, entry_hash, first_break

BEGIN = datetime(2026, 11, 23, 9, tzinfo=UTC)


def chain(length: int) -> list[AuditEntry]:
    entries: list[AuditEntry] = []
    previous = GENESIS
    for number in range(1, length + 1):
        at = BEGIN + timedelta(minutes=number)
        entry = AuditEntry(number, at, f"p{number}", "item:publish", f"i{number}", "{}", "")
        previous = entry_hash(entry, previous)
        entries.append(replace(entry, hash=previous))
    return entries


@pytest.mark.parametrize("length", [0, 1, 7])
def test_a_whole_log_has_no_break(length: int) -> None:
    assert first_break(chain(length)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"at": BEGIN},
        {"actor": "somebody else"},
        {"action": "item:retire"},
        {"subject": "i9"},
        {"facts": '{"version":2}'},
        {"hash": "0" * 64},
        {"number": 9},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_is_found_where_it_stands(change: dict[str, Any]) -> None:
    log = chain(7)
    log[3] = replace(log[3], **change)
    assert first_break(log) == 4


def test_an_entry_changed_with_a_fitting_hash_is_found_at_the_next() -> None:
    log = chain(7)
    forged = replace(log[3], facts='{"passed":true}')
    log[3] = replace(forged, hash=entry_hash(forged, log[2].hash))
    assert first_break(log) == 5


def _remove(log: list[AuditEntry]) -> None:
    del log[3]


def _insert(log: list[AuditEntry]) -> None:
    log.insert(3, replace(log[3], subject="slipped in"))


def _swap(log: list[AuditEntry]) -> None:
    log[3], log[4] = log[4], log[3]


def _renumber_after_removal(log: list[AuditEntry]) -> None:
    del log[3]
    log[3:] = [replace(entry, number=entry.number - 1) for entry in log[3:]]


def _cut_the_beginning(log: list[AuditEntry]) -> None:
    del log[:3]


@pytest.mark.parametrize(
    ("damage", "found"),
    [(_remove, 4), (_insert, 4), (_swap, 4), (_renumber_after_removal, 4), (_cut_the_beginning, 1)],
)
def test_removed_inserted_and_swapped_entries_are_found(
    damage: Callable[[list[AuditEntry]], None], found: int
) -> None:
    log = chain(7)
    damage(log)
    assert first_break(log) == found


@given(st.text(max_size=10), st.text(max_size=10), st.text(max_size=10), st.text(max_size=10))
@settings(max_examples=100, deadline=None)
def test_moving_a_character_from_one_field_to_the_next_changes_the_hash(
    actor: str, action: str, subject: str, facts: str
) -> None:
    entry = AuditEntry(1, BEGIN, actor + "x", action, subject, facts, "")
    moved = replace(entry, actor=actor, action="x" + action)
    assert entry_hash(entry, GENESIS) != entry_hash(moved, GENESIS)


def test_a_link_is_proved_by_the_digest_of_what_an_entry_says() -> None:
    log = chain(3)
    linked = sha256((log[1].hash + entry_digest(log[2])).encode()).hexdigest()
    assert linked == log[2].hash
