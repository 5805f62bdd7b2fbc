"""Every kind of item: written in the form, and answered as the trainee answers it."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from quizbank.commands.files import add_picture
from quizbank.items import KINDS, Item
from quizbank.queries.bank import item_detail
from tests.factories import (
    FIGURE,
    World,
    case,
    cloze,
    description,
    essay,
    hotspot,
    matching,
    multiple_response,
    numeric,
    ordering,
    short_answer,
    single_choice,
    true_false,
)
from tests.pages.screens import Open, button, field, words

MAKERS = (
    single_choice,
    multiple_response,
    true_false,
    numeric,
    short_answer,
    matching,
    ordering,
    hotspot,
    cloze,
    essay,
    description,
    case,
)


FIGURE_FIELD = "Figure: PNG, JPEG, GIF or WebP, at most 5 MB"
PICTURE_FIELD = "Picture: PNG, JPEG, GIF or WebP, at most 5 MB"


def test_every_kind_is_tried_here() -> None:
    assert {make().kind for make in MAKERS} == set(KINDS)


def shown(world: World, open_page: Open, item: Item) -> AppTest:
    with world.acting("bela") as tx:
        add_picture(tx, FIGURE.content)
    world.publish(item)
    app = open_page("item", "bela", id=item.id)
    assert not app.exception
    return app


def item_of(world: World, item_id: str) -> Any:
    with world.looking("bela") as tx:
        return item_detail(tx, item_id).item


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_looking_at_an_item_of_any_kind_changes_nothing(
    world: World, open_page: Open, make: Any
) -> None:
    app = shown(world, open_page, make())
    assert "Nothing has been changed yet." in words(app)
    stem = f"Reworded: {make().stem}"
    app.text_area[0].set_value(stem).run()
    assert item_of(world, send(world, app, make().id)) == make(stem=stem)


def written(open_page: Open, kind: str) -> AppTest:
    app = open_page("item", "bela", new=kind)
    field(app.text_area, "Question").set_value("What comes here?")
    field(app.multiselect, "Sources").set_value(["S13"])
    return app


def publish(world: World, app: AppTest) -> str:
    return send(world, app, str(field(app.text_input, "Id").value))


def send(world: World, app: AppTest, item_id: str) -> str:
    """Send what is written for review, and let somebody else approve it."""
    button(app, "Send for review").click().run()
    assert not app.exception
    world.approve("cato", item_id)
    return item_id


def test_a_short_answer_is_written(world: World, open_page: Open) -> None:
    app = written(open_page, "short_answer")
    field(app.text_input, "Text of answer A").set_value("dermis")
    field(app.text_area, "Why answer A is right or wrong").set_value("It holds collagen.").run()
    button(app, "Add an answer").click().run()
    field(app.text_input, "Text of answer B").set_value("*")
    field(app.number_input, "Percent of the mark for B").set_value(0.0)
    field(app.text_area, "Why answer B is right or wrong").set_value("Look again.").run()
    item = item_of(world, publish(world, app))
    assert [(one.text, one.fraction) for one in item.answers] == [("dermis", 1), ("*", 0)]


def test_a_matching_item_is_written(world: World, open_page: Open) -> None:
    app = written(open_page, "matching")
    for letter in "ABCD":
        field(app.text_area, f"Text of choice {letter}").set_value(f"Choice {letter}")
    for letter in "ABC":
        field(app.text_area, f"Text of premise {letter}").set_value(f"Premise {letter}")
        field(app.text_area, f"Why they belong together, premise {letter}").set_value("So.")
    app.run()
    assert "Premise A, right choice: write or choose something here." in words(app)
    for letter, choice in zip("ABC", "cba", strict=True):
        field(app.selectbox, f"Right choice for premise {letter}").select(choice)
    app.run()
    assert field(app.radio, "Marking").value == "share"
    field(app.radio, "Marking").set_value("all_or_nothing").run()
    item = item_of(world, publish(world, app))
    assert [one.choice for one in item.premises] == ["c", "b", "a"]
    assert len(item.choices) == 4
    assert item.rule == "all_or_nothing"


def test_an_ordering_item_is_written_and_moved(world: World, open_page: Open) -> None:
    app = written(open_page, "ordering")
    for letter in "ABCD":
        field(app.text_area, f"Text of element {letter}").set_value(f"Step {letter}")
        field(app.text_area, f"Why element {letter} stands here").set_value("So.")
    app.run()
    button(app, "Move element A down").click().run()
    button(app, "Remove element D").click().run()
    field(app.radio, "Marking").set_value("longest_ordered_subset").run()
    item = item_of(world, publish(world, app))
    assert [one.text for one in item.elements] == ["Step B", "Step A", "Step C"]
    assert item.grading == "longest_ordered_subset"


def test_an_essay_is_written(world: World, open_page: Open) -> None:
    app = written(open_page, "essay")
    for letter in "AB":
        field(app.text_area, f"What markers look for, {letter}").set_value(f"Reason {letter}")
    field(app.number_input, "Points for A").set_value(4)
    levels = "Levels of A, one a line, such as “3: names two reasons” (may stay empty)"
    field(app.text_area, levels).set_value("4: all\nnothing at all")
    model_answer = "A good answer, for markers, and for trainees after practice"
    field(app.text_area, model_answer).set_value("The dermis.").run()
    assert "Criterion A, levels (points, a colon, what earns them): write a whole" in words(app)
    field(app.text_area, levels).set_value("4: all\n\n0: nothing at all")
    field(app.number_input, "Fewest words (may stay empty)").set_value(50)
    field(app.radio, "Who marks an answer").set_value(2).run()
    tolerance = "Percent of the mark by which two may differ before a third is asked"
    field(app.number_input, tolerance).set_value(15.0).run()
    item = item_of(world, publish(world, app))
    assert [(one.points, len(one.levels)) for one in item.rubric] == [(4, 2), (5, 0)]
    assert (item.min_words, item.max_words) == (50, None)
    assert (item.markers, item.tolerance, item.model_answer) == (2, 0.15, "The dermis.")


def test_a_text_to_read_is_written(world: World, open_page: Open) -> None:
    app = written(open_page, "description").run()
    assert item_of(world, publish(world, app)).stem == "What comes here?"


def test_weights_are_written_in_percent(world: World, open_page: Open) -> None:
    app = shown(world, open_page, multiple_response())
    assert not [one for one in app.number_input if one.label.startswith("Percent")]
    field(app.radio, "Marking").set_value("weights").run()
    assert "every right option needs a weight above 0" in words(app).casefold()
    for letter, percent in zip("ABCD", (50.0, 25.0, 25.0, -50.0), strict=True):
        field(app.number_input, f"Percent of the mark for option {letter}").set_value(percent)
    app.run()
    item = item_of(world, send(world, app, "tt-01-002"))
    assert [one.weight for one in item.options] == [0.5, 0.25, 0.25, -0.5, None]


def test_another_number_is_written(world: World, open_page: Open) -> None:
    app = shown(world, open_page, numeric())
    button(app, "Add an expected number").click().run()
    field(app.text_input, "Expected number A").set_value("75")
    field(app.text_area, "What to say to A").set_value("Ten times too much.").run()
    item = item_of(world, send(world, app, "tt-01-004"))
    assert [str(one.answer) for one in item.others] == ["75"]


def test_a_short_answer_is_answered(world: World, open_page: Open) -> None:
    app = shown(world, open_page, short_answer())
    field(app.text_input, "Your answer (a few words)").set_value("the *epidermis*").run()
    assert "Partly right." not in words(app)
    field(app.text_input, "Your answer (a few words)").set_value("the epidermis").run()
    assert "Partly right." in words(app)


def test_a_hotspot_is_answered_by_its_list(world: World, open_page: Open) -> None:
    app = shown(world, open_page, hotspot())
    regions = "Or choose from the list; it counts the same"
    assert "where you clicked" not in words(app)
    field(app.radio, regions).set_value("c").run()
    assert "Not right." in words(app)
    assert "A hair** (your answer, unsafe)" in words(app)
    field(app.radio, regions).set_value("b").run()
    assert "**Right.**" in words(app)
    assert "| 2 | Second layer | :green[:material/check_circle: right] | chosen |" in words(app)


def test_several_places_of_a_hotspot_are_ticked(world: World, open_page: Open) -> None:
    regions = [one.model_dump(mode="json") for one in hotspot().regions]
    regions[0]["correct"] = True
    app = shown(world, open_page, hotspot(choose=2, regions=regions))
    assert "choose up to 2 from the list" in words(app)
    field(app.checkbox, "Top layer").check().run()
    assert "Partly right." in words(app)
    field(app.checkbox, "Second layer").check().run()
    assert "**Right.**" in words(app)
    assert field(app.checkbox, "A hair").disabled
    field(app.checkbox, "Top layer").uncheck().run()
    assert not field(app.checkbox, "A hair").disabled


def test_a_hotspot_is_written_by_numbers(world: World, open_page: Open) -> None:
    app = written(open_page, "hotspot")
    assert "Choose a picture first" in words(app)
    field(app.file_uploader, FIGURE_FIELD).set_value(("x.png", b"<svg>", "image/png")).run()
    assert "must be a whole PNG, JPEG, GIF or WebP" in words(app)
    upload = ("layers.png", FIGURE.content, "image/png")
    field(app.file_uploader, FIGURE_FIELD).set_value(upload).run()
    alt = "What the figure shows, for those who cannot see it; it must not name the answer"
    field(app.text_area, alt).set_value("Two layers")
    for letter, top in zip("ABC", (0.0, 100.0, 200.0), strict=True):
        field(app.text_input, f"What the list calls region {letter}").set_value(f"Layer {letter}")
        field(app.text_area, f"Why region {letter} is right or wrong").set_value("So.")
        box = {"Left": 0.0, "Top": top, "Width": 200.0, "Height": 100.0}
        for name, number in box.items():
            field(app.number_input, f"{name} ({letter})").set_value(number)
    app.checkbox(key=next(one.key for one in app.checkbox if one.label == "Right answer")).check()
    app.run()
    field(app.selectbox, "Shape of region C").select("polygon").run()
    assert "Region C, place on the figure" in words(app)
    corners = field(app.text_input, "Corners of region C: x and y of each, in pixels")
    corners.set_value("0, 200; 200 200, 100, 300").run()
    item_id = str(field(app.text_input, "Id").value)
    button(app, "Send for review").click().run()
    world.approve("cato", item_id)
    item = item_of(world, item_id)
    assert (item.figure.file, item.figure.width, item.figure.height) == (FIGURE.digest, 200, 300)
    assert item.regions[1].coords == (0, 100, 200, 100)
    assert item.regions[2].coords == (0, 200, 200, 200, 100, 300)


def test_a_picture_is_put_into_a_question(world: World, open_page: Open) -> None:
    app = shown(world, open_page, single_choice())
    upload = ("layers.png", FIGURE.content, "image/png")
    field(app.file_uploader, PICTURE_FIELD).set_value(upload).run()
    assert button(app, "Put the picture in").disabled
    alt = "What the picture shows, for those who cannot see it"
    field(app.text_input, alt).set_value("Two [grey] layers").run()
    field(app.selectbox, "Where it goes").select("Text of option B").run()
    button(app, "Put the picture in").click().run()
    assert not app.exception
    button(app, "Send for review").click().run()
    world.approve("cato", "tt-01-001")
    shows = f"The epidermis\n\n![Two (grey) layers](/files/{FIGURE.digest})"
    assert item_of(world, "tt-01-001").options[1].text == shows


def test_matching_is_answered(world: World, open_page: Open) -> None:
    app = shown(world, open_page, matching())
    field(app.selectbox, "Top").select("c1").run()
    assert "Partly right." in words(app)
    for premise, choice in (("Middle", "c2"), ("Bottom", "c3")):
        field(app.selectbox, premise).select(choice).run()
    assert "**Right.**" in words(app)


def test_choosing_what_stands_elsewhere_swaps_two_places(world: World, open_page: Open) -> None:
    app = shown(world, open_page, ordering())
    for place, one in enumerate(("e2", "e1", "e3", "e4"), start=1):
        field(app.selectbox, f"Place {place}").select(one).run()
    assert "Partly right." in words(app)
    field(app.selectbox, "Place 1").select("e1").run()
    assert [field(app.selectbox, f"Place {n}").value for n in range(1, 5)] == [
        "e1",
        "e2",
        "e3",
        "e4",
    ]
    assert "**Right.**" in words(app)
