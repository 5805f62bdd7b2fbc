"""Bookmarks and notes: one's own, found again, nothing written over."""

import pytest

from base.errors import Invalid, NotAllowed, NotFound
from courses.commands.reading import LONGEST_NOTE, bookmark, write_note
from courses.commands.study import answer_check, reach_end
from courses.queries.lesson import lesson_view
from courses.queries.reading import marked_lessons, own_note
from quizbank.kinds.shown import State
from tests.factories import COURSE, World

FIRST, SECOND = "01-what-needling-is", "02-skin-and-depth"


def note(world: World, name: str, text: str) -> None:
    with world.acting(name) as tx:
        write_note(tx, COURSE, FIRST, text)


def test_bookmarks_and_notes_stand_on_the_course_in_its_order(any_world):
    with any_world.acting("alba") as tx:
        bookmark(tx, COURSE, SECOND, wanted=True)
        bookmark(tx, COURSE, SECOND, wanted=True)
        write_note(tx, COURSE, FIRST, "Claims, not millimetres.")
    with any_world.looking("alba") as tx:
        first, second = marked_lessons(tx, COURSE)
        assert (first.slug, first.bookmarked, first.note) == (
            FIRST,
            False,
            "Claims, not millimetres.",
        )
        assert (second.slug, second.bookmarked, second.note) == (SECOND, True, "")
        assert lesson_view(tx, COURSE, SECOND).bookmarked
    with any_world.acting("alba") as tx:
        bookmark(tx, COURSE, SECOND, wanted=False)
        bookmark(tx, COURSE, SECOND, wanted=False)
        assert [one.slug for one in marked_lessons(tx, COURSE)] == [FIRST]


def test_a_note_is_appended_and_what_stood_before_stays(any_world):
    note(any_world, "alba", "One")
    any_world.wait(minutes=1)
    note(any_world, "alba", "One")
    note(any_world, "alba", "Two\x00 ")
    any_world.wait(minutes=1)
    note(any_world, "alba", "")
    with any_world.looking("alba") as tx:
        mine = own_note(tx, COURSE, FIRST)
        assert mine.text == ""
        assert [one.text for one in mine.earlier] == ["Two", "One"]
        assert marked_lessons(tx, COURSE) == ()


def test_nobody_reads_anybody_elses(world):
    note(world, "alba", "Mine")
    with world.acting("lena") as tx:
        assert own_note(tx, COURSE, FIRST).text == ""
        assert marked_lessons(tx, COURSE) == ()
        write_note(tx, COURSE, FIRST, "Hers")
    with world.looking("alba") as tx:
        assert own_note(tx, COURSE, FIRST).text == "Mine"


def test_what_cannot_be_is_a_sentence(world):
    with world.acting("alba") as tx:
        with pytest.raises(NotFound, match="no such lesson"):
            bookmark(tx, COURSE, "99-nowhere", wanted=True)
        with pytest.raises(NotFound, match="no such course"):
            write_note(tx, "nowhere", FIRST, "x")
        with pytest.raises(Invalid, match="longer than 10,000"):
            write_note(tx, COURSE, FIRST, "x" * (LONGEST_NOTE + 1))
    with world.acting("cleo") as tx, pytest.raises(NotAllowed):
        write_note(tx, COURSE, FIRST, "x")


def test_an_answer_is_revealed_only_after_a_try(world):
    with world.acting("alba") as tx:
        reach_end(tx, COURSE, FIRST)
        check = lesson_view(tx, COURSE, FIRST).checks[0]
        assert lesson_view(tx, COURSE, FIRST, {check.item_id}).checks[0].answer is None
        for choice in check.prompt.choices:
            mark = answer_check(tx, COURSE, FIRST, check.item_id, {"option": choice.id})
            if mark.state is not State.RIGHT:
                break
        kept = lesson_view(tx, COURSE, FIRST).checks[0].answer
        shown = lesson_view(tx, COURSE, FIRST, {check.item_id}).checks[0].answer
    assert kept is not None
    assert shown is not None
    assert all(one.chosen for one in kept.explanations)
    assert any(not one.chosen for one in shown.explanations)
