"""The figures: their numbers, their words, and that nothing stands on anything else."""

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from courses.figures.canvas import SMALLEST_TEXT, Drawing
from courses.figures.facts import FigureFacts, read_facts
from courses.figures.figure import draw_figure
from courses.figures.palette import DARK, LIGHT, Palette
from tests.conftest import HOUSE
from tests.factories import COURSE

FOLDER = HOUSE / "content" / COURSE
SHARED = HOUSE / "content" / "figures"
OWN = ("skin-section", "healing-timeline")
SHARED_NAMES = ("depth-explorer", "healing-explorer", "scar-atlas", "skin-types")
NAMES = (*OWN, *SHARED_NAMES, "lidocaine-arithmetic")
# Nothing in their pictures was set by the course itself.
WITHOUT_RULES = {"scar-atlas", "lidocaine-arithmetic"}
SVG = "{http://www.w3.org/2000/svg}"


def facts(name: str) -> FigureFacts:
    folder = FOLDER / "figures" if name in OWN else SHARED
    read = read_facts(name, (folder / f"{name}.yaml").read_text(encoding="utf-8"))
    assert not isinstance(read, tuple), read
    return read


def drawings(name: str) -> list[Drawing]:
    figure = draw_figure(facts(name), LIGHT)
    return [figure.wide, figure.compact]


def numbers(text: str) -> set[float]:
    return {float(one) for one in re.findall(r"\d+(?:\.\d+)?", text)}


@pytest.mark.parametrize("name", NAMES)
def test_no_text_overlaps_another_or_leaves_the_picture(name):
    for drawing in drawings(name):
        for one, other in combinations(drawing.texts, 2):
            assert not one.overlaps(other), (one.text, other.text)
        for one in drawing.texts:
            assert one.left >= 0
            assert one.right <= drawing.width, one.text
            assert one.bottom <= drawing.height


@pytest.mark.parametrize("name", NAMES)
def test_text_is_large_enough_on_a_phone_and_on_a_page(name):
    wide, compact = drawings(name)
    # On a phone of 360 px and on a page the pictures are shown at about these widths.
    for drawing, shown in ((wide, 704), (compact, 328)):
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', drawing.svg)]
        assert min(sizes) >= SMALLEST_TEXT
        assert min(sizes) * shown / drawing.width >= 11


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_drawing_is_sound_xml_without_scripts_or_links(name, palette):
    figure = draw_figure(facts(name), palette)
    for drawing in (figure.wide, figure.compact):
        root = ElementTree.fromstring(drawing.svg)
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert not tags & {"script", "a", "image", "foreignObject", "use"}
        names = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_facts_draw_the_same_figure(name):
    assert draw_figure(facts(name), LIGHT) == draw_figure(facts(name), LIGHT)


def test_every_number_of_the_skin_section_stands_in_the_lesson():
    drawn = facts("skin-section")
    lesson = numbers((FOLDER / "02-skin-and-depth.md").read_text(encoding="utf-8"))
    shown = {
        value
        for part in (*drawn.layers, *drawn.sites)
        for reading in part.readings
        for value in (reading.low, reading.high)
    }
    for site in drawn.sites:
        if site.ceiling:
            shown |= {site.ceiling.low, site.ceiling.high, site.ceiling.signed_off or 0.5}
    shown |= {drawn.convention.mm, drawn.needle.length, drawn.needle.channel}
    assert shown <= lesson


@pytest.mark.parametrize(
    ("site", "row"),
    [
        ("Eyelid", "Eyelid dermis"),
        ("Temple", "Temple dermis"),
        ("Forehead", "Forehead dermis"),
        ("Cheek", "Cheekbone dermis"),
        ("Jaw", "Under-jaw dermis"),
        ("Neck", "Neck dermis"),
    ],
)
def test_each_site_has_the_numbers_of_its_own_row_in_the_lesson(site, row):
    text = (FOLDER / "02-skin-and-depth.md").read_text(encoding="utf-8")
    (line,) = [one for one in text.splitlines() if one.startswith(f"| {row} ")]
    (drawn,) = [one for one in facts("skin-section").sites if one.name == site]
    shown = {value for one in drawn.readings for value in (one.low, one.high)}
    assert shown == numbers(line.split("|")[2])


@pytest.mark.parametrize(
    ("site", "row"),
    [
        ("Forehead", "Forehead, temple"),
        ("Temple", "Forehead, temple"),
        ("Around the eye, outside the rim", "Around the orbit, outside the rim"),
        ("Nose, bridge", "Nose"),
        ("Cheek", "Cheek"),
        ("Upper lip", "Upper lip"),
        ("Neck", "Neck"),
    ],
)
def test_each_ceiling_is_the_lessons_own(site, row):
    text = (FOLDER / "02-skin-and-depth.md").read_text(encoding="utf-8")
    (line,) = [one for one in text.splitlines() if one.startswith(f"| {row} |") and "**" in one]
    (drawn,) = [one for one in facts("skin-section").sites if one.name == site]
    ceiling = drawn.ceiling
    shown = {ceiling.low, ceiling.high} | ({ceiling.signed_off} if ceiling.signed_off else set())
    assert shown == numbers(line.split("|")[4])


def test_every_time_of_the_timeline_stands_in_the_lesson():
    text = (FOLDER / "03-collagen-and-healing.md").read_text(encoding="utf-8").lower()
    for phase in facts("healing-timeline").phases:
        assert phase.words.lower() in text
        assert phase.meaning.lower() in text


def test_phases_follow_and_touch_one_another():
    for before, after in pairwise(facts("healing-timeline").phases):
        assert after.starts[0] <= before.ends[1]


@pytest.mark.parametrize("name", NAMES)
def test_words_say_what_the_picture_shows(name):
    figure = draw_figure(facts(name), LIGHT)
    assert len(figure.alt) > 200
    assert "course rule" in figure.wide.svg or name in WITHOUT_RULES
    assert all(len(row) == len(figure.table.header) for row in figure.table.rows)
    assert set(figure.sources) <= {key for row in figure.table.rows for key in row[-1].split()}


def test_unknown_figures_and_wrong_facts_are_problems():
    assert "no figure bones" in read_facts("bones", "a: 1")[0].message
    text = (FOLDER / "figures" / "healing-timeline.yaml").read_text(encoding="utf-8")
    vague = text.replace("[3 weeks, 3 weeks]", "[soon, 3 weeks]", 1)
    (problem,) = read_facts("healing-timeline", vague)
    assert "write a number and a unit" in problem.message
    assert problem.line > 1


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_marks_stand_out(palette: Palette):
    for text in (palette.ink, palette.soft_ink, palette.course, palette.convention):
        assert contrast(text, palette.paper) >= 4.5
    for mark in (palette.bar_line, palette.histology, palette.vessel):
        assert contrast(mark, palette.paper) >= 3
