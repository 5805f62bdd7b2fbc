"""Files of other systems in a real bank: in, in again, and out, by command and command line."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from manage import app
from quizbank.commands.bank import import_items
from quizbank.exchange.defaults import NO_SOURCE, Defaults
from quizbank.exchange.formats import Format, read_file
from quizbank.items import Item, item_to_data, read_item
from quizbank.queries.bank import ItemFilter, bank_as_file, bank_facets, bank_items
from quizbank.queries.newest import newest_texts
from tests.factories import World

GIFT = """// [id:dermis-1] [tag:layers]
::Collagen::Which layer holds most collagen?{=The dermis ~The epidermis ~[html]<b>Fat</b>}

// [id:dermis-2]
The dermis is dead.{FALSE#Alive.#It is alive.}

Which layer is dead?{~dermis ~fat}
"""


def bring(world: World, text: str, **where: Any) -> tuple[int, int, int]:
    read = read_file(Format.GIFT, text.encode(), Defaults(world.now.date(), **where))
    with world.acting("bela") as tx:
        counts = import_items(tx, read, strict=False).counts
    return counts.added, counts.changed, counts.unchanged


def standing(world: World, item_id: str) -> Item:
    with world.looking("bela") as tx:
        newest = newest_texts(tx, [item_id])[item_id].item
    assert newest is not None
    return newest


def test_importing_again_updates_and_never_doubles(any_world: World) -> None:
    assert bring(any_world, GIFT) == (2, 0, 0)
    any_world.wait(days=3)
    assert bring(any_world, GIFT) == (0, 0, 2)
    assert bring(any_world, GIFT.replace("holds most", "has the most")) == (0, 1, 1)
    assert standing(any_world, "dermis-1").stem == "Which layer has the most collagen?"
    assert standing(any_world, "dermis-1").reviewed == date(2026, 11, 23)


def test_what_was_added_here_survives_another_import(world: World) -> None:
    bring(world, GIFT)
    item = standing(world, "dermis-1")
    data: Any = item_to_data(item)
    data |= {"objective": "MF-02", "sources": ["S13"], "pool": "exam", "critical": True}
    data["options"][0]["reason"] = "It is where fibroblasts work."
    data["options"][1]["unsafe"] = True
    edited = read_item(data)
    world.propose("bela", edited)
    world.approve("cato", edited.id)
    assert bring(world, GIFT) == (0, 0, 2)
    assert bring(world, GIFT.replace("~The epi", "~The upper epi")) == (0, 1, 1)
    found: Any = standing(world, "dermis-1")
    assert (found.objective, found.sources, found.critical) == ("MF-02", ("S13",), True)
    assert found.options[0].reason == "It is where fibroblasts work."
    assert not found.options[1].unsafe


def test_an_item_without_a_source_says_so(world: World) -> None:
    bring(world, GIFT)
    assert standing(world, "dermis-1").sources == (NO_SOURCE.key,)
    with world.looking("bela") as tx:
        assert {one.objective for one in bank_items(tx, ItemFilter(search="dermis-1"))} == {
            "IMPORT-00"
        }


# YAML loses nothing; a file of a text with gaps holds one item, one of missing words only blanks.
FOR_ALL = {*Format} - {Format.YAML, Format.CLOZE, Format.MISSING_WORD}


@pytest.mark.parametrize("file_format", sorted(FOR_ALL))
def test_the_whole_course_goes_out_and_most_of_it_comes_back(
    world: World, file_format: Format
) -> None:
    with world.looking("bela") as tx:
        file = bank_as_file(tx, ItemFilter(), file_format)
        there = bank_facets(tx).items
    read = read_file(file_format, file.content, Defaults(world.now.date()))
    assert read.errors == ()
    left_out = [one for one in file.losses if "is left out" in one]
    assert len(read.items) + len(left_out) == there
    assert len(read.items) > 90


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["items", *words])


def test_the_command_line_reports_what_it_understood(world: World, tmp_path: Path) -> None:
    file = tmp_path / "quiz.gift"
    file.write_text(GIFT, encoding="utf-8")
    result = run("import", str(file), "--format", "gift", "--dry-run", "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert report["counts"] == {"single_choice": 1, "true_false": 1}
    assert report["items"][0]["name"] == "Collagen"
    assert [one["fraction"] for one in report["items"][0]["options"]] == [1, 0, 0]
    errors = [one for one in report["problems"] if one["severity"] == "error"]
    assert [(one["line"], "No option is right" in one["message"]) for one in errors] == [(7, True)]
    with world.looking("bela") as tx:
        assert bank_items(tx, ItemFilter(search="dermis-1")) == ()


def test_the_command_line_imports_with_an_objective_and_a_source(
    world: World, tmp_path: Path
) -> None:
    file = tmp_path / "quiz.gift"
    file.write_text(GIFT.split("Which layer is dead", maxsplit=1)[0], encoding="utf-8")
    options = ("--format", "gift", "--objective", "MF-02", "--source", "S13", "--pool", "exam")
    result = run("import", str(file), *options, "--strict")
    assert result.exit_code == 0, result.output
    item = standing(world, "dermis-1")
    assert (item.objective, item.sources, item.pool.value) == ("MF-02", ("S13",), "exam")


def test_the_command_line_names_what_is_lost_before_it_writes(world: World, tmp_path: Path) -> None:
    out = tmp_path / "items.aiken.txt"
    result = run("export", "--format", "aiken", "--out", str(out))
    assert result.exit_code == 0
    assert "is left out: Aiken has single choice only." in result.output
    assert out.read_text(encoding="utf-8").count("ANSWER: ") > 90
