"""The certificate as a PDF to print and frame: one A4 page, landscape."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from urllib.parse import urlsplit

import segno

from certs import ornament
from certs.lettering import Block, Style, balanced, fit, set_line
from certs.ornament import COPPER, TEAL
from certs.sheet import Colour, Sheet
from certs.typefaces import ITALIC, MONO, SERIF, unprintable

_WIDTH, _HEIGHT = 841.89, 595.28
_MIDDLE = _WIDTH / 2
_INSET = 32.0
_LEFT, _RIGHT = 92.0, _WIDTH - 92.0
_COLUMN = 240.0
_LEADING = 1.14
_INK: Colour = (0.110, 0.145, 0.165)
_SOFT: Colour = (0.330, 0.385, 0.400)
_BLUSH: Colour = (0.972, 0.898, 0.850)
_WHITE: Colour = (1.0, 1.0, 1.0)

_PLAIN = Style(SERIF)
_FLOWING = Style(ITALIC)
_CAPITALS = Style(SERIF, ("smcp", "c2sc", "-liga"), 0.14)
_TITLE = Style(SERIF, ("smcp", "-liga"), 0.10)
_SPACED = Style(MONO, ("zero",), 0.04)
_FIXED = Style(MONO, ("zero",))
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class CertificateFace:
    """What is printed: every fact the page shows, frozen at issue."""

    holder: str
    achievement: str
    scope: tuple[str, ...]
    limits: tuple[str, ...]
    serial: str
    issued_on: date
    expires_on: date
    issuer: str
    verify_url: str
    demo: bool


def certificate_pdf(face: CertificateFace) -> bytes:
    """The certificate as a PDF; the same face always gives the same bytes.

    A long text is printed smaller or on more lines, and never cut. Raises ValueError for a
    character that no embedded font has: ask `typefaces.unprintable` before issuing.
    """
    _refuse_unprintable(face)
    sheet = Sheet(_WIDTH, _HEIGHT, _ground())
    if face.demo:
        _demo_ground(sheet)
    _award(sheet, face)
    _column(sheet, "What it covers", face.scope, _LEFT)
    _column(sheet, "Its limits", face.limits, _RIGHT - _COLUMN)
    _check(sheet, face.verify_url)
    _foot(sheet, face)
    if face.demo:
        _demo_banner(sheet)
    return sheet.finish(
        f"{face.achievement} ({face.holder})",
        face.issuer,
        f"Certificate {face.serial}, issued {_day(face.issued_on)}",
        face.issued_on,
    )


def _refuse_unprintable(face: CertificateFace) -> None:
    texts = (face.holder, face.achievement, *face.scope, *face.limits, face.serial, face.issuer)
    for text in (*texts, _host(face.verify_url)):
        if wrong := unprintable(text):
            raise ValueError(f"A certificate can't print {wrong!a}. Ask for another spelling.")


@cache
def _ground() -> str:
    """What every certificate has in common and no text belongs to."""
    rosette = ornament.rosette(_MIDDLE, 388.0, 136.0)
    mark = ornament.mark(_MIDDLE, 504.0, 38.0)
    frame = ornament.frame(_WIDTH, _HEIGHT, _INSET)
    return f"q {frame} Q q {rosette} Q q {mark} Q\n"


def _award(sheet: Sheet, face: CertificateFace) -> None:
    """Who awards what to whom, in the middle of the page."""
    _centred(sheet, fit([face.issuer], _CAPITALS, (520, 20), 13, 1.2), _CAPITALS, 472, _SOFT)
    _label(sheet, "Certificate", _TITLE, 38, 424.6, TEAL)
    _label(sheet, "This is to certify that", _FLOWING, 14, 396.8, _SOFT)
    holder = balanced(fit([face.holder], _PLAIN, (600, 52), 40, _LEADING), _PLAIN)
    _centred(sheet, holder, _PLAIN, 366, _INK)
    sheet.draw(ornament.rule(_MIDDLE - 150, 333, 142, COPPER))
    sheet.draw(ornament.rule(_MIDDLE + 8, 333, 142, COPPER))
    sheet.draw(ornament.diamond(_MIDDLE, 333, 2.6))
    _label(sheet, "has been awarded", _FLOWING, 14, 312.8, _SOFT)
    achievement = balanced(fit([face.achievement], _PLAIN, (600, 40), 25, _LEADING), _PLAIN)
    _centred(sheet, achievement, _PLAIN, 286, TEAL)


def _column(sheet: Sheet, title: str, entries: tuple[str, ...], left: float) -> None:
    """A titled list; without entries there is no title either."""
    if not entries:
        return
    sheet.write(set_line(title, _CAPITALS), left, 243, 10.5, TEAL)
    block = fit(entries, _PLAIN, (_COLUMN - 11, 106), 11.5, 1.25, 0.28)
    y = 237 - block.size * 1.15
    for paragraph in block.paragraphs:
        sheet.draw(ornament.diamond(left + 2.2, y + block.size * 0.26, block.size * 0.16))
        for text in paragraph:
            sheet.write(set_line(text, _PLAIN), left + 11, y, block.size, _INK)
            y -= block.size * 1.25
        y -= block.size * 0.28


def _check(sheet: Sheet, url: str) -> None:
    """The QR code, with the words and the host for those who type."""
    _qr_code(sheet, url, _MIDDLE, 205, 84)
    _label(sheet, "Check this certificate at", _FLOWING, 10.5, 147.8, _SOFT)
    _centred(sheet, fit([_host(url)], _FIXED, (178, 11.5), 9.5, 1.2), _FIXED, 138.5, _INK)


def _host(url: str) -> str:
    return urlsplit(url).netloc or url


def _qr_code(sheet: Sheet, url: str, x: float, y: float, side: float) -> None:
    matrix = segno.make(url, error="m", micro=False).matrix
    cell = side / len(matrix)
    left, bottom = x - side / 2, y - side / 2
    quiet = f"{-4 * cell:.3f} {-4 * cell:.3f} {side + 8 * cell:.3f} {side + 8 * cell:.3f}"
    bars = [
        f"{start * cell:.3f} {(len(matrix) - row - 1) * cell:.3f} {length * cell:.3f} {cell:.3f} re"
        for row, line in enumerate(matrix)
        for start, length in _dark(line)
    ]
    with sheet.placed(f"1 0 0 1 {left:.3f} {bottom:.3f}"):
        sheet.draw(f"1 g {quiet} re f 0 g {' '.join(bars)} f")


def _dark(line: bytes | bytearray) -> Iterator[tuple[int, int]]:
    """The dark stretches of a row: one rectangle each, so that no seams show."""
    at = 0
    for dark, cells in groupby(line):
        length = len(list(cells))
        if dark:
            yield at, length
        at += length


def _foot(sheet: Sheet, face: CertificateFace) -> None:
    sheet.draw(ornament.rule(_LEFT, 121, _RIGHT - _LEFT, COPPER, 0.4))
    for title, text, style, middle in (
        ("Issued", _day(face.issued_on), _PLAIN, _LEFT + _COLUMN / 2),
        ("Certificate number", face.serial, _SPACED, _MIDDLE),
        ("Valid until", _day(face.expires_on), _PLAIN, _RIGHT - _COLUMN / 2),
    ):
        _label(sheet, title, _CAPITALS, 9.5, 103, _SOFT, middle)
        _centred(sheet, fit([text], style, (_COLUMN, 20), 14, 1.2), style, 87, _INK, middle)


def _demo_ground(sheet: Sheet) -> None:
    """A word across the whole page, under everything else."""
    line = set_line("DEMO", _PLAIN)
    with sheet.placed(f"0.906 0.423 -0.423 0.906 {_MIDDLE} {_HEIGHT / 2}"):
        sheet.write(line, -line.width * 130, -85, 260, _BLUSH)


def _demo_banner(sheet: Sheet) -> None:
    """A solid band that survives any printer."""
    red, green, blue = COPPER
    sheet.draw(f"{red} {green} {blue} rg {_MIDDLE - 190:.3f} 53 380 16 re f")
    _label(sheet, "DEMO: not a real certificate", _CAPITALS, 11.5, 57.5, _WHITE)


def _centred(
    sheet: Sheet, block: Block, style: Style, y: float, colour: Colour, x: float = _MIDDLE
) -> None:
    """Lines centred on x, their block centred on y."""
    baseline = y - block.size * 0.3 + block.size * _LEADING * (len(block.lines) - 1) / 2
    for text in block.lines:
        _label(sheet, text, style, block.size, baseline, colour, x)
        baseline -= block.size * _LEADING


def _label(
    sheet: Sheet, text: str, style: Style, size: float, y: float, colour: Colour,
    x: float = _MIDDLE,
) -> None:  # fmt: skip
    """One line centred on x, standing on y."""
    line = set_line(text, style)
    # The last letter's spacing would pull the line off centre.
    sheet.write(line, x - (line.width - style.tracking) * size / 2, y, size, colour)


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
