"""The account page, run without a browser."""

import pytest

from accounts.queries.people import own_account
from tests.factories import CAST, World
from tests.pages.screens import Open, button, field, words

NAME = "Your name, as it should stand on a certificate"


def test_nobody_is_asked_to_sign_in(open_page: Open):
    app = open_page("account", "nobody")
    assert "Sign in first" in app.error[0].value
    assert not app.title


@pytest.mark.parametrize("name", CAST)
def test_everybody_sees_their_own_account(open_page: Open, name: str):
    app = open_page("account", name)
    assert not app.exception
    assert f"{name}@example.org" in words(app)
    assert 'action="/auth/logout-everywhere"' in "".join(one.proto.body for one in app.get("html"))


def test_renaming_says_that_certificates_keep_the_old_name(world: World, open_page: Open):
    app = open_page("account", "alba")
    assert "keep the name that they were issued with" in words(app)
    field(app.text_input, NAME).set_value("Alba  Núñez")
    button(app, "Change my name").click().run()
    assert "Your name is changed." in words(app)
    assert field(app.text_input, NAME).value == "Alba Núñez"
    with world.looking("alba") as tx:
        assert own_account(tx).name == "Alba Núñez"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Alba 🙂", "cannot print “🙂” (U+1F642)"),
        ("Al\u2800ba", "U+2800"),
        ("   ", "Write your name"),
    ],
)
def test_what_cannot_stand_on_a_certificate_is_named(
    world: World, open_page: Open, typed: str, said: str
):
    app = open_page("account", "alba")
    field(app.text_input, NAME).set_value(typed)
    button(app, "Change my name").click().run()
    assert said in words(app)
    with world.looking("alba") as tx:
        assert own_account(tx).name == "Alba"
