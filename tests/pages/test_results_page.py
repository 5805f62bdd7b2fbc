"""The results page, run without a browser."""

from datetime import UTC, datetime

import pytest

from base.errors import Conflict
from quizbank.queries.results import ResultLine, result_lines
from tests.factories import World
from tests.pages.screens import Open, entries, field, words
from ui.result_table import NamedLine, harmless, results_csv


@pytest.mark.parametrize("name", ["nobody", "alba", "bela", "cleo"])
def test_who_may_not_read_results_is_told_what_to_do(open_page: Open, name: str):
    app = open_page("results", name)
    assert len(app.error) == 1
    assert not app.title


def test_nobody_has_sat_yet(open_page: Open):
    assert "Nobody has taken an exam yet" in words(open_page("results", "dina"))


def test_results_are_counted_filtered_and_opened(world: World, open_page: Open):
    world.earn("alba")
    world.start_exam("lena")
    app = open_page("results", "dina")
    assert not app.exception
    assert "**2 attempts:** 1 passed, 0 not passed, 1 running." in words(app)
    field(app.selectbox, "Verdict").select("passed").run()
    assert entries(app) == ["Item analysis", "**Alba**"]
    field(app.text_input, "Name").set_value("lena").run()
    assert "None of 2 attempts fits" in words(app)


@pytest.mark.parametrize("name", ["dina", "cato", "audi"])
def test_one_attempt_shows_what_it_rests_on(world: World, open_page: Open, name: str):
    world.earn("alba")
    with world.looking("system") as tx:
        attempt = result_lines(tx)[0].attempt_id
    app = open_page("results", name, attempt=attempt)
    assert not app.exception
    assert app.title[0].value == "Alba"
    assert "**Passed.** 40 of 40 marks" in words(app)


def test_late_answers_are_shown_with_their_time(world: World, open_page: Open):
    own = world.earn("alba")
    world.wait(minutes=2)
    with pytest.raises(Conflict):
        world.answer("alba", own.attempt_id, 3, {"option": "*late*"})
    app = open_page("results", "cato", attempt=own.attempt_id)
    assert "Late answers" in words(app)
    assert "**Question 3**, 23 November 2026, 09:02:00 UTC:" in words(app)
    assert "*late*" not in words(app)


def test_the_file_defuses_what_a_spreadsheet_would_run():
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    line = ResultLine("a", "p", "e", "-1+1", at, None, None, 40, None, 0)
    written = results_csv([NamedLine('=HYPERLINK("http://x")', line)]).splitlines()
    expected = '"\'=HYPERLINK(""http://x"")",\'-1+1,2026-11-23T09:00:00+00:00,,,40,running,0'
    assert written[1] == expected
    assert [harmless(cell) for cell in ("@a", "+a", "\ta", " =a", "a=b")] == [
        "'@a",
        "'+a",
        "'\ta",
        "' =a",
        "a=b",
    ]
