"""Texts with gaps, and numbers with units: written in the form, and answered."""

from typing import Any

from streamlit.testing.v1 import AppTest

from quizbank.items import read_item
from tests.factories import World, cloze, numeric
from tests.pages.screens import Open, button, field, words


def shown(world: World, open_page: Open, item: Any) -> AppTest:
    world.publish(item)
    app = open_page("item", "bela", id=item.id)
    assert not app.exception
    return app


def typed(app: AppTest) -> Any:
    """The item that the form says, as it would be sent for review."""
    assert not app.exception
    draft = app.session_state[f"draft-{app.query_params['id']}"]
    return read_item({**draft.fields, "id": "tt-01-099"})


def test_a_text_with_gaps_is_written(open_page: Open) -> None:
    app = open_page("item", "bela", new="cloze")
    field(app.text_area, "Question").set_value("What comes here?")
    field(app.multiselect, "Sources").set_value(["S13"]).run()
    button(app, "Add a choice").click().run()
    assert field(app.text_area, "Question").value == "What comes here? [[g1]]"
    for letter in "ABC":
        field(app.text_area, f"Text of option {letter}").set_value(f"Option {letter}")
        field(app.text_area, f"Why option {letter} is right or wrong").set_value("So.")
    app.run()
    assert "Gap 1: exactly one option must be correct, not 0." in words(app)
    field(app.radio, "Right answer").set_value("b").run()
    button(app, "Add a number").click().run()
    field(app.text_input, "Right answer (a number)").set_value("7.5")
    field(app.text_input, "Tolerance: how far off still counts").set_value("0")
    field(app.text_area, "Why it is right").set_value("So.")
    field(app.text_area, "Why another number is wrong").set_value("Count.").run()
    button(app, "Add a word").click().run()
    button(app, "Remove this gap").click().run()
    field(app.text_area, "Question").set_value("[[g2]] mm: [[g1]]").run()
    item = typed(app)
    assert [(one.id, one.kind) for one in item.gaps] == [("g2", "number"), ("g1", "choice")]
    assert item.mark(item.key()).fraction == 1


def test_a_text_with_gaps_is_changed_by_what_is_typed_alone(world: World, open_page: Open) -> None:
    app = shown(world, open_page, cloze())
    assert typed(app).gaps == cloze().gaps
    field(app.selectbox, "Gap to write").select("g2").run()
    field(app.text_input, "Text of answer A").set_value("keratinocyte").run()
    field(app.selectbox, "Gap to write").select("g3").run()
    before, now = cloze().gaps, typed(app).gaps
    assert now[1].answers[0].text == "keratinocyte"
    assert (now[0], now[2]) == (before[0], before[2])


def test_a_text_with_gaps_is_answered(world: World, open_page: Open) -> None:
    app = shown(world, open_page, cloze())
    assert "lies in the :blue-background[**(\u00a01\u00a0)**];" in words(app)
    field(app.selectbox, "Gap 1, after “Collagen lies in the”").select("a").run()
    assert "Partly right." in words(app)
    field(app.text_input, "Gap 3, after “The sample is” (a number)").set_value("7,500").run()
    assert "Gap 3: “7,500” could be read in two ways." in words(app)
    field(app.text_input, "Gap 3, after “The sample is” (a number)").set_value("7,5")
    field(app.text_input, "Gap 2, before “make it”").set_value("Fibroblasts").run()
    assert "**Right.**" in words(app)
    assert "**Gap 2**" in words(app)


def test_units_are_written_and_answered(world: World, open_page: Open) -> None:
    app = shown(world, open_page, numeric())
    assert not [one for one in app.number_input if one.label.startswith("Percent")]
    field(app.radio, "How the unit is asked for").set_value("required").run()
    label = "Other units that count, one a line: cm = 10 where one cm is ten mm"
    field(app.text_area, label).set_value("cm = ten\nm = 1000").run()
    assert "Other unit A, what one of it is: write a number" in words(app)
    field(app.text_area, label).set_value("cm = 10\nm = 1000")
    label = "Percent that a right number loses by a missing or wrong unit"
    field(app.number_input, label).set_value(20.0).run()
    asked = "Your answer (a number with its unit)"
    field(app.text_input, asked).set_value("7.5").run()
    assert "Write the unit as well" in words(app)
    assert "Partly right." in words(app)
    field(app.text_input, asked).set_value("0,75 cm").run()
    assert "**Right.**" in words(app)
    item = typed(app)
    assert [(one.text, one.factor) for one in item.units] == [("cm", 10), ("m", 1000)]
    assert (item.unit_rule, item.unit_penalty) == ("required", 0.2)
