"""The depth explorer: what it says of a length, and that it never says a depth."""

from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.lined_yaml import Problem
from courses.figures.depth_explorer import depth_drawing
from courses.figures.depth_facts import DepthExplorerFacts
from courses.figures.depth_model import (
    Shown,
    dermis_words,
    exceeds,
    inserted_words,
    live_words,
    reach_words,
    shown,
    verdict_words,
)
from courses.figures.facts import read_facts
from courses.figures.figure import COMPACT, WIDE, draw_depth
from courses.figures.palette import LIGHT
from tests.conftest import HOUSE

FILE: Path = HOUSE / "content" / "figures" / "depth-explorer.yaml"
read = read_facts("depth-explorer", FILE.read_text(encoding="utf-8"))
assert isinstance(read, DepthExplorerFacts), read
FACTS = read
SITES = st.sampled_from([one.id for one in FACTS.sites])
VIEWS = st.sampled_from([one.id for one in FACTS.views])
LENGTHS = st.floats(FACTS.lengths.shortest, FACTS.lengths.longest)


def problem_of(text: str) -> Problem:
    found = read_facts("depth-explorer", text)
    assert isinstance(found, tuple)
    return found[0]


def at(site: str, view: str = "women", length: float = 0.5) -> Shown:
    return shown(FACTS, site, view, length)


@given(SITES, VIEWS, LENGTHS)
def test_what_is_reached_is_a_band_up_to_the_length(site: str, view: str, length: float) -> None:
    now = at(site, view, length)
    said = reach_words(now)
    assert f"between much less than its length and {now.length:.2f} mm" in said
    assert said in live_words(now)


@given(SITES, VIEWS, LENGTHS)
def test_no_words_recommend_a_length(site: str, view: str, length: float) -> None:
    said = live_words(at(site, view, length)).lower()
    for advice in ("recommend", "should", "best", "use a", "safe"):
        assert advice not in said


@given(VIEWS, LENGTHS)
def test_inside_the_orbital_rim_is_never_at_any_length(view: str, length: float) -> None:
    now = at("eyelid", view, length)
    assert exceeds(now)
    assert "inside the orbital rim" in verdict_words(now)
    assert "no length is allowed" in verdict_words(now)


@given(SITES, VIEWS, LENGTHS)
def test_the_course_rule_does_not_depend_on_how_skin_was_measured(
    site: str, view: str, length: float
) -> None:
    assert verdict_words(at(site, view, length)) == verdict_words(at(site, "women", length))


@given(SITES, VIEWS, LENGTHS, LENGTHS)
def test_a_longer_needle_never_stays_within_a_ceiling_that_a_shorter_one_exceeds(
    site: str, view: str, one: float, other: float
) -> None:
    shorter, longer = sorted((one, other))
    assert exceeds(at(site, view, shorter)) <= exceeds(at(site, view, longer))


@given(LENGTHS)
def test_a_length_becomes_the_nearest_that_can_be_set(length: float) -> None:
    nearest = FACTS.lengths.nearest(length)
    assert abs(nearest - length) <= FACTS.lengths.step / 2 + 1e-9
    assert FACTS.lengths.nearest(nearest) == nearest
    assert FACTS.lengths.nearest(-1) == FACTS.lengths.shortest
    assert FACTS.lengths.nearest(99) == FACTS.lengths.longest


def test_every_button_sets_a_length_that_the_slider_has() -> None:
    for length in (*FACTS.lengths.buttons, FACTS.lengths.first):
        assert FACTS.lengths.nearest(length) == length


def test_eyelid_and_forehead_differ() -> None:
    assert dermis_words(at("eyelid")) != dermis_words(at("forehead"))
    assert at("eyelid").floor != at("forehead").floor
    assert depth_drawing(at("eyelid"), LIGHT, WIDE) != depth_drawing(at("forehead"), LIGHT, WIDE)


@pytest.mark.parametrize("site", ["forehead", "temple", "cheek", "eyelid"])
def test_switching_the_source_changes_the_numbers_and_the_caption(site: str) -> None:
    women, histology = (draw_depth(at(site, view), LIGHT) for view in ("women", "histology"))
    assert women.caption != histology.caption
    assert women.alt != histology.alt
    assert women.wide.svg != histology.wide.svg
    assert "0.17–0.22" in women.wide.svg
    assert "0.03–0.06" in histology.wide.svg


@pytest.mark.parametrize("site", ["chin", "upper-lip", "orbit"])
@pytest.mark.parametrize("view", [one.id for one in FACTS.views])
def test_a_site_without_a_figure_says_so(site: str, view: str) -> None:
    now = at(site, view, 3.0)
    assert now.floor is None
    assert "no figure seen" in dermis_words(now)
    assert "not measured here" in inserted_words(now)
    assert "no figure seen" in depth_drawing(now, LIGHT, COMPACT).svg


@pytest.mark.parametrize(
    ("site", "view", "length", "said"),
    [
        ("forehead", "women", 0.15, "within the epidermis"),
        ("forehead", "women", 0.2, "border of epidermis and dermis"),
        ("forehead", "histology", 0.3, "pass the epidermis"),
        ("forehead", "women", 0.5, "end in the dermis"),
        ("forehead", "men", 1.5, "dermis of some people"),
        ("forehead", "women", 1.5, "right through the dermis"),
        ("temple", "women", 1.5, "right through the dermis"),
        ("eyelid", "women", 1.5, "right through the dermis"),
    ],
)
def test_what_a_channel_of_full_length_would_mean(
    site: str, view: str, length: float, said: str
) -> None:
    assert said in inserted_words(at(site, view, length))


def test_nothing_in_the_drawing_stands_on_anything_else() -> None:
    lengths = (0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
    views, sites = [one.id for one in FACTS.views], [one.id for one in FACTS.sites]
    for site, view, length in product(sites, views, lengths):
        for width in (WIDE, COMPACT):
            drawing = depth_drawing(at(site, view, length), LIGHT, width)
            for one, other in combinations(drawing.texts, 2):
                assert not one.overlaps(other), (site, view, length, one.text, other.text)
            for one in drawing.texts:
                assert one.left >= 0, one.text
                assert one.right <= width, one.text
                assert one.bottom <= drawing.height, one.text


def test_a_needle_is_drawn_as_long_as_it_is() -> None:
    heights: dict[float, float] = {}
    for length in (0.5, 1.0, 2.0):
        svg = depth_drawing(at("forehead", length=length), LIGHT, WIDE).svg
        band = svg.split('fill="url(#reach)"')[0].rsplit('height="', 1)[1]
        heights[length] = float(band.split('"')[0])
    assert heights[1.0] == pytest.approx(2 * heights[0.5])
    assert heights[2.0] == pytest.approx(4 * heights[0.5])


def test_a_source_without_an_epidermis_and_a_site_without_a_rule_are_problems() -> None:
    text = FILE.read_text(encoding="utf-8")
    no_view = text.replace(
        "- {method: ultrasound, where: face, low: 0.17, high: 0.22, sources: [S33]}\n", ""
    )
    problem = problem_of(no_view)
    assert "reading of the epidermis by ultrasound" in problem.message
    no_rule = text.replace("  never: {why: inside the orbital rim, sources: [S24]}\n", "")
    problem = problem_of(no_rule)
    assert "either a ceiling or the reason" in problem.message
