"""A case as it is edited: fields and tables, there and back."""

from dataclasses import replace
from datetime import date

import pytest

from courses.content_folder import course_folders, read_course_folder
from courses.screening.sheet import blank_sheet, case_of, sheet_of
from tests.conftest import HOUSE
from tests.screening import client

CASES = [
    place.case
    for folder in course_folders(HOUSE / "content")
    if (folder / "cases").is_dir()
    for place in read_course_folder(folder).cases
]


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.id)
def test_every_case_survives_its_sheet(case):
    assert case_of(sheet_of(case)) == case


def test_a_new_row_gets_a_name_and_an_empty_one_is_left_out():
    sheet = sheet_of(client())
    new = {"id": None, "area": "sun", "question": "Any sunbed?", "answer": "No.", "rows": "r18, R9"}
    empty = {"id": None, "area": None, "question": None, "answer": None}
    case = case_of(replace(sheet, facts=[*sheet.facts, empty, new]))
    assert [(one.id, one.rows) for one in case.facts[3:]] == [("f1", ("R18", "R9"))]


def test_events_stand_in_the_order_of_their_days():
    sheet = sheet_of(client())
    late = {"when": "refer", "day": 3, "text": "Then."}
    early = {"when": "refer", "day": None, "text": "First."}
    case = case_of(replace(sheet, events=[late, *sheet.events, early]))
    assert [one.day for one in case.consequences.refer] == [0, 0, 3]


def test_what_is_wrong_is_said_in_sentences():
    sheet = sheet_of(client())
    said = case_of(replace(sheet, fields={**sheet.fields, "decision": "refer", "acceptable": []}))
    assert said == ("A wait belongs to cases in which deferring is right or acceptable; drop it.",)
    said = case_of(blank_sheet("tt-new", ["MF-05"], date(2026, 11, 23)))
    assert any("title" in one for one in said)
