"""The item analysis, run without a browser."""

import pytest
from sqlmodel import select

from quizbank.queries.analysis import exam_analysis
from quizbank.tables.analysis import AnalysisRow
from tests.crowd import ITEMS, MISKEYED, set_exam, sit
from tests.factories import EXAM, World
from tests.pages.screens import Open, entries, field, words


def tables(app) -> str:
    """The text of the tables on the screen."""
    return "\n".join(str(one.proto.body) for one in app.get("html"))


def version_of(world: World, item_id: str) -> str:
    with world.looking("cato") as tx:
        names = exam_analysis(tx, EXAM).names
    return next(one for one, name in names.items() if name.item_id == item_id)


@pytest.mark.parametrize("name", ["nobody", "alba", "bela", "cleo"])
def test_who_may_not_read_results_reads_no_analysis(open_page: Open, name: str):
    app = open_page("analysis", name, exam=EXAM)
    assert len(app.error) == 1
    assert not app.title


def test_an_exam_that_nobody_sat_says_so(open_page: Open):
    assert "Nobody's attempt is decided yet" in words(open_page("analysis", "cato", exam=EXAM))


def test_exams_lead_to_their_analysis(world: World, open_page: Open):
    set_exam(world)
    app = open_page("analysis", "audi")
    assert "**Small exam**" in entries(app)


def test_few_attempts_have_figures_and_no_flags(world: World, open_page: Open):
    set_exam(world)
    sit(world, 6)
    app = open_page("analysis", "cato", exam=EXAM)
    assert not app.exception
    assert "6 decided attempts." in words(app)
    assert "Too few to judge" in words(app)
    assert f"**{ITEMS} of {ITEMS} items**, 0 flagged" in words(app)
    assert "Reliability (alpha)" in tables(app)


def test_a_crowd_shows_the_wrong_key_and_who_chose_what(world: World, open_page: Open):
    set_exam(world)
    sit(world, 32)
    app = open_page("analysis", "cato", exam=EXAM)
    assert "Too few to judge" not in words(app)
    assert "Key suspect" in words(app)
    with world.looking("system") as tx:
        assert len(tx.session.exec(select(AnalysisRow)).all()) == 1
    field(app.selectbox, "Show").select("key suspect").run()
    assert [one for one in entries(app) if "tt-01" in one] == [
        f"**{MISKEYED}** Which layer has most collagen?"
    ]
    field(app.text_input, "Search").set_value("nothing like it").run()
    assert f"None of {ITEMS} items fits" in words(app)
    item = open_page("analysis", "cato", exam=EXAM, item=version_of(world, MISKEYED))
    assert not item.exception
    assert "preferred “The epidermis” to the key" in words(item).replace("\\", "")
    assert "The epidermis (✗ wrong)" in tables(item)
    bank = open_page("item", "cato", id=MISKEYED)
    assert "How it works" in words(bank)
    assert "Key suspect" in words(bank)
    author = open_page("item", "bela", id=MISKEYED)
    assert "How it works" not in words(author)


def test_an_item_that_nobody_had_is_refused(world: World, open_page: Open):
    set_exam(world)
    sit(world, 2)
    app = open_page("analysis", "cato", exam=EXAM, item="no such version")
    assert "No decided attempt had this item" in app.error[0].value
