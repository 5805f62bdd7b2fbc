"""Drawings under addresses of their own."""

from itertools import product

from courses.figures.canvas import Drawing
from courses.figures.pictures import Shape, Theme, address_of, digest_of


def drawing(svg: str) -> Drawing:
    return Drawing(svg, 10, 10, ())


def test_another_drawing_has_another_address() -> None:
    assert digest_of(drawing("<svg/>")) == digest_of(drawing("<svg/>"))
    assert digest_of(drawing("<svg/>")) != digest_of(drawing("<svg />"))
    ways = {address_of("c", "n", *way, "d") for way in product(Theme, Shape)}
    assert len(ways) == 4


def test_a_name_stays_one_part_of_the_address() -> None:
    address = address_of("a/b?c", "é #x", Theme.DARK, Shape.WIDE, "d1")
    assert address == "/figures/a%2Fb%3Fc/%C3%A9%20%23x/dark-wide.svg?drawn=d1"
