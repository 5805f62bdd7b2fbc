"""The people page, run without a browser."""

import pytest

from accounts.passwords import password_matches, password_problems
from accounts.queries.people import Person, people
from accounts.tables import PersonRow
from base.permissions import Role
from tests.factories import World
from tests.pages.screens import Open, button, entries, field, press_in_dialog, words


def person(world: World, search: str) -> Person:
    with world.looking("dina") as tx:
        (found,) = people(tx, search)
    return found


@pytest.mark.parametrize("name", ["nobody", "alba", "bela", "audi"])
def test_who_may_not_manage_people_is_told_what_to_do(open_page: Open, name: str):
    app = open_page("people", name)
    assert len(app.error) == 1
    assert not app.title


def test_people_are_listed_and_found(open_page: Open):
    app = open_page("people", "dina")
    assert "**Alba**" in entries(app)
    field(app.text_input, "Search").set_value("bela@").run()
    assert "**1 person**" in words(app)
    assert entries(app) == ["**Bela**"]
    field(app.text_input, "Search").set_value("zzz").run()
    assert "Nobody fits" in words(app)


def test_a_new_person_gets_a_password_that_is_shown_once(world: World, open_page: Open):
    app = open_page("people", "dina")
    button(app, "Add a person").click().run()
    field(app.text_input, "Name, as it should stand on a certificate").set_value("Nora New")
    field(app.text_input, "E-mail").set_value("Nora@Example.org")
    press_in_dialog(app, "Add a person", "Add the person")
    assert not app.exception
    password = app.code[0].value
    nora = person(world, "nora")
    assert nora.roles == (Role.LEARNER,)
    with world.looking("system") as tx:
        hashed = tx.session.get_one(PersonRow, nora.id).password_hash
    assert password_matches(password, hashed)
    assert not password_problems(password)
    assert not app.run().code


def test_a_taken_email_is_a_sentence(open_page: Open):
    app = open_page("people", "dina")
    button(app, "Add a person").click().run()
    field(app.text_input, "Name, as it should stand on a certificate").set_value("Second Alba")
    field(app.text_input, "E-mail").set_value("ALBA@example.org")
    press_in_dialog(app, "Add a person", "Add the person")
    assert "This e-mail already has an account. Search for it" in words(app)
    assert not app.code


def test_roles_are_given_and_withdrawn(world: World, open_page: Open):
    alba = person(world, "alba")
    app = open_page("people", "dina", person=alba.id)
    button(app, "Give examiner").click().run()
    assert "Examiner: given." in words(app)
    button(app, "Withdraw trainee").click().run()
    assert "Trainee: withdrawn." in words(app)
    assert person(world, "alba").roles == (Role.EXAMINER,)


def test_the_last_administrator_keeps_the_role(world: World, open_page: Open):
    app = open_page("people", "dina", person=world.actor("dina").own_id)
    button(app, "Withdraw administrator").click().run()
    assert "You lose this page at once" in words(app)
    press_in_dialog(app, "Withdraw administrator", "Withdraw my role")
    assert "the last administrator" in words(app)
    assert Role.ADMINISTRATOR in person(world, "dina@").roles


def test_a_new_password_signs_the_person_out(world: World, open_page: Open):
    alba = person(world, "alba")
    app = open_page("people", "dina", person=alba.id)
    button(app, "Set a new password").click().run()
    assert not app.code
    press_in_dialog(app, "Set a new password", "Set it")
    password = app.code[0].value
    with world.looking("system") as tx:
        assert password_matches(password, tx.session.get_one(PersonRow, alba.id).password_hash)


def test_an_unknown_person_is_a_sentence(open_page: Open):
    assert "no such person" in open_page("people", "dina", person="x").error[0].value
