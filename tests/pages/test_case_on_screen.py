"""A case: written, tried by its author, and gone through in practice."""

from typing import Any

from streamlit.testing.v1 import AppTest

from quizbank.commands.attempts import start_attempt
from quizbank.items import Item
from quizbank.queries.bank import item_detail
from quizbank.queries.exams import exam_offer
from quizbank.queries.sitting import sitting
from tests.factories import (
    COURSE,
    EXAM,
    PRACTICE,
    World,
    case,
    cloze,
    exam_rules,
    numeric,
    single_choice,
)
from tests.pages.screens import Open, button, field, words

ANSWER = "Capsules for acne, until six weeks ago."


def labelled(found: Any, label: str) -> list[Any]:
    return [one for one in found if one.label == label]


def practising(world: World, open_page: Open) -> AppTest:
    rules = exam_rules(
        cells=[{"objective": "TT-01", "count": 1}],
        purpose="practice",
        cut=0,
        minutes=None,
        retakes=None,
        consent="",
    )
    world.publish(case(objective="TT-01"))
    world.give_exam(rules, PRACTICE)
    app = open_page("practice", "alba")
    button(app, "Start practising").click().run()
    return app


def attempt_of(world: World) -> Any:
    with world.looking("alba") as tx:
        running = exam_offer(tx, PRACTICE).running
        assert running
        return sitting(tx, running)


def test_a_case_is_gone_through_in_practice(world: World, open_page: Open) -> None:
    app = practising(world, open_page)
    assert "### Stage 1 of 2" in words(app)
    assert ANSWER not in words(app)
    button(app, "Do you take any medicines?").click().run()
    assert ANSWER in words(app)
    assert not labelled(app.button, "Do you take any medicines?")
    field(app.radio, "Choose one answer").set_value("proceed").run()
    assert attempt_of(world).item.response == {
        "asked": ["medicines"],
        "stages": {"decide": {"option": "proceed"}},
        "done": [],
    }
    assert "Not right." not in words(app)
    button(app, "Go on to stage 2").click().run()
    assert "### Stage 2 of 2" in words(app)
    assert [(one.value, one.disabled) for one in app.radio] == [("proceed", True)]
    for label in ("The last dose", "The advice given"):
        field(app.checkbox, label).check().run()
    button(app, "Finish the case").click().run()
    said = words(app)
    assert not app.exception
    assert "Partly right." in said
    assert "**What followed.** Her cheeks heal slowly, with marks." in said
    assert "Everything that is essential here was asked." in said


def test_a_refresh_in_the_middle_loses_nothing(world: World, open_page: Open) -> None:
    app = practising(world, open_page)
    button(app, "What is your work?").click().run()
    field(app.radio, "Choose one answer").set_value("defer").run()
    again = open_page("practice", "alba")
    assert "A baker." in words(again)
    assert ANSWER not in words(again)
    assert field(again.radio, "Choose one answer").value == "defer"
    button(again, "Go on to stage 2").click().run()
    button(again, "Finish the case").click().run()
    said = words(again)
    assert "This is essential here, and was not asked:" in said
    assert "Why it matters: Isotretinoin in the last months means waiting." in said
    assert "Not answered." in said


def test_another_tab_that_went_on_is_shown_and_not_overwritten(
    world: World, open_page: Open
) -> None:
    app = practising(world, open_page)
    one = attempt_of(world)
    done: Any = {"asked": [], "stages": {"decide": {"option": "defer"}}, "done": ["decide"]}
    world.practise("alba", one.attempt_id, 1, done)
    button(app, "What is your work?").click().run()
    assert "another tab" in words(app)
    assert "### Stage 2 of 2" in words(app)
    assert attempt_of(world).item.response == done
    button(app, "What is your work?").click().run()
    assert attempt_of(world).item.response == done | {"asked": ["work"]}


def test_its_author_walks_through_it(world: World, open_page: Open) -> None:
    world.publish(case())
    app = open_page("item", "cato", id="tt-01-010")
    assert "### Stage 1 of 2" in words(app)
    field(app.radio, "Choose one answer").set_value("defer").run()
    button(app, "Go on to stage 2").click().run()
    assert "### Stage 2 of 2" in words(app)
    button(app, "Begin again").click().run()
    assert "### Stage 1 of 2" in words(app)
    assert field(app.radio, "Choose one answer").value is None


