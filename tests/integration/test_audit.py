"""The audit log, in the database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from accounts.commands.people import give_role, rename_own_account, sign_up
from base.audit import audit_break, audit_entries, record
from base.errors import Conflict
from base.permissions import Role
from quizbank.commands.proposals import save_draft
from tests.factories import World

DAMAGE = {
    "changed": "UPDATE audit SET facts = '[]' WHERE number = 5",
    "moved in time": "UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE number = 5",
    "removed": "DELETE FROM audit WHERE number = 5",
    "swapped": "UPDATE audit SET number = CASE number WHEN 5 THEN -6 ELSE -5 END "
    "WHERE number IN (5, 6)",
}


def damage(world: World, statement: str) -> None:
    with world.database.writing_connection() as connection:
        connection.execute(text(statement))
        connection.execute(text("UPDATE audit SET number = -number WHERE number < 0"))


def the_break(world: World) -> int | None:
    with world.looking("audi") as tx:
        return audit_break(tx)


def test_a_whole_story_leaves_a_whole_log(any_world: World) -> None:
    own = any_world.earn("alba")
    assert the_break(any_world) is None
    with any_world.looking("audi") as tx:
        issued, *_, sealed = audit_entries(tx, own.standing.serial)
        steps = audit_entries(tx, own.attempt_id)
    assert (issued.action, sealed.action) == ("credential:issue", "credential:seal")
    assert [one.action for one in steps] == ["attempt:start", "attempt:decide"]
    assert {one.actor for one in (issued, *steps)} == {any_world.actor("alba").own_id}


@pytest.mark.parametrize("kind", DAMAGE)
def test_what_is_done_to_the_log_outside_the_academy_is_found(any_world: World, kind: str) -> None:
    damage(any_world, DAMAGE[kind])
    assert the_break(any_world) == 5


def test_an_inserted_entry_is_found(world: World) -> None:
    damage(
        world,
        "INSERT INTO audit SELECT 1000000, at, actor, action, subject, facts, 'x' "
        "FROM audit WHERE number = 5",
    )
    assert the_break(world) is not None


def test_the_log_holds_no_address_no_password_and_no_answer(world: World) -> None:
    with world.acting("nobody") as tx:
        sign_up(tx, "Nora", "nora@example.org", "$2b$12$secret")
    attempt = world.start_exam("alba")
    world.answer("alba", attempt, 1, {"option": "zzz-answer"})
    with world.looking("system") as tx:
        whole = str(tx.session.connection().execute(text("SELECT * FROM audit")).all())
    for secret in ("example.org", "$2b$", "zzz-answer", "Nora"):
        assert secret not in whole


def test_a_command_that_fails_leaves_no_entry(world: World) -> None:
    def publish_twice() -> None:
        with world.acting("bela") as tx:
            save_draft(tx, "tt-01-001", 0, {"stem": "Once?"}, 0)
            save_draft(tx, "tt-01-001", 0, {"stem": "Again?"}, 0)

    with pytest.raises(Conflict):
        publish_twice()
    with world.looking("audi") as tx:
        assert audit_entries(tx, "tt-01-001") == ()
    assert the_break(world) is None


def test_writers_at_once_keep_one_chain_without_gaps(any_world: World) -> None:
    def write(number: int) -> None:
        with any_world.acting("alba") as tx:
            record(tx, "test:write", "many", {"number": number})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    with any_world.looking("audi") as tx:
        entries = audit_entries(tx, "many")
    assert len(entries) == 40
    assert [one.number for one in entries] == list(range(entries[0].number, entries[0].number + 40))
    assert the_break(any_world) is None


def test_roles_and_names_leave_their_trace(world: World) -> None:
    alba = world.actor("alba").own_id
    with world.acting("dina") as tx:
        give_role(tx, alba, Role.AUTHOR)
        give_role(tx, alba, Role.AUTHOR)
    with world.acting("alba") as tx:
        rename_own_account(tx, "Alba Moreno")
    with world.looking("audi") as tx:
        trace = audit_entries(tx, alba)
    assert [one.action for one in trace] == [
        "person:create",
        "person:give-role",
        "account:rename",
    ]
    assert trace[1].actor == world.actor("dina").own_id
    assert "Moreno" not in trace[2].facts
