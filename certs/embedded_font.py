"""The glyphs that one page uses of one typeface, and the font in the file that draws them."""

from collections.abc import Sequence
from hashlib import sha256
from itertools import groupby

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from certs.lettering import Run
from certs.packing import packed
from certs.typefaces import Glyph, typeface

_SYMBOLIC = 4
# Of a glyph without a text of its own: a sign of no width, as "nothing" is no text for a font.
_NOTHING = "\u2060"
_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{body}
endcmap CMapName currentdict /CMap defineresource pop end end"""


class EmbeddedFont:
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
        if run.rightwards:
            return self._spelled(run.glyphs, size, bool(run.tracking))
        # Readers turn what runs leftwards themselves, so there each shape has its own text.
        parts = groupby(run.glyphs, key=lambda glyph: bool(glyph.text))
        return " ".join(self._spelled([*glyphs], size, False) for _, glyphs in parts)

    def _spelled(self, glyphs: Sequence[Glyph], size: float, spaced: bool) -> str:
        shown = f"[{''.join(self._shown(glyph, size) for glyph in glyphs)}] TJ"
        if all(glyph.text for glyph in glyphs) and not spaced:
            return shown
        text = "".join(glyph.text for glyph in glyphs)
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

    def embedded(self, file: Pdf) -> Object:
        """The font as an object of the file: a subset addressed by our codes."""
        data, numbers = self.face.subset(number for number, _ in self._codes)
        name = Name(f"/{_tagged(data, self.face.name)}")
        identity = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=identity,
            DW=0,
            W=Array([1, Array(self._widths())]),
            CIDToGIDMap=packed(file, self._glyph_map(numbers)),
            FontDescriptor=file.make_indirect(self._descriptor(file, name, data)),
        )
        return file.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=name,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([file.make_indirect(descendant)]),
                ToUnicode=packed(file, self._to_unicode()),
            )
        )

    def _widths(self) -> list[float]:
        return [round(self.face.advance(number) * 1000, 2) for number, _ in self._codes]

    def _glyph_map(self, numbers: dict[int, int]) -> bytes:
        return bytes(2) + b"".join(numbers[old].to_bytes(2, "big") for old, _ in self._codes)

    def _descriptor(self, file: Pdf, name: Name, data: bytes) -> Dictionary:
        metrics = self.face.metrics()
        return Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=_SYMBOLIC,
            FontBBox=Array(list(metrics.box)),
            ItalicAngle=0,
            Ascent=metrics.ascent,
            Descent=metrics.descent,
            CapHeight=metrics.cap_height,
            StemV=80,
            FontFile2=packed(file, data, Length1=len(data)),
        )

    def _to_unicode(self) -> bytes:
        texts = [(code, text or _NOTHING) for (_, text), code in self._codes.items()]
        blocks = [texts[at : at + 100] for at in range(0, len(texts), 100)]
        body = "\n".join(_bfchars(block) for block in blocks)
        return _CMAP.format(body=body).encode("ascii")


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
