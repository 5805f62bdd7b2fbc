"""One PDF page: fonts embedded as subsets, shaped text, vector drawing, fixed bytes.

The only module that calls reportlab. It writes glyph numbers instead of handing strings over,
because reportlab's own shaping gives one font per string and leaves private characters in the
text that a reader copies.
"""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from hashlib import sha256
from types import SimpleNamespace
from typing import Any
from zlib import compress

import reportlab.pdfbase.pdfdoc as reportlab_pdfdoc  # pyright: ignore[reportMissingTypeStubs]

from certs.lettering import Line, Run
from certs.typefaces import Glyph, typeface

pdf: Any = reportlab_pdfdoc

Colour = tuple[float, float, float]


class Sheet:
    """A page that collects drawing operators and the glyphs that they use.

    The ground lies under everything else. Pages usually share it, so it is compressed once.
    """

    def __init__(self, width: float, height: float, ground: str) -> None:
        self._size = (width, height)
        self._ground = ground
        self._operators: list[str] = []
        self._fonts: dict[str, _Font] = {}

    def draw(self, operators: str) -> None:
        """Add vector drawing in PDF operators; its settings end with it."""
        self._operators.append(f"q {operators} Q")

    @contextmanager
    def placed(self, matrix: str) -> Generator[None]:
        """Move, turn or scale everything drawn inside, by the six numbers of a PDF matrix."""
        self._operators.append(f"q {matrix} cm")
        yield
        self._operators.append("Q")

    def write(self, line: Line, x: float, y: float, size: float, colour: Colour) -> None:
        """Write a line from the left end of its baseline."""
        for run in line.runs:
            self._write_run(run, x, y, size, colour)
            x += run.width * size

    def _write_run(self, run: Run, x: float, y: float, size: float, colour: Colour) -> None:
        font = self._fonts.setdefault(run.typeface, _Font(run.typeface, len(self._fonts) + 1))
        size *= font.face.scale
        red, green, blue = colour
        spacing = f"{run.tracking * size:.3f} Tc" if run.tracking else ""
        start = f"{red} {green} {blue} rg /{font.label} {size:.3f} Tf {spacing} {x:.3f} {y:.3f} Td"
        self._operators.append(f"q BT {start} {font.show(run, size)} ET Q")

    def finish(self, title: str, author: str, subject: str, issued_on: date) -> bytes:
        """The finished file; the same drawing and words always give the same bytes."""
        content = "\n".join(self._operators).encode("ascii")
        document: Any = pdf.PDFDocument(invariant=1, compression=1, lang="en")
        document.info.title, document.info.author, document.info.subject = title, author, subject
        document.info.creator = "Pinpoint"
        document.Catalog.ViewerPreferences = _dictionary(DisplayDocTitle="true")
        # Without the next two, reportlab dates the file in 2000 or by an environment variable.
        moment = (issued_on.year, issued_on.month, issued_on.day, 0, 0, 0)
        document._timeStamp = SimpleNamespace(t=0.0, YMDhms=moment, dhh=0, dmm=0)
        document.signature = sha256(self._ground.encode("ascii") + content)
        fonts = document.idToObject["BasicFonts"].dict
        for font in self._fonts.values():
            fonts[font.label] = font.embedded(document)
        document.addPage(self._page(content, document))
        return bytes(document.GetPDFData(None))

    def _page(self, content: bytes, document: Any) -> Any:
        page: Any = pdf.PDFPage()
        page.Override_default_compilation = 1
        page.MediaBox = pdf.PDFArray([0, 0, *self._size])
        layers = (_packed(self._ground), compress(content))
        page.Contents = pdf.PDFArray([document.Reference(_stream(layer)) for layer in layers])
        page.Resources = pdf.PDFResourceDictionary()
        page.Resources.basicFonts()
        return page


