"""The drawings of figures under addresses of their own."""

import re
from html import unescape

import pytest
from web_site import World

from base.permissions import NOBODY
from courses.figures.pictures import Shape, Theme, address_of, digest_of, picture
from courses.queries.figures import figure_facts
from tests.factories import COURSE

FIGURE = "/figures/microneedling-fundamentals/skin-section"


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("shape", Shape)
def test_a_drawing_is_a_picture_that_can_do_nothing(
    taught: World, theme: Theme, shape: Shape
) -> None:
    response = taught.browser().get(f"{FIGURE}/{theme}-{shape}.svg")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("image/svg+xml")
    assert response.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "Facial skin in section" in unescape(re.sub(r"<[^>]+>", "", response.text))


def test_only_the_address_that_names_the_drawing_is_kept(taught: World) -> None:
    browser = taught.browser()
    with taught.academy.database.read(NOBODY, taught.clock(), taught.academy.config) as tx:
        facts = figure_facts(tx, COURSE, "skin-section")
    assert facts
    drawn = picture(facts, Theme.DARK, Shape.WIDE)
    way = address_of(COURSE, "skin-section", Theme.DARK, Shape.WIDE, digest_of(drawn))
    named = browser.get(way)
    assert named.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert named.text == drawn.svg
    other = browser.get(f"{FIGURE}/dark-wide.svg", params={"drawn": "0" * 16})
    assert other.headers["cache-control"] == "no-store"
    assert browser.get(f"{FIGURE}/dark-wide.svg").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "asked",
    [
        f"{FIGURE}/dark-tall.svg",
        f"{FIGURE}/wide.svg",
        "/figures/microneedling-fundamentals/bones/dark-wide.svg",
        "/figures/no-course/skin-section/dark-wide.svg",
        f"{FIGURE}/..%5c..%5cetc",
    ],
)
def test_what_is_no_figure_is_a_sentence(taught: World, asked: str) -> None:
    response = taught.browser().get(asked)
    assert response.status_code == 404
    assert response.text == "There is no such figure here. Reload the page that showed it."
    assert response.headers["cache-control"] == "no-store"
