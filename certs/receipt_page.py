"""A clinic's receipt as a PDF: one A4 page, with everything that was checked attached as data."""

import hashlib
from collections.abc import Sequence

from certs.archive_file import About
from certs.attachments import Attachment, Relationship
from certs.printable import printable
from certs.rosters.receipts import Receipt, log_in_words
from certs.rosters.verdicts import CheckedLine, RosterVerdict
from certs.sheet import Sheet
from certs.upright import (
    CAPITALS,
    COPPER,
    FLOWING,
    INK,
    LEFT,
    PLAIN,
    SOFT,
    VALUES,
    Column,
    draw_foot,
    upright_page,
)

RECEIPT_FILE = "receipt.json"
_BOTTOM = 84.0
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
    sheet = upright_page(lambda column: _Page(column).draw(receipt, data), _BOTTOM)
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
    """Writes the receipt down a column."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._sheet = column.sheet

    def draw(self, receipt: Receipt, data: str) -> None:
        """Draw everything above the foot."""
        self._column.title("Verification receipt")
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
            self._column.fact(label, text, size)
        self._checked(sorted(receipt.lines, key=_urgency))

    def _checked(self, lines: Sequence[CheckedLine]) -> None:
        self._column.skip(8)
        self._column.heading("Line by line")
        with self._sheet.element("L"):
            for one in lines[:_MOST_PRINTED]:
                with self._sheet.element("LI"), self._sheet.element("LBody"):
                    self._line(one)
        more = len(lines) - _MOST_PRINTED
        if more > 0:
            with self._sheet.element("P"):
                said = f"{_lines(more)} more in {RECEIPT_FILE}."
                self._column.write(said, FLOWING, 10, LEFT, SOFT)

    def _line(self, one: CheckedLine) -> None:
        self._column.skip(4)
        colour = SOFT if one.verdict in _GOOD else COPPER
        name = f"{one.line.name or 'No name'}  {one.serial or one.line.serial}".strip()
        top = self._column.y
        self._column.write(one.verdict.value, CAPITALS, 9.5, LEFT, colour, VALUES - 6, goes_on=True)
        self._column.y = top
        self._column.write(name, PLAIN, 10.5, VALUES, INK, goes_on=True)
        self._column.write(one.reason, FLOWING, 9.5, VALUES, SOFT)


def _foot(sheet: Sheet, receipt: Receipt) -> None:
    said = [(_NOTE, FLOWING)]
    if receipt.demo:
        said.append(("DEMO: nothing real was checked", CAPITALS))
    draw_foot(sheet, _BOTTOM - 16, said, 10)


def _urgency(one: CheckedLine) -> tuple[bool, int]:
    return one.verdict in _GOOD, one.line.line


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"
