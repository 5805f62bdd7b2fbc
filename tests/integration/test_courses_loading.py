"""Loading the real course and changed copies of it, and one's way through it."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import JsonValue
from sqlalchemy import func
from sqlmodel import select

from base.db import Row, Tx
from base.errors import Invalid, NotAllowed, NotFound
from courses.commands.loading import load_folder
from courses.commands.study import answer_check, reach_end, start_final_exam, start_practice
from courses.content_folder import course_folders
from courses.progress import LessonState, StepKind
from courses.queries.figures import figure_facts
from courses.queries.lesson import lesson_view
from courses.queries.outline import course_list, course_outline
from courses.queries.terms import certificate_terms
from courses.tables.courses import (
    CheckAnswerRow,
    CourseVersionRow,
    LessonReadRow,
    LessonVersionRow,
)
from quizbank.items import Item
from quizbank.queries.published import item_version
from quizbank.tables.bank import ItemRow, ItemVersionRow
from tests.conftest import HOUSE
from tests.content import course_said
from tests.factories import COURSE, EXAM, PRACTICE, World

FIRST, SECOND = "01-what-needling-is", "02-skin-and-depth"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HOUSE / "content", tmp_path / "content"))


def load(world: World, content: Path) -> None:
    with world.as_system() as tx:
        load_folder(tx, content)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def count(world: World, table: type[Row]) -> int:
    with world.looking("system") as tx:
        return tx.session.exec(select(func.count()).select_from(table)).one()


def finish(world: World, lesson: str) -> None:
    with world.acting("alba") as tx:
        reach_end(tx, COURSE, lesson)
        for check in lesson_view(tx, COURSE, lesson).checks:
            answer_check(tx, COURSE, lesson, check.item_id, right(tx, check.item_id))


def right(tx: Tx, item_id: str) -> JsonValue:
    return stored_item(tx, item_id).key()


def wrong(tx: Tx, item_id: str) -> JsonValue:
    item = stored_item(tx, item_id)
    if item.kind == "true_false":
        return {"option": str(not item.answer).lower()}
    if item.kind == "numeric":
        return {"text": "99999"}
    distractor = next(one.id for one in item.options if not one.correct)
    return {"option": distractor} if item.kind == "single_choice" else {"options": [distractor]}


def stored_item(tx: Tx, item_id: str) -> Item:
    return item_version(tx.session, tx.session.get_one(ItemRow, item_id).version_id)


def test_the_real_course_loads(world: World) -> None:
    with world.acting("alba") as tx:
        listed = {one.slug: one.lessons for one in course_list(tx)}
        outline = course_outline(tx, COURSE)
    folders = course_folders(HOUSE / "content")
    assert {*listed} == {folder.name for folder in folders}
    assert (
        listed[COURSE] == len(outline.lessons) == len([*(HOUSE / "content" / COURSE).glob("*.md")])
    )
    assert outline.exam_id == EXAM
    assert outline.next.kind is StepKind.LESSON
    assert outline.next.lesson == FIRST
    assert outline.share == 0
    assert f"all {len(outline.lessons)} lessons" in outline.exam_needs


def test_loading_unchanged_content_again_makes_no_new_version(world: World, content: Path) -> None:
    tables = (CourseVersionRow, LessonVersionRow, ItemVersionRow)
    before = [count(world, table) for table in tables]
    load(world, content)
    assert [count(world, table) for table in tables] == before


def test_a_folder_with_problems_loads_nothing_and_names_all(world: World, content: Path) -> None:
    before = count(world, LessonVersionRow)
    edit(content / COURSE / f"{FIRST}.md", "[S12]", "[S99]")
    edit(content / COURSE / "course.yaml", "language: en", "language: en\ncolour: blue")
    with pytest.raises(Invalid) as raised, world.as_system() as tx:
        load_folder(tx, content)
    assert any("S99 is cited but not listed" in one for one in raised.value.problems)
    assert any("colour: there is no such field" in one for one in raised.value.problems)
    assert count(world, LessonVersionRow) == before


def test_learners_and_strangers_may_not_load(world: World, content: Path) -> None:
    for name in ("alba", "bela", "nobody"):
        with pytest.raises(NotAllowed), world.acting(name) as tx:
            load_folder(tx, content)


def test_an_overdue_review_does_not_stop_a_load(world: World, content: Path) -> None:
    world.now = datetime(2031, 1, 1, tzinfo=UTC)
    load(world, content)


def test_a_changed_text_keeps_the_lesson_done(world: World, content: Path) -> None:
    before = count(world, LessonVersionRow)
    finish(world, FIRST)
    edit(content / COURSE / f"{FIRST}.md", "She is not silly.", "She is curious.")
    load(world, content)
    with world.acting("alba") as tx:
        view = lesson_view(tx, COURSE, FIRST)
    assert count(world, LessonVersionRow) == before + 1
    assert view.state is LessonState.DONE
    assert "She is curious." in str(view.written.parts[0])


def test_changed_checks_open_the_lesson_again(world: World, content: Path) -> None:
    finish(world, FIRST)
    path = content / COURSE / f"{FIRST}.md"
    edit(path, "checks: [mf-01-015, mf-01-016]", "checks: [mf-01-015, mf-02-017]")
    load(world, content)
    with world.acting("alba") as tx:
        view = lesson_view(tx, COURSE, FIRST)
    assert view.state is LessonState.STARTED
    assert not view.reached_end
    assert [check.done for check in view.checks] == [True, False]


def test_a_lesson_is_done_after_its_end_and_every_check_right_once(world: World) -> None:
    with world.acting("alba") as tx:
        assert lesson_view(tx, COURSE, FIRST).state is LessonState.NOT_STARTED
        reach_end(tx, COURSE, FIRST)
        reach_end(tx, COURSE, FIRST)
        view = lesson_view(tx, COURSE, FIRST)
        assert view.state is LessonState.STARTED
        one, other = (check.item_id for check in view.checks)
        answer_check(tx, COURSE, FIRST, one, right(tx, one))
        answer_check(tx, COURSE, FIRST, other, wrong(tx, other))
        assert lesson_view(tx, COURSE, FIRST).state is LessonState.STARTED
        answer_check(tx, COURSE, FIRST, other, right(tx, other))
        # A slip afterwards takes nothing back.
        answer_check(tx, COURSE, FIRST, one, wrong(tx, one))
        assert lesson_view(tx, COURSE, FIRST).state is LessonState.DONE
    assert count(world, CheckAnswerRow) == 4


def test_no_reason_is_shown_before_the_answer_and_no_key_after_a_wrong_one(world: World) -> None:
    with world.acting("alba") as tx:
        reach_end(tx, COURSE, FIRST)
        view = lesson_view(tx, COURSE, FIRST)
        assert all(check.answer is None for check in view.checks)
        assert "reason" not in repr(view.checks)
        asked = view.checks[0].item_id
        answer_check(tx, COURSE, FIRST, asked, wrong(tx, asked))
        shown = lesson_view(tx, COURSE, FIRST).checks[0].answer.explanations
        assert shown
        assert all(one.chosen and not one.correct for one in shown)
        answer_check(tx, COURSE, FIRST, asked, right(tx, asked))
        assert len(lesson_view(tx, COURSE, FIRST).checks[0].answer.explanations) > 1


def test_checks_are_refused_before_the_end_when_empty_and_of_other_lessons(world: World) -> None:
    with world.acting("alba") as tx:
        asked = lesson_view(tx, COURSE, FIRST).checks[0].item_id
        with pytest.raises(Invalid, match="to its end"):
            answer_check(tx, COURSE, FIRST, asked, right(tx, asked))
        reach_end(tx, COURSE, FIRST)
        with pytest.raises(Invalid, match="Give an answer"):
            answer_check(tx, COURSE, FIRST, asked, None)
        with pytest.raises(NotFound):
            answer_check(tx, COURSE, FIRST, "mf-02-017", {"option": "a"})
        with pytest.raises(NotFound):
            answer_check(tx, COURSE, FIRST, "mf-01-001", {"option": "b"})
        with pytest.raises(Invalid, match="too long"):
            answer_check(tx, COURSE, FIRST, asked, {"text": "9" * 20_000})


def test_the_exam_waits_for_every_lesson_and_names_what_is_missing(world: World) -> None:
    with world.acting("alba") as tx:
        lessons = course_outline(tx, COURSE).lessons
    slugs, last = [lesson.slug for lesson in lessons], lessons[-1].title
    for slug in slugs[:-1]:
        finish(world, slug)
    with world.acting("alba") as tx:
        with pytest.raises(Invalid, match=f"“{last}”"):
            start_final_exam(tx, COURSE, consent=True)
        assert course_outline(tx, COURSE).next.lesson == slugs[-1]
    finish(world, slugs[-1])
    with world.acting("alba") as tx:
        outline = course_outline(tx, COURSE)
        assert outline.exam_needs == ""
        assert outline.share == 1
        assert outline.minutes_left == 0
        assert outline.next.kind is StepKind.PRACTICE
        attempt = start_final_exam(tx, COURSE, consent=True)
        assert start_final_exam(tx, COURSE, consent=True) == attempt
        assert course_outline(tx, COURSE).next.kind is StepKind.EXAM


def test_practice_opens_at_once_and_comes_back_to_the_running_one(world: World) -> None:
    with world.acting("alba") as tx:
        assert start_practice(tx, COURSE) == start_practice(tx, COURSE)


def test_authors_preview_without_sitting(world: World) -> None:
    with world.acting("bela") as tx:
        outline = course_outline(tx, COURSE)
        assert outline.exam is None
        assert lesson_view(tx, COURSE, FIRST).title
        with pytest.raises(NotAllowed):
            start_practice(tx, COURSE)


def test_one_persons_progress_is_not_anothers(world: World) -> None:
    finish(world, FIRST)
    with world.acting("bela") as tx:
        assert course_outline(tx, COURSE).lessons_done == 0


def test_a_lesson_view_has_its_figure_sources_and_neighbours(world: World) -> None:
    with world.acting("alba") as tx:
        view = lesson_view(tx, COURSE, SECOND)
    assert list(view.figures) == ["skin-section"]
    assert {"S33", "CR"} <= {source.key for source in view.sources}
    slugs = course_said().lesson_slugs
    at = slugs.index(SECOND)
    assert (view.place, view.places) == (at + 1, len(slugs))
    assert (view.previous.slug, view.next.slug) == (slugs[at - 1], slugs[at + 1])


def test_unknown_courses_and_lessons_are_not_found(world: World) -> None:
    with world.acting("alba") as tx:
        with pytest.raises(NotFound):
            course_outline(tx, "no-such-course")
        with pytest.raises(NotFound):
            lesson_view(tx, COURSE, "no-such-lesson")


def test_certificate_terms_belong_to_the_exam_alone(world: World) -> None:
    with world.acting("alba") as tx:
        terms = certificate_terms(tx, EXAM)
        assert certificate_terms(tx, PRACTICE) is None
    assert terms.achievement == "Microneedling fundamentals"
    assert terms.valid_months == 24
    assert any("practical skill" in limit for limit in terms.limits)


def test_anybody_may_see_a_figure(world: World) -> None:
    with world.looking("nobody") as tx:
        assert figure_facts(tx, COURSE, "skin-section")
        assert figure_facts(tx, COURSE, "no-such-figure") is None


def test_an_academy_without_the_course_has_no_figure(empty_world: World) -> None:
    with empty_world.looking("nobody") as tx:
        assert figure_facts(tx, COURSE, "skin-section") is None


def test_the_worlds_short_way_through_a_course_leaves_what_reading_and_answering_leave(
    world: World,
) -> None:
    with world.looking("alba") as tx:
        lessons = [one.slug for one in course_outline(tx, COURSE).lessons]
    for lesson in lessons:
        finish(world, lesson)
    world.study("lena")
    assert _left(world, "lena") == _left(world, "alba")
    world.study("lena")
    with world.acting("lena") as tx:
        assert start_final_exam(tx, COURSE, consent=True)


def _left(world: World, name: str) -> Sequence[object]:
    own = world.actor(name).own_id
    with world.looking("system") as tx:
        read = tx.session.exec(select(LessonReadRow).where(LessonReadRow.person_id == own)).all()
        said = tx.session.exec(select(CheckAnswerRow).where(CheckAnswerRow.person_id == own)).all()
    rows = (row.model_dump(exclude={"person_id", "number"}) for row in (*read, *said))
    return sorted((*row.items(),) for row in rows)
