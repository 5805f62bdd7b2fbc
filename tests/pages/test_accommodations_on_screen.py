"""Accommodations on the people page, and what their owner reads before the start."""

from tests.factories import World
from tests.pages.screens import Open, button, field, words

REASON = "Reason, for administrators only"


def test_an_administrator_grants_time_and_the_history_keeps_who_and_why(
    world: World, open_page: Open
) -> None:
    alba = world.actor("alba").own_id
    app = open_page("people", "dina", person=alba)
    assert "**Nothing is granted.**" in words(app)
    field(app.number_input, "Time, as a factor").set_value(1.5)
    field(app.number_input, "Pauses, minutes in all").set_value(10)
    button(app, "Grant it").click().run()
    assert "Write the reason" in words(app)
    assert field(app.number_input, "Time, as a factor").value == 1.5
    field(app.text_area, REASON).set_value("A letter *of May*.")
    button(app, "Grant it").click().run()
    assert not app.exception
    assert "1.5 times the time, pauses of 10 minutes in all" in words(app)
    assert "by Dina. A letter \\*of May\\*\\." in words(app)
    assert field(app.text_area, REASON).value == ""
    field(app.number_input, "Time, as a factor").set_value(1.0)
    field(app.text_area, REASON).set_value("Only pauses now.")
    button(app, "Grant it").click().run()
    assert "Pauses of 10 minutes in all" in words(app)
    assert app.expander[0].label == "Before: 1 grant"
