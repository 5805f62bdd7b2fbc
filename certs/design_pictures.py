"""Logos and signatures: from hostile bytes to small pictures that stand on white paper."""

import base64
import io

from PIL import Image, ImageOps

from quizbank.files import read_picture

# At the size printed this is 300 pixels an inch.
_LOGO = (720, 220)
_SIGNATURE = (660, 200)
_COLOURS = 128
_INK = (24, 32, 56)


def logo_from(content: bytes) -> str:
    """Return the picture as a design keeps it; raises `NoPicture` with a sentence.

    White around it is cut away, and a picture with many colours gets along with fewer.
    """
    image = _opened(content)
    box = ImageOps.invert(_on_white(image)).point(_nearly_white).getbbox()
    image = image.crop(box) if box else image
    image.thumbnail(_LOGO, Image.Resampling.LANCZOS)
    return _kept(image.quantize(_COLOURS, Image.Quantize.FASTOCTREE).convert("RGBA"))


def signature_from(content: bytes) -> str:
    """Return a photographed or scanned signature as dark ink, without the paper under it.

    Raises `NoPicture` with a sentence.
    """
    grey = _on_white(_opened(content))
    grey.thumbnail((1600, 1600), Image.Resampling.LANCZOS)
    counts = grey.histogram()
    paper, ink = _level(counts, 0.7), _level(counts, 0.005)
    # What is nearly paper is paper: its grain and shadows would print as dirt.
    clear = paper - max(paper - ink, 1) * 0.3
    strength = grey.point([_strength(level, clear, ink) for level in range(256)])
    box = strength.getbbox()
    strength = strength.crop(box) if box else strength
    strength.thumbnail(_SIGNATURE, Image.Resampling.LANCZOS)
    # A few steps are enough for an edge, and pack well.
    strength = strength.point([round(level / 17) * 17 for level in range(256)])
    drawn = Image.new("RGBA", strength.size, (*_INK, 0))
    drawn.putalpha(strength)
    return _kept(drawn)


def _opened(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(read_picture(content).content)) as image:
        return ImageOps.exif_transpose(image).convert("RGBA")


def _on_white(image: Image.Image) -> Image.Image:
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image).convert("L")


def _nearly_white(darkness: int) -> int:
    return 255 if darkness > 10 else 0


def _level(counts: list[int], share: float) -> int:
    """The brightness that this share of the pixels does not exceed."""
    wanted, seen = share * sum(counts), 0
    for level, many in enumerate(counts):
        seen += many
        if seen >= wanted:
            return level
    return len(counts) - 1


def _strength(level: int, clear: float, ink: int) -> int:
    """How much ink a brightness stands for, 0 to 255."""
    return round(255 * min(max((clear - level) / max(clear - ink, 1), 0), 1))


def _kept(image: Image.Image) -> str:
    png = io.BytesIO()
    image.save(png, format="PNG", optimize=True)
    return base64.b64encode(png.getvalue()).decode("ascii")
