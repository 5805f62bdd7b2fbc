"""Issuing by hand on screen: asked by one administrator, answered by another."""

from base.permissions import Role
from certs.queries.own import my_credentials
from tests.factories import World
from tests.pages.screens import Open, button, words

WHY = "Certified by the academy before it used this system; paper on file."


def test_one_asks_and_another_agrees(world: World, open_page: Open) -> None:
    world.join("rita", Role.ADMINISTRATOR)
    app = open_page("issuing", "dina")
    app.text_input(key="issue-email").set_value("lena@example.org")
    app.text_area(key="issue-reason").set_value(WHY)
    button(app, "Ask for it").click().run()
    assert "You asked for it, so somebody else answers." in words(app)
    other = open_page("issuing", "rita")
    assert "paper on file" in words(other)
    button(other, "Agree and issue").click().run()
    assert "Issued" in words(other)
    with world.looking("lena") as tx:
        assert len(my_credentials(tx)) == 1


def test_a_name_is_corrected_from_the_certificate(world: World, open_page: Open) -> None:
    serial = world.earn("alba").standing.serial
    app = open_page("issuing", "dina", serial=serial)
    app.text_input(key="correct-name").set_value("Alba Serrano")
    app.text_area(key="correct-reason").set_value("The name was misspelt; identity card seen.")
    button(app, "Ask for it").click().run()
    assert not app.error
