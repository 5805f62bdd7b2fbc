"""Loading the real course, and small changes to a copy of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import select

from accounts.tables import PersonRow
from base.config import Config
from base.db import Database, Row, Tx
from base.errors import Invalid, NotAllowed, NotFound
from base.permissions import NOBODY, SYSTEM, Actor, Role
from courses.commands.loading import load_folder
from courses.commands.study import answer_check, reach_end, start_final_exam, start_practice
from courses.progress import LessonState, StepKind
from courses.queries.lesson import lesson_view
from courses.queries.outline import course_list, course_outline
from courses.queries.terms import certificate_terms
from courses.tables import CheckAnswerRow, CourseVersionRow, LessonVersionRow
from quizbank.items import item_from_json
from quizbank.tables import ItemRow, ItemVersionRow

CONTENT = Path(__file__).parents[2] / "content"
SLUG = "microneedling-fundamentals"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALBA = Actor("alba", "Alba", frozenset({Role.LEARNER}))
BELA = Actor("bela", "Bela", frozenset({Role.AUTHOR}))
FIRST, SECOND = "01-what-needling-is", "02-skin-and-depth"


class Academy:
    """A database with the course loaded, and transactions as anybody."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(f"sqlite:///{folder}/courses.db")
        Row.metadata.create_all(self.database.engine)

    @contextmanager
    def tx(self, actor: Actor = ALBA) -> Iterator[Tx]:
        with self.database.write(actor, NOW, Config()) as tx:
            yield tx

    def count(self, table: type[Row]) -> int:
        with self.tx(SYSTEM) as tx:
            return tx.session.exec(select(func.count()).select_from(table)).one()

    def finish(self, lesson: str, actor: Actor = ALBA) -> None:
        with self.tx(actor) as tx:
            reach_end(tx, SLUG, lesson)
            for check in lesson_view(tx, SLUG, lesson).checks:
                answer_check(tx, SLUG, lesson, check.item_id, right_answer(tx, check.item_id))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture
def academy(tmp_path: Path, content: Path) -> Iterator[Academy]:
    made = Academy(tmp_path)
    with made.tx(SYSTEM) as tx:
        for actor in (ALBA, BELA):
            tx.session.add(
                PersonRow(
                    id=actor.own_id,
                    email=f"{actor.own_id}@example.org",
                    name=actor.name,
                    password_hash=None,
                    created_at=NOW,
                    demo=False,
                )
            )
        tx.session.flush()
        assert load_folder(tx, content) == (SLUG,)
    yield made
    made.database.dispose()


def stored_item(tx: Tx, item_id: str):
    version = tx.session.get_one(ItemRow, item_id).version_id
    return item_from_json(tx.session.get_one(ItemVersionRow, version).payload)


def right_answer(tx: Tx, item_id: str):
    item = stored_item(tx, item_id)
    if item.kind == "single_choice":
        return {"option": next(one.id for one in item.options if one.correct)}
    if item.kind == "multiple_response":
        return {"options": [one.id for one in item.options if one.correct]}
    if item.kind == "numeric":
        return {"text": str(item.answer)}
    return {"option": str(item.answer).lower()}


def wrong_answer(tx: Tx, item_id: str):
    item = stored_item(tx, item_id)
    if item.kind == "single_choice":
        return {"option": next(one.id for one in item.options if not one.correct)}
    if item.kind == "multiple_response":
        return {"options": [next(one.id for one in item.options if not one.correct)]}
    if item.kind == "numeric":
        return {"text": "99999"}
    return {"option": str(not item.answer).lower()}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_real_course_loads(academy):
    with academy.tx() as tx:
        (summary,) = course_list(tx)
        outline = course_outline(tx, SLUG)
    assert summary.lessons == 8
    assert [len(module.lessons) for module in outline.modules] == [3, 3, 2]
    assert outline.exam_id == f"{SLUG}/final"
    assert outline.next.kind is StepKind.LESSON
    assert outline.next.lesson == FIRST
    assert outline.share == 0
    assert "all 8 lessons" in outline.exam_needs


