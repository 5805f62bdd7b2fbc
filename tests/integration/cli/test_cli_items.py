"""`pinpoint items` as a shell uses it: files come in and go out."""

import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from quizbank.commands.retiring import retire_item
from quizbank.exchange.yaml_items import write_items
from quizbank.proposals import Stage
from quizbank.queries.bank import ItemFilter, bank_facets, bank_items
from quizbank.queries.proposals import waiting_reviews
from tests.conftest import HOUSE
from tests.factories import World, numeric, single_choice, true_false
from tests.integration.cli.shell import Run, count


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of three items and one that is none."""
    path = tmp_path / "items.yaml"
    path.write_text(write_items([single_choice(), true_false(), numeric()]) + "- id: broken\n")
    return path


def imported(world: World) -> list[str]:
    with world.looking("bela") as tx:
        return [one.id for one in bank_items(tx, ItemFilter(search="tt-01-0"))]


def test_an_import_reports_by_line_and_brings_the_rest_in(
    world: World, run: Run, file: Path
) -> None:
    told = run("items", "import", file, "--format", "yaml", "--json")
    assert told.exit_code == 1
    report: dict[str, Any] = json.loads(told.stdout)
    assert report["format"] == "yaml"
    assert report["counts"] == {"single_choice": 1, "true_false": 1, "numeric": 1}
    assert {frozenset(one) for one in report["items"]} == {
        frozenset({"kind", "name", "stem", "options"})
    }
    last = len(file.read_text().splitlines())
    assert {(one["line"], one["severity"]) for one in report["problems"]} == {(last, "error")}
    assert imported(world) == ["tt-01-001", "tt-01-003", "tt-01-004"]


def test_in_words_the_counts_go_to_one_stream_and_the_problems_to_the_other(
    world: World, run: Run, file: Path
) -> None:
    told = run("items", "import", file)
    assert "1 single_choice" in told.stdout
    assert "broken" in told.stderr
    assert "line " in told.stderr


def test_in_words_an_import_ends_with_what_it_did(world: World, run: Run, file: Path) -> None:
    assert "Nothing was imported." in run("items", "import", file, "--dry-run").stdout
    assert "Nothing was imported." in run("items", "import", file, "--strict").stdout
    assert "3 added, 0 changed, 0 unchanged." in run("items", "import", file).stdout
    assert "0 added, 0 changed, 3 unchanged." in run("items", "import", file).stdout


def test_a_terminal_sees_how_far_an_import_is_and_json_stays_json(
    world: World, run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Importing" not in run("items", "import", file).stderr
    monkeypatch.setattr("cli.shell._err", Console(stderr=True, force_terminal=True))
    told = run("items", "import", file)
    assert "Importing" in told.stderr
    assert "100%" in told.stderr
    assert "Importing" not in told.stdout
    assert "Importing" not in run("items", "import", file, "--json").stderr


def test_a_dry_run_reports_and_imports_nothing(world: World, run: Run, file: Path) -> None:
    told = run("items", "import", file, "--dry-run", "--json")
    assert told.exit_code == 1
    assert len(json.loads(told.stdout)["items"]) == 3
    assert imported(world) == []


def test_a_dry_run_tells_what_an_import_would(world: World, run: Run, file: Path) -> None:
    file.write_text(write_items([single_choice(sources=["S98"])]))
    tried = run("items", "import", file, "--dry-run", "--json")
    assert (tried.exit_code, tried.stdout) == (1, run("items", "import", file, "--json").stdout)


def test_strict_imports_nothing_of_a_file_with_a_problem(
    world: World, run: Run, file: Path
) -> None:
    assert run("items", "import", file, "--strict").exit_code == 1
    assert imported(world) == []
    file.write_text(write_items([single_choice()]))
    assert run("items", "import", file, "--strict").exit_code == 0
    assert imported(world) == ["tt-01-001"]


@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_an_unknown_source_is_in_the_report_too(
    world: World, run: Run, file: Path, strict: tuple[str, ...]
) -> None:
    file.write_text(write_items([single_choice(sources=["S98"]), true_false()]))
    told = run("items", "import", file, "--json", *strict)
    assert told.exit_code == 1
    (problem,) = json.loads(told.stdout)["problems"]
    assert "S98" in problem["message"]
    assert problem["line"] == 2
    assert imported(world) == ([] if strict else ["tt-01-003"])


@pytest.mark.parametrize(
    ("words", "stage", "waiting"), [((), Stage.DRAFT, 0), (("--send",), Stage.IN_REVIEW, 3)]
)
def test_an_import_waits_as_drafts_or_goes_to_the_reviewers(
    world: World, run: Run, file: Path, words: tuple[str, ...], stage: Stage, waiting: int
) -> None:
    run("items", "import", file, *words)
    assert {world.change_of(one).stage for one in imported(world)} == {stage}
    with world.looking("cato") as tx:
        assert waiting_reviews(tx) == waiting
    if words:
        # Nobody who reads wrote it: the command line is no person.
        assert world.approve("bela", "tt-01-001") == 1


def test_what_is_exported_is_imported_again_without_a_change(
    world: World, run: Run, tmp_path: Path
) -> None:
    with world.acting("bela") as tx:
        retire_item(tx, "mf-01-001")
    out = tmp_path / "bank.yaml"
    assert run("items", "export", "--format", "yaml", "--out", out).exit_code == 0
    before = count(world)
    told = run("items", "import", out, "--strict", "--json")
    assert told.exit_code == 0
    with world.looking("bela") as tx:
        assert sum(json.loads(told.stdout)["counts"].values()) == bank_facets(tx).items
    assert count(world) == before


def test_an_export_reports_its_losses_as_json(world: World, run: Run, tmp_path: Path) -> None:
    world.publish(numeric())
    out = tmp_path / "items.aiken"
    told = run("items", "export", "--format", "aiken", "--out", out, "--json")
    report = json.loads(told.stdout)
    assert (report["format"], report["file"]) == ("aiken", str(out))
    assert any(one.startswith("tt-01-004 is left out") for one in report["losses"])
    assert told.stderr == ""


def test_one_objective_is_exported_alone(world: World, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "one.yaml"
    run("items", "export", "--out", out, "--objective", "MF-01")
    assert "objective: MF-01" in out.read_text()
    assert "objective: MF-02" not in out.read_text()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"", "one list under `items:`"),
        (b"PK\x03\x04", "a document of a word processor, or a package"),
        (b"items: [", "not valid YAML"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    world: World, run: Run, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "items.yaml"
    if content is not None:
        path.write_bytes(content)
    told = run("items", "import", path)
    assert told.exit_code == 1
    assert sentence in told.stderr


def test_a_file_in_an_old_encoding_is_told(world: World, run: Run) -> None:
    told = run("items", "import", HOUSE / "tests" / "data" / "items" / "latin_1.yaml")
    assert told.exit_code == 1
    assert "Save it as UTF-8" in told.stderr


def test_a_place_that_cannot_be_written_is_told(world: World, run: Run, tmp_path: Path) -> None:
    nowhere = tmp_path / "no" / "such" / "folder"
    for words in (("items", "export", "--out", nowhere / "x"), ("backup", nowhere / "x.db")):
        told = run(*words)
        assert told.exit_code == 1
        assert "cannot be written" in told.stderr
