"""The decision rule, release and review windows in the editor, and as a trainee reads them."""

from datetime import date

from quizbank.exams import ExamRules, ObjectiveMinimum, Release
from quizbank.queries.blueprints import exam_standing
from quizbank.review_windows import EVERYTHING, SUMMARY, Part
from tests.factories import COURSE, EXAM, World
from tests.pages.screens import Open, button, field, words


def standing(world: World) -> ExamRules:
    with world.looking("cato") as tx:
        return exam_standing(tx, EXAM).rules


def test_every_part_of_the_rule_is_edited_said_in_words_and_published(
    world: World, open_page: Open
) -> None:
    app = open_page("blueprint", "cato", exam=EXAM)
    assert "To pass, you need 32 of 40 marks and every critical question fully right" in words(app)
    first = next(one for one in app.number_input if one.label.startswith("MF-01 "))
    first.set_value(75.5)
    field(app.checkbox, "An unsafe answer to any question fails the exam").check()
    field(app.number_input, "Most questions left open").set_value(2)
    app.run()
    assert "no unsafe answer to any question and at most 2 questions left open" in words(app)
    button(app, "Publish as version 2").click().run()
    rules = standing(world)
    assert rules.objective_minimums == (ObjectiveMinimum(objective="MF-01", share=0.755),)
    assert (rules.unsafe_fails, rules.most_omitted) == (True, 2)
    trainee = words(open_page("exam", "alba", course=COURSE))
    assert "at least 75.5% of the marks in “" in trainee
    assert "at most 2 questions left open" in words(open_page("course", "alba", course=COURSE))


def test_an_emptied_minimum_asks_for_none(world: World, open_page: Open) -> None:
    app = open_page("blueprint", "cato", exam=EXAM)
    first = next(one for one in app.number_input if one.label.startswith("MF-01 "))
    first.set_value(50.0)
    app.run()
    first = next(one for one in app.number_input if one.label.startswith("MF-01 "))
    first.set_value(None)
    app.run()
    assert "Nothing has been changed yet." in words(app)


def test_who_releases_is_chosen_and_trainees_read_it(world: World, open_page: Open) -> None:
    app = open_page("blueprint", "cato", exam=EXAM)
    app.radio[0].set_value(Release.SECOND_PERSON)
    app.run()
    button(app, "Publish as version 2").click().run()
    assert standing(world).release is Release.SECOND_PERSON
    said = words(open_page("exam", "alba", course=COURSE))
    assert "The academy looks at every result before it is released to you." in said


def test_a_preset_fills_the_grid_and_a_box_changes_it(world: World, open_page: Open) -> None:
    app = open_page("blueprint", "cato", exam=EXAM)
    app = button(app, "Everything").click().run()
    answers = [one for one in app.checkbox if one.label == "Right answers and reasons"]
    assert [one.value for one in answers] == [True, True, True]
    answers[0].uncheck()
    app.date_input[0].set_value(date(2026, 12, 24))
    app.run()
    button(app, "Publish as version 2").click().run()
    review = standing(world).review
    assert review.right_after == tuple(part for part in Part if part is not Part.ANSWER)
    assert (review.later, review.closed) == (EVERYTHING, EVERYTHING)
    assert review.closed_on == date(2026, 12, 24)
    again = button(open_page("blueprint", "cato", exam=EXAM), "Verdict and objectives only")
    app = again.click().run()
    button(app, "Publish as version 3").click().run()
    assert standing(world).review.later == SUMMARY


def test_answers_without_their_question_are_refused_in_words(open_page: Open) -> None:
    app = open_page("blueprint", "cato", exam=EXAM)
    next(one for one in app.checkbox if one.label == "Own answers").check()
    app.run()
    assert "answers without their question tell nothing; show it as well" in words(app)
