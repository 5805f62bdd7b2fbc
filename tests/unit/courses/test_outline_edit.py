"""Editing an outline: moving loses and doubles nothing, and what is wrong is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.errors import Invalid
from courses.content_folder import read_course_folder
from courses.course import Course
from courses.outline_edit import (
    DraftModule,
    DraftOutline,
    as_course,
    lesson_moved,
    module_changed,
    module_moved,
    outline_of,
    with_lesson,
    with_module,
    without_lesson,
    without_module,
)
from tests.conftest import HOUSE
from tests.factories import COURSE


@st.composite
def outlines(draw: st.DrawFn) -> DraftOutline:
    sizes = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))
    names = iter(f"l{number}" for number in range(100))
    modules = tuple(
        DraftModule(
            id=f"m{n}", title=f"Module {n}", lessons=tuple(next(names) for _ in range(size))
        )
        for n, size in enumerate(sizes, start=1)
    )
    return DraftOutline(title="T", summary="S", requires=(), modules=modules)


def some_lesson(data: st.DataObject, outline: DraftOutline) -> str | None:
    return data.draw(st.sampled_from(outline.lessons)) if outline.lessons else None


@given(outlines(), st.data(), st.sampled_from([-1, 1]))
def test_moving_a_lesson_loses_and_doubles_none_and_back_is_back(outline, data, by):
    lesson = some_lesson(data, outline)
    if lesson is None:
        return
    moved = lesson_moved(outline, lesson, by)
    assert sorted(moved.lessons) == sorted(outline.lessons)
    if moved != outline:
        assert lesson_moved(moved, lesson, -by) == outline


@given(outlines(), st.data())
def test_a_lesson_reaches_the_top_by_moving_up(outline, data):
    lesson = some_lesson(data, outline)
    if lesson is None:
        return
    for _ in range(len(outline.lessons) + len(outline.modules)):
        outline = lesson_moved(outline, lesson, -1)
    assert outline.modules[0].lessons[0] == lesson


@given(outlines(), st.data())
def test_taken_out_and_put_in_again_it_stands_once(outline, data):
    lesson = some_lesson(data, outline)
    if lesson is None:
        return
    out = without_lesson(outline, lesson)
    assert lesson not in out.lessons
    back = with_lesson(out, lesson, out.modules[-1].id)
    assert sorted(back.lessons) == sorted(outline.lessons)
    assert back.lessons[-1] == lesson


@given(outlines())
def test_a_removed_module_frees_its_lessons_and_a_new_one_has_its_own_id(outline):
    longer = with_module(outline, "More")
    assert len({one.id for one in longer.modules}) == len(longer.modules)
    assert without_module(longer, longer.modules[-1].id) == outline
    first = outline.modules[0]
    assert not set(first.lessons) & set(without_module(outline, first.id).lessons)


def real() -> tuple[Course, DraftOutline]:
    course = read_course_folder(HOUSE / "content" / COURSE).course
    assert course is not None
    return course, outline_of(course)


def test_an_outline_that_was_not_edited_is_the_course():
    course, outline = real()
    assert as_course(course, outline, {}) == course


def test_everything_wrong_is_told_at_once():
    course, outline = real()
    broken = with_module(outline.model_copy(update={"title": " ", "requires": ("no",)}), "")
    with pytest.raises(Invalid) as raised:
        as_course(course, broken, {})
    said = " ".join(raised.value.problems)
    for words in ("Title: write", "has no lesson", "give it a title", "no course no"):
        assert words in said


def test_courses_do_not_require_each_other_in_a_circle():
    course, outline = real()
    wanted = outline.model_copy(update={"requires": ("scars",)})
    assert as_course(course, wanted, {"scars": ()}).requires == ("scars",)
    with pytest.raises(Invalid, match="requires this one"):
        as_course(course, wanted, {"scars": ("other",), "other": (COURSE,)})


def test_a_module_waits_only_for_lessons_above_it():
    course, outline = real()
    last = outline.modules[-1]
    wanted = module_changed(outline, last.id, last.title, outline.modules[0].lessons[:1])
    assert as_course(course, wanted, {}).modules[-1].after == outline.modules[0].lessons[:1]
    moved = wanted
    for _ in outline.modules:
        moved = module_moved(moved, last.id, -1)
    with pytest.raises(Invalid, match="modules above"):
        as_course(course, moved, {})
