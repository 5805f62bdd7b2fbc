"""What courses ask by their files: cases in each exam, critical questions in each quiz."""

from functools import cache

import pytest

from courses.content_folder import CourseContent, read_course_folder
from quizbank.exams import Cell
from quizbank.items import Item
from quizbank.kinds.item import Pool
from tests.conftest import HOUSE

FOLDERS = sorted(one.parent.name for one in (HOUSE / "content").glob("*/course.yaml"))


@cache
def content(slug: str) -> CourseContent:
    return read_course_folder(HOUSE / "content" / slug)


def _examined(item: Item) -> bool:
    return item.critical and item.pool is Pool.EXAM


def fits(slug: str, pool: Pool, cell: Cell, critical: bool) -> int:
    """Count the items of a pool that fill a cell, critical ones or the others."""
    return sum(
        (item.pool, item.objective, item.critical) == (pool, cell.objective, critical)
        and (not cell.kinds or item.kind in cell.kinds)
        for item in (place.item for place in content(slug).items)
    )


@pytest.mark.parametrize("slug", FOLDERS)
def test_every_exam_asks_cases_and_has_others_for_the_next_sitting(slug):
    course = content(slug).course
    assert course
    exam_cases = [
        place.item.objective
        for place in content(slug).items
        if (place.item.kind, place.item.pool) == ("case", Pool.EXAM)
    ]
    assert {cell.objective for cell in course.exam.cells} & set(exam_cases)
    for cell in course.exam.cells:
        if cell.kinds == ("case",):
            assert fits(slug, Pool.EXAM, cell, critical=False) > cell.count


@pytest.mark.parametrize("slug", FOLDERS)
def test_every_practice_quiz_asks_critical_questions_and_has_others_for_the_next(slug):
    course = content(slug).course
    assert course
    cells = [cell for cell in course.practice.cells if cell.critical]
    assert len(cells) > 1
    for cell in cells:
        assert fits(slug, Pool.PRACTICE, cell, critical=True) > cell.critical


@pytest.mark.parametrize("slug", FOLDERS)
def test_what_exams_ask_as_critical_can_be_practised_as_critical(slug):
    course = content(slug).course
    assert course
    asked = {place.item.objective for place in content(slug).items if _examined(place.item)}
    assert asked
    for objective in asked:
        cell = Cell(objective=objective, count=1)
        assert fits(slug, Pool.PRACTICE, cell, critical=True), objective