def test_a_case_is_written(world: World, open_page: Open) -> None:
    app = open_page("item", "bela", new="case")
    field(app.multiselect, "Sources").set_value(["S13"])
    field(app.text_area, "What the trainee reads first").set_value("A client, 22.")
    field(app.text_area, "Question to ask A").set_value("Any medicines?")
    field(app.text_area, "Answer to A").set_value("Capsules.")
    field(app.checkbox, "Essential: nobody should decide without A").check()
    button(app, "Remove fact B").click().run()
    assert "Fact A: an essential fact says why it matters; write the reason." in words(app)
    field(app.text_area, "Why A matters").set_value("It means waiting.")
    field(app.selectbox, "Kind of stage 1").select("true_false")
    field(app.selectbox, "Kind of stage 2").select("short_answer").run()
    field(app.text_area, "Question of stage 1").set_value("Needle today.")
    field(app.radio, "Right answer").set_value(False)
    for word in ("True", "False"):
        field(app.text_area, f"Why “{word}” is right or wrong").set_value("So.")
    field(app.text_area, "If “True” is chosen (stage 1)").set_value("She heals slowly.")
    app.run()
    assert "Stage 2, question: write something here." in words(app)
    field(app.text_area, "Question of stage 2").set_value("How long is the wait, in months?")
    field(app.text_input, "Text of answer A").set_value("6")
    field(app.text_area, "Why answer A is right or wrong").set_value("By the label.").run()
    item_id = str(field(app.text_input, "Id").value)
    button(app, "Send for review").click().run()
    assert not app.exception
    world.approve("cato", item_id)
    with world.looking("bela") as tx:
        item: Any = item_detail(tx, item_id).item
    assert [fact.essential for fact in item.facts] == [True]
    assert [stage.item.kind for stage in item.stages] == ["true_false", "short_answer"]
    assert [(one.when, one.text) for one in item.stages[0].consequences] == [
        ("true", "She heals slowly.")
    ]


def test_an_option_that_is_gone_leaves_its_consequence_to_be_seen(
    world: World, open_page: Open
) -> None:
    stages = case().model_dump(mode="json")["stages"]
    stages[0]["item"]["options"].append({"id": "refer", "text": "Refer", "reason": "No need."})
    world.publish(case(stages=stages))
    app = open_page("item", "bela", id="tt-01-010")
    labelled(app.button, "Remove A")[0].click().run()
    assert "Stage 1: nothing here is called “proceed”" in words(app)
    gone = "If “proceed” is chosen, which is gone: empty this (stage 1)"
    assert field(app.text_area, gone).value == "Her cheeks heal slowly, with marks."
    button(app, "Move stage 2 up").click().run()
    assert "Stage 2: nothing here is called “proceed”" in words(app)


def in_exam(world: World, *items: Item) -> str:
    cells = [{"objective": "TT-01", "count": len(items)}]
    rules = exam_rules(cells=cells, cut=1, critical_must_pass=False)
    for one in items:
        world.publish(one)
    world.give_exam(rules)
    world.study("alba")
    with world.acting("alba") as tx:
        return start_attempt(tx, EXAM, consent=True)


def test_before_submitting_a_begun_case_is_told_from_an_untouched_question(
    world: World, open_page: Open
) -> None:
    attempt = in_exam(
        world,
        case(objective="TT-01", pool="exam"),
        single_choice("tt-01-001", objective="TT-01"),
        numeric("tt-01-002", objective="TT-01"),
    )
    kinds = {item.kind: place for place, item in world.items_of(attempt).items()}
    begun: Any = {"asked": [], "stages": {"decide": {"option": "defer"}}, "done": ["decide"]}
    world.answer("alba", attempt, kinds["case"], begun)
    world.answer("alba", attempt, kinds["numeric"], {"text": "1"})
    app = open_page("exam", "alba", course=COURSE)
    while labelled(app.button, "Next"):
        button(app, "Next").click().run()
    button(app, "Review and submit").click().run()
    said = words(app)
    assert f"**1 question without an answer:** {kinds['single_choice']}. An unanswered" in said
    assert (
        f"**Question {kinds['case']} is begun:** the stages you answered count, "
        "the others earn nothing."
    ) in said
    world.answer("alba", attempt, kinds["single_choice"], {"option": "a"})
    said = words(app.run())
    assert "without an answer" not in said
    assert "begun" in said
    assert "All 3 questions" not in said


def test_a_stage_with_gaps_shows_them_numbered_afterwards(world: World, open_page: Open) -> None:
    gaps = cloze().model_dump(mode="json")
    stage = {name: gaps[name] for name in ("kind", "stem", "gaps")}
    stages = [{"id": "fill", "item": stage}, *case().model_dump(mode="json")["stages"][1:]]
    world.publish(case(stages=stages))
    app = open_page("item", "cato", id="tt-01-010")
    button(app, "Go on to stage 2").click().run()
    assert any("done: Collagen lies in the" in one.label for one in app.expander)
    button(app, "Finish the case").click().run()
    said = words(app)
    assert "**(\u00a01\u00a0)**" in said
    assert "[[g" not in said + "".join(one.label for one in app.expander)
