"""A4 across: the certificate to frame."""

from functools import lru_cache

from certs import ornament
from certs.designs import Design
from certs.face import CertificateFace
from certs.layouts.parts import (
    CAPITALS,
    FIXED,
    FLOWING,
    INK,
    LEADING,
    PLAIN,
    SOFT,
    SPACED,
    TITLE,
    centred,
    day,
    demo_banner,
    demo_ground,
    label,
    listing,
    qr_code,
)
from certs.lettering import balanced, fit
from certs.palette import Palette
from certs.sheet import Sheet

_WIDTH, _HEIGHT = 841.89, 595.28
_MIDDLE = _WIDTH / 2
_INSET = 32.0
_LEFT, _RIGHT = 92.0, _WIDTH - 92.0
_COLUMN = 240.0


def draw_landscape(face: CertificateFace, design: Design) -> Sheet:
    """Draw the page; a long text is printed smaller or on more lines, and never cut."""
    palette = design.palette
    sheet = Sheet(_WIDTH, _HEIGHT, _ground(palette))
    if face.demo:
        demo_ground(sheet, _WIDTH, _HEIGHT, palette)
    _award(sheet, face, palette)
    room = (_COLUMN, 106.0)
    listing(sheet, "What it covers", face.scope, (_LEFT, 243), room, palette)
    listing(sheet, "Its limits", face.limits, (_RIGHT - _COLUMN, 243), room, palette)
    _check(sheet, face)
    _foot(sheet, face, palette)
    if face.demo:
        demo_banner(sheet, _MIDDLE, 53, palette)
    return sheet


@lru_cache(8)
def _ground(palette: Palette) -> str:
    """What every certificate has in common and no text belongs to."""
    rosette = ornament.rosette(_MIDDLE, 388.0, 136.0, palette)
    mark = ornament.mark(_MIDDLE, 504.0, 38.0, palette)
    frame = ornament.frame(_WIDTH, _HEIGHT, _INSET, palette)
    return f"q {frame} Q q {rosette} Q q {mark} Q\n"


def _award(sheet: Sheet, face: CertificateFace, palette: Palette) -> None:
    """Who awards what to whom, in the middle of the page."""
    with sheet.element("P"):
        issuer = fit([face.issuer], CAPITALS, (520, 20), 13, 1.2)
        centred(sheet, issuer, CAPITALS, 472, SOFT, _MIDDLE)
    with sheet.element("H1"):
        label(sheet, "Certificate", TITLE, 38, 424.6, palette.main_ink, _MIDDLE)
    with sheet.element("P"):
        label(sheet, "This is to certify that", FLOWING, 14, 396.8, SOFT, _MIDDLE)
    with sheet.element("P"):
        holder = balanced(fit([face.holder], PLAIN, (600, 52), 40, LEADING), PLAIN)
        centred(sheet, holder, PLAIN, 366, INK, _MIDDLE)
    accent = palette.accent_ink
    sheet.draw(ornament.rule(_MIDDLE - 150, 333, 142, accent))
    sheet.draw(ornament.rule(_MIDDLE + 8, 333, 142, accent))
    sheet.draw(ornament.diamond(_MIDDLE, 333, 2.6, accent))
    with sheet.element("P"):
        label(sheet, "has been awarded", FLOWING, 14, 312.8, SOFT, _MIDDLE)
    with sheet.element("P"):
        achievement = balanced(fit([face.achievement], PLAIN, (600, 40), 25, LEADING), PLAIN)
        centred(sheet, achievement, PLAIN, 286, palette.main_ink, _MIDDLE)


def _check(sheet: Sheet, face: CertificateFace) -> None:
    """The QR code, with the words and the host for those who type."""
    qr_code(sheet, face.verify_url, _MIDDLE, 205, 84)
    with sheet.element("P"):
        said = "Check this certificate at"
        label(sheet, said, FLOWING, 10.5, 147.8, SOFT, _MIDDLE, goes_on=True)
        host = fit([face.host], FIXED, (178, 11.5), 9.5, 1.2)
        centred(sheet, host, FIXED, 138.5, INK, _MIDDLE)


def _foot(sheet: Sheet, face: CertificateFace, palette: Palette) -> None:
    sheet.draw(ornament.rule(_LEFT, 121, _RIGHT - _LEFT, palette.accent_ink, 0.4))
    for title, text, style, middle in (
        ("Issued", day(face.issued_on), PLAIN, _LEFT + _COLUMN / 2),
        ("Certificate number", face.serial, SPACED, _MIDDLE),
        ("Valid until", day(face.expires_on), PLAIN, _RIGHT - _COLUMN / 2),
    ):
        with sheet.element("P"):
            label(sheet, title, CAPITALS, 9.5, 103, SOFT, middle, goes_on=True)
            centred(sheet, fit([text], style, (_COLUMN, 20), 14, 1.2), style, 87, INK, middle)
