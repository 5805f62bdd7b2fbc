"""The course and lesson pages, run without a browser."""

from collections.abc import Callable
from html import escape

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from courses.commands.study import reach_end
from courses.queries.lesson import lesson_view
from courses.queries.outline import course_outline
from courses.queries.reading import marked_lessons
from quizbank.queries.published import item_version
from quizbank.tables.bank import ItemRow
from tests.conftest import HOUSE
from tests.content import course_said
from tests.factories import COURSE, World

FIRST = "01-what-needling-is"
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(world: World, monkeypatch: pytest.MonkeyPatch) -> Open:
    def opened(page: str, name: str, **parameters: str) -> AppTest:
        cookie = world.sign_in(name) if name != "nobody" else None
        monkeypatch.setattr("ui.session.cookie", lambda: cookie)
        monkeypatch.setattr("ui.act.utc_now", lambda: world.now)
        app = AppTest.from_file(str(HOUSE / "ui" / "main.py"), default_timeout=20)
        app.run()
        for key, value in parameters.items():
            app.query_params[key] = value
        return app.switch_page(f"../pages/{page}.py").run()

    return opened


def words(app: AppTest) -> str:
    parts = [*app.markdown, *app.title, *app.header, *app.subheader, *app.info, *app.success]
    return "\n".join(str(one.value) for one in parts)


def html(app: AppTest) -> str:
    return "\n".join(str(one.proto.body) for one in app.get("html"))


def button(app: AppTest, label: str) -> Button:
    return next(one for one in app.button if one.label == label)


def right_answer(world: World, item_id: str) -> str:
    with world.looking("system") as tx:
        item = item_version(tx.session, tx.session.get_one(ItemRow, item_id).version_id)
    return str(item.key()["option"])


def test_a_new_learner_sees_the_course_and_the_first_lesson_next(open_page):
    app = open_page("course", "alba")
    assert not app.exception
    assert app.title[0].value == "Microneedling fundamentals"
    assert app.button[0].label == "Begin: What needling is and is not"
    assert f"all {len(course_said().lesson_slugs)} lessons" in words(app)
    assert "A licensed clinician must review it" in words(app)


def test_who_finished_all_lessons_is_sent_to_practice_and_may_start_the_exam(world, open_page):
    world.study("alba")
    app = open_page("course", "alba")
    labels = [button.label for button in app.button]
    assert labels[0] == "Continue: practice quiz"
    assert "Read the rules and start" in labels


def test_who_passed_is_sent_to_the_certificate(world, open_page):
    world.earn("alba")
    app = open_page("course", "alba")
    assert app.button[0].label == "See your certificate"


def test_an_author_previews_the_course(open_page):
    app = open_page("course", "bela")
    assert not app.exception
    assert "You preview this course" in words(app)


@pytest.mark.parametrize("page", ["course", "lesson"])
@pytest.mark.parametrize("name", ["nobody", "cleo"])
def test_who_may_not_study_is_told_what_to_do(open_page, page, name):
    app = open_page(page, name, lesson=FIRST)
    assert len(app.error) == 1
    assert not app.title
    assert "<h1" not in html(app)


def test_an_unknown_course_and_an_unknown_lesson_are_sentences(open_page):
    assert "no such course" in open_page("course", "alba", course="x").error[0].value
    assert "no such lesson" in open_page("lesson", "alba", lesson="x").error[0].value


@pytest.mark.parametrize("place", range(8))
def test_every_lesson_draws_with_short_citations(world, open_page, place):
    with world.looking("alba") as tx:
        lesson = course_outline(tx, COURSE).lessons[place]
    app = open_page("lesson", "alba", lesson=lesson.slug)
    assert not app.exception
    assert f"<h1>{escape(lesson.title)}</h1>" in html(app)
    shown = words(app) + html(app)
    assert "[S0" not in shown
    assert "{{" not in shown
    assert 'href="#source-' in shown
    button(app, "I have read this lesson")


def test_the_checks_open_at_the_end_and_explain_each_answer(world, open_page):
    app = open_page("lesson", "alba", lesson=FIRST)
    assert not app.radio
    button(app, "I have read this lesson").click().run()
    assert len(app.radio) == 2
    with world.looking("alba") as tx:
        asked = [one.item_id for one in lesson_view(tx, COURSE, FIRST).checks]
    for place, item_id in enumerate(asked):
        app.radio[place].set_value(right_answer(world, item_id)).run()
        ready = [one for one in app.button if one.label == "Check my answer" and not one.disabled]
        ready[0].click().run()
    assert not app.exception
    assert "Lesson done." in words(app)
    with world.looking("alba") as tx:
        assert course_outline(tx, COURSE).lessons_done == 1


def test_a_wrong_answer_shows_its_reason_and_may_be_tried_again(world, open_page):
    with world.acting("alba") as tx:
        reach_end(tx, COURSE, FIRST)
        asked = lesson_view(tx, COURSE, FIRST).checks[0]
    key = right_answer(world, asked.item_id)
    wrong = next(one.id for one in asked.prompt.choices if one.id != key)
    app = open_page("lesson", "alba", lesson=FIRST)
    app.radio[0].set_value(wrong).run()
    next(one for one in app.button if one.label == "Check my answer").click().run()
    assert "Not right." in words(app)
    assert "right answer" not in words(app)
    assert "check once more" in words(app)
    button(app, "Show the answer").click().run()
    assert "choose the right answer above" in words(app)
    assert "right answer" in words(app)
    app.radio[0].set_value(key).run()
    button(app, "Check my answer").click().run()
    assert "Right." in words(app)


def test_a_lesson_is_marked_and_noted_and_the_course_page_leads_back(world, open_page):
    app = open_page("lesson", "alba", lesson=FIRST)
    button(app, "Bookmark").click().run()
    button(app, "Take the bookmark out")
    app.text_area[0].set_value("Ask the regulator.").run()
    assert "Saved 23 November 2026" in words(app)
    app.text_area[0].set_value("Ask the regulator first.").run()
    assert "What stood here before (1 version)" in [one.label for one in app.expander]
    with world.looking("alba") as tx:
        (marked,) = marked_lessons(tx, COURSE)
    assert (marked.bookmarked, marked.note) == (True, "Ask the regulator first.")
    again = open_page("lesson", "alba", lesson=FIRST)
    assert again.text_area[0].value == "Ask the regulator first."


def test_the_list_of_courses_leads_on_in_each(open_page: Open):
    page = open_page("courses", "alba")
    assert "Microneedling fundamentals" in words(page)
    ways = [one for one in page.button if one.label.startswith("Begin: ")]
    assert [one.proto.type for one in ways] == ["primary", *["secondary"] * (len(ways) - 1)]
    assert "Its exam opens after “Microneedling fundamentals”." in words(page)
    assert any(one.proto.label.startswith("See its ") for one in page.get("page_link"))
