"""The explorers and atlases on a page of their own and in lessons, run without a browser."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from courses.queries.figures import figure_titles
from tests.conftest import HOUSE
from tests.factories import COURSE, World
from tests.pages.screens import button, entries, field, words

Open = Callable[..., AppTest]


@pytest.fixture
def open_figure(world: World, monkeypatch: pytest.MonkeyPatch) -> Open:
    def opened(figure: str, name: str = "alba", page: str = "explorer") -> AppTest:
        cookie = world.sign_in(name) if name != "nobody" else None
        monkeypatch.setattr("ui.session.cookie", lambda: cookie)
        monkeypatch.setattr("ui.act.utc_now", lambda: world.now)
        app = AppTest.from_file(str(HOUSE / "ui" / "main.py"), default_timeout=20)
        app.run()
        app.query_params["figure"] = figure
        return app.switch_page(f"../pages/{page}.py").run()

    return opened


def alt(app: AppTest) -> str:
    """The alternative text of the first drawing."""
    drawn = next(str(one.proto.body) for one in app.get("html") if "<figure" in one.proto.body)
    return drawn.split('alt="')[1].split('"')[0]


def test_the_slider_and_the_buttons_set_the_same_length(open_figure: Open) -> None:
    app = open_figure("depth-explorer")
    assert not app.exception
    assert "**0.50 mm.** Not longer than the course ceiling" in words(app)
    button(app, "Longer").click().run()
    assert field(app.slider, "Needle length in mm").value == pytest.approx(0.55)
    assert "**0.55 mm.** Longer than the course ceiling" in words(app)
    button(app, "0.25 mm").click().run()
    assert field(app.slider, "Needle length in mm").value == 0.25
    field(app.slider, "Needle length in mm").set_value(3.0).run()
    button(app, "Longer").click().run()
    assert "**3.00 mm.**" in words(app)
    assert "right through the dermis" in words(app)


def test_another_site_and_another_source_are_other_numbers(open_figure: Open) -> None:
    app = open_figure("depth-explorer")
    assert "dermis 0.86 mm on average" in words(app)
    field(app.selectbox, "Measured by").set_value("men").run()
    assert "dermis 1.17 mm on average" in words(app)
    assert "1.17 mm" in alt(app)
    field(app.selectbox, "Site").set_value("eyelid").run()
    assert "dermis 0.58–0.67 mm" in words(app)
    assert "never. It lies inside the orbital rim" in words(app)
    field(app.selectbox, "Site").set_value("chin").run()
    assert "no figure seen from this source" in words(app)


def test_healing_goes_by_days(open_figure: Open) -> None:
    app = open_figure("healing-explorer")
    assert not app.exception
    assert "Day 0, the first 24 hours" in words(app)
    button(app, "Day before").click().run()
    assert "Day 0, the first 24 hours" in words(app)
    button(app, "Day 28").click().run()
    button(app, "Day before").click().run()
    assert "**Day 27, week 4: remodelling.**" in words(app)
    assert "Too early to needle the dermis again" in words(app)
    button(app, "Next day").click().run()
    assert "Too early" not in words(app)
    assert "Redness past day 7" in words(app)


def test_every_figure_of_the_course_has_a_page_with_a_table_and_its_sources(
    world: World, open_figure: Open
) -> None:
    with world.looking("alba") as tx:
        titles = figure_titles(tx, COURSE)
    assert {"depth-explorer", "healing-explorer", "scar-atlas", "skin-types"} <= set(titles)
    for name, title in titles.items():
        app = open_figure(name)
        assert not app.exception
        assert app.title[0].value == title
        assert len(alt(app)) > 200
        assert any("Figure as a table" in str(one.proto.body) for one in app.get("html"))
        assert any(one.label.startswith("Sources (") for one in app.expander)
        assert "A licensed clinician must review it" in words(app)
        assert title not in entries(app)


def test_the_course_leads_to_its_figures(open_figure: Open) -> None:
    app = open_figure("", page="course")
    assert "Depth explorer" in entries(app)


def test_a_path_is_no_figure_to_explore(world: World) -> None:
    with world.looking("alba") as tx:
        assert "finding-to-decision" not in figure_titles(tx, COURSE)


def test_an_unknown_figure_is_a_sentence(open_figure: Open) -> None:
    assert "no such figure" in open_figure("bones").error[0].value


@pytest.mark.parametrize("name", ["nobody", "cleo"])
def test_who_may_not_study_is_told_what_to_do(open_figure: Open, name: str) -> None:
    app = open_figure("depth-explorer", name)
    assert len(app.error) == 1
    assert not app.title