def test_loading_unchanged_content_again_makes_no_new_version(academy, content):
    before = (academy.count(LessonVersionRow), academy.count(ItemVersionRow))
    with academy.tx(SYSTEM) as tx:
        load_folder(tx, content)
    assert (academy.count(LessonVersionRow), academy.count(ItemVersionRow)) == before
    assert academy.count(CourseVersionRow) == 1


def test_a_folder_with_problems_loads_nothing_and_names_all(academy, content):
    edit(content / SLUG / f"{FIRST}.md", "[S12]", "[S99]")
    edit(content / SLUG / "course.yaml", "language: en", "language: en\ncolour: blue")
    with pytest.raises(Invalid) as raised, academy.tx(SYSTEM) as tx:
        load_folder(tx, content)
    assert any("S99 is cited but not listed" in one for one in raised.value.problems)
    assert any("colour: there is no such field" in one for one in raised.value.problems)
    assert academy.count(LessonVersionRow) == 8


def test_learners_and_strangers_may_not_load(academy, content):
    for actor in (ALBA, NOBODY):
        with pytest.raises(NotAllowed), academy.tx(actor) as tx:
            load_folder(tx, content)


def test_an_overdue_review_does_not_keep_the_academy_from_starting(academy, content):
    late = datetime(2031, 1, 1, tzinfo=UTC)
    with academy.database.write(SYSTEM, late, Config()) as tx:
        assert load_folder(tx, content) == (SLUG,)


def test_a_changed_text_keeps_the_lesson_done(academy, content):
    academy.finish(FIRST)
    edit(content / SLUG / f"{FIRST}.md", "She is not silly.", "She is curious.")
    with academy.tx(SYSTEM) as tx:
        load_folder(tx, content)
    with academy.tx() as tx:
        view = lesson_view(tx, SLUG, FIRST)
    assert academy.count(LessonVersionRow) == 9
    assert view.state is LessonState.DONE
    assert "She is curious." in view.blocks[0].text


def test_changed_checks_open_the_lesson_again(academy, content):
    academy.finish(FIRST)
    path = content / SLUG / f"{FIRST}.md"
    edit(path, "checks: [mf-01-015, mf-01-016]", "checks: [mf-01-015, mf-02-017]")
    with academy.tx(SYSTEM) as tx:
        load_folder(tx, content)
    with academy.tx() as tx:
        view = lesson_view(tx, SLUG, FIRST)
    assert view.state is LessonState.STARTED
    assert not view.reached_end
    assert [check.done for check in view.checks] == [True, False]


def test_a_lesson_is_done_after_its_end_and_every_check_right_once(academy):
    with academy.tx() as tx:
        assert lesson_view(tx, SLUG, FIRST).state is LessonState.NOT_STARTED
        reach_end(tx, SLUG, FIRST)
        reach_end(tx, SLUG, FIRST)
        view = lesson_view(tx, SLUG, FIRST)
        assert view.state is LessonState.STARTED
        one, other = (check.item_id for check in view.checks)
        answer_check(tx, SLUG, FIRST, one, right_answer(tx, one))
        answer_check(tx, SLUG, FIRST, other, wrong_answer(tx, other))
        assert lesson_view(tx, SLUG, FIRST).state is LessonState.STARTED
        answer_check(tx, SLUG, FIRST, other, right_answer(tx, other))
        # A slip afterwards takes nothing back.
        answer_check(tx, SLUG, FIRST, one, wrong_answer(tx, one))
        assert lesson_view(tx, SLUG, FIRST).state is LessonState.DONE
    assert academy.count(CheckAnswerRow) == 4


def test_no_reason_is_shown_before_the_answer_and_no_key_after_a_wrong_one(academy):
    with academy.tx() as tx:
        reach_end(tx, SLUG, FIRST)
        view = lesson_view(tx, SLUG, FIRST)
        assert all(check.answer is None for check in view.checks)
        assert "reason" not in repr(view.checks)
        asked = view.checks[0].item_id
        answer_check(tx, SLUG, FIRST, asked, wrong_answer(tx, asked))
        shown = lesson_view(tx, SLUG, FIRST).checks[0].answer.explanations
        assert shown
        assert all(one.chosen and not one.correct for one in shown)
        answer_check(tx, SLUG, FIRST, asked, right_answer(tx, asked))
        assert len(lesson_view(tx, SLUG, FIRST).checks[0].answer.explanations) > 1


