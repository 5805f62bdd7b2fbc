"""A course's file loaded over what people changed in the academy: their edits stay."""

import shutil
from pathlib import Path

import pytest

from base.db import Tx
from courses.commands.loading import load_folder
from courses.commands.publishing import held_course, publish_course, publish_lesson_version
from courses.queries.lesson import lesson_view
from courses.queries.stored import lesson_text, manifest_of
from quizbank.origins import Origin
from tests.conftest import HOUSE
from tests.factories import COURSE, World

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


def change_course(tx: Tx, **fields: object) -> None:
    manifest, row = manifest_of(tx.session, COURSE), held_course(tx, COURSE)
    assert row is not None
    publish_course(tx, row, manifest.course.model_copy(update=fields), manifest.figures)


def test_a_lesson_edited_in_the_academy_stands_when_its_file_changes(
    any_world: World, content: Path
) -> None:
    world = any_world
    with world.as_system() as tx:
        manifest = manifest_of(tx.session, COURSE)
        lesson = lesson_text(tx.session, manifest.lessons[FIRST])
        mine = lesson.model_copy(update={"title": "What needles do"})
        publish_lesson_version(tx, COURSE, mine, Origin.PERSON)
        change_course(tx)
    edit(content / COURSE / f"{FIRST}.md", "title:", "title: New")
    edit(content / COURSE / f"{SECOND}.md", "title:", "title: New")
    load(world, content)
    with world.looking("alba") as tx:
        assert lesson_view(tx, COURSE, FIRST).title == "What needles do"
        assert lesson_view(tx, COURSE, SECOND).title.startswith("New")


def test_fields_of_a_course_that_people_changed_stay_and_the_others_follow_the_file(
    world: World, content: Path
) -> None:
    with world.as_system() as tx:
        change_course(tx, title="Needling, the beginning")
    edit(content / COURSE / "course.yaml", "language: en", "language: en-GB")
    edit(content / COURSE / "course.yaml", "title: Microneedling", "title: Other")
    load(world, content)
    with world.looking("alba") as tx:
        course = manifest_of(tx.session, COURSE).course
    assert course.title == "Needling, the beginning"
    assert course.language == "en-GB"
