"""Files named by their defect: what is read of each, and which lines are reported."""

from pathlib import Path

import pytest

from quizbank.exchange.yaml_items import read_items

FOLDER = Path(__file__).parents[2] / "data" / "items"
#  file: how many items are read, the line of each problem, words of the first
EXPECTED: dict[str, tuple[int, list[int], str]] = {
    "a_field_misspelt": (0, [2, 6], "level is missing"),
    "a_key_twice": (0, [7], "the key 'level' stands twice"),
    "aliases_that_explode": (0, [2], "aliases"),
    "byte_order_mark": (1, [], ""),
    "cut_off": (0, [14], "not valid YAML"),
    "no_list_of_items": (0, [1], "one list under `items:`"),
    "no_option_correct": (0, [2], "Exactly one option must be correct"),
    "one_broken_of_fifty": (49, [401], "tt-01-017"),
    "one_id_twice": (2, [41], "line 2 has the same id"),
    "tabs_for_spaces": (0, [2], "not valid YAML"),
    "the_key_is_unsafe": (0, [15], "both correct and unsafe"),
    "windows_line_ends": (2, [], ""),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_defect_is_told_on_its_line_and_takes_nothing_else_along(name: str) -> None:
    read = read_items((FOLDER / f"{name}.yaml").read_text(encoding="utf-8-sig"))
    items, lines, words = EXPECTED[name]
    assert len(read.items) == items
    assert [problem.line for problem in read.problems] == lines
    assert not lines or words in read.problems[0].message


def test_every_file_is_expected() -> None:
    # One is no UTF-8; the command line's tests have it.
    assert {path.stem for path in FOLDER.iterdir()} == {*EXPECTED, "latin_1"}
