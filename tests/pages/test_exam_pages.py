"""The exams and the blueprint editor, run without a browser."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from courses.content_folder import course_folders
from quizbank.commands.exams import publish_blueprint
from quizbank.exams import ExamRules
from quizbank.proposals import ItemStatus
from quizbank.queries.blueprints import exam_standing
from tests.conftest import HOUSE
from tests.factories import EXAM, PRACTICE, World, description, single_choice
from tests.pages.screens import Open, button, entries, field, words

CELL_1 = "Questions of cell 1"
TEXTS = "Texts to read before the questions, in the order chosen"
PILOTS = "Questions on trial in each form"


def standing(world: World) -> tuple[int, ExamRules]:
    with world.looking("cato") as tx:
        one = exam_standing(tx, EXAM)
    return one.version, one.rules


def change(app: AppTest, kind: str, label: str, value: Any) -> AppTest:
    field(getattr(app, kind), label).set_value(value)
    return app.run()


def test_the_list_says_how_every_exam_stands(open_page: Open) -> None:
    app = open_page("exams", "cato")
    assert not app.exception
    listed = [one for one in entries(app) if one.startswith("**")]
    exams = 2 * len(course_folders(HOUSE / "content"))
    assert len(listed) == words(app).count("A form can be drawn") == exams
    assert {"**Final exam**", "**Practice quiz**"} <= {*listed}
    assert "40 questions · cut score 32 · 60 minutes" in words(app)


@pytest.mark.parametrize("exam", [EXAM, PRACTICE])
def test_an_untouched_blueprint_has_nothing_to_publish(open_page: Open, exam: str) -> None:
    app = open_page("blueprint", "cato", exam=exam)
    assert not app.exception
    assert "**A form can be drawn: yes.**" in words(app)
    assert "Nothing has been changed yet." in words(app)
    assert button(app, "Publish as version 2").disabled


def test_a_change_is_published_with_what_it_means(world: World, open_page: Open) -> None:
    app = open_page("blueprint", "cato", exam=EXAM)
    app = change(app, "number_input", "Minutes", 50)
    assert "Running attempts keep the rules they started under" in words(app)
    button(app, "Publish as version 2").click().run()
    assert "Published as version 2." in words(app)
    assert "Nothing has been changed yet." in words(app)
    version, rules = standing(world)
    assert (version, rules.minutes) == (2, 50)


def test_a_cell_that_cannot_be_filled_is_named_and_published_only_on_purpose(
    world: World, open_page: Open
) -> None:
    app = change(open_page("blueprint", "cato", exam=EXAM), "number_input", CELL_1, 400)
    assert "**Too few**" in words(app)
    assert "**A form can be drawn: no.** MF-01 has " in words(app)
    assert "of 400 other questions." in words(app)
    assert button(app, "Publish as version 2").disabled
    box = "Publish although no form can be drawn: nobody can start until the bank has more"
    app = change(app, "checkbox", box, True)
    button(app, "Publish as version 2").click().run()
    assert standing(world)[1].cells[0].count == 400
    assert "**No form can be drawn**] MF\\-01 has" in words(open_page("exams", "cato"))


def test_what_keeps_rules_from_being_rules_is_said_in_the_words_of_the_form(
    open_page: Open,
) -> None:
    app = open_page("blueprint", "cato", exam=EXAM)
    app = change(app, "number_input", "Critical of cell 1", 9)
    assert "Cell 1: critical must not be larger than count." in words(app)
    assert button(app, "Publish as version 2").disabled
    app = change(app, "number_input", "Critical of cell 1", 0)
    app = change(app, "number_input", "Cut score in marks", 41)
    assert "Cut is 41, but the exam has only 40 items." in words(app)


def test_a_new_cut_score_without_a_reason_is_refused_and_kept(
    world: World, open_page: Open
) -> None:
    app = open_page("blueprint", "cato", exam=EXAM)
    app = change(app, "number_input", "Cut score in marks", 30)
    button(app, "Publish as version 2").click().run()
    assert "Write why the cut score stands where it does now." in words(app)
    app = change(app, "text_area", "Why the cut score stands there", "The panel of May said so.")
    button(app, "Publish as version 2").click().run()
    basis = standing(world)[1].cut_basis
    assert basis is not None
    assert (basis.signed_by, basis.signed_on) == ("Cato", world.now.date())
    assert "signed by Cato on 23 November 2026" in words(app)


def test_cells_are_added_and_removed(world: World, open_page: Open) -> None:
    cells = standing(world)[1].cells
    asked = sum(one.count for one in cells)
    app = open_page("blueprint", "dina", exam=EXAM)
    button(app, "Add a cell").click().run()
    assert "Two cells ask for the same items; join them." in words(app)
    field(app.selectbox, f"Level of cell {len(cells) + 1}").select("apply")
    app.run()
    assert f"**A form can be drawn: yes.** {asked + 1} questions." in words(app)
    button(app, "Remove cell 1").click().run()
    assert f"{asked + 1 - cells[0].count} questions." in words(app)
    button(app, "Publish as version 2").click().run()
    assert standing(world)[1].cells[0].objective == cells[1].objective


def test_sample_forms_are_shown_cell_by_cell(open_page: Open) -> None:
    app = open_page("blueprint", "cato", exam=EXAM)
    button(app, "Draw sample forms").click().run()
    assert not app.exception
    assert "forms 1 and 2 share " in words(app)
    assert [one.label.split(",")[0] for one in app.expander] == [
        f"Form {number}: 40 questions" for number in (1, 2, 3)
    ]


def test_what_a_trainee_has_not_seen_is_counted(world: World, open_page: Open) -> None:
    world.earn("alba")
    app = open_page("blueprint", "cato", exam=EXAM)
    field(app.selectbox, "Count what this trainee has not seen yet").select_index(0)
    app.run()
    assert "unseen by Alba" in words(app)
    assert "For Alba it shows " in words(app)
    assert "**Exposure:** 1 form of this exam so far." in words(app)


def test_texts_are_shown_in_the_order_chosen_and_questions_on_trial_are_counted(
    world: World, open_page: Open
) -> None:
    world.publish(description("tt-01-001"), description("tt-01-002", stem="Then the device."))
    world.publish(single_choice("tt-01-801"), status=ItemStatus.PILOT)
    app = open_page("blueprint", "cato", exam=EXAM)
    assert "1 question of these objectives is on trial." in words(app)
    app = change(app, "multiselect", TEXTS, ["tt-01-002", "tt-01-001"])
    app = change(app, "number_input", PILOTS, 1)
    assert "They are mixed in among the others" in words(app)
    app = change(app, "number_input", PILOTS, 2)
    assert "**Fewer than asked**" in words(app)
    button(app, "Publish as version 2").click().run()
    rules = standing(world)[1]
    assert (rules.descriptions, rules.pilots) == (("tt-01-002", "tt-01-001"), 2)
    again = open_page("blueprint", "cato", exam=EXAM)
    assert field(again.multiselect, TEXTS).value == ["tt-01-002", "tt-01-001"]
    assert field(again.number_input, PILOTS).value == 2


def test_a_text_that_went_out_of_use_is_named_and_can_be_dropped(
    world: World, open_page: Open
) -> None:
    gone = standing(world)[1].model_copy(update={"descriptions": ("tt-01-009",)})
    with world.acting("cato") as tx:
        publish_blueprint(tx, EXAM, gone, 1)
    assert "The text tt\\-01\\-009" in words(open_page("exams", "cato"))
    app = open_page("blueprint", "cato", exam=EXAM)
    assert "**A form can be drawn: no.** The text tt-01-009, which this exam" in words(app)
    app = change(app, "multiselect", TEXTS, [])
    assert "**A form can be drawn: yes.**" in words(app)


def test_who_is_overtaken_keeps_what_they_typed_and_decides(world: World, open_page: Open) -> None:
    app = open_page("blueprint", "cato", exam=EXAM)
    app = change(app, "number_input", "Minutes", 50)
    rules = standing(world)[1]
    with world.acting("dina") as tx:
        publish_blueprint(tx, EXAM, rules.model_copy(update={"title": "Last exam"}), 1)
    button(app, "Publish as version 2").click().run()
    assert "Dina has published version 2 since you began from version 1" in words(app)
    assert field(app.number_input, "Minutes").value == 50
    button(app, "Keep my changes, to publish them after version 2").click().run()
    button(app, "Publish as version 3").click().run()
    assert standing(world)[0] == 3
