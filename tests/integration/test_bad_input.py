"""Bad days: wrong input, full disks, stale tabs. Each gives a clear sentence and loses nothing."""

import json
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import event, text

from accounts.commands.people import create_person, rename_own_account
from accounts.commands.sign_ins import credentials_to_check
from accounts.passwords import password_problems
from accounts.queries.people import own_account, people
from base.config import Config
from base.db import Database
from base.errors import (
    AppError,
    Conflict,
    Expired,
    Invalid,
    NotAllowed,
    NotFound,
    Unavailable,
)
from base.ids import parse_serial
from base.permissions import SYSTEM, Role
from base.schema import schema_problem
from certs.commands.exams import submit_exam
from certs.queries.own import my_credentials, own_credential_pdf
from certs.queries.standing import credential_standing
from quizbank.attempts import Progress
from quizbank.commands.attempts import save_answer, set_flag
from quizbank.commands.steps import LARGEST_RESPONSE
from quizbank.queries.attempts import progress_of
from quizbank.queries.bank import item_detail
from quizbank.queries.sitting import sitting
from tests.conftest import NOW
from tests.factories import World, close_overdue_exams, single_choice
from tests.unit.quizbank.strategies import responses


@pytest.fixture
def half_done(world: World) -> tuple[World, str]:
    """Alba's exam with its first five questions answered."""
    attempt = world.start_exam("alba")
    for position in range(1, 6):
        world.answer("alba", attempt, position, world.items_of(attempt)[position].key())
    return world, attempt


def stands(world: World, attempt: str) -> Progress:
    with world.looking("alba") as tx:
        return progress_of(tx, attempt)


def is_a_sentence(error: AppError) -> bool:
    said = str(error)
    return said[0].isupper() and said.endswith(".") and "Error" not in said and "_" not in said


def test_an_unknown_serial_is_no_certificate_and_a_mistyped_one_no_serial(world: World) -> None:
    own = world.earn("alba")
    with world.looking("nobody") as tx:
        assert credential_standing(tx, "PP-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ") is None
    typed = own.standing.serial.lower().replace("-", " ")
    assert parse_serial(typed) == own.standing.serial
    assert parse_serial(typed[:-1]) is None
    with world.looking("lena") as tx, pytest.raises(NotFound) as told:
        own_credential_pdf(tx, own.standing.serial)
    assert is_a_sentence(told.value)


def test_an_answer_past_the_deadline_says_what_counts(half_done: tuple[World, str]) -> None:
    world, attempt = half_done
    before = stands(world, attempt)
    world.wait(minutes=60)
    assert world.answer("alba", attempt, 6, {"option": "a"})
    world.wait(seconds=1)
    with pytest.raises(Expired, match="What you saved before counts") as told:
        world.answer("alba", attempt, 7, {"option": "a"})
    assert is_a_sentence(told.value)
    with pytest.raises(Expired), world.acting("alba") as tx:
        set_flag(tx, attempt, before.revision + 1, 1, True)
    assert stands(world, attempt).responses == {**before.responses, 6: {"option": "a"}}


def test_the_slower_of_two_tabs_is_told_and_overwrites_nothing(
    half_done: tuple[World, str],
) -> None:
    world, attempt = half_done
    shown = stands(world, attempt).revision
    with world.acting("alba") as tx:
        save_answer(tx, attempt, shown, 6, {"option": "first tab"})
    for stale in (shown, shown - 1, 0, -1, shown + 5):
        with pytest.raises(Conflict, match="another tab") as told, world.acting("alba") as tx:
            save_answer(tx, attempt, stale, 6, {"option": "second tab"})
        assert is_a_sentence(told.value)
    assert stands(world, attempt).responses[6] == {"option": "first tab"}


def test_a_double_click_on_submit_gives_one_verdict_and_one_certificate(world: World) -> None:
    attempt = world.start_exam("alba")
    world.answer_all("alba", attempt)
    with world.acting("alba") as tx:
        first = submit_exam(tx, attempt)
    world.wait(seconds=1)
    with world.acting("alba") as tx:
        assert submit_exam(tx, attempt) == first
    with world.looking("alba") as tx:
        assert len(my_credentials(tx)) == 1


def test_after_submission_no_answer_is_taken(half_done: tuple[World, str]) -> None:
    world, attempt = half_done
    with world.acting("alba") as tx:
        submit_exam(tx, attempt)
    with pytest.raises(Conflict, match="has ended"):
        world.answer("alba", attempt, 6, {"option": "a"})


