"""What every format of the certificate is made of."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from unicodedata import east_asian_width

import segno

from certs import ornament
from certs.lettering import Block, Line, Style, fit, set_line
from certs.palette import Colour, Palette
from certs.sheet import Sheet
from certs.typefaces import ITALIC, MONO, SERIF

INK: Colour = (0.110, 0.145, 0.165)
SOFT: Colour = (0.330, 0.385, 0.400)
WHITE: Colour = (1.0, 1.0, 1.0)
LEADING = 1.14

PLAIN = Style(SERIF)
FLOWING = Style(ITALIC)
CAPITALS = Style(SERIF, ("smcp", "c2sc", "-liga"), 0.14)
TITLE = Style(SERIF, ("smcp", "-liga"), 0.10)
SPACED = Style(MONO, ("zero",), 0.04)
FIXED = Style(MONO, ("zero",))
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def day(one: date) -> str:
    """Return the date in English, whatever the machine's language."""
    return f"{one.day} {_MONTHS[one.month - 1]} {one.year}"


def label(
    sheet: Sheet, text: str, style: Style, size: float, y: float, colour: Colour, x: float,
    goes_on: bool = False,
) -> None:  # fmt: skip
    """One line centred on x, standing on y; `goes_on` where a reader hears more after it."""
    line = set_line(text, style)
    # The last letter's spacing would pull the line off centre.
    left = x - (line.width - style.tracking) * size / 2
    sheet.write(parted(text, style) if goes_on else line, left, y, size, colour)


def centred(sheet: Sheet, block: Block, style: Style, y: float, colour: Colour, x: float) -> None:
    """Lines centred on x, their block centred on y."""
    lines = block.lines
    baseline = y - block.size * 0.3 + block.size * LEADING * (len(lines) - 1) / 2
    for number, text in enumerate(lines, 1):
        label(sheet, text, style, block.size, baseline, colour, x, number < len(lines))
        baseline -= block.size * LEADING


def listing(
    sheet: Sheet, title: str, entries: tuple[str, ...], place: tuple[float, float],
    room: tuple[float, float], palette: Palette, size: float = 11.5,
) -> None:  # fmt: skip
    """A titled list in the room (width, height) under a place; without entries no title either."""
    if not entries:
        return
    left, top = place
    with sheet.element("H2"):
        sheet.write(set_line(title, CAPITALS), left, top, size * 0.91, palette.main_ink)
    block = fit(entries, PLAIN, (room[0] - size * 0.96, room[1]), size, 1.25, 0.28)
    y = top - size * 0.52 - block.size * 1.15
    with sheet.element("L"):
        for paragraph in block.paragraphs:
            bullet = left + 2.2, y + block.size * 0.26, block.size * 0.16
            sheet.draw(ornament.diamond(*bullet, palette.accent_ink))
            with sheet.element("LI"), sheet.element("LBody"):
                for number, text in enumerate(paragraph, 1):
                    set_ = parted if number < len(paragraph) else set_line
                    sheet.write(set_(text, PLAIN), left + size * 0.96, y, block.size, INK)
                    y -= block.size * 1.25
            y -= block.size * 0.28


def qr_code(sheet: Sheet, url: str, x: float, y: float, side: float) -> None:
    """The address as a QR code centred on a place, with its quiet zone."""
    matrix = segno.make(url, error="m", micro=False).matrix
    cell = side / len(matrix)
    left, bottom = x - side / 2, y - side / 2
    quiet = f"{-4 * cell:.3f} {-4 * cell:.3f} {side + 8 * cell:.3f} {side + 8 * cell:.3f}"
    bars = [
        f"{start * cell:.3f} {(len(matrix) - row - 1) * cell:.3f} {length * cell:.3f} {cell:.3f} re"
        for row, line in enumerate(matrix)
        for start, length in _dark(line)
    ]
    box = (left, bottom, left + side, bottom + side)
    with (
        sheet.element("Figure", alternative=f"QR code leading to {url}", box=box),
        sheet.placed(f"1 0 0 1 {left:.3f} {bottom:.3f}"),
    ):
        sheet.draw(f"1 g {quiet} re f 0 g {' '.join(bars)} f")


def demo_ground(sheet: Sheet, width: float, height: float, palette: Palette) -> None:
    """A word across the whole page, under everything else."""
    line = set_line("DEMO", PLAIN)
    size = width * 0.31
    with sheet.placed(f"0.906 0.423 -0.423 0.906 {width / 2:.2f} {height / 2:.2f}"):
        sheet.write(line, -line.width * size / 2, -size * 0.327, size, palette.blush)


def demo_banner(sheet: Sheet, x: float, y: float, palette: Palette, size: float = 11.5) -> None:
    """A solid band that survives any printer."""
    red, green, blue = palette.accent_ink
    half, high = size * 16.5, size * 1.39
    sheet.draw(f"{red} {green} {blue} rg {x - half:.3f} {y:.3f} {2 * half:.3f} {high:.3f} re f")
    with sheet.element("P"):
        label(sheet, "DEMO: not a real certificate", CAPITALS, size, y + size * 0.39, WHITE, x)


def parted(text: str, style: Style) -> Line:
    """The line with the space that parts it from the next for those who hear or copy it."""
    line = set_line(text, style)
    if not all(run.rightwards for run in line.runs) or east_asian_width(text[-1]) in "WF":
        return line
    return set_line(f"{text} ", style)


def _dark(line: bytes | bytearray) -> Iterator[tuple[int, int]]:
    """The dark stretches of a row: one rectangle each, so that no seams show."""
    at = 0
    for dark, cells in groupby(line):
        length = len(list(cells))
        if dark:
            yield at, length
        at += length
