"""A clinic's receipt as a PDF: one A4 page, with everything that was checked attached as data."""

import hashlib
from collections.abc import Sequence

from certs import ornament
from certs.archive_file import About
from certs.attachments import Attachment, Relationship
from certs.lettering import Style, fit, parted, set_line
from certs.palette import Colour, Palette
from certs.printable import printable
from certs.rosters.receipts import Receipt, log_in_words
from certs.rosters.verdicts import CheckedLine, RosterVerdict
from certs.sheet import Sheet
from certs.typefaces import ITALIC, SERIF

RECEIPT_FILE = "receipt.json"
_WIDTH, _HEIGHT = 595.28, 841.89
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, _WIDTH - 60.0, _HEIGHT - 62.0, 84.0
_VALUES = _LEFT + 88
_LEADING = 1.28
_COLOURS = Palette()
_TEAL, _COPPER = _COLOURS.main_ink, _COLOURS.accent_ink
_INK: Colour = (0.110, 0.145, 0.165)
_SOFT: Colour = (0.330, 0.385, 0.400)
_PLAIN, _FLOWING = Style(SERIF), Style(ITALIC)
_CAPITALS = Style(SERIF, ("smcp", "c2sc", "-liga"), 0.12)
# More lines than these stand in the attached data alone.
_MOST_PRINTED = 24
_GOOD = (RosterVerdict.VALID, RosterVerdict.ENDS_SOON)
_NOTE = (
    "This receipt says what the academy's register held at that moment. A name alone is no "
    "identity: look at a photo ID."
)


def receipt_pdf(receipt: Receipt, data: str) -> bytes:
    """Return the receipt's page with `data` attached; the same always gives the same bytes.

    Lines that need somebody's hand are printed first; what does not fit is printed smaller. A
    character that no typeface has is printed as a question mark.
    """
    scale = 1.0
    while True:
        ground = f"q {ornament.mark(_LEFT + 15, _TOP - 20, 16, _COLOURS)} Q\n"
        sheet = Sheet(_WIDTH, _HEIGHT, ground)
        if _Page(sheet, scale).draw(receipt, data) >= _BOTTOM:
            break
        scale *= 0.96
    _foot(sheet, receipt)
    title = printable(f"Verification receipt: {receipt.title} ({receipt.clinic})")
    about = About(
        title, printable(receipt.academy), "Verification receipt", receipt.checked_at.date()
    )
    return sheet.finish(about, (_attached(data),))


def _attached(data: str) -> Attachment:
    said = "Every line that was checked, with its result, as JSON"
    return Attachment(RECEIPT_FILE, "application/json", data.encode(), Relationship.DATA, said)


class _Page:
    """Writes down the page, everything at one scale."""

    def __init__(self, sheet: Sheet, scale: float) -> None:
        self._sheet = sheet
        self._scale = scale
        self._y = _TOP

    def draw(self, receipt: Receipt, data: str) -> float:
        """Draw everything above the foot; returns where it ends."""
        with self._sheet.element("H1"):
            self._write("Verification receipt", _PLAIN, 27, _LEFT + 42, _TEAL)
        self._skip(14)
        when = f"{receipt.checked_at:%-d %B %Y, %H:%M} UTC by {receipt.checked_by}"
        said = ", ".join(f"{number} {one.value}" for one, number in receipt.counts.items())
        log = log_in_words(receipt.checkpoint) or "The issuance log was empty."
        digest = hashlib.sha256(data.encode()).hexdigest()
        for label, text, size in (
            ("Clinic", receipt.clinic, 17.0),
            ("Checked", f"{receipt.title}: {_lines(len(receipt.lines))}", 12.5),
            ("When", when, 12.5),
            ("Result", f"{said}.", 15.0),
            ("Against", f"The register of {receipt.academy}, {receipt.address}", 11.0),
            ("Checkpoint", log, 9.5),
            ("Data", f"{RECEIPT_FILE}, attached; SHA-256 {digest}", 9.5),
            ("Receipt", receipt.id, 9.5),
        ):
            self._fact(label, text, size)
        self._checked(sorted(receipt.lines, key=_urgency))
        return self._y

    def _fact(self, label: str, text: str, size: float) -> None:
        top = self._y
        with self._sheet.element("P"):
            self._write(label, _CAPITALS, 9.5, _LEFT, _SOFT, goes_on=True)
            self._y = top
            self._write(text, _PLAIN, size, _VALUES, _INK)
        self._skip(5)

    def _checked(self, lines: Sequence[CheckedLine]) -> None:
        self._skip(8)
        with self._sheet.element("H2"):
            self._write("Line by line", _PLAIN, 16, _LEFT, _TEAL)
        self._rule()
        with self._sheet.element("L"):
            for one in lines[:_MOST_PRINTED]:
                with self._sheet.element("LI"), self._sheet.element("LBody"):
                    self._line(one)
        more = len(lines) - _MOST_PRINTED
        if more > 0:
            with self._sheet.element("P"):
                said = f"{_lines(more)} more in {RECEIPT_FILE}."
                self._write(said, _FLOWING, 10, _LEFT, _SOFT)

    def _line(self, one: CheckedLine) -> None:
        self._skip(4)
        colour = _SOFT if one.verdict in _GOOD else _COPPER
        name = f"{one.line.name or 'No name'}  {one.serial or one.line.serial}".strip()
        top = self._y
        self._write(one.verdict.value, _CAPITALS, 9.5, _LEFT, colour, _VALUES - 6, goes_on=True)
        self._y = top
        self._write(name, _PLAIN, 10.5, _VALUES, _INK, goes_on=True)
        self._write(one.reason, _FLOWING, 9.5, _VALUES, _SOFT)

    def _write(
        self, text: str, style: Style, size: float, x: float, colour: Colour,
        right: float = _RIGHT, goes_on: bool = False,
    ) -> None:  # fmt: skip
        size *= self._scale
        # No height binds, so that it is broken into lines at this very size.
        lines = fit([printable(text)], style, (right - x, 1e9), size, _LEADING).lines
        for number, line in enumerate(lines, 1):
            self._y -= size
            set_ = parted if goes_on or number < len(lines) else set_line
            self._sheet.write(set_(line, style), x, self._y, size, colour)
            self._y -= size * (_LEADING - 1)

    def _rule(self) -> None:
        self._skip(4)
        self._sheet.draw(ornament.rule(_LEFT, self._y, _RIGHT - _LEFT, _COPPER, 0.4))

    def _skip(self, points: float) -> None:
        self._y -= points * self._scale


def _foot(sheet: Sheet, receipt: Receipt) -> None:
    y = _BOTTOM - 16
    sheet.draw(ornament.rule(_LEFT, y, _RIGHT - _LEFT, _COPPER, 0.4))
    said = [_NOTE, *(["DEMO: nothing real was checked"] if receipt.demo else [])]
    for text, style in zip(said, (_FLOWING, _CAPITALS), strict=False):
        block = fit([printable(text)], style, (_RIGHT - _LEFT, 13), 10, 1.2)
        y -= 14
        with sheet.element("P"):
            for line in block.lines:
                sheet.write(set_line(line, style), _LEFT, y, block.size, _INK)


def _urgency(one: CheckedLine) -> tuple[bool, int]:
    return one.verdict in _GOOD, one.line.line


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"
