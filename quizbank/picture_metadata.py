"""What cameras and programs write beside a picture: where it was taken, when, with what, by whom.

It is taken out part by part, without unpacking, so that no pixel changes. How the camera was held
stays, because browsers turn pictures by it. What stands behind a picture's end goes as well.
"""

import re
import zlib
from collections.abc import Callable

from PIL import Image

# The Exif tag that says how the camera was held.
ORIENTATION = 0x0112
_EXIF = b"Exif\0\0"

_JPEG_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
_SCAN, _END = 0xDA, 0xD9
# Comments, and everything that programs add, but for JFIF, colour profiles and Adobe's colours.
_JPEG_ADDED = frozenset({*range(0xE1, 0xF0), 0xFE}) - {0xEE}
_PROFILE = b"ICC_PROFILE\0"

_PNG_NEEDED = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST sPLT cICP mDCV cLLI acTL fcTL fdAT".split()
)
_WEBP_NEEDED = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_HAS_EXIF, _WEBP_HAS_XMP = 0x08, 0x04


def without_metadata(content: bytes, media_type: str, orientation: int) -> bytes:
    """Return the picture as it is shown and nothing else; GIF comes back as it is.

    `orientation` is the Exif value, 1 for upright. The same bytes come back where nothing had to
    be taken out, and for what comes out of here.
    """
    clean = _CLEAN.get(media_type)
    return clean(content, _turned(orientation)) if clean else content


def _turned(orientation: int) -> bytes:
    if orientation not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return exif.tobytes().removeprefix(_EXIF)


def _jpeg(content: bytes, exif: bytes) -> bytes:
    parts = [content[:2]]
    added = _EXIF + exif if exif else b""
    place = 2
    while found := _JPEG_MARKER.search(content, place):
        marker, begin = found[1][0], found.end()
        if marker != 0xE0 and added:
            parts.append(b"\xff\xe1" + (len(added) + 2).to_bytes(2) + added)
            added = b""
        if marker == _END:
            return b"".join([*parts, b"\xff\xd9"])
        place = begin + int.from_bytes(content[begin : begin + 2])
        if marker == _SCAN:
            following = _JPEG_MARKER.search(content, place)
            place = following.start() if following else len(content)
        profile = marker == 0xE2 and content.startswith(_PROFILE, begin + 2)
        if marker not in _JPEG_ADDED or profile:
            parts.append(content[begin - 2 : place])
    return b"".join(parts)


def _png(content: bytes, exif: bytes) -> bytes:
    parts, place = [content[:8]], 8
    while place < len(content):
        name = content[place + 4 : place + 8]
        end = place + 12 + int.from_bytes(content[place : place + 4])
        # A capital at the start says that no picture is shown without the part.
        if name[:1].isupper() or name in _PNG_NEEDED:
            parts.append(content[place:end])
        if name == b"IHDR" and exif:
            parts.append(_png_part(b"eXIf", exif))
        if name == b"IEND":
            break
        place = end
    return b"".join(parts)


def _png_part(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)


def _webp(content: bytes, exif: bytes) -> bytes:
    parts = [content[8:12]]
    place, last = 12, 8 + int.from_bytes(content[4:8], "little")
    extended = False
    while place < min(last, len(content)):
        name = content[place : place + 4]
        size = int.from_bytes(content[place + 4 : place + 8], "little")
        end = place + 8 + size + size % 2
        if name == b"VP8X":
            extended = True
            flags = content[place + 8] & ~(_WEBP_HAS_EXIF | _WEBP_HAS_XMP)
            flags |= _WEBP_HAS_EXIF if exif else 0
            parts.append(content[place : place + 8] + bytes([flags]) + content[place + 9 : end])
        elif name in _WEBP_NEEDED:
            parts.append(content[place:end])
        place = end
    if exif and extended:
        parts.append(b"EXIF" + len(exif).to_bytes(4, "little") + exif + b"\0" * (len(exif) % 2))
    inside = b"".join(parts)
    return b"RIFF" + len(inside).to_bytes(4, "little") + inside


_CLEAN: dict[str, Callable[[bytes, bytes], bytes]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
}
