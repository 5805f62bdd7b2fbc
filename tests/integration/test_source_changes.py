"""Where sources are used, and exactly who hears of one that changed, once."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from accounts.tables import MessageRow
from base.errors import Invalid, NotAllowed, NotFound
from certs.commands.revocation import revoke_credential
from certs.commands.source_quizzes import send_update_quizzes
from certs.queries.source_holders import holders_of_source
from certs.queries.standing import standing_of
from certs.status import Status
from certs.tables.credentials import CredentialEventRow, CredentialRow
from certs.terms import Facts
from courses.commands.source_changes import note_source_change, start_update_quiz
from courses.queries.source_changes import own_updates, source_changes
from courses.queries.source_uses import Place, reviews_due, source_uses, uses_of_source
from courses.queries.stored import lesson_text, manifest_of
from quizbank.commands.attempts import finish_practice
from quizbank.commands.bank import load_sources
from quizbank.kinds.item import Pool
from quizbank.sources import Seen, Source
from quizbank.tables.bank import ItemRow
from tests.factories import COURSE, World, single_choice


def noted(world: World, key: str = "S13") -> str:
    with world.acting("bela") as tx:
        return note_source_change(tx, key, "The elastin figure was corrected.")


def mails(world: World) -> list[str]:
    with world.looking("system") as tx:
        rows = tx.session.exec(select(MessageRow))
        return [row.recipient for row in rows if row.key.startswith("update-quiz:")]


def cite_alone(world: World, item_id: str, objective: str) -> None:
    """Add a source that one item cites, and nothing else anywhere."""
    source = Source(key="S98", citation="A late paper.", seen=Seen.ABSTRACT)
    with world.as_system() as tx:
        load_sources(tx, (source,))
    world.load_items(single_choice(item_id, objective=objective, pool="practice", sources=["S98"]))


def test_the_uses_of_a_source_are_exactly_what_cites_it(any_world: World) -> None:
    with any_world.looking("bela") as tx:
        uses = uses_of_source(tx, "S13")
        manifest = manifest_of(tx.session, COURSE)
        texts = [lesson_text(tx.session, one) for one in manifest.lessons.values()]
    found = {one.key for one in uses if one.place is Place.LESSON and one.course == COURSE}
    assert found == {one.slug for one in texts if "S13" in one.sources}
    assert all("S13" in one.sources for one in uses)
    assert {one.place for one in uses} >= {Place.LESSON, Place.ITEM}


def test_a_retired_item_concerns_nobody_and_a_new_one_is_found(world: World) -> None:
    with world.looking("bela") as tx:
        before = {one.key for one in uses_of_source(tx, "S13")}
    world.load_items(single_choice("mf-01-901", objective="MF-01"))
    with world.looking("bela") as tx:
        assert {one.key for one in uses_of_source(tx, "S13")} - before == {"mf-01-901"}
    with world.as_system() as tx:
        tx.session.get_one(ItemRow, "mf-01-901").status = "retired"
    with world.looking("bela") as tx:
        assert {one.key for one in uses_of_source(tx, "S13")} == before
        assert {one.source.key for one in source_uses(tx) if one.uses} >= {"S13", "CR"}


def test_what_is_due_comes_with_the_longest_due_first(world: World) -> None:
    with world.looking("bela") as tx:
        assert reviews_due(tx) == ()
    world.wait(days=320)
    with world.looking("bela") as tx:
        due = reviews_due(tx)
    days = [one.due for one in due if one.due]
    assert len(days) == len(due)
    assert days == sorted(days)
    assert {Place.COURSE, Place.LESSON, Place.ITEM} <= {one.place for one in due}


def test_exactly_those_are_listed_whose_valid_certificate_rests_on_it(any_world: World) -> None:
    world = any_world
    own = world.earn("alba").standing
    with world.looking("bela") as tx:
        (holder,) = holders_of_source(tx, "S13")
    assert (holder.name, holder.serial, holder.course) == ("Alba", own.serial, COURSE)


@pytest.mark.parametrize(("objective", "reached"), [("MF-01", ["Alba"]), ("SC-01", [])])
def test_one_item_that_cites_it_is_enough_in_ones_own_course_alone(
    world: World, objective: str, reached: list[str]
) -> None:
    world.earn("alba")
    cite_alone(world, f"{objective.lower()}-901", objective)
    with world.looking("bela") as tx:
        assert [one.key for one in uses_of_source(tx, "S98")] == [f"{objective.lower()}-901"]
        assert [one.name for one in holders_of_source(tx, "S98")] == reached


def test_a_revoked_or_ended_certificate_makes_nobody_a_holder(world: World) -> None:
    serial = world.earn("alba").standing.serial
    world.earn("lena")
    with world.acting("dina") as tx:
        revoke_credential(tx, serial, "Issued in error.")
    with world.looking("bela") as tx:
        assert [one.name for one in holders_of_source(tx, "S13")] == ["Lena"]
    world.wait(days=800)
    with world.looking("bela") as tx:
        assert holders_of_source(tx, "S13") == ()


def copies(world: World, serial: str) -> None:
    """Put certificates beside one, each with another reason not to be listed, and one to be."""
    other: dict[str, object] = {"course": "needling-for-scars"}
    said: list[dict[str, object]] = [
        other,
        other | {"holder": f'Eve "course":"{COURSE}"'},
        {"expires_at": world.now - timedelta(days=1)},
        {"holder": "Zoe, suspended once and reinstated"},
        {"holder": "Quinn, suspended"},
    ]
    with world.as_system() as tx:
        row = tx.session.get_one(CredentialRow, serial)
        facts = Facts.model_validate_json(row.facts)
        for number, changes in enumerate(said):
            copy = facts.model_copy(update={**changes, "serial": f"PP-{number}"})
            tx.session.add(
                CredentialRow(
                    serial=copy.serial,
                    person_id=row.person_id,
                    issued_at=row.issued_at,
                    facts=copy.model_dump_json(),
                )
            )
        tx.session.flush()
        for of, kind in (("PP-3", "suspended"), ("PP-3", "reinstated"), ("PP-4", "suspended")):
            tx.session.add(
                CredentialEventRow(
                    id=f"{of}-{kind}",
                    serial=of,
                    kind=kind,
                    reason="A letter.",
                    at=tx.now,
                    by="Dina",
                )
            )


def one_by_one(world: World) -> list[str]:
    """Who holds a valid certificate of the course, asked of every certificate there is."""
    with world.looking("system") as tx:
        stored = [
            Facts.model_validate_json(one) for one in tx.session.exec(select(CredentialRow.facts))
        ]
        valid = [one for one in stored if standing_of(tx, one).status is Status.VALID]
    return sorted(one.serial for one in valid if one.course == COURSE)


def test_the_database_narrows_and_the_list_stays_exact(any_world: World) -> None:
    world = any_world
    serial = world.earn("alba").standing.serial
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    def listed() -> list[str]:
        statements.clear()
        with world.looking("bela") as tx:
            return sorted(
                one.serial for one in holders_of_source(tx, "S13") if one.course == COURSE
            )

    event.listen(world.database.engine, "before_cursor_execute", note)
    try:
        # Versions are read once a process.
        listed()
        assert listed() == [serial]
        few = len(statements)
        copies(world, serial)
        many = listed()
        assert len(statements) == few
        assert many == one_by_one(world) == sorted(["PP-3", serial])
    finally:
        event.remove(world.database.engine, "before_cursor_execute", note)


def test_the_quiz_reaches_each_of_them_once(any_world: World) -> None:
    world = any_world
    world.earn("alba")
    change = noted(world)
    with world.acting("bela") as tx:
        assert send_update_quizzes(tx, change) == 1
        assert send_update_quizzes(tx, change) == 0
    assert mails(world) == ["alba@example.org"]
    world.earn("lena")
    with world.acting("dina") as tx:
        assert send_update_quizzes(tx, change) == 1
        assert len(source_changes(tx)[0].reached) == 2
    assert sorted(mails(world)) == ["alba@example.org", "lena@example.org"]


def test_the_quiz_asks_practice_questions_of_what_rests_on_the_source(world: World) -> None:
    world.earn("alba")
    change = noted(world)
    with world.acting("bela") as tx:
        send_update_quizzes(tx, change)
    with world.acting("alba") as tx:
        (update,) = own_updates(tx)
        assert (update.course_slug, update.begun) == (COURSE, False)
        assert "elastin" in update.note
        attempt = start_update_quiz(tx, change)
        assert start_update_quiz(tx, change) == attempt
    items = world.items_of(attempt).values()
    with world.looking("bela") as tx:
        uses = [one for one in uses_of_source(tx, "S13") if one.course == COURSE]
    touched = {code for one in uses for code in one.objectives}
    assert 0 < len(items) <= 5
    assert all(one.pool is Pool.PRACTICE and one.objective in touched for one in items)
    with world.acting("alba") as tx:
        assert own_updates(tx)[0].begun
        finish_practice(tx, attempt)
        assert own_updates(tx) == ()


def test_what_cites_the_source_itself_is_asked_first(world: World) -> None:
    world.earn("alba")
    cite_alone(world, "mf-01-901", "MF-01")
    change = noted(world, "S98")
    with world.acting("bela") as tx:
        send_update_quizzes(tx, change)
    with world.acting("alba") as tx:
        attempt = start_update_quiz(tx, change)
    asked = world.items_of(attempt)
    assert asked[1].id == "mf-01-901"
    assert len(asked) == 5


def test_nobody_else_starts_it_and_learners_send_none(world: World) -> None:
    change = noted(world)
    with pytest.raises(NotFound), world.acting("alba") as tx:
        start_update_quiz(tx, change)
    for name in ("alba", "cato", "cleo"):
        with pytest.raises(NotAllowed), world.acting(name) as tx:
            send_update_quizzes(tx, change)


def test_a_change_needs_a_known_source_and_some_words(world: World) -> None:
    with pytest.raises(NotFound), world.acting("bela") as tx:
        note_source_change(tx, "S99", "Something.")
    with pytest.raises(Invalid), world.acting("bela") as tx:
        note_source_change(tx, "S13", "  ")
    with world.looking("bela") as tx:
        assert source_changes(tx) == ()
