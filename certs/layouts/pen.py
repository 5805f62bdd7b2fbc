"""What every format of the certificate is made of, drawn in a design's colours and languages."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

import segno

from certs import ornament
from certs.designs import Design
from certs.lettering import Style, balanced, fit, parted, set_line
from certs.palette import Colour
from certs.second_language import Phrase, in_language
from certs.sheet import Sheet
from certs.typefaces import ITALIC, MONO, SERIF

INK: Colour = (0.110, 0.145, 0.165)
SOFT: Colour = (0.330, 0.385, 0.400)
_WHITE: Colour = (1.0, 1.0, 1.0)
_LEADING = 1.14

PLAIN = Style(SERIF)
FLOWING = Style(ITALIC)
CAPITALS = Style(SERIF, ("smcp", "c2sc", "-liga"), 0.14)
TITLE = Style(SERIF, ("smcp", "-liga"), 0.10)
SPACED = Style(MONO, ("zero",), 0.04)
FIXED = Style(MONO, ("zero",))
# Between a phrase and the same in the second language, in ems; a diamond stands there.
_GAP = 1.3
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

Point = tuple[float, float]


def day(one: date) -> str:
    """Return the date in English, whatever the machine's language."""
    return f"{one.day} {_MONTHS[one.month - 1]} {one.year}"


