"""Pictures that items show: read from hostile bytes, named in texts by what they hold.

A text names a picture in Markdown as `![what it shows](/files/<SHA-256 of its bytes>)`.
"""

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PIL import Image
from pydantic import JsonValue

from quizbank.items import Item
from quizbank.picture_metadata import ORIENTATION, without_metadata

LARGEST_PICTURE_MB = 5
LARGEST_MEGAPIXELS = 25
# What every browser draws and no browser runs; SVG can hold scripts.
_TYPES = {
    "PNG": ("image/png", "png"),
    "JPEG": ("image/jpeg", "jpg"),
    "GIF": ("image/gif", "gif"),
    "WEBP": ("image/webp", "webp"),
}
MEDIA_TYPES = tuple(media_type for media_type, _ in _TYPES.values())
# How a camera is held that swaps width and height.
_TURNED = frozenset({5, 6, 7, 8})
_TOO_MANY = (
    f"The picture has more than {LARGEST_MEGAPIXELS} million pixels. Make it smaller and try again."
)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAMED = re.compile(r"/files/([0-9a-f]{64})(?![0-9a-f])")


class NoPicture(ValueError):
    """Bytes that cannot be taken as a picture; the text says why and what to do."""


@dataclass(frozen=True)
class Picture:
    """A picture, its size in pixels as browsers show it, and the SHA-256 of its bytes."""

    digest: str
    media_type: str
    content: bytes
    width: int
    height: int

    @property
    def file_name(self) -> str:
        """A name for the picture in a file or a folder."""
        endings = dict(_TYPES.values())
        return f"{self.digest}.{endings[self.media_type]}"


NO_PICTURES: Mapping[str, Picture] = MappingProxyType({})


def read_picture(content: bytes) -> Picture:
    """Return the picture that these bytes are; raises `NoPicture` with a sentence.

    It comes without what cameras write beside it, such as where it was taken.
    """
    if len(content) > LARGEST_PICTURE_MB * 1_000_000:
        raise NoPicture(
            f"The picture is larger than {LARGEST_PICTURE_MB} MB. Save it smaller and try again."
        )
    try:
        media_type, width, height, orientation = _decoded(content)
        clean = without_metadata(content, media_type, orientation)
        if clean != content:
            media_type, width, height, _ = _decoded(clean)
    except NoPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NoPicture(_TOO_MANY) from None
    except Exception:
        # Pillow's readers raise whatever a broken file leads them to.
        raise NoPicture(
            "This is no picture that can be shown: it must be a whole PNG, JPEG, GIF or WebP. "
            "Save it in one of these formats and try again."
        ) from None
    return Picture(hashlib.sha256(clean).hexdigest(), media_type, clean, width, height)


def address_of(digest: str) -> str:
    """Return the address under which browsers get the picture."""
    return f"/files/{digest}"


def is_digest(text: str) -> bool:
    """Tell whether a text has the shape of a picture's digest."""
    return bool(_DIGEST.fullmatch(text))


def named_files(item: Item) -> frozenset[str]:
    """Return the digests of all pictures that the item shows anywhere, a figure included."""
    return frozenset(_digests(item.model_dump(mode="json")))


def files_in(text: str) -> frozenset[str]:
    """Return the digests of the pictures that a text shows."""
    return frozenset(_NAMED.findall(text))


def _digests(data: JsonValue) -> Iterator[str]:
    if isinstance(data, str):
        yield from _NAMED.findall(data)
    elif isinstance(data, list):
        for value in data:
            yield from _digests(value)
    elif isinstance(data, dict):
        for name, value in data.items():
            # A figure names its picture without an address.
            figure = name == "file" and isinstance(value, str) and is_digest(value)
            yield from (str(value),) if figure else _digests(value)


def _decoded(content: bytes) -> tuple[str, int, int, int]:
    with Image.open(io.BytesIO(content), formats=list(_TYPES)) as image:
        width, height = image.size
        # The head says the size, so that nothing too large is ever unpacked.
        if width * height > LARGEST_MEGAPIXELS * 1_000_000:
            raise NoPicture(_TOO_MANY)
        image.load()
        orientation = image.getexif().get(ORIENTATION, 1)
        if orientation in _TURNED:
            width, height = height, width
        # Phones write several pictures into one file, of which browsers show the first.
        media_type, _ = _TYPES["JPEG" if image.format == "MPO" else str(image.format)]
        return media_type, width, height, orientation
