"""`pinpoint init|backup|restore|doctor`: the database as a whole."""

import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.engine import make_url

from accounts.commands.people import open_academy
from base.academy import academy
from base.audit import audit_break
from base.errors import Invalid, Unavailable
from base.schema import migrate, schema_problem
from certs.commands.demo import fill_demo_academy
from certs.commands.keys import make_missing_keys
from certs.queries.keys import key_problem
from certs.queries.registry import damaged_credentials
from cli.seals import seal_all
from cli.shell import AsJson, reading, say, say_json, sentences, writing
from courses.commands.loading import load_folder

_SOUND = "Settings, schema, audit log, keys and certificates are sound."
File = Annotated[Path, typer.Argument(dir_okay=False)]


def init(
    demo: Annotated[bool, typer.Option("--demo", help="With demo people and results.")] = False,
) -> None:
    """Bring the database up to date and load the courses; running it twice changes nothing."""
    with sentences():
        migrate(academy().database)
    with writing() as tx:
        open_academy(tx, demo)
        make_missing_keys(tx)
        courses = load_folder(tx, tx.config.content_dir)
        if demo:
            fill_demo_academy(tx)
    seal_all()
    say(f"Courses: {', '.join(courses)}.")
    say("The academy is ready." + (" It is a DEMO." if demo else ""))


def backup(file: File) -> None:
    """Write a consistent copy of the database to a new file, while the academy runs."""
    with sentences():
        source = _sqlite_file()
        if file.exists():
            raise Invalid([f"{file} exists already. Choose a new name."])
        part = file.with_suffix(file.suffix + ".part")
        try:
            with _open(source) as live, _open(part) as copy:
                live.backup(copy)
        except sqlite3.OperationalError as error:
            raise Invalid([f"{file} cannot be written: {error}."]) from None
        _refuse_damaged(part)
        part.rename(file)
    say(f"Wrote {file}.")


def restore(file: File) -> None:
    """Put a backup in the database's place; the old database is kept beside it."""
    with sentences():
        target = _sqlite_file()
        if not file.exists():
            raise Invalid([f"There is no file {file}."])
        _refuse_damaged(file)
        fresh = target.with_suffix(".restoring")
        shutil.copyfile(file, fresh)
        if target.exists():
            kept = target.with_suffix(".before-restore")
            # Through SQLite, so that what still stands in the write-ahead log comes along.
            with _open(target) as live, _open(kept) as copy:
                live.backup(copy)
            for suffix in ("-wal", "-shm"):
                Path(f"{target}{suffix}").unlink(missing_ok=True)
            say(f"The database as it was is kept in {kept}.")
        fresh.replace(target)
        migrate(academy().database)
    say(f"Restored {file}. Start the academy again.")


def doctor(as_json: AsJson = False) -> None:
    """Check settings, schema, audit log, keys and certificates; exit code 1 where one is wrong."""
    findings = _findings()
    if as_json:
        say_json({"problems": [*findings]})
    else:
        for finding in findings or [_SOUND]:
            say(finding)
    if findings:
        raise typer.Exit(1)


def _findings() -> list[str]:
    with sentences():
        problem = schema_problem(academy().database)
    if problem:
        return [problem]
    with reading() as tx:
        broken, damaged, locked_out = audit_break(tx), damaged_credentials(tx), key_problem(tx)
    findings = [
        f"The certificate {serial} is not as it was issued: its file, or its entry in the audit "
        "log, was changed outside the academy. Compare with a backup."
        for serial in damaged
    ]
    if locked_out:
        findings.append(locked_out)
    if broken is not None:
        findings.append(
            f"The audit log does not fit together at entry {broken}: it was changed outside "
            "the academy. Keep the file and restore a backup beside it to compare."
        )
    return findings


def _sqlite_file() -> Path:
    url = make_url(academy().config.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise Unavailable(
            "Backups of PostgreSQL are made with pg_dump and restored with pg_restore; "
            "docs/OPERATIONS.md has the two commands."
        )
    return Path(url.database)


def _refuse_damaged(file: Path) -> None:
    try:
        with _open(file) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            connection.execute("SELECT count(*) FROM audit").fetchone()
    except sqlite3.DatabaseError as error:
        raise Invalid([f"{file} is no Pinpoint database: {error}."]) from None
    if verdict != "ok":
        raise Invalid([f"{file} is damaged: {verdict}."])


@contextmanager
def _open(file: Path) -> Generator[sqlite3.Connection, None, None]:
    # sqlite3's own context manager commits, but leaves the connection open.
    connection = sqlite3.connect(file)
    try:
        yield connection
    finally:
        connection.close()
