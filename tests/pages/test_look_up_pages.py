"""Search, glossary and contraindications, run without a browser."""

import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from base.config import Config
from base.db import Database
from base.permissions import SYSTEM
from courses.commands.loading import load_folder
from tests.conftest import HOUSE, NOW, world_on
from tests.factories import COURSE, World
from tests.unit.courses.test_handbook_files import GLOSSARY, ROWS


@pytest.fixture(scope="module")
def looked_up_file(course_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose course has this glossary and these contraindications."""
    made = tmp_path_factory.mktemp("looked-up")
    folder = Path(shutil.copytree(HOUSE / "content", made / "content"))
    (folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    (folder / "contraindications.yaml").write_text(ROWS, encoding="utf-8")
    path = Path(shutil.copyfile(course_file, made / "looked-up.db"))
    database = Database(f"sqlite:///{path}")
    with database.write(SYSTEM, NOW, Config(content_dir=folder)) as tx:
        load_folder(tx, folder)
    database.dispose()
    return path


@pytest.fixture
def world(
    looked_up_file: Path, sqlite_database: Callable[[Path], Database]
) -> Generator[World, None, None]:
    for one in world_on(sqlite_database(looked_up_file)):
        one.gather_cast()
        yield one


def shown(app: AppTest) -> str:
    html = [str(one.proto.body) for one in app.get("html")]
    return "\n".join([*html, *(str(one.value) for one in [*app.markdown, *app.info])])


def links(app: AppTest) -> list[str]:
    return [str(one.proto.label) for one in app.get("page_link")]


def test_the_glossary_stands_from_a_to_z_and_can_be_searched(open_page):
    app = open_page("glossary", "alba")
    assert not app.exception
    assert 'id="letter-D"' in shown(app)
    assert 'id="term-dermis"' in shown(app)
    assert 'id="source-S13"' in shown(app)
    app.text_input[0].set_value("INFLAMM").run()
    assert "PIH" in shown(app)
    assert "term-dermis" not in shown(app)
    app.text_input[0].set_value("nowhere").run()
    assert "No word holds" in shown(app)


def test_a_row_says_what_to_do_what_to_ask_and_that_it_is_a_course_rule(open_page):
    app = open_page("reference", "alba", at="row-R9")
    assert not app.exception
    text = shown(app)
    for said in ("Acne capsules?", "What to do", "Where sources disagree", "course rule"):
        assert said in text
    assert '<details class="row" id="row-R9" open>' in text
    assert 'id="source-S39"' in text
    app.text_input[0].set_value("accutane").run()
    assert "row-R9" in shown(app)
    app.button_group[0].set_value(["decline"]).run()
    assert "No row holds" in shown(app)
    assert "does not make a client safe" in shown(app)


def test_a_search_leads_to_lessons_words_and_rows(open_page):
    app = open_page("search", "alba")
    assert not app.exception
    app.text_input[0].set_value("isotretinoin").run()
    assert "isotretinoin" in app.query_params["q"]
    found = links(app)
    assert any("R9" in one and "Contraindication" in one for one in found)
    assert any("Lesson" in one for one in found)
    assert "<mark>Isotretinoin</mark>" in shown(app)
    app.text_input[0].set_value("dermal lay").run()
    assert any("Glossary" in one and one != "Glossary" for one in links(app))
    app.text_input[0].set_value("qqqq").run()
    assert "Nothing holds" in shown(app)


def test_an_address_searches_too(open_page):
    assert "<mark>Tram</mark>" in shown(open_page("search", "alba", q="tram"))


@pytest.mark.parametrize("page", ["search", "glossary", "reference"])
@pytest.mark.parametrize("name", ["nobody", "cleo"])
def test_who_may_not_study_is_told_what_to_do(open_page, page, name):
    app = open_page(page, name)
    assert len(app.error) == 1
    assert not app.title


def test_the_numbing_arithmetic_shows_its_steps_and_refuses_what_makes_no_sense(open_page):
    app = open_page("explorer", "alba", figure="lidocaine-arithmetic")
    assert not app.exception
    assert "Find the mistake" in shown(app)
    assert "225 ÷ 40 = 5.625" in shown(app)
    assert "That permits nothing" in shown(app)
    app.number_input[0].set_value(500.0).run()
    assert "weight must be in kilograms" in app.warning[0].value
    app.number_input[0].set_value(50.0).run()
    app.number_input[1].set_value(6.0).run()
    assert "not under the label's ceiling" in app.error[0].value
    app.number_input[2].set_value(10.0).run()
    assert "Stronger than 4%" in app.error[0].value


def test_the_lesson_on_numbing_says_its_limits_and_its_mistakes_once(open_page):
    app = open_page("lesson", "alba", course=COURSE, lesson="13-numbing-products")
    assert not app.exception
    assert shown(app).count("What the sum cannot tell you") == 1
    assert "Six wrong answers" in shown(app)
    assert "Find the mistake" not in shown(app)
