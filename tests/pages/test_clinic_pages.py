"""The clinic's own pages: staff, invitations, rosters."""

from streamlit.testing.v1 import AppTest

from accounts.clinics import Standing
from accounts.commands.clinics import accept_invitation, invite_member, make_clinic
from accounts.queries.clinics import clinic_members, my_clinics, my_memberships
from certs.commands.rosters import CheckedRoster, keep_roster
from certs.queries.roster_check import checked_lines
from certs.queries.rosters import rosters
from certs.rosters.lines import Column, RosterLine
from tests.factories import World
from tests.pages.screens import Open, button, entries, field, press_in_dialog, words

ROSTER = b"Name,Contact,Credential ID,Remark\nAlba,alba@example.org,%s,x\nEve,,PP-1,=1+1\n"


def made(world: World, name: str = "Skin *&* Co") -> str:
    with world.acting("cleo") as tx:
        return make_clinic(tx, name)


def invited(world: World, clinic: str, name: str = "alba") -> str:
    with world.acting("cleo") as tx:
        return invite_member(tx, clinic, f"{name}@example.org", Standing.STAFF, "17")


def test_who_has_no_clinic_makes_one(world: World, open_page: Open) -> None:
    app = open_page("staff", "cleo")
    assert "You look after no clinic yet." in words(app)
    button(app, "Make the clinic").click().run()
    assert "Give the clinic a name." in words(app)
    field(app.text_input, "Name of the clinic").set_value("Skin & Co")
    button(app, "Make the clinic").click().run()
    assert "1 person belongs to the clinic" in words(app)
    with world.looking("cleo") as tx:
        assert [one.name for one in my_clinics(tx)] == ["Skin & Co"]


def test_staff_are_invited_by_a_code_that_is_shown_once(world: World, open_page: Open) -> None:
    clinic = made(world)
    app = open_page("staff", "cleo")
    field(app.text_input, "E-mail").set_value("no mail")
    button(app, "Invite").click().run()
    assert "The e-mail address does not look right" in words(app)
    assert field(app.text_input, "E-mail").value == "no mail"
    field(app.text_input, "E-mail").set_value("alba@example.org")
    button(app, "Invite").click().run()
    assert "1 invitation not answered yet" in words(app)
    code = app.code[0].value
    app.run()
    assert not app.code
    with world.acting("alba") as tx:
        accept_invitation(tx, code)
    app.run()
    assert "2 people belong to the clinic**" in words(app)
    button(app, "Take out Alba").click().run()
    press_in_dialog(app, "Take out Alba", "Take out")
    with world.looking("cleo") as tx:
        assert [one.name for one in clinic_members(tx, clinic)] == ["Cleo"]


def test_an_invitation_says_what_the_clinic_would_see_before_it_is_accepted(
    world: World, open_page: Open
) -> None:
    code = invited(world, made(world))
    app = open_page("invitation", "alba", code=code)
    assert "Skin \\*\\&\\* Co" in words(app)
    assert "They never see your answers or your marks." in words(app)
    button(app, "Accept").click().run()
    with world.looking("alba") as tx:
        assert len(my_memberships(tx)) == 1
    account = open_page("account", "alba")
    button(account, "Leave Skin *&* Co").click().run()
    press_in_dialog(account, "Leave Skin *&* Co", "Leave the clinic")
    with world.looking("alba") as tx:
        assert my_memberships(tx) == ()


def test_a_declined_or_unknown_code_says_what_to_do(world: World, open_page: Open) -> None:
    code = invited(world, made(world))
    app = open_page("invitation", "alba", code=code)
    button(app, "Decline").click().run()
    app = open_page("invitation", "alba", code=code)
    assert "No invitation fits this code." in words(app)


def uploaded(world: World, open_page: Open) -> tuple[AppTest, str]:
    serial = world.earn("alba").standing.serial
    app = open_page("rosters", "cleo")
    app.file_uploader[0].set_value(("november.csv", ROSTER % serial.encode(), "text/csv")).run()
    return app, serial


def test_a_roster_is_read_checked_and_kept(world: World, open_page: Open) -> None:
    clinic = made(world)
    app, serial = uploaded(world, open_page)
    assert not app.exception
    assert "**2 lines understood.**" in words(app)
    named = field(app.selectbox, "Certificate number")
    assert (named.value, named.options[named.value]) == (2, "Credential ID")
    assert field(app.text_input, "Title of this check").value == "november"
    button(app, "Check 2 lines").click().run()
    assert not app.exception
    with world.looking("cleo") as tx:
        (kept,) = rosters(tx, clinic)
    app = open_page("rosters", "cleo", roster=kept.id)
    assert "**2 lines:** 1 valid, 1 not found." in words(app)
    assert "This is no certificate number" in words(app)
    assert serial not in words(app)
    field(app.selectbox, "Show").set_value("Every line").run()
    assert serial in words(app)


