"""YAML that knows its lines."""

import pytest

from base.lined_yaml import Document, Problem, parse

TEXT = """\
# a comment
title: Needles
items:
  - id: one
    stem: |
      Two
      lines
  - id: two
    options: [a, b,
      c]
"""


def document(text: str, first_line: int = 1) -> Document:
    parsed = parse(text, first_line)
    assert isinstance(parsed, Document)
    return parsed


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("items",), 3),
        (("items", 0), 4),
        (("items", 0, "stem"), 5),
        (("items", 1, "options"), 9),
        (("items", 1, "options", 2), 10),
        (("items", 1, "no such field"), 8),
        (("items", 7, "id"), 3),
        (("nowhere",), 2),
    ],
)
def test_every_value_has_its_line_and_a_missing_one_its_ancestors(
    path: tuple[str | int, ...], line: int
) -> None:
    assert document(TEXT).line(path) == line


def test_lines_count_from_where_the_text_begins_in_its_file() -> None:
    assert document(TEXT, first_line=11).line(("title",)) == 12
    broken = parse("a: 1\nb: [", first_line=11)
    assert isinstance(broken, Problem)
    assert broken.line >= 12


def test_dates_stay_text_and_numbers_stay_numbers() -> None:
    assert document("a: 2026-11-22\nb: 1.5\nc: yes\nd: ~\ne: '7'").data == {
        "a": "2026-11-22",
        "b": 1.5,
        "c": True,
        "d": None,
        "e": "7",
    }


def test_a_key_that_stands_twice_is_told_on_its_second_line() -> None:
    told = parse("a: 1\nb:\n  c: 1\n  c: 2\n")
    assert isinstance(told, Problem)
    assert (told.line, told.severity) == (4, "error")


def test_an_alias_is_told_on_its_line() -> None:
    told = parse("a: &x 1\nb: 2\nc: *x\n")
    assert isinstance(told, Problem)
    assert told.line == 3


def test_values_that_lie_too_deep_are_told_in_plain_words() -> None:
    found = parse("[" * 5_000)
    assert isinstance(found, Problem)
    assert found.message == "This is not valid YAML: too many values lie in one another."


def test_an_empty_document_is_none() -> None:
    assert document("").data is None
    assert document("# only a comment\n").line(("a",)) == 1


@pytest.mark.parametrize(
    "text",
    ["? {a: b}\n: c", "? [a]\n: c", "!!binary aGk=", "!!set {a, b}", "<<: {a: 1}", "? "],
)
def test_rare_yaml_is_read_or_refused_but_never_raises(text: str) -> None:
    assert isinstance(parse(text), Document | Problem)
