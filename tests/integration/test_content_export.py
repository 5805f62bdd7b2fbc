"""Content written to a folder and read into an empty academy: nothing is lost on the way."""

import difflib
import shutil
from collections.abc import Generator, Iterable, Mapping
from pathlib import Path

import pytest

from base.config import Config
from base.db import Database
from base.errors import NotAllowed
from courses.commands.lesson_writing import add_lesson_picture, save_lesson_draft
from courses.commands.loading import load_folder
from courses.content_changes import a_lesson
from courses.content_folder import course_folders, read_course_folder
from courses.lesson_files import fields_of, lesson_file
from courses.queries.content_export import content_files
from courses.queries.lesson_writing import lesson_sheet
from courses.queries.stored import lesson_text, manifest_of
from courses.screening.case import ScreeningCase
from quizbank.items import Item
from quizbank.queries.bank import item_detail
from quizbank.queries.published import exam_version, item_version
from quizbank.tables.bank import ItemFileRow, ItemRow
from quizbank.tables.exams import ExamRow
from tests.conftest import HOUSE, NOW
from tests.content_life import publish
from tests.factories import COURSE, EXAM, World, png, single_choice

FIRST = "01-what-needling-is"
CONTENT = HOUSE / "content"


@pytest.fixture
def elsewhere(empty_file: Path, tmp_path: Path) -> Generator[World, None, None]:
    """Another academy, with nothing in it."""
    path = tmp_path / "elsewhere.db"
    shutil.copyfile(empty_file, path)
    url = f"sqlite:///{path}"
    world = World(Database(url), Config(database_url=url), NOW)
    yield world
    world.database.dispose()


def written(world: World, folder: Path) -> Mapping[str, bytes]:
    with world.looking("system") as tx:
        files = content_files(tx).files
    for path, held in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(held)
    return files


def write_in_academy(world: World) -> str:
    """Change a lesson, an item and the exam as people do; returns the digest of a picture."""
    with world.acting("bela") as tx:
        picture = add_lesson_picture(tx, png())
        fields, body = fields_of(lesson_sheet(tx, COURSE, FIRST).versions[0].text)
        fields["title"] = "Needles: “what” & why #1 — yes"
        line = f"\n\n![A teal square: 1 of 2](/files/{picture.digest})\n"
        save_lesson_draft(tx, COURSE, FIRST, 1, lesson_file(fields, body + line), 0)
    publish(world, a_lesson(COURSE, FIRST))
    stem = f"Which one?\n\n![A teal square](/files/{picture.digest})"
    world.publish(single_choice("mf-01-901", objective="MF-01", stem=stem, pool="practice"))
    world.change_exam(minutes=61)
    return picture.digest


def test_an_export_read_into_an_empty_academy_gives_the_same(
    world: World, elsewhere: World, tmp_path: Path
) -> None:
    digest = write_in_academy(world)
    files = written(world, tmp_path / "out")
    with elsewhere.as_system() as tx:
        load_folder(tx, tmp_path / "out")
    with world.looking("system") as here, elsewhere.looking("system") as there:
        mine, theirs = manifest_of(here.session, COURSE), manifest_of(there.session, COURSE)
        assert theirs.figures == mine.figures
        for slug in mine.course.lesson_slugs:
            copy = lesson_text(there.session, theirs.lessons[slug])
            assert copy == lesson_text(here.session, mine.lessons[slug])
        item = there.session.get_one(ItemRow, "mf-01-901")
        assert digest in item_version(there.session, item.version_id).stem
        exam = there.session.get_one(ExamRow, EXAM)
        assert exam_version(there.session, exam.version_id).minutes == 61
        kept = there.session.get_one(ItemFileRow, digest)
        assert kept.content == here.session.get_one(ItemFileRow, digest).content
    # Whatever a file says, another academy says it letter by letter.
    assert written(elsewhere, tmp_path / "again") == files


def test_what_was_loaded_is_what_is_written(world: World, tmp_path: Path) -> None:
    files = written(world, tmp_path)
    loaded = [*course_folders(HOUSE / "content")]
    assert {one.name for one in loaded} == {path.split("/")[0] for path in files if "/" in path} - {
        "figures"
    }
    for folder in loaded:
        mine, theirs = read_course_folder(folder), read_course_folder(tmp_path / folder.name)
        assert theirs.problems == ()
        assert theirs.course == mine.course
        assert theirs.handbook.handbook == mine.handbook.handbook
        assert (theirs.figures, theirs.sources) == (mine.figures, mine.sources)
        assert _by_id(one.item for one in theirs.items) == _by_id(one.item for one in mine.items)
        assert _by_id(one.case for one in theirs.cases) == _by_id(one.case for one in mine.cases)
        assert {name: one.read.lesson for name, one in theirs.lessons.items()} == {
            name: one.read.lesson for name, one in mine.lessons.items()
        }
    assert any("/cases/" in path for path in files)
    assert {"glossary.yaml", "contraindications.yaml"} <= files.keys()


