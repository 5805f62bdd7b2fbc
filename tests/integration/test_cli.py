"""The `pinpoint` command, as a shell uses it."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from sqlalchemy import text
from sqlmodel import select
from typer.testing import CliRunner, Result

from accounts.commands.people import create_person
from accounts.commands.sign_ins import demo_person
from accounts.passwords import password_matches
from accounts.queries import is_demo_academy, people, signed_in
from accounts.tables import PersonRow
from base.permissions import NOBODY, Actor, Role
from base.schema import schema_problem
from certs.queries import credential_standing, credentials
from certs.status import Status
from manage import app
from quizbank.commands.retiring import retire_item
from quizbank.commands.reviews import approve
from quizbank.exchange.yaml_items import write_items
from quizbank.proposals import Stage
from quizbank.queries.bank import ItemFilter, bank_facets, bank_items, item_detail
from quizbank.queries.proposals import open_proposals, proposal, waiting_reviews
from tests.conftest import HOUSE
from tests.factories import World, numeric, single_choice, true_false

PASSWORD = "seventeen quiet lanterns"
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command read the test's clock."""
    chosen = next(one for one in ("world", "empty_world") if one in request.fixturenames)
    world: World = request.getfixturevalue(chosen)
    for module in ("cli.shell", "cli.bank"):
        monkeypatch.setattr(f"{module}.utc_now", lambda: world.now)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `pinpoint …` in this process, on the test's academy."""
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words: object, typed: str | None = None) -> Result:
        result = CliRunner().invoke(app, [str(word) for word in words], input=typed)
        # Anything but an exit is a traceback on somebody's screen.
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        return result

    return call


def count(world: World) -> tuple[int, int, int]:
    with world.looking("system") as tx:
        tables = ("item_version", "lesson_version", "course_version")
        one, two, three = (
            tx.session.connection().execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in tables
        )
    return one, two, three


def test_init_sets_an_academy_up_and_twice_changes_nothing(empty_world: World, run: Run) -> None:
    first = run("init")
    assert first.exit_code == 0
    assert "microneedling-fundamentals" in first.output
    before = count(empty_world)
    assert run("init").exit_code == 0
    assert count(empty_world) == before
    assert schema_problem(empty_world.database) is None
    assert run("doctor").exit_code == 0


def test_init_keeps_what_an_author_edited(empty_world: World, run: Run) -> None:
    run("init")
    with empty_world.as_system() as tx:
        item = item_detail(tx, "mf-01-001").item
    empty_world.gather_cast()
    empty_world.publish(item.model_copy(update={"stem": "Edited here."}))
    assert run("init").exit_code == 0
    with empty_world.looking("system") as tx:
        assert item_detail(tx, "mf-01-001").item.stem == "Edited here."


def test_a_demo_is_filled_once_and_says_so(empty_world: World, run: Run) -> None:
    assert "It is a DEMO" in run("init", "--demo").output
    with empty_world.looking("system") as tx:
        assert is_demo_academy(tx)
        before = len(people(tx))
        stand = sorted(one.status for one in credentials(tx))
    assert stand == [Status.REVOKED, Status.VALID]
    run("init", "--demo")
    run("init")
    with empty_world.looking("system") as tx:
        assert is_demo_academy(tx)
        assert len(people(tx)) == before == 8


def test_a_demo_has_one_change_for_an_examiner_to_read(empty_world: World, run: Run) -> None:
    run("init", "--demo")
    with empty_world.looking("system") as tx:
        (waiting,) = open_proposals(tx)
        (change,) = proposal(tx, waiting.id).changes
        # Signed in as the demo page does it: the examiner there is no author.
        cato = demo_person(tx, Role.EXAMINER)
    assert (waiting.stage, waiting.authors) == (Stage.IN_REVIEW, ("Bela Demo",))
    assert (change.path[0], change.path[-1]) == ("options", "text")
    actor = Actor(cato, "Cato Demo", frozenset({Role.EXAMINER}))
    with empty_world.database.write(actor, empty_world.now, empty_world.config) as tx:
        assert waiting_reviews(tx) == 1
        assert approve(tx, waiting.id, waiting.revision) == 2


def test_a_real_academy_refuses_to_become_a_demo(empty_world: World, run: Run) -> None:
    run("init")
    refused = run("init", "--demo")
    assert refused.exit_code == 1
    assert "cannot become a demo" in refused.stderr


