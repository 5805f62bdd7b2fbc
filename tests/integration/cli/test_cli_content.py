"""`pinpoint content` as a shell uses it: courses go out to a folder and come in again."""

import json
from pathlib import Path

import pytest

from tests.factories import COURSE
from tests.integration.cli.shell import Run


@pytest.mark.usefixtures("world")
def test_courses_go_out_to_a_folder_and_come_in_again(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    told = run("content", "export", folder, "--json")
    assert told.exit_code == 0
    assert json.loads(told.stdout)["remarks"] == []
    assert (folder / COURSE / "course.yaml").is_file()
    checked = run("content", "check", folder)
    assert "No problems found." in checked.stdout
    back = run("content", "import", folder, "--json")
    assert COURSE in json.loads(back.stdout)["courses"]


@pytest.mark.usefixtures("world")
def test_a_folder_with_something_in_it_is_never_written_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "diary.txt").write_text("mine")
    told = run("content", "export", tmp_path / "out")
    assert told.exit_code == 1
    assert "is not empty" in told.stderr
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["diary.txt"]
