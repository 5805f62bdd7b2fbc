"""`pinpoint backup`, `restore` and `doctor` as a shell uses them."""

import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from accounts.commands.people import create_person
from accounts.queries.people import people
from base.permissions import Role
from certs.queries.standing import credential_standing
from certs.status import Status
from tests.factories import World
from tests.integration.cli.shell import Run


def test_a_backup_brings_everything_back(world: World, run: Run, tmp_path: Path) -> None:
    serial = world.earn("alba").standing.serial
    file = tmp_path / "backup.db"
    assert run("backup", file).exit_code == 0
    assert run("backup", file).exit_code == 1
    with world.acting("dina") as tx:
        create_person(tx, "Nora", "nora@example.org", None, (Role.LEARNER,))
    world.database.dispose()
    restored = run("restore", file)
    assert restored.exit_code == 0, restored.output
    with world.looking("system") as tx:
        standing = credential_standing(tx, serial)
        assert standing is not None
        assert standing.status is Status.VALID
        assert people(tx, "nora") == ()
    assert run("doctor").exit_code == 0
    kept = next(Path(world.database.engine.url.database or "").parent.glob("*.before-restore"))
    with sqlite3.connect(kept) as before:
        assert before.execute("SELECT count(*) FROM person WHERE name = 'Nora'").fetchone() == (1,)
    before.close()


@pytest.mark.parametrize("kind", ["missing", "no database", "another database", "cut", "scribbled"])
def test_a_damaged_backup_is_refused_and_the_academy_stays(
    world: World, run: Run, tmp_path: Path, kind: str
) -> None:
    serial = world.earn("alba").standing.serial
    file = tmp_path / "backup.db"
    run("backup", file)
    whole = file.read_bytes()
    if kind == "missing":
        file.unlink()
    elif kind == "no database":
        file.write_bytes(b"not a database at all" * 100)
    elif kind == "another database":
        file.unlink()
        other = sqlite3.connect(file)
        other.execute("CREATE TABLE x (y)")
        other.close()
    elif kind == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    else:
        file.write_bytes(whole[:8192] + b"\x5a" * 60_000 + whole[68_192:])
    world.database.dispose()
    told = run("restore", file)
    assert told.exit_code == 1
    assert str(file) in told.stderr
    with world.looking("system") as tx:
        assert credential_standing(tx, serial) is not None


def test_doctor_finds_a_changed_audit_entry(world: World, run: Run) -> None:
    assert json.loads(run("doctor", "--json").stdout) == {"problems": []}
    with world.database.writing_connection() as connection:
        connection.execute(text("UPDATE audit SET actor = 'x' WHERE number = 3"))
    told = run("doctor", "--json")
    assert told.exit_code == 1
    (problem,) = json.loads(told.stdout)["problems"]
    assert "at entry 3" in problem


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE credential_file SET pdf = x'00'",
        "DELETE FROM credential_file",
        "DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)",
    ],
    ids=["another file", "no file", "a log cut short"],
)
def test_doctor_finds_a_certificate_that_is_not_as_issued(
    world: World, run: Run, harm: str
) -> None:
    serial = world.earn("alba").standing.serial
    assert run("doctor").exit_code == 0
    with world.database.writing_connection() as connection:
        connection.execute(text(harm))
    told = run("doctor")
    assert told.exit_code == 1
    assert serial in told.stdout


def test_doctor_finds_an_old_schema(world: World, run: Run) -> None:
    with world.database.writing_connection() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    told = run("doctor")
    assert told.exit_code == 1
    assert "pinpoint init" in told.stdout
