"""The badge: a picture for wallets and pages, with the signed credential baked in.

Open Badges 3.0 bakes a credential into a PNG as an uncompressed `iTXt` chunk with the keyword
`openbadgecredential`: readers take the text, and people see the picture.
"""

import struct
import zlib

from certs import ornament
from certs.archive_file import About
from certs.designs import PLAIN_DESIGN, Design
from certs.face import CertificateFace
from certs.layouts.pen import CAPITALS, INK, PLAIN, SOFT, TITLE, Pen
from certs.palette import Palette
from certs.picture import picture_of
from certs.sheet import Sheet

KEYWORD = "openbadgecredential"
_SIDE = 300.0
_MIDDLE = _SIDE / 2
_PIXELS = 900
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def badge_png(face: CertificateFace, document: str, design: Design = PLAIN_DESIGN) -> bytes:
    """Return the badge with the credential baked in, 900 by 900 pixels.

    `document` is the signed credential as JSON; it is carried letter by letter.
    """
    return baked(picture_of(_drawn(face, design), _PIXELS), document)


def baked(png: bytes, document: str) -> bytes:
    """Return the PNG with the credential as a chunk before its picture data."""
    # Not compressed, no language, no translated keyword.
    content = KEYWORD.encode() + b"\0\0\0\0\0" + document.encode()
    chunk = struct.pack(">I", len(content)) + b"iTXt" + content
    chunk += struct.pack(">I", zlib.crc32(b"iTXt" + content))
    head_length = struct.unpack(">I", png[8:12])[0]
    after_head = len(_SIGNATURE) + 12 + head_length
    return png[:after_head] + chunk + png[after_head:]


def unbaked(png: bytes) -> str | None:
    """Return the credential that a PNG carries, or None; raises ValueError for no whole PNG."""
    at = len(_SIGNATURE)
    if not png.startswith(_SIGNATURE):
        raise ValueError("This is not a PNG.")
    while at + 12 <= len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        keyword, _, rest = content.partition(b"\0")
        if kind == b"iTXt" and keyword == KEYWORD.encode() and rest[:2] == b"\0\0":
            # After the flags stand a language and a translated keyword, each ended by a zero.
            return rest[2:].split(b"\0", 2)[2].decode()
        at += 12 + length
    return None


def _drawn(face: CertificateFace, design: Design) -> bytes:
    palette = design.palette
    ring = ornament.rosette(_MIDDLE, _MIDDLE, 128.0, palette)
    mark = ornament.mark(_MIDDLE, 212.0, 44.0, palette)
    pen = Pen(Sheet(_SIDE, _SIDE, f"{_rings(palette)} q {ring} Q q {mark} Q\n"), design)
    ink = palette.main_ink
    pen.paragraph(face.achievement, PLAIN, 26, (200, 64), (_MIDDLE, 150), ink)
    pen.paragraph(face.issuer, CAPITALS, 11, (170, 26), (_MIDDLE, 98), SOFT)
    years = f"{face.issued_on.year}\u2013{face.expires_on.year}"
    pen.line(years, TITLE, 13, (_MIDDLE, 66), INK)
    if face.demo:
        pen.line("Demo", CAPITALS, 12, (_MIDDLE, 48), palette.accent_ink)
    about = About(
        title=face.achievement, author=face.issuer, subject=face.serial, dated=face.issued_on
    )
    return pen.sheet.finish(about)


def _rings(palette: Palette) -> str:
    """Two circles around everything, each of four curves."""
    red, green, blue = palette.main_ink
    outer, inner = _circle(146.0), _circle(139.0)
    return f"q {red} {green} {blue} RG 3 w {outer} S 0.8 w {inner} S Q"


def _circle(radius: float) -> str:
    reach = radius * 0.5523  # the Bézier handle that bends a quarter circle
    x = y = _MIDDLE
    start = f"{x + radius:.2f} {y:.2f} m"
    quarters = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))
    curves = [
        f"{x + radius * ax + reach * bx:.2f} {y + radius * ay + reach * by:.2f} "
        f"{x + radius * bx + reach * ax:.2f} {y + radius * by + reach * ay:.2f} "
        f"{x + radius * bx:.2f} {y + radius * by:.2f} c"
        for ax, ay, bx, by in quarters
    ]
    return " ".join([start, *curves])
