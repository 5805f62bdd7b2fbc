"""The certificates page of the academy, run without a browser."""

import pytest

from certs.queries.standing import credentials
from certs.status import Status
from tests.factories import World
from tests.pages.screens import Open, button, entries, field, press_in_dialog, words


def first(world: World):
    with world.looking("dina") as tx:
        return credentials(tx)[0]


@pytest.mark.parametrize("name", ["nobody", "alba", "bela", "cleo"])
def test_who_may_not_read_certificates_is_told_what_to_do(open_page: Open, name: str):
    app = open_page("credentials", name)
    assert len(app.error) == 1
    assert not app.title


def test_certificates_are_found_by_name_and_serial(world: World, open_page: Open):
    world.earn("alba")
    app = open_page("credentials", "dina")
    assert "**1 certificate, 1 valid now**" in words(app)
    for wanted in ("ALBA", first(world).serial.lower()):
        field(app.text_input, "Search").set_value(wanted).run()
        assert entries(app) == ["**Alba**"]
    field(app.text_input, "Search").set_value("nobody at all").run()
    assert "No certificate fits" in words(app)


def test_revoking_asks_for_a_reason_and_is_final(world: World, open_page: Open):
    world.earn("alba")
    app = open_page("credentials", "dina", serial=first(world).serial)
    assert "**Valid**" in words(app)
    button(app, "Revoke this certificate").click().run()
    assert "final and public" in words(app)
    field(app.text_area, "Reason, in a sentence").set_value("no")
    press_in_dialog(app, "Revoke this certificate", "Revoke for good")
    assert "Write the reason in a sentence" in words(app)
    assert first(world).status is Status.VALID
    field(app.text_area, "Reason, in a sentence").set_value("Issued to the wrong person.")
    press_in_dialog(app, "Revoke this certificate", "Revoke for good")
    assert first(world).status is Status.REVOKED
    assert "Issued to the wrong person" in words(app)
    assert "Revoke this certificate" not in [one.label for one in app.button]


def test_a_suspension_is_made_and_lifted_with_a_reason_each(world: World, open_page: Open):
    world.earn("alba")
    app = open_page("credentials", "dina", serial=first(world).serial)
    button(app, "Suspend this certificate").click().run()
    field(app.text_area, "Reason, in a sentence").set_value("A complaint is being looked into.")
    press_in_dialog(app, "Suspend this certificate", "Suspend it")
    assert first(world).status is Status.SUSPENDED
    assert "**Suspended**] since" in words(app)
    assert "A complaint is being looked into" in words(app)
    assert "Suspend this certificate" not in [one.label for one in app.button]
    button(app, "Reinstate this certificate").click().run()
    field(app.text_area, "Reason, in a sentence").set_value("The complaint was withdrawn.")
    press_in_dialog(app, "Reinstate this certificate", "Reinstate it")
    assert first(world).status is Status.VALID
    assert "**Valid**] until" in words(app)
    told = words(app)
    assert "**Reinstated**" in told
    assert "**Suspended**" in told
    assert told.count("by Dina") == 2
    assert "The complaint was withdrawn" in told


def test_an_auditor_looks_and_revokes_nothing(world: World, open_page: Open):
    world.earn("alba")
    app = open_page("credentials", "audi", serial=first(world).serial)
    assert "**Valid**" in words(app)
    assert not app.button


def test_an_unknown_serial_is_a_sentence(open_page: Open):
    app = open_page("credentials", "dina", serial="PP-NONE")
    assert "no certificate with this serial" in app.error[0].value
