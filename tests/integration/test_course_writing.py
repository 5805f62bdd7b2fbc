"""Outlines edited in the academy, and courses and lessons that wait for others."""

import pytest

from base.errors import Conflict, Invalid
from courses.commands.content_reviews import drop_content
from courses.commands.course_writing import save_outline_draft
from courses.commands.publishing import held_course, publish_course
from courses.commands.study import reach_end, start_final_exam
from courses.content_changes import an_outline
from courses.outline_edit import (
    DraftOutline,
    lesson_moved,
    module_changed,
    without_lesson,
)
from courses.progress import StepKind
from courses.queries.course_writing import course_sheet
from courses.queries.outline import course_outline
from courses.queries.stored import manifest_of
from tests import content_life
from tests.factories import COURSE, World

SCARS = "needling-for-scars"


def publish(world: World, outline: DraftOutline, slug: str = COURSE) -> None:
    with world.acting("bela") as tx:
        sheet = course_sheet(tx, slug)
        save_outline_draft(tx, slug, sheet.version, outline, sheet.revision)
    content_life.publish(world, an_outline(slug))


def standing(world: World, slug: str = COURSE) -> DraftOutline:
    with world.looking("bela") as tx:
        return course_sheet(tx, slug).outline


def test_a_moved_lesson_is_a_draft_first_and_then_the_next_version(any_world: World) -> None:
    world, before = any_world, standing(any_world)
    moved = lesson_moved(before, before.lessons[0], 1)
    with world.acting("bela") as tx:
        sheet = course_sheet(tx, COURSE)
        save_outline_draft(tx, COURSE, sheet.version, moved, 0)
        assert [one.slug for one in course_outline(tx, COURSE).lessons] == [*before.lessons]
    assert content_life.publish(world, an_outline(COURSE)) == sheet.version + 1
    with world.looking("bela") as tx:
        assert [one.slug for one in course_outline(tx, COURSE).lessons] == [*moved.lessons]
        assert course_sheet(tx, COURSE).revision == 0


def test_a_second_tab_is_refused(any_world: World) -> None:
    outline = standing(any_world)
    with any_world.acting("bela") as tx:
        save_outline_draft(tx, COURSE, 1, outline, 0)
    with pytest.raises(Conflict, match="another tab"), any_world.acting("dina") as tx:
        save_outline_draft(tx, COURSE, 1, outline, 0)


def test_an_outline_that_was_overtaken_is_not_published_over_the_other(world: World) -> None:
    before = standing(world)
    with world.acting("bela") as tx:
        revision = save_outline_draft(tx, COURSE, 1, lesson_moved(before, before.lessons[0], 1), 0)
        manifest, row = manifest_of(tx.session, COURSE), held_course(tx, COURSE)
        assert row is not None
        other = manifest.course.model_copy(update={"title": "Another title"})
        publish_course(tx, row, other, manifest.figures)
        assert course_sheet(tx, COURSE).overtaken
    with pytest.raises(Conflict, match="Another outline"):
        content_life.send(world, an_outline(COURSE))
    draft = content_life.saved(world, an_outline(COURSE))
    with world.acting("bela") as tx:
        drop_content(tx, draft.id, revision)
        assert course_sheet(tx, COURSE).outline.title == "Another title"


def test_a_lesson_taken_out_no_longer_holds_the_exam_back(world: World) -> None:
    before = standing(world)
    last = before.lessons[-1]
    world.study("alba")
    publish(world, without_lesson(before, last))
    with world.looking("bela") as tx:
        assert last in course_sheet(tx, COURSE).titles
    with world.acting("alba") as tx:
        assert last not in [one.slug for one in course_outline(tx, COURSE).lessons]
        assert start_final_exam(tx, COURSE, consent=True)


def test_a_module_opens_once_the_lessons_before_it_are_done(any_world: World) -> None:
    world, outline = any_world, standing(any_world)
    first, module = outline.lessons[0], outline.modules[1]
    publish(world, module_changed(outline, module.id, module.title, [first]))
    with world.acting("alba") as tx:
        waiting = course_outline(tx, COURSE).modules[1]
        assert waiting.needs.startswith("Opens after “")
        assert course_outline(tx, COURSE).next.lesson == first
        with pytest.raises(Invalid, match="waits for others"):
            reach_end(tx, COURSE, waiting.lessons[0].slug)
    world.study("alba")
    with world.looking("alba") as tx:
        assert course_outline(tx, COURSE).modules[1].needs == ""


def test_an_exam_opens_once_the_required_course_is_passed(world: World) -> None:
    with world.acting("alba") as tx:
        assert "First pass the final exam of" in course_outline(tx, SCARS).exam_needs
        for lesson in course_outline(tx, SCARS).lessons:
            reach_end(tx, SCARS, lesson.slug)
        with pytest.raises(Invalid, match="First pass the final exam of “Microneedling"):
            start_final_exam(tx, SCARS, consent=True)
        assert course_outline(tx, SCARS).next.kind is StepKind.LESSON
    world.earn("alba")
    with world.looking("alba") as tx:
        assert "First pass" not in course_outline(tx, SCARS).exam_needs


def test_who_failed_the_required_course_has_not_passed_it(world: World) -> None:
    attempt = world.start_exam("alba")
    world.submit("alba", attempt)
    with world.looking("alba") as tx:
        assert "First pass the final exam of" in course_outline(tx, SCARS).exam_needs
