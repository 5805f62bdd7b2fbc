"""Reading lesson files."""

import pytest

from courses.lessons import FigureBlock, MarkdownBlock, blocks, cited, read_lesson
from quizbank.files import read_picture
from tests.factories import png

FRONT = """---
title: Skin
objectives: [MF-02]
minutes: 9
goals:
- Name the layers.
key_points:
- The dermis holds collagen.
checks: [mf-02-017]
sources: [S13]
reviewed: 2026-11-22
review_due: 2027-11-22
---
"""
BODY_LINE = FRONT.count("\n") + 1


def problems(body: str, front: str = FRONT) -> list[tuple[int, str]]:
    return [(one.line, one.message) for one in read_lesson("skin", front + body).problems]


def test_a_sound_file_is_a_lesson():
    read = read_lesson("skin", FRONT + "## Layers\n\nThe dermis [S13].\n")
    assert read.problems == ()
    assert read.lesson is not None
    assert read.lesson.slug == "skin"
    assert read.lesson.minutes == 9
    assert read.lesson.body.startswith("## Layers")
    assert read.body_line == BODY_LINE


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("# Skin", "level-1 heading"),
        ("Skin\n====", "underlined heading"),
        ("A <b>word</b>.", "Raw HTML"),
        ("<!-- hidden -->", "Raw HTML"),
        ("![skin](skin.png)", "alone on its line"),
        ("See [this](page.html).", "A link"),
        ("See https://example.org now.", "A link"),
        ("[1]: page.html", "A link"),
        ("Before {{figure: skin}} after", "stands alone"),
        ("{{video: skin}}", "stands alone"),
        ("## One\n\n#### Two", "skips a level"),
        ("### Begins too deep", "skips a level"),
    ],
)
def test_what_a_body_must_not_contain_is_found_with_its_line(line, said):
    found = problems(f"Fine.\n\n{line}\n")
    assert any(said in message for _, message in found)
    assert all(number >= BODY_LINE + 2 for number, _ in found)


@pytest.mark.parametrize("line", ["Under <6 months, >3 mm.", "`<b>` is code", "Dose < 5 & > 3"])
def test_signs_that_only_look_like_html_are_fine(line):
    assert problems(f"{line}\n") == []


def test_an_unknown_field_is_named_on_its_line():
    assert problems("Text\n", FRONT.replace("minutes: 9", "minutes: 9\ncolour: red")) == [
        (5, "colour: there is no such field; check its spelling.")
    ]


def test_a_missing_field_and_a_wrong_one_are_both_named():
    front = FRONT.replace("title: Skin\n", "").replace("minutes: 9", "minutes: long")
    said = " ".join(message for _, message in problems("Text\n", front))
    assert "title is missing" in said
    assert "minutes:" in said


def test_broken_yaml_says_its_line():
    ((line, message),) = problems("Text\n", FRONT.replace("minutes: 9", "minutes: [9"))
    assert line in {5, 6}
    assert "not valid YAML" in message


@pytest.mark.parametrize("text", ["", "Just text", "---\ntitle: Skin\n", "\n---\na: 1\n---\n"])
def test_a_file_without_front_matter_says_how_a_lesson_begins(text):
    read = read_lesson("skin", text)
    assert read.lesson is None
    assert "begins with ---" in read.problems[0].message


def test_the_slug_comes_from_the_file_only():
    ((_, message),) = problems("Text\n", FRONT.replace("title: Skin", "title: Skin\nslug: other"))
    assert "name of the file" in message


def test_review_must_come_after_it_was_reviewed():
    front = FRONT.replace("review_due: 2027-11-22", "review_due: 2026-11-22")
    assert any("review_due must come after" in message for _, message in problems("Text\n", front))


def test_blocks_split_at_figures_and_drop_empty_stretches():
    assert blocks("One\n\n{{figure: skin-section}}\n\n{{figure: healing}}\nTwo") == (
        MarkdownBlock("One\n\n"),
        FigureBlock("skin-section"),
        FigureBlock("healing"),
        MarkdownBlock("\nTwo"),
    )


def test_citations_are_found_with_their_lines():
    assert cited("A [S01][CR].\nB [not] [S1] [S99]") == ((1, "S01"), (1, "CR"), (2, "S99"))


DIGEST = "a" * 64


def test_a_picture_stands_alone_on_its_line_and_says_what_it_shows():
    assert problems(f"Look:\n\n![A roller](/files/{DIGEST})\n") == []
    blank = problems(f"![ ](/files/{DIGEST})\n")
    assert [number for number, _ in blank] == [BODY_LINE]
    assert "what the picture shows" in blank[0][1]
    within = problems(f"Look: ![A roller](/files/{DIGEST})\n")
    assert any("alone on its line" in message for _, message in within)


def test_a_picture_beside_the_lessons_is_known_by_what_it_holds():
    picture = read_picture(png())
    text = FRONT + "![A roller](pictures/roller.png)\n"
    lesson = read_lesson("skin", text, {"roller.png": picture}).lesson
    assert lesson is not None
    assert lesson.pictures() == {picture.digest}
    absent = read_lesson("skin", text).problems
    assert "pictures/roller.png is not there" in absent[0].message
