"""Figures whose places have numbers: for files in which labels belong to places on a picture."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, ImageOps

from quizbank.files import Picture, read_picture
from quizbank.kinds.shapes import Coords, Shape, bounds

# Nobody clicks on it, so that it need not be larger than screens show it.
_LONGEST_SIDE = 1_600
_SMALLEST_LETTERS = 14
_LETTERS_PER_SIDE = 20


def numbered(picture: Picture, places: Sequence[tuple[Shape, Coords]]) -> Picture:
    """Return the picture with every place outlined and numbered from 1.

    Coordinates are pixels of the picture as browsers show it. Raises `NoPicture` where the result
    would be too large.
    """
    drawn = _on_white(picture.content)
    scale = drawn.width / picture.width
    pen = ImageDraw.Draw(drawn)
    scaled = [(shape, [one * scale for one in coords]) for shape, coords in places]
    for shape, coords in scaled:
        _outline(pen, shape, coords)
    for number, (shape, coords) in enumerate(scaled, start=1):
        _label(pen, str(number), bounds(shape, coords), drawn.size)
    content = BytesIO()
    jpeg = picture.media_type == "image/jpeg"
    drawn.save(content, "JPEG" if jpeg else "PNG", **({"quality": 90} if jpeg else {}))
    return read_picture(content.getvalue())


def _on_white(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content)) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    white = Image.new("RGBA", upright.size, "white")
    white.alpha_composite(upright)
    return white.convert("RGB")


def _outline(pen: ImageDraw.ImageDraw, shape: Shape, coords: Sequence[float]) -> None:
    # Black on white, so that it is seen on light and dark figures alike.
    for colour, width in (("white", 4), ("black", 2)):
        if shape is Shape.POLYGON:
            corners = list(zip(coords[::2], coords[1::2], strict=True))
            pen.line([*corners, *corners[:2]], fill=colour, width=width)
        elif shape is Shape.RECT:
            pen.rectangle(bounds(shape, coords), outline=colour, width=width)
        else:
            pen.ellipse(bounds(shape, coords), outline=colour, width=width)


def _label(
    pen: ImageDraw.ImageDraw,
    said: str,
    around: tuple[float, float, float, float],
    size: tuple[int, int],
) -> None:
    font = ImageFont.load_default(max(_SMALLEST_LETTERS, min(size) / _LETTERS_PER_SIDE))
    left, top, right, bottom = pen.textbbox((0, 0), said, font=font, anchor="mm")
    half = (right - left) / 2 + 3, (bottom - top) / 2 + 3
    middle = (around[0] + around[2]) / 2, (around[1] + around[3]) / 2
    if around[2] - around[0] < 4 * half[0] or around[3] - around[1] < 4 * half[1]:
        # It would hide a small place.
        middle = around[2] + half[0], around[1] - half[1]
    # A label stays on the figure, also where its place lies at the edge.
    x, y = (
        min(max(at, reach), max(reach, end - reach))
        for at, reach, end in zip(middle, half, size, strict=True)
    )
    pen.rectangle((x - half[0], y - half[1], x + half[0], y + half[1]), "white", "black")
    pen.text((x, y), said, "black", font=font, anchor="mm")