class Pen:
    """Writes and draws on a sheet; places are in points from the lower left corner."""

    def __init__(self, sheet: Sheet, design: Design) -> None:
        self.sheet = sheet
        self.palette = design.palette
        self._language = design.language

    def line(
        self, text: str, style: Style, size: float, middle: Point, colour: Colour,
        goes_on: bool = False,
    ) -> None:  # fmt: skip
        """Write one line centred on x, standing on y; `goes_on` where a reader hears more."""
        line = set_line(text, style)
        # The last letter's spacing would pull the line off centre.
        left = middle[0] - (line.width - style.tracking) * size / 2
        shown = parted(text, style) if goes_on else line
        self.sheet.write(shown, left, middle[1], size, colour)

    def block(
        self, text: str, style: Style, largest: float, box: Point, middle: Point, colour: Colour
    ) -> None:
        """Write a text around a middle, smaller or on more lines until it fits the box."""
        block = balanced(fit([text], style, box, largest, _LEADING), style)
        size, lines = block.size, block.lines
        y = middle[1] - size * 0.3 + size * _LEADING * (len(lines) - 1) / 2
        for number, line in enumerate(lines, 1):
            self.line(line, style, size, (middle[0], y), colour, number < len(lines))
            y -= size * _LEADING

    def paragraph(
        self, text: str, style: Style, largest: float, box: Point, middle: Point, colour: Colour,
        language: str = "",
    ) -> None:  # fmt: skip
        """Write a text that is a paragraph of its own."""
        with self.sheet.element("P", language):
            self.block(text, style, largest, box, middle, colour)

    def phrase(
        self, phrase: Phrase, style: Style, size: float, place: Point, colour: Colour,
        width: float, goes_on: bool = False, centred: bool = True,
    ) -> None:  # fmt: skip
        """Write a phrase and, beside it, the same in the second language, within the width.

        The place is the middle of the line, or its left end.
        """
        second = in_language(phrase, self._language)
        lines = [set_line(text, style) for text in (phrase, second) if text]
        ems = sum(line.width for line in lines) + _GAP * (len(lines) - 1) - style.tracking
        size = min(size, width / ems)
        x = place[0] - ems * size / 2 if centred else place[0]
        shown = parted(phrase, style) if second or goes_on else lines[0]
        self.sheet.write(shown, x, place[1], size, colour)
        if second:
            x += (lines[0].width + _GAP) * size
            dot = x - (_GAP + style.tracking) * size / 2, place[1] + size * 0.24, size * 0.09
            self.sheet.draw(ornament.diamond(*dot, self.palette.accent_ink))
            with self.sheet.element("Span", self._language):
                shown = parted(second, style) if goes_on else lines[1]
                self.sheet.write(shown, x, place[1], size, colour)

    def stacked(
        self, phrase: Phrase, style: Style, size: float, place: Point, colour: Colour
    ) -> float:
        """Write a phrase, and under it the same in the second language; returns the last line's y.

        More is heard after it.
        """
        x, y = place
        self.line(phrase, style, size, place, colour, goes_on=True)
        if second := in_language(phrase, self._language):
            y -= size * _LEADING
            with self.sheet.element("Span", self._language):
                self.line(second, style, size, (x, y), colour, goes_on=True)
        return y

    def listing(
        self, title: Phrase, entries: Sequence[str], place: Point, room: Point, size: float = 11.5
    ) -> None:
        """Write a titled list into the room under a place; without entries no title either."""
        if not entries:
            return
        left, top = place
        with self.sheet.element("H2"):
            ink = self.palette.main_ink
            self.phrase(title, CAPITALS, size * 0.91, place, ink, room[0], centred=False)
        indent = size * 0.96
        block = fit(entries, PLAIN, (room[0] - indent, room[1]), size, 1.25, 0.28)
        y = top - size * 0.52 - block.size * 1.15
        with self.sheet.element("L"):
            for lines in block.paragraphs:
                self._entry(lines, left, indent, y, block.size)
                y -= block.size * (1.25 * len(lines) + 0.28)

    def _entry(
        self, lines: Sequence[str], left: float, indent: float, y: float, size: float
    ) -> None:
        bullet = left + indent * 0.2, y + size * 0.26, size * 0.16
        self.sheet.draw(ornament.diamond(*bullet, self.palette.accent_ink))
        with self.sheet.element("LI"), self.sheet.element("LBody"):
            for number, text in enumerate(lines, 1):
                line = parted(text, PLAIN) if number < len(lines) else set_line(text, PLAIN)
                self.sheet.write(line, left + indent, y, size, INK)
                y -= size * 1.25

    def qr_code(self, url: str, middle: Point, side: float) -> None:
        """Draw the address as a QR code around a middle, with its quiet zone."""
        # Every mask is read alike; trying all of them takes as long as the rest of the page.
        matrix = segno.make(url, error="m", micro=False, mask=0).matrix
        cell = side / len(matrix)
        left, bottom = middle[0] - side / 2, middle[1] - side / 2
        quiet = f"{-4 * cell:.3f} {-4 * cell:.3f} {side + 8 * cell:.3f} {side + 8 * cell:.3f}"
        bars = [
            f"{start * cell:.3f} {(len(matrix) - row - 1) * cell:.3f} "
            f"{length * cell:.3f} {cell:.3f} re"
            for row, line in enumerate(matrix)
            for start, length in _dark(line)
        ]
        box = (left, bottom, left + side, bottom + side)
        with (
            self.sheet.element("Figure", alternative=f"QR code leading to {url}", box=box),
            self.sheet.placed(f"1 0 0 1 {left:.3f} {bottom:.3f}"),
        ):
            self.sheet.draw(f"1 g {quiet} re f 0 g {' '.join(bars)} f")

    def demo_ground(self, width: float, height: float) -> None:
        """Write a word across the whole page, under everything else."""
        line = set_line("DEMO", PLAIN)
        size = min(width, height * 1.414) * 0.31
        with self.sheet.placed(f"0.906 0.423 -0.423 0.906 {width / 2:.2f} {height / 2:.2f}"):
            left, low = -line.width * size / 2, -size * 0.327
            self.sheet.write(line, left, low, size, self.palette.blush)

    def demo_banner(self, middle: Point, size: float = 10) -> None:
        """Draw a solid band that survives any printer."""
        (x, y), (red, green, blue) = middle, self.palette.accent_ink
        half, high = size * 16.5, size * 1.39
        box = f"{x - half:.3f} {y:.3f} {2 * half:.3f} {high:.3f}"
        self.sheet.draw(f"{red} {green} {blue} rg {box} re f")
        with self.sheet.element("P"):
            place = x, y + size * 0.39
            self.line("DEMO: not a real certificate", CAPITALS, size, place, _WHITE)


def _dark(line: bytes | bytearray) -> Iterator[tuple[int, int]]:
    """The dark stretches of a row: one rectangle each, so that no seams show."""
    at = 0
    for dark, cells in groupby(line):
        length = len(list(cells))
        if dark:
            yield at, length
        at += length
