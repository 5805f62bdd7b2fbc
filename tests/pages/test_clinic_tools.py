"""Who may do this, and the keys of a clinic's own programs."""

from accounts.clinics import Standing
from accounts.commands.clinics import accept_invitation, invite_member, make_clinic
from certs.queries.api_keys import api_caller, api_keys
from courses.coverage import Device, Site
from tests.factories import World
from tests.pages.screens import Open, button, field, press_in_dialog, words

REVOKE = r"Revoke Rota \*program\*"


def made(world: World) -> str:
    with world.acting("cleo") as tx:
        return make_clinic(tx, "Skin *&* Co")


def test_a_clinic_sees_who_of_its_staff_is_covered(world: World, open_page: Open) -> None:
    clinic = made(world)
    world.earn("alba")
    with world.acting("cleo") as tx:
        code = invite_member(tx, clinic, "alba@example.org", Standing.STAFF)
    with world.acting("alba") as tx:
        accept_invitation(tx, code)
    app = open_page("eligibility", "cleo")
    button(app, "Who is covered?").click().run()
    assert "Choose where, how deep, with what and on which day." in words(app)
    field(app.selectbox, "Where").set_value(Site.CHEEK)
    field(app.number_input, "Needle length, in millimetres").set_value(0.5)
    field(app.selectbox, "Device").set_value(Device.PEN)
    button(app, "Who is covered?").click().run()
    told = words(app)
    assert "1 covered, 0 unknown, 1 not covered" in told
    assert told.index("**Alba**") < told.index("**Cleo**")
    assert "Only knowledge was assessed" in told
    field(app.number_input, "Needle length, in millimetres").set_value(1.5)
    button(app, "Who is covered?").click().run()
    assert "0 covered, 0 unknown, 2 not covered" in words(app)
    assert "deeper than the certificate covers" in words(app)


def test_a_key_is_shown_once_and_revoked(world: World, open_page: Open) -> None:
    clinic = made(world)
    app = open_page("api_keys", "cleo")
    button(app, "Make a key").click().run()
    assert "Give the key a name" in words(app)
    field(app.text_input, "Name of the program that will use it").set_value("Rota *program*")
    button(app, "Make a key").click().run()
    assert "**1 key that works**" in words(app)
    key = app.code[0].value
    with world.looking("nobody") as tx:
        assert api_caller(tx, key)
    app.run()
    assert not app.code
    button(app, REVOKE).click().run()
    press_in_dialog(app, REVOKE, "Revoke for good")
    with world.looking("nobody") as tx:
        assert api_caller(tx, key) is None
    app.run()
    assert "**0 keys that work**" in words(app)
    with world.looking("cleo") as tx:
        assert len(api_keys(tx, clinic)) == 1