def test_broken_course_files_stop_init_and_change_nothing(
    empty_world: World, run: Run, tmp_path: Path
) -> None:
    course = tmp_path / "content" / "broken"
    course.mkdir(parents=True)
    (course / "course.yaml").write_text("slug: [")
    told = run("content", "check", tmp_path / "content", "--json")
    assert told.exit_code == 1
    assert {"file", "line", "message"} == set(json.loads(told.stdout)[0])


def test_the_course_that_ships_has_no_problems(world: World, run: Run) -> None:
    told = run("content", "check", HOUSE / "content")
    assert told.exit_code == 0, told.output


def test_people_are_added_listed_and_given_roles(world: World, run: Run) -> None:
    added = run(
        "user", "add", "Nora@Example.org", "--name", "Nora Ruiz",
        "--role", "author", "--role", "examiner", typed=f"{PASSWORD}\n",
    )  # fmt: skip
    assert added.exit_code == 0, added.output
    assert PASSWORD not in added.output
    assert run("user", "role", "nora@example.org", "learner").exit_code == 0
    assert run("user", "role", "NORA@example.org", "author", "--remove").exit_code == 0
    listed = json.loads(run("user", "list", "--search", "nora", "--json").stdout)
    assert listed == [
        {"email": "nora@example.org", "name": "Nora Ruiz", "roles": ["examiner", "learner"]}
    ]
    table = run("user", "list").stdout
    assert "nora@example.org" in table
    assert "examiner, learner" in table


def test_without_a_role_somebody_is_a_learner(world: World, run: Run) -> None:
    run("user", "add", "nora@example.org", "--name", "Nora", typed=f"{PASSWORD}\n")
    listed = json.loads(run("user", "list", "--search", "nora", "--json").stdout)
    assert listed[0]["roles"] == ["learner"]


@pytest.mark.parametrize(
    ("words", "typed", "sentence"),
    [
        (("add", "alba@example.org", "--name", "Alba"), PASSWORD, "already has an account"),
        (("add", "nora@example.org", "--name", "Nora"), "short", "at least 10 characters"),
        (("add", "nora@example.org", "--name", "Nora"), "x" * 73, "73 bytes"),
        (("add", "nora@example.org", "--name", "Nora"), "", "at least 10 characters"),
        (("add", "garbage", "--name", "Nora"), PASSWORD, "does not look right"),
        (("add", "nora@example.org", "--name", " "), PASSWORD, "Write your name"),
        (("add", "nora@example.org", "--name", "Nora 🧡"), PASSWORD, "cannot print"),
        (("add", "n@example.org", "--name", "N", "--role", "king"), PASSWORD, "There is no role"),
        (("add", "n@example.org", "--name", "N", "--role", "system"), PASSWORD, "no role system"),
        (("role", "who@example.org", "author"), "", "Nobody here has the e-mail"),
        (("role", "alba@example.org", "king"), "", "There is no role king"),
        (("role", "dina@example.org", "administrator", "--remove"), "", "last administrator"),
        (("password", "who@example.org"), PASSWORD, "Nobody here has the e-mail"),
    ],
)
def test_a_mistake_about_people_is_told_in_a_sentence(
    world: World, run: Run, words: tuple[str, ...], typed: str, sentence: str
) -> None:
    told = run("user", *words, typed=f"{typed}\n")
    assert told.exit_code == 1
    assert sentence in told.stderr
    assert told.stdout == ""
    with world.looking("system") as tx:
        assert len(people(tx)) == 7


