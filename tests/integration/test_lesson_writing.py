"""Lessons written in the academy: drafts, a second tab, new versions, learners' progress."""

import pytest
from pydantic import JsonValue

from base.audit import audit_entries_of
from base.db import Tx
from base.errors import Conflict, Invalid, NotAllowed
from courses.commands.content_reviews import drop_content, send_content
from courses.commands.lesson_writing import (
    add_lesson_picture,
    begin_lesson,
    save_lesson_draft,
)
from courses.content_changes import a_lesson
from courses.lesson_files import fields_of, lesson_file
from courses.progress import LessonState
from courses.queries.lesson import lesson_view
from courses.queries.lesson_writing import lesson_choices, lesson_sheet
from courses.queries.outline import course_outline
from tests.content_life import approve, publish, saved, send
from tests.factories import COURSE, World, png

FIRST = "01-what-needling-is"
THIS = a_lesson(COURSE, FIRST)


def text_of(tx: Tx, lesson: str = FIRST) -> str:
    return lesson_sheet(tx, COURSE, lesson).versions[0].text


def changed(text: str, body: str = "", **fields: JsonValue) -> str:
    said, prose = fields_of(text)
    return lesson_file({**said, **fields}, prose + body)


def edit(world: World, **fields: JsonValue) -> int:
    """Let bela save a draft of the first lesson with these fields; returns the revision."""
    with world.acting("bela") as tx:
        sheet = lesson_sheet(tx, COURSE, FIRST)
        said, prose = fields_of(sheet.versions[0].text)
        text = lesson_file({**said, **fields}, prose)
        revision = sheet.draft.revision if sheet.draft else 0
        return save_lesson_draft(tx, COURSE, FIRST, sheet.version, text, revision)


def test_a_draft_is_kept_and_published_as_the_next_version(any_world: World) -> None:
    world = any_world
    edit(world, title="What needles do")
    send(world, THIS)
    with world.looking("alba") as tx:
        assert lesson_view(tx, COURSE, FIRST).title == "What needling is and is not"
    assert approve(world, THIS) == 2
    with world.looking("alba") as tx:
        assert lesson_view(tx, COURSE, FIRST).title == "What needles do"
    with world.looking("bela") as tx:
        sheet = lesson_sheet(tx, COURSE, FIRST)
        assert sheet.draft is None
        assert [
            (one.number, one.origin, one.writers, one.published_by) for one in sheet.versions
        ] == [(2, "person", ("Bela",), "Cato"), (1, "course file", (), "system")]
    with world.looking("system") as tx:
        subjects = [one.subject for one in audit_entries_of(tx, "lesson:publish")]
    assert subjects.count(f"{COURSE}/{FIRST}") == 2


def test_a_second_tab_is_refused_and_nothing_is_overwritten(any_world: World) -> None:
    first = edit(any_world, title="One")
    edit(any_world, title="Two")
    with pytest.raises(Conflict, match="another tab"), any_world.acting("bela") as tx:
        save_lesson_draft(tx, COURSE, FIRST, 1, changed(text_of(tx), title="Stale"), first)
    with pytest.raises(Conflict), any_world.acting("bela") as tx:
        send_content(tx, saved(any_world, THIS).id, first)
    assert "title: Two" in saved(any_world, THIS).text


def test_what_was_published_meanwhile_is_not_overwritten(world: World) -> None:
    edit(world, title="Mine")
    publish(world, THIS)
    with pytest.raises(Conflict, match="Version 2"), world.acting("dina") as tx:
        save_lesson_draft(tx, COURSE, FIRST, 1, changed(text_of(tx), title="Hers"), 0)