def test_what_the_files_say_in_comments_is_written_with_them(world: World, tmp_path: Path) -> None:
    files = written(world, tmp_path)
    shipped = {path: comments(path.read_text("utf-8")) for path in CONTENT.rglob("*.yaml")}
    said = {path: lines for path, lines in shipped.items() if lines}
    assert len(said) >= 10
    for path, lines in said.items():
        name = next(one for one in files if one.endswith(_place(path)))
        assert comments(files[name].decode()) == lines, path


def remark(folder: Path) -> dict[str, str]:
    """Write remarks into every file of a copy of the content folder; returns all of them."""
    shutil.copytree(CONTENT, folder)
    texts: dict[str, str] = {}
    for path in [*folder.rglob("*.yaml"), *folder.glob("*/*.md")]:
        text = path.read_text("utf-8")
        said = text.replace("\n  reviewed: ", "\n  # seen by two of us\n  reviewed: ")
        said = said.replace("\nreviewed: ", "\n# seen by two of us\nreviewed: ", 1)
        path.write_text(said, "utf-8")
        texts[str(path.relative_to(folder))] = said
    return texts


def differing(first: str, second: str) -> list[str]:
    """Return the lines that a text lost, and those that it has instead."""
    lines = difflib.ndiff(first.splitlines(), second.splitlines())
    return [one for one in lines if one[:2] in {"- ", "+ "}]


def test_files_with_remarks_are_written_as_they_were_loaded(
    elsewhere: World, tmp_path: Path
) -> None:
    texts = remark(tmp_path / "in")
    with elsewhere.as_system() as tx:
        load_folder(tx, tmp_path / "in")
    files = written(elsewhere, tmp_path / "out")
    assert {path: files[path].decode() for path in texts} == texts
    for path in files.keys() - texts.keys():
        assert files[path] == (tmp_path / "in" / path).read_bytes()


def test_one_field_changed_in_the_academy_is_all_that_differs(
    elsewhere: World, tmp_path: Path
) -> None:
    texts = remark(tmp_path / "in")
    with elsewhere.as_system() as tx:
        load_folder(tx, tmp_path / "in")
    elsewhere.gather_cast()
    with elsewhere.looking("bela") as tx:
        item = item_detail(tx, "mf-01-002").item
    elsewhere.publish(item.model_copy(update={"stem": "Which one of these?"}))
    with elsewhere.acting("bela") as tx:
        fields, body = fields_of(lesson_sheet(tx, COURSE, FIRST).versions[0].text)
        fields["title"] = "Needles: what & why"
        save_lesson_draft(tx, COURSE, FIRST, 1, lesson_file(fields, body), 0)
    publish(elsewhere, a_lesson(COURSE, FIRST))
    files = written(elsewhere, tmp_path / "out")
    changed = {path for path, text in texts.items() if files[path].decode() != text}
    items, lesson = f"{COURSE}/items/mf-01.yaml", f"{COURSE}/{FIRST}.md"
    assert changed == {items, lesson}
    assert differing(texts[lesson], files[lesson].decode()) == [
        "- title: What needling is and is not",
        "+ title: 'Needles: what & why'",
    ]
    said = differing(texts[items], files[items].decode())
    assert "+   stem: Which one of these?" in said
    assert f"-     {item.stem}" in said
    assert len(said) == 3
    with elsewhere.as_system() as tx:
        load_folder(tx, tmp_path / "out")
    assert written(elsewhere, tmp_path / "again") == files


def comments(text: str) -> list[str]:
    """Return the lines of a YAML file that are comments."""
    return [line for line in text.splitlines() if line.lstrip().startswith("#")]


def _place(path: Path) -> str:
    """Return where a file stands; a figure of one course stands beside all where all have it."""
    return path.name if path.parent.name == "figures" else str(path.relative_to(CONTENT))


def _by_id(found: Iterable[Item | ScreeningCase]) -> dict[str, Item | ScreeningCase]:
    return {one.id: one for one in found}


def test_an_export_read_again_into_its_own_academy_changes_nothing(
    world: World, tmp_path: Path
) -> None:
    write_in_academy(world)
    files = written(world, tmp_path)
    with world.as_system() as tx:
        load_folder(tx, tmp_path)
    with world.looking("system") as tx:
        assert content_files(tx).files == files


def test_what_no_folder_can_say_is_told(world: World) -> None:
    world.load_items(single_choice("tt-01-001", objective="TT-01"))
    with world.looking("bela") as tx:
        assert "1 items of no course" in content_files(tx).left_out[0]


def test_learners_may_not_export(world: World) -> None:
    with pytest.raises(NotAllowed), world.looking("alba") as tx:
        content_files(tx)
