"""`pinpoint` as a shell uses it: an academy is set up, and its people."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from accounts.commands.sign_ins import demo_person
from accounts.passwords import password_matches
from accounts.queries.people import is_demo_academy, people, signed_in
from accounts.tables import PersonRow
from base.permissions import NOBODY, Actor, Role
from base.schema import schema_problem
from certs.queries.standing import credentials
from certs.status import Status
from quizbank.commands.reviews import approve
from quizbank.proposals import Stage
from quizbank.queries.bank import item_detail
from quizbank.queries.proposals import open_proposals, proposal, waiting_reviews
from tests.conftest import HOUSE
from tests.factories import World
from tests.integration.cli.shell import Run, count

PASSWORD = "seventeen quiet lanterns"


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
