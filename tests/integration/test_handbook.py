"""The glossary and the contraindications: loaded with the courses, versioned, read by learners."""

import shutil
from pathlib import Path

import pytest
from sqlmodel import select

from base.errors import Invalid, NotAllowed
from courses.commands.loading import load_folder
from courses.queries.handbook import handbook_view
from courses.queries.search import search_everything
from courses.tables.reading import HandbookVersionRow
from tests.conftest import HOUSE
from tests.factories import COURSE, World
from tests.unit.courses.test_handbook_files import GLOSSARY, ROWS


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(HOUSE / "content", tmp_path / "content"))
    (folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    (folder / "contraindications.yaml").write_text(ROWS, encoding="utf-8")
    return folder


def load(world: World, content: Path) -> None:
    with world.as_system() as tx:
        load_folder(tx, content)


def versions(world: World) -> list[int]:
    with world.looking("system") as tx:
        return sorted(tx.session.exec(select(HandbookVersionRow.number)))


def test_it_is_loaded_with_the_courses_and_read_with_its_sources(any_world, content):
    load(any_world, content)
    with any_world.looking("alba") as tx:
        view = handbook_view(tx)
    assert [one.term for one in view.handbook.terms] == ["Dermis", "PIH"]
    (row,) = view.handbook.rows
    assert [one.key for one in view.cited_by([row])] == ["S39", "CR"]


def test_only_a_change_makes_a_new_version(any_world, content):
    load(any_world, content)
    before = versions(any_world)
    load(any_world, content)
    assert versions(any_world) == before
    changed = GLOSSARY.replace("second layer", "middle layer")
    (content / "glossary.yaml").write_text(changed, encoding="utf-8")
    load(any_world, content)
    assert len(versions(any_world)) == len(before) + 1
    with any_world.looking("alba") as tx:
        assert "middle layer" in handbook_view(tx).handbook.terms[0].meaning


def test_a_content_folder_without_it_leaves_what_stands(world, content):
    load(world, content)
    before = versions(world)
    (content / "glossary.yaml").unlink()
    (content / "contraindications.yaml").unlink()
    load(world, content)
    assert versions(world) == before


def test_a_fault_keeps_everything_out(world, content):
    (content / "glossary.yaml").write_text(GLOSSARY.replace("S56", "S99"), encoding="utf-8")
    before = versions(world)
    with pytest.raises(Invalid, match="S99"):
        load(world, content)
    assert versions(world) == before


def test_a_clinic_manager_does_not_study(world):
    with world.looking("cleo") as tx, pytest.raises(NotAllowed):
        handbook_view(tx)


def test_the_search_follows_what_is_published(any_world, content):
    load(any_world, content)
    with any_world.looking("alba") as tx:
        found = search_everything(tx, "accutane")
        assert [hit.passage.place for hit in found.hits] == ["row-R9"]
        assert search_everything(tx, "zebrafish").total == 0
        assert search_everything(tx, "tram track").whole
    lesson = content / COURSE / "01-what-needling-is.md"
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(f"{text}\n\nNothing is known of zebrafish.\n", encoding="utf-8")
    load(any_world, content)
    with any_world.looking("alba") as tx:
        (hit,) = search_everything(tx, "zebraf").hits
        assert (hit.passage.course, hit.passage.lesson) == (COURSE, "01-what-needling-is")
        assert hit.passage.place.startswith("part-")
