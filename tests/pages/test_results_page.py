"""The results page, run without a browser."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from base.errors import Conflict
from base.permissions import Role
from quizbank.decisions import ObjectiveResult
from quizbank.queries.results import ResultLine, result_lines
from tests.factories import EXAM, World
from tests.pages.screens import Open, entries, field, words
from ui.results.files import harmless, results_csv, results_workbook
from ui.results.filters import NamedLine


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
    assert "No attempt fits" in words(app)


def test_the_grid_is_drawn_while_it_is_open(world: World, open_page: Open):
    world.earn("alba")
    app = open_page("results", "dina")
    assert not app.dataframe
    app.session_state["results-grid"] = True
    app.run()
    assert not app.exception
    grid = app.dataframe[0].value
    assert list(grid["person"]) == ["Alba"]
    assert list(grid["verdict"]) == ["passed"]


def test_a_name_is_found_among_more_attempts_than_are_listed(
    world: World, open_page: Open, monkeypatch: pytest.MonkeyPatch
):
    world.join("łukasz", Role.LEARNER)
    world.start_exam("łukasz")
    world.wait(minutes=1)
    world.start_exam("lena")
    monkeypatch.setattr("ui.results.table.LIMIT", 1)
    app = open_page("results", "dina")
    assert "**1 attempt:**" in words(app)
    assert "Only the newest 1 attempts are listed" in words(app)
    field(app.text_input, "Name").set_value("ŁUK").run()
    assert "**1 attempt:** 0 passed, 0 not passed, 1 running." in words(app)


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


def test_filters_ask_for_exam_state_and_days(world: World, open_page: Open):
    world.earn("alba")
    app = open_page("results", "dina")
    field(app.selectbox, "State").select("released").run()
    assert "**1 attempt:** 1 passed" in words(app)
    field(app.selectbox, "State").select("running").run()
    assert "No attempt fits" in words(app)
    field(app.selectbox, "State").select("any").run()
    field(app.selectbox, "Exam").select(EXAM).run()
    field(app.date_input, "Started from").set_value(world.now.date()).run()
    assert "**1 attempt:** 1 passed" in words(app)
    field(app.date_input, "Started from").set_value(world.now.date() + timedelta(days=1)).run()
    assert "No attempt fits" in words(app)
    app.switch_page("../pages/home.py").run()
    app.switch_page("../pages/results.py").run()
    assert field(app.date_input, "Started from").value == world.now.date() + timedelta(days=1)


AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RUNNING = ResultLine("a", "p", "e", "-1+1", AT, None, None, 40, None, 0)
DECIDED = replace(
    RUNNING,
    closed_at=AT,
    marks=3.5,
    passed=True,
    objectives=(ObjectiveResult("MF-02", 1.5, 2), ObjectiveResult("MF-01", 2.0, 2)),
)


def test_the_csv_defuses_what_a_spreadsheet_would_run():
    written = results_csv([NamedLine('=HYPERLINK("http://x")', RUNNING)]).splitlines()
    expected = (
        '"\'=HYPERLINK(""http://x"")",\'-1+1,2026-11-23T09:00:00+00:00,,,40,running,running,0'
    )
    assert written[1] == expected
    run = ("@a", "+a", "\ta", " =a", "\n=a", "\xa0=a", "\u200b=a", "\uff1da")
    assert [harmless(cell) for cell in run] == [f"'{cell}" for cell in run]
    assert harmless("a=b") == "a=b"


def test_files_have_the_marks_of_every_objective():
    header, running, decided = results_csv(
        [NamedLine("Alba", RUNNING), NamedLine("Lena", DECIDED)]
    ).splitlines()
    assert header.endswith("MF-01 marks,MF-01 questions,MF-02 marks,MF-02 questions")
    assert running.endswith(",running,running,0,,,,")
    assert decided.endswith(",3.5,40,passed,not released,0,2,2,1.5,2")


def test_the_workbook_runs_no_name():
    bell = replace(RUNNING, exam_title="Final\x07 exam")
    lines = [NamedLine("=cmd|'/c calc'!A1", DECIDED), NamedLine("Lena", bell)]
    sheet = load_workbook(BytesIO(results_workbook(lines))).active
    assert sheet is not None
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row}
    assert cells["=cmd|'/c calc'!A1"].data_type == "s"
    assert cells["=cmd|'/c calc'!A1"].quotePrefix
    assert not cells["Lena"].quotePrefix
    assert "Final  exam" in cells
    assert all(cell.data_type != "f" for cell in cells.values())
    assert cells["3.5"].data_type == "n"
    assert cells["2026-11-23 09:00:00"].is_date