def test_a_column_that_is_missing_is_asked_for(world: World, open_page: Open) -> None:
    made(world)
    app = open_page("rosters", "cleo")
    sheet = ("x.csv", b"Wer,Was\nAlba,PP-1\n", "text/csv")
    app.file_uploader[0].set_value(sheet).run()
    assert "Choose the column that holds the name." in words(app)
    assert "Check 1 line" not in [one.label for one in app.button]
    field(app.selectbox, "Name (or first name)").set_value(0).run()
    field(app.selectbox, "Certificate number").set_value(1).run()
    button(app, "Check 1 line").click().run()
    assert not app.exception


def test_a_file_that_is_no_roster_says_so(world: World, open_page: Open) -> None:
    made(world)
    app = open_page("rosters", "cleo")
    app.file_uploader[0].set_value(("x.xlsx", b"PK\x03\x04broken", "text/csv")).run()
    assert "no Excel workbook" in words(app)


def test_competence_tells_who_may_do_what_and_opens_the_calendar(
    world: World, open_page: Open
) -> None:
    clinic = made(world)
    code = invited(world, clinic)
    with world.acting("alba") as tx:
        accept_invitation(tx, code)
    assert "Nobody who consented holds a certificate yet." in words(open_page("competence", "cleo"))
    world.earn("alba")
    app = open_page("competence", "cleo")
    drawn = "".join(str(one.proto.body) for one in app.get("html"))
    assert '<strong class="good">0.5 mm</strong>' in drawn
    assert "valid</strong> <small>until 23 November 2028</small>" in drawn
    assert "**1 certificate, none within 60 days**" in words(app)
    button(app, "Make the address").click().run()
    assert app.code[0].value.endswith(".ics")
    button(app, "Withdraw it").click().run()
    assert "The old address shows nothing any more." in words(app)


def test_a_receipt_is_made_of_a_roster(world: World, open_page: Open) -> None:
    clinic = made(world)
    line = RosterLine(2, "Alba", "", world.earn("alba").standing.serial, "")
    with world.acting("cleo") as tx:
        checked = checked_lines(tx, clinic, [line])
        roster = keep_roster(tx, clinic, CheckedRoster("Team", {Column.NAME: 0}, checked))
    app = open_page("rosters", "cleo", roster=roster)
    button(app, "Make a receipt").click().run()
    assert not app.exception
    app = open_page("receipts", "cleo")
    assert "**Team** · checked 23 November 2026" in words(app)
    assert [str(one.proto.label) for one in app.get("download_button")] == ["PDF", "Data"]


def test_administrators_see_every_clinic(world: World, open_page: Open) -> None:
    assert "**No clinic yet.**" in words(open_page("clinics", "dina"))
    made(world)
    app = open_page("clinics", "dina")
    assert "**1 clinic**" in words(app)
    assert "1 person belongs to it" in words(app)


def test_mail_that_waits_is_read_by_an_administrator(world: World, open_page: Open) -> None:
    code = invited(world, made(world))
    app = open_page("mail", "dina")
    assert "No mail server is set" in words(app)
    assert "1 mail, 1 not sent" in words(app)
    assert code.replace("-", "\\-") in words(app)


def test_a_roster_is_checked_again_and_forgotten(world: World, open_page: Open) -> None:
    clinic = made(world)
    line = RosterLine(2, "Alba", "", world.earn("alba").standing.serial, "")
    with world.acting("cleo") as tx:
        checked = checked_lines(tx, clinic, [line])
        first = keep_roster(tx, clinic, CheckedRoster("Team", {Column.NAME: 0}, checked))
    assert entries(open_page("rosters", "cleo")) == ["**Team**"]
    app = open_page("rosters", "cleo", roster=first)
    button(app, "Check it again now").click().run()
    with world.looking("cleo") as tx:
        assert len(rosters(tx, clinic)) == 2
    app = open_page("rosters", "cleo", roster=first)
    button(app, "Forget this roster").click().run()
    press_in_dialog(app, "Forget this roster", "Forget it")
    with world.looking("cleo") as tx:
        assert first not in {one.id for one in rosters(tx, clinic)}
