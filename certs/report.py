"""The report on an exam as a PDF to print and keep: one A4 page. It is no certificate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from certs import ornament
from certs.archive_file import About
from certs.lettering import Style, fit, parted, set_line
from certs.palette import Colour, Palette
from certs.printable import printable
from certs.sheet import Sheet
from certs.typefaces import ITALIC, SERIF
from quizbank.objective_lines import ObjectiveLine
from quizbank.rule_words import percent

_WIDTH, _HEIGHT = 595.28, 841.89
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, _WIDTH - 60.0, _HEIGHT - 62.0, 92.0
_VALUES = _LEFT + 88
_BAR, _BAR_WIDTH, _MARKS = 318.0, 118.0, 452.0
_LEADING = 1.28
_COLOURS = Palette()
_TEAL, _COPPER = _COLOURS.main_ink, _COLOURS.accent_ink
_INK: Colour = (0.110, 0.145, 0.165)
_SOFT: Colour = (0.330, 0.385, 0.400)
_TRACK: Colour = (0.860, 0.875, 0.870)
_PLAIN, _FLOWING = Style(SERIF), Style(ITALIC)
_CAPITALS = Style(SERIF, ("smcp", "c2sc", "-liga"), 0.12)
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
    scale = 1.0
    while True:
        sheet = Sheet(
            _WIDTH, _HEIGHT, f"q {ornament.mark(_LEFT + 15, _TOP - 20, 16, _COLOURS)} Q\n"
        )
        if _Page(sheet, scale).draw(face) >= _BOTTOM:
            break
        scale *= 0.96
    _foot(sheet, face)
    title = printable(f"Report: {face.exam} ({face.holder})")
    about = About(title, printable(face.issuer), "Exam report", face.printed_on)
    return sheet.finish(about)


class _Page:
    """Writes down the page, everything at one scale."""

    def __init__(self, sheet: Sheet, scale: float) -> None:
        self._sheet = sheet
        self._scale = scale
        self._y = _TOP

    def draw(self, face: ReportFace) -> float:
        """Draw everything above the foot; returns where it ends."""
        with self._sheet.element("H1"):
            self._write("Exam report", _PLAIN, 27, _LEFT + 42, _TEAL)
        self._skip(14)
        sat = f"{face.exam}, version {face.version}, {face.sat_on:%-d %B %Y}"
        for label, text, size in (("Name", face.holder, 17.0), ("Exam", sat, 12.5)):
            self._fact(label, text, size)
        verdict = "Passed" if face.passed else "Not passed"
        self._fact("Result", f"{verdict}. {face.reached}".strip(), 15.0)
        for number, failure in enumerate(face.failures):
            self._fact("What failed" if number == 0 else "", failure, 12)
        self._fact("The rule", face.rule, 12)
        if face.lines:
            self._objectives(face.lines)
        return self._y

    def _fact(self, label: str, text: str, size: float) -> None:
        top = self._y
        with self._sheet.element("P"):
            self._write(label, _CAPITALS, 9.5, _LEFT, _SOFT, goes_on=True)
            self._y = top
            self._write(text, _PLAIN, size, _VALUES, _INK)
        self._skip(5)

    def _objectives(self, lines: Sequence[ObjectiveLine]) -> None:
        self._skip(10)
        with self._sheet.element("H2"):
            self._write("By objective", _PLAIN, 16, _LEFT, _TEAL)
        self._rule()
        with self._sheet.element("L"):
            for line in lines:
                with self._sheet.element("LI"), self._sheet.element("LBody"):
                    self._objective(line)
        self._skip(6)
        with self._sheet.element("P"):
            self._write(_BARS.format(cut=percent(lines[0].cut)), _FLOWING, 10, _LEFT, _SOFT)

    def _objective(self, line: ObjectiveLine) -> None:
        self._skip(5)
        top = self._y
        self._bar(line, top - 9 * self._scale)
        self._write(line.title, _PLAIN, 11.5, _LEFT, _INK, _BAR - 12, goes_on=True)
        said = line.below_minimum or str(line.standing)
        colour = _COPPER if line.below_minimum else _SOFT
        self._write(said, _FLOWING, 10, _LEFT, colour, _BAR - 12, goes_on=True)
        under, self._y = self._y, top
        self._write(f"{line.reached} marks", _PLAIN, 11.5, _MARKS, _INK, goes_on=True)
        self._write(line.likely, _FLOWING, 10, _MARKS, _SOFT)
        self._y = min(self._y, under)
        self._rule()

    def _bar(self, line: ObjectiveLine, y: float) -> None:
        high = 7 * self._scale
        self._box(0, 1, y, high, _TRACK)
        self._box(0, line.share, y, high, _TEAL)
        under, tick = y - 6 * self._scale, 2.5 * self._scale
        low, top = _at(line.low), _at(line.high)
        self._sheet.draw(
            f"{_ink(_INK)} RG 0.9 w {low} {under:.2f} m {top} {under:.2f} l S "
            f"{low} {under - tick:.2f} m {low} {under + tick:.2f} l S "
            f"{top} {under - tick:.2f} m {top} {under + tick:.2f} l S"
        )
        self._upright(line.cut, y, "")
        if line.minimum is not None:
            self._upright(line.minimum, y, "[1.2 1.6] 0 d")

    def _upright(self, share: float, y: float, dashes: str) -> None:
        x, low, high = _at(share), y - 9 * self._scale, y + 9.5 * self._scale
        self._sheet.draw(f"{_ink(_INK)} RG 1.1 w {dashes} {x} {low:.2f} m {x} {high:.2f} l S")

    def _box(self, start: float, end: float, y: float, high: float, colour: Colour) -> None:
        width = (end - start) * _BAR_WIDTH
        place = f"{_BAR + start * _BAR_WIDTH:.2f} {y:.2f} {width:.2f} {high:.2f}"
        self._sheet.draw(f"{_ink(colour)} rg {place} re f")

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


def _foot(sheet: Sheet, face: ReportFace) -> None:
    y = _BOTTOM - 18
    sheet.draw(ornament.rule(_LEFT, y, _RIGHT - _LEFT, _COPPER, 0.4))
    printed = f"{face.issuer}, printed {face.printed_on:%-d %B %Y}"
    said = [_NOTE, printed, *(["DEMO: not a real exam"] if face.demo else [])]
    for text, style in zip(said, (_PLAIN, _FLOWING, _CAPITALS), strict=False):
        block = fit([printable(text)], style, (_RIGHT - _LEFT, 13), 10.5, 1.2)
        y -= 14
        with sheet.element("P"):
            for line in block.lines:
                sheet.write(set_line(line, style), _LEFT, y, block.size, _INK)


def _at(share: float) -> str:
    return f"{_BAR + share * _BAR_WIDTH:.2f}"


def _ink(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)