def test_checks_are_refused_before_the_end_when_empty_and_of_other_lessons(academy):
    with academy.tx() as tx:
        asked = lesson_view(tx, SLUG, FIRST).checks[0].item_id
        with pytest.raises(Invalid, match="to its end"):
            answer_check(tx, SLUG, FIRST, asked, right_answer(tx, asked))
        reach_end(tx, SLUG, FIRST)
        with pytest.raises(Invalid, match="Give an answer"):
            answer_check(tx, SLUG, FIRST, asked, None)
        with pytest.raises(NotFound):
            answer_check(tx, SLUG, FIRST, "mf-02-017", {"option": "a"})
        with pytest.raises(NotFound):
            answer_check(tx, SLUG, FIRST, "mf-01-001", {"option": "b"})
        with pytest.raises(Invalid, match="too long"):
            answer_check(tx, SLUG, FIRST, asked, {"text": "9" * 20_000})


def test_the_exam_waits_for_every_lesson_and_names_what_is_missing(academy):
    with academy.tx() as tx:
        slugs = [lesson.slug for lesson in course_outline(tx, SLUG).lessons]
    for slug in slugs[:-1]:
        academy.finish(slug)
    with academy.tx() as tx:
        with pytest.raises(Invalid, match="“Aftercare and complications”"):
            start_final_exam(tx, SLUG, consent=True)
        assert course_outline(tx, SLUG).next.lesson == slugs[-1]
    academy.finish(slugs[-1])
    with academy.tx() as tx:
        outline = course_outline(tx, SLUG)
        assert outline.exam_needs == ""
        assert outline.share == 1
        assert outline.minutes_left == 0
        assert outline.next.kind is StepKind.PRACTICE
        attempt = start_final_exam(tx, SLUG, consent=True)
        assert start_final_exam(tx, SLUG, consent=True) == attempt
        assert course_outline(tx, SLUG).next.kind is StepKind.EXAM


def test_practice_opens_at_once_and_comes_back_to_the_running_one(academy):
    with academy.tx() as tx:
        assert start_practice(tx, SLUG) == start_practice(tx, SLUG)


def test_authors_preview_without_sitting(academy):
    with academy.tx(BELA) as tx:
        outline = course_outline(tx, SLUG)
        assert outline.exam is None
        assert lesson_view(tx, SLUG, FIRST).title
        with pytest.raises(NotAllowed):
            start_practice(tx, SLUG)


def test_one_persons_progress_is_not_anothers(academy):
    academy.finish(FIRST)
    with academy.tx(BELA) as tx:
        assert course_outline(tx, SLUG).lessons_done == 0


def test_a_lesson_view_has_its_figure_sources_and_neighbours(academy):
    with academy.tx() as tx:
        view = lesson_view(tx, SLUG, SECOND)
    assert list(view.figures) == ["skin-section"]
    assert {"S33", "CR"} <= {source.key for source in view.sources}
    assert (view.place, view.places) == (2, 8)
    assert view.previous.slug == FIRST
    assert view.next.slug == "03-collagen-and-healing"


def test_unknown_courses_and_lessons_are_not_found(academy):
    with academy.tx() as tx:
        with pytest.raises(NotFound):
            course_outline(tx, "no-such-course")
        with pytest.raises(NotFound):
            lesson_view(tx, SLUG, "no-such-lesson")


def test_certificate_terms_belong_to_the_exam_alone(academy):
    with academy.tx() as tx:
        terms = certificate_terms(tx, f"{SLUG}/final")
        assert certificate_terms(tx, f"{SLUG}/practice") is None
    assert terms.achievement == "Microneedling fundamentals"
    assert terms.valid_months == 24
    assert any("practical skill" in limit for limit in terms.limits)
