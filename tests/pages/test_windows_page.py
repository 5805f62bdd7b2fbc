"""Planning exam windows, inviting people to them, and cancelling them."""

from datetime import UTC, datetime, timedelta

from streamlit.testing.v1 import AppTest

from quizbank.commands.windows import WindowPlan, make_codes, plan_window
from quizbank.queries.windows import planned_window, planned_windows
from tests.factories import COURSE, EXAM, World
from tests.pages.screens import Open, button, entries, field, press_in_dialog, words

# Fields for instants hold them without a zone; the page says that they are in UTC.
MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=UTC).replace(tzinfo=None)


def planned(world: World) -> str:
    world.change_exam(windowed=True)
    opens = world.now + timedelta(hours=1)
    with world.acting("cato") as tx:
        plan = WindowPlan(EXAM, "Room 1", opens, opens + timedelta(hours=2), "heron", True)
        return plan_window(tx, plan)


def opened(world: World, open_page: Open) -> AppTest:
    return open_page("windows", "cato", window=planned(world))


def test_without_a_windowed_exam_the_page_says_where_to_make_one(open_page: Open) -> None:
    app = open_page("windows", "cato")
    assert "An exam’s blueprint says so under “Sitting it”." in words(app)
    assert "Plan a window" not in [one.label for one in app.button]


def test_an_exam_is_made_windowed_with_breaks_in_its_blueprint(
    world: World, open_page: Open
) -> None:
    app = open_page("blueprint", "cato", exam=EXAM)
    field(app.checkbox, "Only in windows that are planned under Exam windows").check().run()
    field(app.number_input, "Breaks, minutes in all").set_value(15).run()
    button(app, "Publish as version 2").click().run()
    assert not app.exception
    with world.looking("cato") as tx:
        assert planned_windows(tx) == ()
    assert "Plan a window" in [one.label for one in open_page("windows", "cato").button]


def test_a_window_is_planned_in_utc_and_named_by_what_is_wrong_with_it(
    world: World, open_page: Open
) -> None:
    world.change_exam(windowed=True)
    app = open_page("windows", "cato")
    button(app, "Plan a window").click().run()
    press_in_dialog(app, "Plan a window", "Plan the window")
    assert "Give the window a title" in words(app)
    field(app.text_input, "Title, such as the room").set_value("Room *1*")
    field(app.datetime_input, "Opens, in UTC").set_value(MORNING)
    field(app.datetime_input, "Closes, in UTC").set_value(MORNING + timedelta(hours=3))
    press_in_dialog(app, "Plan a window", "Plan the window")
    assert not app.exception
    with world.looking("cato") as tx:
        (window,) = planned_windows(tx)
    assert f"{window.opens_at:%d %H:%M} {window.closes_at:%H:%M}" == "24 09:00 12:00"
    assert entries(open_page("windows", "cato")) == ["**Room \\*1\\***"]


def test_people_are_invited_by_name_and_withdrawn_again(world: World, open_page: Open) -> None:
    app = opened(world, open_page)
    assert "**Password:** heron" in words(app)
    people = field(app.multiselect, "People to invite")
    assert people.options == ["Alba (alba@example.org)", "Lena (lena@example.org)"]
    people.select("Alba (alba@example.org)").run()
    button(app, "Invite them").click().run()
    assert "**Alba** · by name" in words(app)
    assert field(app.multiselect, "People to invite").options == ["Lena (lena@example.org)"]
    button(app, "Withdraw Alba").click().run()
    assert "**Alba** · by name" not in words(app)


def test_codes_are_shown_once(world: World, open_page: Open) -> None:
    app = opened(world, open_page)
    field(app.number_input, "Codes to make").set_value(3).run()
    button(app, "Make the codes").click().run()
    assert "3 codes made." in words(app)
    assert len(app.code[0].value.split("\n")) == 3
    app.run()
    assert not app.code
    assert "**3 codes** not used yet." in words(app)


def test_cancelling_says_what_it_does_and_does_it(world: World, open_page: Open) -> None:
    app = opened(world, open_page)
    button(app, "Cancel this window").click().run()
    assert "its invitations and codes stop working" in words(app)
    press_in_dialog(app, "Cancel this window", "Cancel the window")
    assert "**Cancelled**" in words(app)
    assert "Cancel this window" not in [one.label for one in app.button]


def test_a_planned_window_is_moved_and_an_open_one_closes_later(
    world: World, open_page: Open
) -> None:
    window = planned(world)
    app = open_page("windows", "cato", window=window)
    button(app, "Move it").click().run()
    field(app.datetime_input, "Opens, in UTC").set_value(MORNING)
    press_in_dialog(app, "Move it", "Move the window")
    assert "must close after it opens" in words(app)
    field(app.datetime_input, "Closes, in UTC").set_value(MORNING + timedelta(hours=3))
    press_in_dialog(app, "Move it", "Move the window")
    assert not app.exception
    with world.looking("cato") as tx:
        assert planned_window(tx, window).opens_at.replace(tzinfo=None) == MORNING
    world.now = MORNING.replace(tzinfo=UTC) + timedelta(hours=1)
    app = open_page("windows", "cato", window=window)
    button(app, "Let it close later").click().run()
    assert "Opens, in UTC" not in [one.label for one in app.datetime_input]
    field(app.datetime_input, "Closes, in UTC").set_value(MORNING + timedelta(hours=2))
    press_in_dialog(app, "Let it close later", "Set this end")
    assert "can only close later than planned" in words(app)
    field(app.datetime_input, "Closes, in UTC").set_value(MORNING + timedelta(hours=4))
    press_in_dialog(app, "Let it close later", "Set this end")
    with world.looking("cato") as tx:
        assert planned_window(tx, window).closes_at - planned_window(tx, window).opens_at == (
            timedelta(hours=4)
        )


def test_a_code_is_asked_for_though_another_room_is_open_to_everybody(
    world: World, open_page: Open
) -> None:
    world.change_exam(windowed=True)
    world.study("alba")
    until = world.now + timedelta(hours=2)
    with world.acting("cato") as tx:
        plan_window(tx, WindowPlan(EXAM, "Room A", world.now, until, "heron"))
        room_b = plan_window(tx, WindowPlan(EXAM, "Room B", world.now, until, invited_only=True))
        (code,) = make_codes(tx, room_b, 1)
    app = open_page("exam", "alba", course=COURSE)
    assert "**Room A**, open until" in words(app)
    field(app.text_input, "Invitation code, if you were given one").set_value(code)
    button(app, "Use the code").click().run()
    assert not app.exception
    assert "**Room B**, open until" in words(app)
    assert "Use the code" not in [one.label for one in app.button]
