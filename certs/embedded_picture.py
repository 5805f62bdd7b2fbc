"""A picture inside a PDF: colours and transparency apart."""

import base64
import io
from dataclasses import dataclass
from functools import lru_cache

from pikepdf import Name, Object, Pdf, Stream
from PIL import Image

from certs.packing import packed


@dataclass(frozen=True)
class EmbeddedPicture:
    """A picture ready to be put into files; its size is in pixels."""

    width: int
    height: int
    _colours: bytes
    _strength: bytes

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """Return the largest size that fits a room and keeps the picture's shape."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale

    def embedded(self, file: Pdf) -> Object:
        """The picture as an object of the file."""
        mask = self._image(file, Name.DeviceGray, self._strength)
        image = self._image(file, Name.DeviceRGB, self._colours)
        image.SMask = mask
        return image

    def _image(self, file: Pdf, space: Name, pixels: bytes) -> Stream:
        return packed(
            file,
            pixels,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=self.width,
            Height=self.height,
            ColorSpace=space,
            BitsPerComponent=8,
        )


@lru_cache(16)
def picture_from(kept: str) -> EmbeddedPicture:
    """Return the picture that a design keeps as base64 of a PNG."""
    with Image.open(io.BytesIO(base64.b64decode(kept)), formats=["PNG"]) as opened:
        image = opened.convert("RGBA")
    strength = image.getchannel("A")
    white = Image.new("RGB", image.size, "white")
    # Colours under what is fully transparent are never seen, and would only fill the file.
    colours = Image.composite(image.convert("RGB"), white, strength.point(_seen))
    return EmbeddedPicture(image.width, image.height, colours.tobytes(), strength.tobytes())


def _seen(strength: int) -> int:
    return 255 if strength else 0