def test_a_failed_exam_waits_a_day_and_the_third_failure_is_the_last(any_world: World) -> None:
    for left in (2, 1, 0):
        attempt = any_world.start_exam("alba")
        assert not any_world.submit("alba", attempt).decision.passed
        any_world.wait(hours=23, minutes=59)
        sentence = "The next attempt opens on" if left else "used all 3 attempts"
        with pytest.raises(NotAllowed, match=sentence):
            any_world.start_exam("alba")
        any_world.wait(minutes=1)
    with pytest.raises(NotAllowed, match="used all 3 attempts"):
        any_world.start_exam("alba")


def test_who_has_passed_is_sent_to_the_certificate(world: World) -> None:
    world.earn("alba")
    world.wait(days=30)
    with pytest.raises(NotAllowed, match="You have passed this exam"):
        world.start_exam("alba")


def test_a_late_click_and_the_clock_together_make_one_certificate(any_world: World) -> None:
    attempt = any_world.start_exam("alba")
    any_world.answer_all("alba", attempt)
    any_world.wait(minutes=61)

    def end(by_click: bool) -> None:
        if by_click:
            with any_world.acting("alba") as tx:
                submit_exam(tx, attempt)
        else:
            with any_world.acting("system") as tx:
                close_overdue_exams(tx)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(end, [True, False] * 4))
    with any_world.looking("alba") as tx:
        assert len(my_credentials(tx)) == 1


@pytest.mark.parametrize("position", [0, -1, 41, 10**9])
def test_a_question_that_is_not_there_is_not_found(
    half_done: tuple[World, str], position: int
) -> None:
    world, attempt = half_done
    before = stands(world, attempt)
    with pytest.raises(NotFound, match="no such question"):
        world.answer("alba", attempt, position, {"option": "a"})
    assert stands(world, attempt) == before
    with world.looking("alba") as tx:
        assert sitting(tx, attempt, position).item is None


def test_a_novel_instead_of_an_answer_is_refused(half_done: tuple[World, str]) -> None:
    world, attempt = half_done
    before = stands(world, attempt)
    with pytest.raises(Invalid, match="too long to save"):
        world.answer("alba", attempt, 6, {"text": "x" * LARGEST_RESPONSE})
    assert stands(world, attempt) == before


def test_whatever_a_screen_sends_is_kept_as_it_came_and_marked(any_world: World) -> None:
    attempt = any_world.start_exam("alba")

    @given(responses)
    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    def send(response: Any) -> None:
        any_world.answer("alba", attempt, 6, response)
        kept = stands(any_world, attempt).responses.get(6)
        assert json.dumps(kept) == json.dumps(response)

    send()
    any_world.answer("alba", attempt, 7, {"option": "a\0b", "text": "\x1b[31m\u202e"})
    assert stands(any_world, attempt).responses[7] == {"option": "a\0b", "text": "\x1b[31m\u202e"}
    assert any_world.submit("alba", attempt).decision.marks == 0


def test_a_password_of_73_bytes_is_refused_with_its_length() -> None:
    (problem,) = password_problems("x" * 73)
    assert "73 bytes" in problem
    assert "at most 72" in problem


def test_the_same_e_mail_in_other_letters_is_the_same_person(any_world: World) -> None:
    with any_world.looking("nobody") as tx:
        found = credentials_to_check(tx, "ALBA@Example.Org", "203.0.113.7")
    assert found.person_id == any_world.actor("alba").own_id
    with pytest.raises(Conflict, match="already has an account"), any_world.acting("dina") as tx:
        create_person(tx, "Alba", "ALBA@example.org", None, (Role.LEARNER,))


def test_markup_in_a_name_is_a_name(any_world: World) -> None:
    name = "<img src=x onerror=alert(1)> & 'co'"
    with any_world.acting("alba") as tx:
        rename_own_account(tx, name)
    with any_world.looking("alba") as tx:
        assert own_account(tx).name == name
    assert any_world.earn("alba").standing.holder == name


def test_a_script_in_a_question_is_text(any_world: World) -> None:
    stem = "<script>alert('needle')</script> ${7*7} {{7*7}} `x`"
    item = single_choice(
        stem=stem, objective="TT-01", options=[{"id": "a", "text": "<b>A</b>", "correct": True,
        "reason": "<i>R</i>"}, {"id": "b", "text": "\"><svg onload=x>", "reason": "R"}]
    )  # fmt: skip
    any_world.publish(item)
    with any_world.looking("bela") as tx:
        prompt = item_detail(tx, "tt-01-001").item.prompt()
    assert prompt.stem == stem
    assert [one.text for one in prompt.choices] == ["<b>A</b>", '"><svg onload=x>']


def test_a_foreign_and_an_unknown_attempt_are_told_apart_by_nothing(world: World) -> None:
    attempt = world.start_exam("alba")
    told: list[str] = []
    for one in (attempt, "0" * 32, "", "'; DROP TABLE attempt;--"):
        with pytest.raises(NotFound) as refused, world.acting("lena") as tx:
            save_answer(tx, one, 1, 1, {"option": "a"})
        told.append(str(refused.value))
    assert len(set(told)) == 1