def test_who_finished_the_lesson_stays_done_unless_its_checks_change(world: World) -> None:
    world.study("alba")
    with world.acting("bela") as tx:
        _save(tx, changed(text_of(tx), "\nOne more line.\n"))
    publish(world, THIS)
    with world.looking("alba") as tx:
        assert lesson_view(tx, COURSE, FIRST).state is LessonState.DONE
    with world.acting("bela") as tx:
        checks: JsonValue = ["mf-01-015", "mf-02-017"]
        _save(tx, changed(text_of(tx), checks=checks))
    publish(world, THIS)
    with world.looking("alba") as tx:
        assert lesson_view(tx, COURSE, FIRST).state is LessonState.STARTED


def _save(tx: Tx, text: str) -> int:
    return save_lesson_draft(tx, COURSE, FIRST, lesson_sheet(tx, COURSE, FIRST).version, text, 0)


def test_a_lesson_with_problems_is_not_published_and_hears_of_all(world: World) -> None:
    edit(world, checks=["mf-01-001"], sources=["S99"])
    with pytest.raises(Invalid) as raised:
        send(world, THIS)
    said = " ".join(raised.value.problems)
    assert "mf-01-001 is no item of pool check" in said
    assert "S99 is not in sources.yaml" in said


def test_nothing_changed_is_nothing_to_read(world: World) -> None:
    edit(world)
    with pytest.raises(Invalid, match="Nothing differs"):
        send(world, THIS)


def test_a_dropped_draft_goes_and_what_is_published_stands(world: World) -> None:
    revision = edit(world, title="No")
    draft = saved(world, THIS)
    with world.acting("bela") as tx:
        drop_content(tx, draft.id, revision)
    with world.looking("bela") as tx:
        sheet = lesson_sheet(tx, COURSE, FIRST)
    assert (sheet.draft, sheet.version) == (None, 1)
    with pytest.raises(Conflict, match="dropped already"), world.acting("bela") as tx:
        drop_content(tx, draft.id, revision)


def test_a_new_lesson_comes_into_its_module_when_it_is_published(any_world: World) -> None:
    with any_world.acting("bela") as tx:
        outline = course_outline(tx, COURSE)
        lesson = begin_lesson(tx, COURSE, "Größe & needle", outline.modules[0].title)
        draft = lesson_sheet(tx, COURSE, lesson).draft
        assert draft is not None
        said = fields_of(text_of(tx))[0] | {"title": "Größe & needle", "minutes": None}
        said["sources"] = ["CR"]
        text = lesson_file(said, "Only the course rule [CR].")
        save_lesson_draft(tx, COURSE, lesson, 0, text, draft.revision)
        assert lesson not in [one.slug for one in outline.lessons]
    assert publish(any_world, a_lesson(COURSE, lesson)) == 1
    with any_world.looking("bela") as tx:
        after = course_outline(tx, COURSE).modules[0].lessons
    assert lesson.endswith("-gro-e-needle")
    assert after[-1].slug == lesson
    assert after[-1].minutes == 2


def test_a_picture_is_stored_and_may_be_shown(world: World) -> None:
    with world.acting("dina") as tx:
        picture = add_lesson_picture(tx, png())
        line = f"\n![A teal square](/files/{picture.digest})\n"
        _save(tx, changed(text_of(tx), line))
    publish(world, THIS, "dina")
    with world.looking("dina") as tx:
        assert lesson_choices(tx, COURSE).pictures[picture.digest] == "A teal square"
    with pytest.raises(Invalid, match="no picture"), world.acting("dina") as tx:
        add_lesson_picture(tx, b"<svg onload='alert(1)'>")


def test_a_picture_that_is_not_stored_is_named(world: World) -> None:
    with world.acting("bela") as tx:
        line = f"\n![A ghost](/files/{'0' * 64})\n"
        _save(tx, changed(text_of(tx), line))
    with pytest.raises(Invalid, match="not in pictures"):
        send(world, THIS)


@pytest.mark.parametrize("name", ["alba", "cato", "cleo", "nobody"])
def test_learners_and_examiners_write_no_lessons(world: World, name: str) -> None:
    with pytest.raises(NotAllowed), world.acting(name) as tx:
        save_lesson_draft(tx, COURSE, FIRST, 1, "", 0)
