"""The page of a certificate's design, run without a browser."""

from certs.commands.designs import publish_design
from certs.designs import Design, Format
from certs.queries.designs import course_design
from courses.queries.outline import course_list
from tests.factories import COURSE, World, png
from tests.pages.screens import Open, button, entries, field, words

SAMPLE = "The certificate as it would look"


def newest(world: World) -> tuple[int, Design]:
    with world.looking("dina") as tx:
        now = course_design(tx, COURSE)
    return now.version, now.design


def test_the_list_leads_to_each_course(world: World, open_page: Open):
    with world.looking("dina") as tx:
        awarding = [f"**{one.title}**" for one in course_list(tx) if one.awards]
    assert entries(open_page("designs", "dina")) == awarding


def test_a_design_is_changed_seen_and_published(world: World, open_page: Open):
    app = open_page("designs", "dina", course=COURSE)
    assert "In use:" in words(app)
    field(app.radio, "Paper").set_value(Format.PORTRAIT).run()
    assert "Not in use yet" in words(app)
    field(app.selectbox, "Beside English").set_value("de").run()
    field(app.text_input, "What was earned, in German").set_value("Grundlagen").run()
    app.text_input(key=f"design-{COURSE}-1-name-0").set_value("Ines Calloway").run()
    button(app, "Use this design from now on").click().run()
    assert "Version 1 draws every certificate" in words(app)
    assert "1 version so far" in [one.label for one in app.expander]
    version, design = newest(world)
    assert (version, design.format, design.language) == (1, Format.PORTRAIT, "de")
    assert (design.achievement, design.signatories[0].name) == ("Grundlagen", "Ines Calloway")


def test_a_pale_colour_is_said_before_anything_is_published(world: World, open_page: Open):
    app = open_page("designs", "dina", course=COURSE)
    field(app.color_picker, "Titles and frame").set_value("#ffe0a0").run()
    assert "Too pale to read on white" in words(app)
    button(app, "Use this design from now on").click().run()
    assert newest(world)[0] == 0
    button(app, "Start again from the published one").click().run()
    assert "Too pale" not in words(app)


def test_pictures_are_taken_and_taken_away(world: World, open_page: Open):
    app = open_page("designs", "dina", course=COURSE)
    upload = next(one for one in app.file_uploader if one.label.startswith("Logo"))
    upload.upload("logo.png", png(), "image/png").run()
    button(app, "Use this design from now on").click().run()
    assert newest(world)[1].logo
    button(app, "Take it away").click().run()
    button(app, "Use this design from now on").click().run()
    assert newest(world)[1].logo == ""


def test_what_is_no_picture_is_said_and_stays_said(world: World, open_page: Open):
    app = open_page("designs", "dina", course=COURSE)
    upload = next(one for one in app.file_uploader if one.label.startswith("Logo"))
    upload.upload("logo.png", b"GIF? no", "image/png").run()
    assert "This is no picture" in words(app)
    field(app.radio, "Paper").set_value(Format.CARD).run()
    assert "This is no picture" in words(app)


def test_who_was_overtaken_is_told_and_keeps_what_was_typed(world: World, open_page: Open):
    app = open_page("designs", "dina", course=COURSE)
    field(app.radio, "Paper").set_value(Format.CARD).run()
    with world.acting("dina") as tx:
        publish_design(tx, COURSE, 0, Design(main="#4a1942"))
    button(app, "Use this design from now on").click().run()
    assert "Somebody published another design" in words(app)
    assert field(app.radio, "Paper").value == Format.CARD
    button(app, "Start again from the published one").click().run()
    assert field(app.color_picker, "Titles and frame").value == "#4a1942"