@contextmanager
def connecting(world: World, *pragmas: str) -> Generator[None, None, None]:
    """Give every new connection these pragmas, and the old ones up."""

    def obey(connection: Connection, _record: Any) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").fetchall()

    world.database.dispose()
    event.listen(world.database.engine, "connect", obey)
    try:
        yield
    finally:
        event.remove(world.database.engine, "connect", obey)
        world.database.dispose()


def test_on_a_read_only_database_reading_goes_on_and_nothing_is_lost(
    half_done: tuple[World, str],
) -> None:
    world, attempt = half_done
    before = stands(world, attempt)
    with connecting(world, "query_only=ON"):
        with pytest.raises(Unavailable, match="read-only just now") as told:
            world.answer("alba", attempt, 6, {"option": "a"})
        assert is_a_sentence(told.value)
        assert stands(world, attempt) == before
    assert world.answer("alba", attempt, 6, {"option": "a"}) == before.revision + 1


def test_a_file_that_may_only_be_read_is_told_the_same_way(half_done: tuple[World, str]) -> None:
    world, attempt = half_done
    before = stands(world, attempt)
    path = world.database.engine.url.database
    world.database.dispose()
    only_read = Database(f"sqlite:///file:{path}?mode=ro&uri=true")
    with only_read.read(world.actor("alba"), world.now, world.config) as tx:
        assert progress_of(tx, attempt) == before
    writing = only_read.write(world.actor("alba"), world.now, world.config)
    with pytest.raises(Unavailable, match="read-only just now"), writing as tx:
        save_answer(tx, attempt, before.revision, 6, {"option": "a"})
    only_read.dispose()


def test_on_a_full_disk_what_was_saved_stays_and_the_rest_goes_on_later(
    half_done: tuple[World, str],
) -> None:
    world, attempt = half_done
    acknowledged = stands(world, attempt).revision

    def fill() -> None:
        nonlocal acknowledged
        for _ in range(200):
            acknowledged = world.answer("alba", attempt, 6, {"text": "x" * 20_000})

    # SQLite takes the number of pages that there are where it is larger.
    with connecting(world, "max_page_count=1"):
        with pytest.raises(Unavailable, match="disk is full") as told:
            fill()
        assert is_a_sentence(told.value)
        assert stands(world, attempt).revision == acknowledged
    assert world.answer("alba", attempt, 6, {"option": "a"}) == acknowledged + 1
    with world.looking("alba") as tx:
        assert tx.session.connection().execute(text("PRAGMA integrity_check")).scalar() == "ok"


def _no_tables(path: Path) -> None:
    path.unlink()


def _empty_file(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [_no_tables, _empty_file])
def test_an_unmigrated_database_says_which_command_helps(
    world: World, damage: Callable[[Path], None]
) -> None:
    world.database.dispose()
    path = Path(world.database.engine.url.database or "")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    damage(path)
    for run in (world.looking, world.acting):
        with pytest.raises(Unavailable, match="Run `pinpoint init`"), run("alba") as tx:
            own_account(tx)
    assert "Run `pinpoint init`" in (schema_problem(world.database) or "")


def test_a_dropped_version_table_is_noticed_before_anything_is_served(any_world: World) -> None:
    with any_world.database.writing_connection() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    assert "Run `pinpoint init`" in (schema_problem(any_world.database) or "")


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "pinpoint.db"
    path.write_bytes(b"This is a letter, not a database. " * 200)
    database = Database(f"sqlite:///{path}")
    with pytest.raises(Unavailable, match="damaged"), database.read(SYSTEM, NOW, Config()) as tx:
        people(tx)
    database.dispose()
    assert path.read_bytes().startswith(b"This is a letter")


def test_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://nobody@/nothing?host={tmp_path}"
    database = Database(url)
    reached = pytest.raises(Unavailable, match="cannot be reached")
    with reached as told, database.write(SYSTEM, NOW, Config()) as tx:
        people(tx)
    assert is_a_sentence(told.value)
    database.dispose()


def test_a_busy_database_is_told_and_the_answer_can_be_sent_again(
    half_done: tuple[World, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, attempt = half_done
    before = stands(world, attempt)
    monkeypatch.setattr("base.writers.BUSY_TIMEOUT_MS", 50)
    world.database.dispose()
    with world.acting("dina"):
        with pytest.raises(Unavailable, match="Try again in a moment") as told:
            world.answer("alba", attempt, 6, {"option": "a"})
        assert is_a_sentence(told.value)
    assert world.answer("alba", attempt, 6, {"option": "a"}) == before.revision + 1
