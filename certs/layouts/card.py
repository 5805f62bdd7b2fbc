"""The card: everything on a sheet of A6 across, to keep in a folder or hang beside the couch."""

from functools import lru_cache

from certs import ornament
from certs.designs import Design
from certs.embedded_picture import picture_from
from certs.face import CertificateFace
from certs.layouts.pen import CAPITALS, FIXED, FLOWING, INK, PLAIN, SOFT, SPACED, TITLE, Pen, day
from certs.palette import Palette
from certs.second_language import Phrase
from certs.sheet import Sheet

_WIDTH, _HEIGHT = 419.53, 297.64
_LEFT, _RIGHT = 30.0, _WIDTH - 30.0
_QR, _SIDE = 344.0, 86.0
# The middle and the width of what stands left of the QR code.
_MIDDLE, _WIDE = 157.0, 240.0


def draw_card(face: CertificateFace, design: Design) -> Sheet:
    """Draw the card; a long text is printed smaller or on more lines, and never cut."""
    ground = _ground(design.palette, marked=not design.logo)
    pen = Pen(Sheet(_WIDTH, _HEIGHT, ground), design)
    if face.demo:
        pen.demo_ground(2 * _MIDDLE, _HEIGHT)
    if design.logo:
        picture = picture_from(design.logo)
        width, height = picture.fitted(110, 24)
        box = _MIDDLE - width / 2, 252, _MIDDLE + width / 2, 252 + height
        pen.sheet.show(picture, f"Logo of {face.issuer}", box)
    _award(pen, face, design)
    _check(pen, face)
    room = (_RIGHT - _LEFT) / 2 - 10, 48.0
    pen.listing(Phrase.COVERS, face.scope, (_LEFT, 113), room, 8)
    pen.listing(Phrase.LIMITS, face.limits, (_WIDTH / 2 + 10, 113), room, 8)
    _foot(pen, face)
    if face.demo:
        pen.demo_banner((_WIDTH / 2, 18.8), 6)
    return pen.sheet


@lru_cache(16)
def _ground(palette: Palette, marked: bool) -> str:
    rosette = ornament.rosette(_MIDDLE, 196.0, 72.0, palette)
    mark = ornament.mark(_MIDDLE, 256.0, 17.0, palette) if marked else ""
    return f"q {ornament.narrow_frame(_WIDTH, _HEIGHT, 14.0, palette)} Q q {rosette} Q q {mark} Q\n"


def _award(pen: Pen, face: CertificateFace, design: Design) -> None:
    main, x = pen.palette.main_ink, _MIDDLE
    pen.paragraph(face.issuer, CAPITALS, 7.5, (_WIDE, 10), (x, 242), SOFT)
    with pen.sheet.element("H1"):
        pen.phrase(Phrase.CERTIFICATE, TITLE, 18, (x, 221), main, _WIDE)
    with pen.sheet.element("P"):
        pen.phrase(Phrase.CERTIFIES, FLOWING, 8, (x, 208), SOFT, _WIDE)
    pen.paragraph(face.holder, PLAIN, 21, (_WIDE, 28), (x, 191), INK)
    pen.sheet.draw(ornament.rule(x - 60, 174.5, 120, pen.palette.accent_ink, 0.4))
    with pen.sheet.element("P"):
        pen.phrase(Phrase.AWARDED, FLOWING, 8, (x, 164), SOFT, _WIDE)
    second = design.achievement if design.language else ""
    high = 16 if second else 26
    pen.paragraph(face.achievement, PLAIN, 13, (_WIDE, high), (x, 149 if second else 145), main)
    if second:
        pen.paragraph(second, FLOWING, 9, (_WIDE, 11), (x, 134), main, design.language)


def _check(pen: Pen, face: CertificateFace) -> None:
    pen.qr_code(face.verify_url, (_QR, 216), _SIDE)
    with pen.sheet.element("P"):
        y = pen.stacked(Phrase.CHECK, FLOWING, 7.5, (_QR, 158.5), SOFT)
        pen.block(face.host, FIXED, 7, (100, 9), (_QR, y - 7.5), INK)


def _foot(pen: Pen, face: CertificateFace) -> None:
    pen.sheet.draw(ornament.rule(_LEFT, 53, _RIGHT - _LEFT, pen.palette.accent_ink, 0.4))
    for phrase, text, style, middle, wide in (
        (Phrase.ISSUED, day(face.issued_on), PLAIN, _LEFT + 50, 100),
        (Phrase.NUMBER, face.serial, SPACED, _WIDTH / 2, 150),
        (Phrase.UNTIL, day(face.expires_on), PLAIN, _RIGHT - 50, 100),
    ):
        with pen.sheet.element("P"):
            pen.phrase(phrase, CAPITALS, 6.5, (middle, 43.5), SOFT, wide - 2, goes_on=True)
            pen.block(text, style, 9, (wide, 12), (middle, 33.5), INK)
