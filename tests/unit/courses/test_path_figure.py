"""Paths: whatever their steps say stands within its box, and the words say all of it."""

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.figures.canvas import SMALLEST_TEXT, Drawing
from courses.figures.facts import FigureFacts, facts_to_data, read_facts
from courses.figures.figure import draw_figure
from courses.figures.palette import DARK, LIGHT
from courses.figures.path_facts import PathFacts, PathStep, WayOut
from tests.conftest import HOUSE

FILES = sorted(
    path
    for path in HOUSE.glob("content/*/figures/*.yaml")
    if "\nsteps:" in path.read_text(encoding="utf-8")
)
TEXT = """
title: From a question to a decision
caption: Made up.
steps:
- say: Ask
  words: Ask it aloud.
  out: {when: A sore today, then: Defer}
  sources: [S07]
- say: Decide
  words: Write it down.
  course_rule: true
  sources: [CR, S07]
"""


def read(text: str) -> FigureFacts:
    found = read_facts("made-up", text)
    assert not isinstance(found, tuple), found
    return found


def boxes(drawing: Drawing) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every box but the ground."""
    shapes = list(ElementTree.fromstring(drawing.svg).iter("{http://www.w3.org/2000/svg}rect"))[1:]
    places = [[float(one.get(key, "0")) for key in ("x", "y", "width", "height")] for one in shapes]
    return [(x, y, x + width, y + height) for x, y, width, height in places]


def check_places(facts: PathFacts) -> None:
    figure = draw_figure(facts, LIGHT)
    for drawing in (figure.wide, figure.compact):
        for one, other in combinations(drawing.texts, 2):
            assert not one.overlaps(other), (one.text, other.text)
        title = set(facts.title.split())
        for text in drawing.texts:
            within = any(
                left <= text.left and top <= text.top
                and text.right <= right and text.bottom <= bottom
                for left, top, right, bottom in boxes(drawing)
            )  # fmt: skip
            assert within or set(text.text.split()) <= title, text
            assert text.right <= drawing.width
            assert text.bottom <= drawing.height


def said(longest: int) -> st.SearchStrategy[str]:
    word = st.text(alphabet="aemWi.-", min_size=1, max_size=24)
    words = st.lists(word, min_size=1, max_size=20).map(" ".join)
    return words.map(lambda text: text[:longest].strip()).filter(bool)


STEPS = st.builds(
    PathStep,
    say=said(60),
    words=said(160),
    course_rule=st.booleans(),
    out=st.none() | st.builds(WayOut, when=said(60), then=said(60)),
    sources=st.just(("S07",)),
)
PATHS = st.builds(
    PathFacts,
    title=said(60),
    caption=st.just("Made up."),
    steps=st.lists(STEPS, min_size=2, max_size=8).map(tuple),
)


@given(PATHS)
def test_no_words_leave_their_box_or_meet_others(facts: PathFacts) -> None:
    check_places(facts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_path_of_the_content_is_drawn_whole(path: Path) -> None:
    facts = read_facts(path.stem, path.read_text(encoding="utf-8"))
    assert isinstance(facts, PathFacts), facts
    check_places(facts)
    figure = draw_figure(facts, DARK)
    for step in facts.steps:
        assert step.say in figure.alt
        assert step.out is None or step.out.then in figure.alt
        assert step.course_rule == ("CR" in step.sources)
    ruled = any(step.course_rule for step in facts.steps)
    assert ("course rule" in figure.compact.svg) == ruled == ("course rule" in figure.alt)
    cited = {key for row in figure.table.rows for key in row[-1].split()}
    assert cited == set(figure.sources)


def test_words_are_large_enough_to_read_on_a_phone() -> None:
    figure = draw_figure(read(TEXT), LIGHT)
    for drawing, shown in ((figure.wide, 704), (figure.compact, 328)):
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', drawing.svg)]
        assert min(sizes) >= SMALLEST_TEXT
        assert min(sizes) * shown / drawing.width >= 11


def test_words_and_table_say_what_the_picture_shows() -> None:
    figure = draw_figure(read(TEXT), LIGHT)
    assert figure.alt == (
        "From a question to a decision. A way of 2 steps, one below another. "
        "Step 1: Ask. Ask it aloud. Way out: A sore today: Defer. "
        "Step 2: Decide. Write it down (course rule)."
    )
    assert figure.table.rows == (
        ("1. Ask", "Ask it aloud.", "A sore today: Defer", "S07"),
        ("2. Decide", "Write it down (course rule).", "", "CR S07"),
    )


def test_a_path_is_written_as_it_was_read() -> None:
    facts = read(TEXT)
    assert PathFacts.model_validate(facts_to_data(facts)) == facts


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("say: Ask", "say: " + "long " * 13, "at most 60"),
        ("words: Ask it aloud.", "words: " + "o" * 25, "more than 24 characters does not fit"),
        ("then: Defer", "do: Defer", "then is missing"),
        ("  sources: [S07]", "  sources: []", "at least 1"),
        ("steps:", "stops:", "no figure made-up"),
    ],
    ids=["too long", "unbreakable", "no way", "without source", "of no kind"],
)
def test_what_cannot_be_drawn_is_a_problem(old: str, new: str, message: str) -> None:
    found = read_facts("made-up", TEXT.replace(old, new, 1))
    assert isinstance(found, tuple)
    assert any(message in problem.message for problem in found), found