def test_a_new_password_is_read_from_standard_input_and_signs_out(world: World, run: Run) -> None:
    cookie = world.sign_in("alba")
    assert run("user", "password", "alba@example.org", typed=f"{PASSWORD}\n").exit_code == 0
    with world.looking("nobody") as tx:
        assert signed_in(tx, cookie) == NOBODY
        stored = tx.session.get_one(PersonRow, world.actor("alba").own_id).password_hash
    assert password_matches(PASSWORD, stored)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of three items and one that is none."""
    path = tmp_path / "items.yaml"
    path.write_text(write_items([single_choice(), true_false(), numeric()]) + "- id: broken\n")
    return path


def imported(world: World) -> list[str]:
    with world.looking("bela") as tx:
        return [one.id for one in bank_items(tx, ItemFilter(search="tt-01-0"))]


def test_an_import_reports_by_line_and_brings_the_rest_in(
    world: World, run: Run, file: Path
) -> None:
    told = run("items", "import", file, "--format", "yaml", "--json")
    assert told.exit_code == 1
    report: dict[str, Any] = json.loads(told.stdout)
    assert report["format"] == "yaml"
    assert report["counts"] == {"single_choice": 1, "true_false": 1, "numeric": 1}
    assert {frozenset(one) for one in report["items"]} == {
        frozenset({"kind", "name", "stem", "options"})
    }
    last = len(file.read_text().splitlines())
    assert {(one["line"], one["severity"]) for one in report["problems"]} == {(last, "error")}
    assert imported(world) == ["tt-01-001", "tt-01-003", "tt-01-004"]


def test_in_words_the_counts_go_to_one_stream_and_the_problems_to_the_other(
    world: World, run: Run, file: Path
) -> None:
    told = run("items", "import", file)
    assert "1 single_choice" in told.stdout
    assert "broken" in told.stderr
    assert "line " in told.stderr


def test_a_terminal_sees_how_far_an_import_is_and_json_stays_json(
    world: World, run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Importing" not in run("items", "import", file).stderr
    monkeypatch.setattr("cli.shell._err", Console(stderr=True, force_terminal=True))
    told = run("items", "import", file)
    assert "Importing" in told.stderr
    assert "100%" in told.stderr
    assert "Importing" not in told.stdout
    assert "Importing" not in run("items", "import", file, "--json").stderr


def test_a_dry_run_reports_and_imports_nothing(world: World, run: Run, file: Path) -> None:
    told = run("items", "import", file, "--dry-run", "--json")
    assert told.exit_code == 1
    assert len(json.loads(told.stdout)["items"]) == 3
    assert imported(world) == []


def test_a_dry_run_tells_what_an_import_would(world: World, run: Run, file: Path) -> None:
    file.write_text(write_items([single_choice(sources=["S98"])]))
    tried = run("items", "import", file, "--dry-run", "--json")
    assert (tried.exit_code, tried.stdout) == (1, run("items", "import", file, "--json").stdout)


def test_strict_imports_nothing_of_a_file_with_a_problem(
    world: World, run: Run, file: Path
) -> None:
    assert run("items", "import", file, "--strict").exit_code == 1
    assert imported(world) == []
    file.write_text(write_items([single_choice()]))
    assert run("items", "import", file, "--strict").exit_code == 0
    assert imported(world) == ["tt-01-001"]


@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_an_unknown_source_is_in_the_report_too(
    world: World, run: Run, file: Path, strict: tuple[str, ...]
) -> None:
    file.write_text(write_items([single_choice(sources=["S98"]), true_false()]))
    told = run("items", "import", file, "--json", *strict)
    assert told.exit_code == 1
    (problem,) = json.loads(told.stdout)["problems"]
    assert "S98" in problem["message"]
    assert problem["line"] == 2
    assert imported(world) == ([] if strict else ["tt-01-003"])


@pytest.mark.parametrize(
    ("words", "stage", "waiting"), [((), Stage.DRAFT, 0), (("--send",), Stage.IN_REVIEW, 3)]
)
def test_an_import_waits_as_drafts_or_goes_to_the_reviewers(
    world: World, run: Run, file: Path, words: tuple[str, ...], stage: Stage, waiting: int
) -> None:
    run("items", "import", file, *words)
    assert {world.change_of(one).stage for one in imported(world)} == {stage}
    with world.looking("cato") as tx:
        assert waiting_reviews(tx) == waiting
    if words:
        # Nobody who reads wrote it: the command line is no person.
        assert world.approve("bela", "tt-01-001") == 1


def test_what_is_exported_is_imported_again_without_a_change(
    world: World, run: Run, tmp_path: Path
) -> None:
    with world.acting("bela") as tx:
        retire_item(tx, "mf-01-001")
    out = tmp_path / "bank.yaml"
    assert run("items", "export", "--format", "yaml", "--out", out).exit_code == 0
    before = count(world)
    told = run("items", "import", out, "--strict", "--json")
    assert told.exit_code == 0
    with world.looking("bela") as tx:
        assert sum(json.loads(told.stdout)["counts"].values()) == bank_facets(tx).items
    assert count(world) == before


def test_one_objective_is_exported_alone(world: World, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "one.yaml"
    run("items", "export", "--out", out, "--objective", "MF-01")
    assert "objective: MF-01" in out.read_text()
    assert "objective: MF-02" not in out.read_text()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"", "one list under `items:`"),
        (b"PK\x03\x04", "not valid YAML"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    world: World, run: Run, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "items.yaml"
    if content is not None:
        path.write_bytes(content)
    told = run("items", "import", path)
    assert told.exit_code == 1
    assert sentence in told.stderr


def test_a_file_in_an_old_encoding_is_told(world: World, run: Run) -> None:
    told = run("items", "import", HOUSE / "tests" / "data" / "items" / "latin_1.yaml")
    assert told.exit_code == 1
    assert "Save it as UTF-8" in told.stderr


def test_a_place_that_cannot_be_written_is_told(world: World, run: Run, tmp_path: Path) -> None:
    nowhere = tmp_path / "no" / "such" / "folder"
    for words in (("items", "export", "--out", nowhere / "x"), ("backup", nowhere / "x.db")):
        told = run(*words)
        assert told.exit_code == 1
        assert "cannot be written" in told.stderr


def test_verify_says_valid_expired_revoked_unknown_by_its_exit_code(world: World, run: Run) -> None:
    serial = world.earn("alba").standing.serial
    valid = run("credential", "verify", serial.lower().replace("-", " "), "--json")
    facts = json.loads(valid.stdout)
    assert (valid.exit_code, facts["status"], facts["name"]) == (0, "valid", "Alba")
    assert "example.org" not in valid.stdout
    world.now += timedelta(days=800)
    expired = run("credential", "verify", serial)
    assert (expired.exit_code, "EXPIRED: Alba" in expired.stdout) == (1, True)
    world.now -= timedelta(days=800)
    done = run("credential", "revoke", serial, "--reason", "The identity was not confirmed.")
    assert done.exit_code == 0
    revoked = run("credential", "verify", serial)
    assert (revoked.exit_code, "REVOKED" in revoked.stdout) == (1, True)
    assert "identity was not confirmed" in revoked.stdout
    unknown = run("credential", "verify", "PP-00000-00000-00000-00000", "--json")
    assert (unknown.exit_code, json.loads(unknown.stdout)["status"]) == (1, "unknown")


@pytest.mark.parametrize("words", [("verify", "PP-1"), ("revoke", "PP-1", "--reason", "A reason.")])
def test_what_is_no_serial_is_told(world: World, run: Run, words: tuple[str, ...]) -> None:
    told = run("credential", *words)
    assert told.exit_code == 1
    assert "PP-1 is no serial" in told.stderr


def test_the_serial_that_is_shown_as_an_example_is_a_possible_one(world: World, run: Run) -> None:
    told = run("credential", "verify", "nonsense").stderr
    example = told.split("looks like ")[1].strip(" .\n")
    assert "is no serial" not in run("credential", "verify", example).stderr


def test_revoking_twice_or_without_a_reason_is_refused(world: World, run: Run) -> None:
    serial = world.earn("alba").standing.serial
    assert run("credential", "revoke", serial, "--reason", "no").exit_code == 1
    assert run("credential", "revoke", serial, "--reason", "The wrong person.").exit_code == 0
    again = run("credential", "revoke", serial, "--reason", "The wrong person.")
    assert again.exit_code == 1
    assert "revoked already" in again.stderr


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


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("init", "--nonsense"),
        ("serve", "--port", "0"),
        ("serve", "--port", "99999"),
        ("items", "import"),
        ("items", "import", "x", "--format", "docx"),
        ("items", "export"),
        ("credential", "revoke", "PP-1"),
        ("user", "add", "nora@example.org"),
        ("backup",),
    ],
)
def test_bad_usage_ends_with_2(world: World, run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_every_command_has_its_help(world: World, run: Run) -> None:
    for words in ("", "serve", "init", "backup", "restore", "doctor", "user", "items import"):
        told = run(*words.split(), "--help")
        assert told.exit_code == 0
        assert len(told.stdout) > 80


def test_the_program_itself_starts_tells_problems_and_ends_with_1(world: World) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "doctor"],
        cwd=HOUSE,
        env={"PINPOINT_COLOUR": "red", "PINPOINT_PUBLIC_URL": "x", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "PINPOINT_COLOUR is not a setting" in done.stderr
    assert "PINPOINT_PUBLIC_URL must be an address" in done.stderr
    assert "Traceback" not in done.stderr


def test_people_are_kept_as_rows_once(world: World, run: Run) -> None:
    for _ in range(2):
        run("user", "role", "alba@example.org", "author")
    with world.looking("system") as tx:
        assert len(tx.session.exec(select(PersonRow.id)).all()) == 7
