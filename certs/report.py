"""The report on an exam as a PDF to print and keep: one A4 page. It is no certificate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from certs.archive_file import About
from certs.palette import Colour
from certs.printable import printable
from certs.sheet import Sheet
from certs.upright import (
    CAPITALS,
    COPPER,
    FLOWING,
    INK,
    LEFT,
    PLAIN,
    SOFT,
    TEAL,
    Column,
    draw_foot,
    upright_page,
)
from quizbank.objective_lines import ObjectiveLine
from quizbank.rule_words import percent

_BOTTOM = 92.0
_BAR, _BAR_WIDTH, _MARKS = 318.0, 118.0, 452.0
_TRACK: Colour = (0.860, 0.875, 0.870)
_NOTE = "Knowledge assessment; practical skill not assessed. This report is not a certificate."
_BARS = (
    "The line on each bar stands at the exam's cut, {cut}; a dotted one at an objective's own "
    "minimum. The bracket is where the true share likely lies: a 95% interval by Wilson (1927), "
    "wide where there were few questions."
)


@dataclass(frozen=True)
class ReportFace:
    """What is printed; `failures` and `rule` are sentences, `reached` is empty where hidden."""

    holder: str
    exam: str
    version: int
    sat_on: date
    issuer: str
    passed: bool
    reached: str
    failures: tuple[str, ...]
    rule: str
    lines: tuple[ObjectiveLine, ...]
    printed_on: date
    demo: bool


def report_pdf(face: ReportFace) -> bytes:
    """Return the report; the same face always gives the same bytes.

    What does not fit on the page is printed smaller, and never cut. A character that no typeface
    has is printed as a question mark.
    """
    sheet = upright_page(lambda column: _Page(column).draw(face), _BOTTOM)
    _foot(sheet, face)
    title = printable(f"Report: {face.exam} ({face.holder})")
    about = About(title, printable(face.issuer), "Exam report", face.printed_on)
    return sheet.finish(about)


class _Page:
    """Writes the report down a column."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._sheet = column.sheet

    def draw(self, face: ReportFace) -> None:
        """Draw everything above the foot."""
        column = self._column
        column.title("Exam report")
        sat = f"{face.exam}, version {face.version}, {face.sat_on:%-d %B %Y}"
        for label, text, size in (("Name", face.holder, 17.0), ("Exam", sat, 12.5)):
            column.fact(label, text, size)
        verdict = "Passed" if face.passed else "Not passed"
        column.fact("Result", f"{verdict}. {face.reached}".strip(), 15.0)
        for number, failure in enumerate(face.failures):
            column.fact("What failed" if number == 0 else "", failure, 12)
        column.fact("The rule", face.rule, 12)
        if face.lines:
            self._objectives(face.lines)

    def _objectives(self, lines: Sequence[ObjectiveLine]) -> None:
        self._column.skip(10)
        self._column.heading("By objective")
        with self._sheet.element("L"):
            for line in lines:
                with self._sheet.element("LI"), self._sheet.element("LBody"):
                    self._objective(line)
        self._column.skip(6)
        with self._sheet.element("P"):
            self._column.write(_BARS.format(cut=percent(lines[0].cut)), FLOWING, 10, LEFT, SOFT)

    def _objective(self, line: ObjectiveLine) -> None:
        self._column.skip(5)
        top = self._column.y
        self._bar(line, top - 9 * self._column.scale)
        self._column.write(line.title, PLAIN, 11.5, LEFT, INK, _BAR - 12, goes_on=True)
        said = line.below_minimum or str(line.standing)
        colour = COPPER if line.below_minimum else SOFT
        self._column.write(said, FLOWING, 10, LEFT, colour, _BAR - 12, goes_on=True)
        under, self._column.y = self._column.y, top
        self._column.write(f"{line.reached} marks", PLAIN, 11.5, _MARKS, INK, goes_on=True)
        self._column.write(line.likely, FLOWING, 10, _MARKS, SOFT)
        self._column.y = min(self._column.y, under)
        self._column.rule()

    def _bar(self, line: ObjectiveLine, y: float) -> None:
        high = 7 * self._column.scale
        self._box(0, 1, y, high, _TRACK)
        self._box(0, line.share, y, high, TEAL)
        under, tick = y - 6 * self._column.scale, 2.5 * self._column.scale
        low, top = _at(line.low), _at(line.high)
        self._sheet.draw(
            f"{_ink(INK)} RG 0.9 w {low} {under:.2f} m {top} {under:.2f} l S "
            f"{low} {under - tick:.2f} m {low} {under + tick:.2f} l S "
            f"{top} {under - tick:.2f} m {top} {under + tick:.2f} l S"
        )
        self._upright(line.cut, y, "")
        if line.minimum is not None:
            self._upright(line.minimum, y, "[1.2 1.6] 0 d")

    def _upright(self, share: float, y: float, dashes: str) -> None:
        x, low, high = _at(share), y - 9 * self._column.scale, y + 9.5 * self._column.scale
        self._sheet.draw(f"{_ink(INK)} RG 1.1 w {dashes} {x} {low:.2f} m {x} {high:.2f} l S")

    def _box(self, start: float, end: float, y: float, high: float, colour: Colour) -> None:
        width = (end - start) * _BAR_WIDTH
        place = f"{_BAR + start * _BAR_WIDTH:.2f} {y:.2f} {width:.2f} {high:.2f}"
        self._sheet.draw(f"{_ink(colour)} rg {place} re f")


def _foot(sheet: Sheet, face: ReportFace) -> None:
    printed = f"{face.issuer}, printed {face.printed_on:%-d %B %Y}"
    said = [(_NOTE, PLAIN), (printed, FLOWING)]
    if face.demo:
        said.append(("DEMO: not a real exam", CAPITALS))
    draw_foot(sheet, _BOTTOM - 18, said, 10.5)


def _at(share: float) -> str:
    return f"{_BAR + share * _BAR_WIDTH:.2f}"


def _ink(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)