class _Font:
    """The glyphs that one page uses of one typeface.

    A code stands for a glyph together with its text, so that a glyph shared by two characters
    still copies as the one that was written.
    """

    def __init__(self, name: str, number: int) -> None:
        self.face = typeface(name)
        self.label = f"P{number}"
        self._codes: dict[tuple[int, str], int] = {}

    def show(self, run: Run, size: float) -> str:
        """Operators that show a run, with the text to copy where glyphs alone don't tell it."""
        shown = f"[{''.join(self._shown(glyph, size) for glyph in run.glyphs)}] TJ"
        text = "".join(glyph.text for glyph in run.glyphs)
        plain = all(glyph.text for glyph in run.glyphs) and not run.tracking
        if plain or not run.rightwards:
            return shown
        return f"/Span <</ActualText <FEFF{_utf16(text)}>>> BDC {shown} EMC"

    def _shown(self, glyph: Glyph, size: float) -> str:
        code = self._codes.setdefault((glyph.number, glyph.text), len(self._codes) + 1)
        scale = self.face.scale
        before = -glyph.right / scale * 1000
        after = (self.face.advance(glyph.number) - glyph.advance / scale) * 1000 - before
        shown = f"{_kern(before)}<{code:04X}>{_kern(after)}"
        if not glyph.up:
            return shown
        return f"] TJ {glyph.up / scale * size:.3f} Ts [{shown}] TJ 0 Ts ["

    def embedded(self, document: Any) -> Any:
        """The font as a PDF object: a subset addressed by our codes."""
        data, numbers = self.face.subset(number for number, _ in self._codes)
        name = _tagged(data, self.face.name)
        descendant: dict[str, Any] = {
            "Type": pdf.PDFName("Font"),
            "Subtype": pdf.PDFName("CIDFontType2"),
            "BaseFont": pdf.PDFName(name),
            "CIDSystemInfo": _dictionary(
                Registry=pdf.PDFString("Adobe"), Ordering=pdf.PDFString("Identity"), Supplement=0
            ),
            "DW": 0,
            "W": pdf.PDFArray([1, pdf.PDFArray(self._widths())]),
            "CIDToGIDMap": document.Reference(_stream(compress(self._glyph_map(numbers)))),
            "FontDescriptor": document.Reference(self._descriptor(name, data, document)),
        }
        return document.Reference(
            _dictionary(
                Type=pdf.PDFName("Font"),
                Subtype=pdf.PDFName("Type0"),
                BaseFont=pdf.PDFName(name),
                Encoding=pdf.PDFName("Identity-H"),
                DescendantFonts=pdf.PDFArray([document.Reference(_dictionary(**descendant))]),
                ToUnicode=document.Reference(_stream(compress(self._to_unicode()))),
            )
        )

    def _widths(self) -> list[float]:
        return [round(self.face.advance(number) * 1000, 2) for number, _ in self._codes]

    def _glyph_map(self, numbers: dict[int, int]) -> bytes:
        return bytes(2) + b"".join(numbers[old].to_bytes(2, "big") for old, _ in self._codes)

    def _descriptor(self, name: str, data: bytes, document: Any) -> Any:
        metrics = self.face.metrics()
        symbolic = 4
        return _dictionary(
            Type=pdf.PDFName("FontDescriptor"),
            FontName=pdf.PDFName(name),
            Flags=symbolic,
            FontBBox=pdf.PDFArray(list(metrics.box)),
            ItalicAngle=0,
            Ascent=metrics.ascent,
            Descent=metrics.descent,
            CapHeight=metrics.cap_height,
            StemV=80,
            FontFile2=document.Reference(_stream(compress(data), Length1=len(data))),
        )

    def _to_unicode(self) -> bytes:
        texts = [(code, text) for (_, text), code in self._codes.items()]
        blocks = [texts[at : at + 100] for at in range(0, len(texts), 100)]
        body = "\n".join(_bfchars(block) for block in blocks)
        return _CMAP.format(body=body).encode("ascii")


_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{body}
endcmap CMapName currentdict /CMap defineresource pop end end"""


def _bfchars(block: list[tuple[int, str]]) -> str:
    rows = "\n".join(f"<{code:04X}> <{_utf16(text)}>" for code, text in block)
    return f"{len(block)} beginbfchar\n{rows}\nendbfchar"


def _kern(thousandths: float) -> str:
    return f"{thousandths:.2f} " if abs(thousandths) >= 0.005 else ""


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _tagged(data: bytes, name: str) -> str:
    """The name with the six letters that mark a subset, taken from its contents."""
    letters = "".join(chr(65 + byte % 26) for byte in sha256(data).digest()[:6])
    return f"{letters}+{name}"


def _dictionary(**entries: Any) -> Any:
    return pdf.PDFDictionary(entries)


@lru_cache(maxsize=8)
def _packed(ground: str) -> bytes:
    return compress(ground.encode("ascii"), 9)


def _stream(packed: bytes, **entries: Any) -> Any:
    """A stream of bytes that are compressed already."""
    return pdf.PDFStream(_dictionary(**entries, Filter=pdf.PDFName("FlateDecode")), packed)
