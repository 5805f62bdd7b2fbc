"""An A4 page upright, written from the top down: what reports and receipts share."""

from collections.abc import Callable, Sequence

from certs import ornament
from certs.lettering import Style, fit, parted, set_line
from certs.palette import Colour, Palette
from certs.printable import printable
from certs.sheet import Sheet
from certs.typefaces import ITALIC, SERIF

_WIDTH, _HEIGHT = 595.28, 841.89
LEFT, RIGHT, _TOP = 60.0, _WIDTH - 60.0, _HEIGHT - 62.0
VALUES = LEFT + 88
_LEADING = 1.28
_COLOURS = Palette()
TEAL, COPPER = _COLOURS.main_ink, _COLOURS.accent_ink
INK: Colour = (0.110, 0.145, 0.165)
SOFT: Colour = (0.330, 0.385, 0.400)
PLAIN, FLOWING = Style(SERIF), Style(ITALIC)
CAPITALS = Style(SERIF, ("smcp", "c2sc", "-liga"), 0.12)


class Column:
    """Writes down a sheet, everything at one scale; `y` is how far it has come."""

    def __init__(self, sheet: Sheet, scale: float) -> None:
        self.sheet = sheet
        self.scale = scale
        self.y = _TOP

    def title(self, text: str) -> None:
        """Write what the page is, beside the mark."""
        with self.sheet.element("H1"):
            self.write(text, PLAIN, 27, LEFT + 42, TEAL)
        self.skip(14)

    def fact(self, label: str, text: str, size: float) -> None:
        """Write a fact beside its name."""
        top = self.y
        with self.sheet.element("P"):
            self.write(label, CAPITALS, 9.5, LEFT, SOFT, goes_on=True)
            self.y = top
            self.write(text, PLAIN, size, VALUES, INK)
        self.skip(5)

    def heading(self, text: str) -> None:
        """Write what the part below is about, with a rule under it."""
        with self.sheet.element("H2"):
            self.write(text, PLAIN, 16, LEFT, TEAL)
        self.rule()

    def write(
        self, text: str, style: Style, size: float, x: float, colour: Colour,
        right: float = RIGHT, goes_on: bool = False,
    ) -> None:  # fmt: skip
        """Write a text on as many lines as it takes; `goes_on` where a reader hears more."""
        size *= self.scale
        # No height binds, so that it is broken into lines at this very size.
        lines = fit([printable(text)], style, (right - x, 1e9), size, _LEADING).lines
        for number, line in enumerate(lines, 1):
            self.y -= size
            set_ = parted if goes_on or number < len(lines) else set_line
            self.sheet.write(set_(line, style), x, self.y, size, colour)
            self.y -= size * (_LEADING - 1)

    def rule(self) -> None:
        """Draw a hairline across."""
        self.skip(4)
        self.sheet.draw(ornament.rule(LEFT, self.y, RIGHT - LEFT, COPPER, 0.4))

    def skip(self, points: float) -> None:
        """Leave some room."""
        self.y -= points * self.scale


def upright_page(draw: Callable[[Column], None], bottom: float) -> Sheet:
    """Return a sheet with what is drawn, all of it smaller until it ends above the bottom."""
    scale = 1.0
    while True:
        ground = f"q {ornament.mark(LEFT + 15, _TOP - 20, 16, _COLOURS)} Q\n"
        column = Column(Sheet(_WIDTH, _HEIGHT, ground), scale)
        draw(column)
        if column.y >= bottom:
            return column.sheet
        scale *= 0.96


def draw_foot(sheet: Sheet, y: float, said: Sequence[tuple[str, Style]], size: float) -> None:
    """Write the foot below a rule, a text on each line, smaller where it is too long."""
    sheet.draw(ornament.rule(LEFT, y, RIGHT - LEFT, COPPER, 0.4))
    for text, style in said:
        block = fit([printable(text)], style, (RIGHT - LEFT, 13), size, 1.2)
        y -= 14
        with sheet.element("P"):
            for line in block.lines:
                sheet.write(set_line(line, style), LEFT, y, block.size, INK)
