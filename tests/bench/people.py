"""People with a running exam, prepared in a database file by the house's own commands."""

import json
from dataclasses import dataclass
from pathlib import Path

from accounts.commands.people import create_person
from accounts.commands.sign_ins import open_sign_in
from base.academy import SESSION_COOKIE
from base.clock import utc_now
from base.config import Config
from base.db import Database
from base.permissions import SYSTEM, Actor, Role
from base.schema import migrate
from courses.commands.loading import load_folder
from quizbank.commands.attempts import start_attempt
from tests.bench.servers import HOUSE
from tests.factories import EXAM

_CONFIG = Config(content_dir=HOUSE / "content", seats=10_000)


@dataclass(frozen=True)
class Sitter:
    """Somebody with a running exam, and the Cookie header of their sign-in."""

    actor: Actor
    attempt: str
    cookie: str


def course_database(path: Path) -> None:
    """Make a database with the real course in it."""
    database = Database(f"sqlite:///{path}")
    migrate(database)
    with database.write(SYSTEM, utc_now(), _CONFIG) as tx:
        load_folder(tx, _CONFIG.content_dir)
    _fold(database)


def sitting_people(path: Path, count: int) -> list[str]:
    """Let so many people start the final exam; returns their Cookie headers."""
    database = Database(f"sqlite:///{path}")
    cookies = [sit_down(database, number).cookie for number in range(count)]
    _fold(database)
    return cookies


def answers_in(path: Path) -> list[str]:
    """Return every stored answer, as option ids."""
    database = Database(f"sqlite:///{path}")
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT response FROM step WHERE action = 'answered'")
        found = [str(json.loads(response)["option"]) for (response,) in rows]
    database.dispose()
    return found


def sit_down(database: Database, number: int, tab: str | None = None) -> Sitter:
    """Let one more person start the final exam."""
    now, name = utc_now(), f"Sitter {number}"
    with database.write(SYSTEM, now, _CONFIG) as tx:
        person_id = create_person(tx, name, f"sitter{number}@example.org", None, (Role.LEARNER,))
        token = open_sign_in(tx, person_id, "bench")
    actor = Actor(person_id, name, frozenset({Role.LEARNER}))
    with database.write(actor, now, _CONFIG) as tx:
        attempt = start_attempt(tx, EXAM, consent=True, tab=tab)
    return Sitter(actor, attempt, f"{SESSION_COOKIE}={token}")


def arriving_people(path: Path, count: int) -> list[str]:
    """Give so many more people an account and a sign-in; returns their Cookie headers."""
    database, cookies = Database(f"sqlite:///{path}"), list[str]()
    for number in range(count):
        with database.write(SYSTEM, utc_now(), _CONFIG) as tx:
            email = f"arriving{number}@example.org"
            person_id = create_person(tx, f"Arriving {number}", email, None, (Role.LEARNER,))
            cookies.append(f"{SESSION_COOKIE}={open_sign_in(tx, person_id, 'bench')}")
    _fold(database)
    return cookies


def _fold(database: Database) -> None:
    # Copies are made of the one file, so nothing may be left in the write-ahead log.
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.dispose()
