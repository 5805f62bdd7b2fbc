"""Pictures whose places have numbers: drawn where browsers show them, and never too large."""

from io import BytesIO

import pytest
from PIL import Image

from quizbank.exchange.numbered_figure import numbered
from quizbank.files import Picture, read_picture
from quizbank.kinds.shapes import Shape

SPOT = (Shape.CIRCLE, (30.0, 30.0, 20.0))


def picture(
    width: int = 200, height: int = 100, form: str = "PNG", mode: str = "RGB", turned: int = 1
) -> Picture:
    exif = Image.Exif()
    exif[0x0112] = turned
    made = BytesIO()
    Image.new(mode, (width, height)).save(made, form, exif=exif)
    return read_picture(made.getvalue())


def changed_at(drawn: Picture) -> tuple[int, int, int, int]:
    """The box around everything that is not as dark as the picture was."""
    with Image.open(BytesIO(drawn.content)) as opened:
        box = opened.convert("L").point(lambda one: 255 if one > 60 else 0).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize(
    "place",
    [
        SPOT,
        (Shape.RECT, (10.0, 10.0, 40.0, 40.0)),
        (Shape.ELLIPSE, (30.0, 30.0, 20.0, 20.0)),
        (Shape.POLYGON, (10.0, 10.0, 50.0, 10.0, 30.0, 50.0)),
    ],
)
def test_a_place_is_outlined_where_it_lies_and_has_its_number(place: tuple[Shape, tuple]) -> None:
    drawn = numbered(picture(), [place])
    assert (drawn.width, drawn.height, drawn.media_type) == (200, 100, "image/png")
    left, top, right, bottom = changed_at(drawn)
    assert 5 <= left <= 12
    assert bottom in range(45, 55)
    assert right < 80
    assert top < 15
    assert numbered(picture(), [place]) == drawn
    assert numbered(picture(), [place, place]) != drawn


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_turned_photo_is_numbered_as_it_is_shown(form: str) -> None:
    photo = picture(200, 100, form, turned=6)
    assert (photo.width, photo.height) == (100, 200)
    drawn = numbered(photo, [(Shape.CIRCLE, (20.0, 170.0, 15.0))])
    assert (drawn.width, drawn.height) == (100, 200)
    assert changed_at(drawn)[1] > 130
    assert drawn.media_type == ("image/jpeg" if form == "JPEG" else "image/png")


def test_what_is_seen_through_stands_on_white() -> None:
    drawn = numbered(picture(mode="RGBA"), [SPOT])
    with Image.open(BytesIO(drawn.content)) as opened:
        assert opened.getpixel((190, 90)) == (255, 255, 255)


def test_a_large_picture_becomes_as_large_as_screens_show_it() -> None:
    drawn = numbered(picture(4_000, 3_000), [(Shape.CIRCLE, (3_000.0, 2_000.0, 400.0))])
    assert (drawn.width, drawn.height) == (1_600, 1_200)
    left, _, _, bottom = changed_at(drawn)
    assert abs(left - 1_040) < 6
    assert abs(bottom - 960) < 6


def test_a_number_at_the_edge_stays_on_the_picture() -> None:
    drawn = numbered(picture(60, 40), [(Shape.CIRCLE, (59.0, 1.0, 2.0))])
    left, top, right, _ = changed_at(drawn)
    assert (top, right) == (1, 60)
    assert left < 50
