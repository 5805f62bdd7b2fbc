"""Every page opened by its address, as every role and as nobody: shown, or refused in words."""

import pytest
from streamlit.testing.v1 import AppTest

from base.permissions import NOBODY
from tests.content_life import begin_lesson_change
from tests.factories import CAST, COURSE, EXAM, World, single_choice
from tests.pages.screens import Open, entries, words
from ui.nav import PLACES, Place

PARAMETERS = {
    "course": {"course": COURSE},
    "lesson": {"course": COURSE, "lesson": "01-what-needling-is"},
    "course_edit": {"course": COURSE},
    "lesson_edit": {"course": COURSE, "lesson": "01-what-needling-is"},
    "practice": {"course": COURSE},
    "exam": {"course": COURSE},
    "item": {"id": "mf-01-001"},
    "blueprint": {"exam": EXAM},
    "remediation": {"exam": EXAM},
    "analysis": {"exam": EXAM},
    "designs": {"course": COURSE},
}
EVERYBODY = ["nobody", *(name for name in CAST if name != "lena")]
NAMED = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)


@NAMED
@pytest.mark.parametrize("name", EVERYBODY)
def test_a_page_opens_for_its_roles_alone(
    world: World, open_page: Open, place: Place, name: str
) -> None:
    parameters = PARAMETERS.get(place.name, {})
    if place.name in {"result", "attempt_review"} and name == "alba":
        parameters = {"attempt": world.earn("alba").attempt_id}
    if place.name == "review":
        parameters = {"change": world.propose("bela", single_choice()).id}
    if place.name == "content_review":
        parameters = {"change": begin_lesson_change(world).id}
    app = open_page(place.name, name, **parameters)
    assert not app.exception
    assert "Traceback" not in words(app)
    if place.permission is None or world.actor(name).may(place.permission):
        assert not app.error
        assert _titles(app) == 1
    else:
        _is_refused(app, signed_in=world.actor(name) is not NOBODY)


@NAMED
def test_a_page_without_its_parameters_says_what_to_do(
    world: World, open_page: Open, place: Place
) -> None:
    wanted = place.permission
    allowed = (name for name in EVERYBODY if not wanted or world.actor(name).may(wanted))
    app = open_page(place.name, next(allowed))
    assert not app.exception
    assert len(app.title) + len(app.error) >= 1


def _titles(app: AppTest) -> int:
    """Count the titles: Streamlit's, and those in texts of our own."""
    return len(app.title) + sum(str(one.proto.body).count("<h1") for one in app.get("html"))


def _is_refused(app: AppTest, signed_in: bool) -> None:
    expected = "Your account may not see this page" if signed_in else "Sign in first"
    assert [str(one.value).startswith(expected) for one in app.error] == [True]
    drawn = (app.title, app.header, app.subheader, app.markdown, app.button, app.text_input)
    assert [one for kind in (*drawn, app.radio, app.selectbox) for one in kind] == []
    assert entries(app) == []
