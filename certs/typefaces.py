"""The embedded typefaces: which of them has a character, and what HarfBuzz makes of a text.

Each font file is opened at its first use and kept for the life of the process. A certificate in
Latin letters never opens the Chinese one.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import category, normalize

import uharfbuzz  # pyright: ignore[reportMissingTypeStubs]  # compiled, ships no stubs

hb: Any = uharfbuzz

SERIF = "EBGaramond-Regular"
ITALIC = "EBGaramond-Italic"
MONO = "IBMPlexMono-Regular"
_ARABIC = "NotoNaskhArabic-Regular"
_HEBREW = "NotoSerifHebrew-Regular"
_DEVANAGARI = "NotoSerifDevanagari-Regular"
_CHINESE = "NotoSerifSC-Regular"

_CHAIN = (SERIF, _HEBREW, _ARABIC, _DEVANAGARI, _CHINESE)
_FOLDER = Path(__file__).parent / "fonts"
# A PDF names glyphs by number and holds its own names, so these would be dead weight in it.
_UNUSED_TABLES = [
    int.from_bytes(tag, "big")
    for tag in (b"GSUB", b"GPOS", b"GDEF", b"name", b"STAT", b"cmap", b"post", b"OS/2", b"gasp")
]
# Optical sizes beside the serif: the same point size looks bigger or smaller by script.
_SCALES = {_ARABIC: 1.06, _HEBREW: 0.9, _DEVANAGARI: 0.92, _CHINESE: 0.9}
_BLOCKS = (
    (0x0000, "Latn"), (0x0370, "Grek"), (0x0400, "Cyrl"), (0x0530, "Latn"), (0x0590, "Hebr"),
    (0x0600, "Arab"), (0x0700, "Latn"), (0x0750, "Arab"), (0x0780, "Latn"), (0x0870, "Arab"),
    (0x0900, "Deva"), (0x0980, "Latn"), (0x1C80, "Cyrl"), (0x1C90, "Latn"), (0x1CD0, "Deva"),
    (0x1D00, "Latn"), (0x1F00, "Grek"), (0x2000, "Latn"), (0x2DE0, "Cyrl"), (0x2E00, "Latn"),
    (0x2E80, "Hani"), (0xA000, "Latn"), (0xA640, "Cyrl"), (0xA6A0, "Latn"), (0xA8E0, "Deva"),
    (0xA900, "Latn"), (0xF900, "Hani"), (0xFB00, "Latn"), (0xFB1D, "Hebr"), (0xFB50, "Arab"),
    (0xFE00, "Latn"), (0xFE30, "Hani"), (0xFE50, "Latn"), (0xFE70, "Arab"), (0xFF00, "Hani"),
    (0xFFF0, "Latn"), (0x20000, "Hani"), (0x32000, "Latn"),
)  # fmt: skip
_STARTS = [start for start, _ in _BLOCKS]
_OWN_TYPEFACE = {"Hebr": _HEBREW, "Arab": _ARABIC, "Deva": _DEVANAGARI, "Hani": _CHINESE}
_JOINERS = "\u200c\u200d"
# Fonts draw nothing for these, or a sign for "unknown": in a name they could only deceive.
_BLANK = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0\ufffc\ufffd")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn shape, placed in ems, with the text that it stands for.

    Of several shapes that stand for a text together, the widest has it and the others have "".
    """

    number: int
    advance: float
    right: float
    up: float
    text: str


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a PDF says about a font, in thousandths of an em."""

    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]


class Typeface:
    """One font file, opened by HarfBuzz."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.scale = _SCALES.get(name, 1.0)
        self._face: Any = hb.Face(hb.Blob.from_file_path(str(_FOLDER / f"{name}.ttf")))
        self._font: Any = hb.Font(self._face)
        self._covered: Any = self._face.unicodes
        self._em: int = self._face.upem

    def covers(self, char: str) -> bool:
        """Whether the font has a glyph of its own for the character."""
        return ord(char) in self._covered

    def shape(self, text: str, rightwards: bool, features: tuple[str, ...]) -> list[Glyph]:
        """The glyphs of a text of one script and direction, in the order drawn."""
        buffer: Any = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr" if rightwards else "rtl"
        hb.shape(self._font, buffer, _feature_map(features))
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        texts = _texts(text, [info.cluster for info in infos], [at.x_advance for at in positions])
        unit = self.scale / self._em
        return [
            Glyph(info.codepoint, at.x_advance * unit, at.x_offset * unit, at.y_offset * unit, own)
            for info, at, own in zip(infos, positions, texts, strict=True)
        ]

    def advance(self, number: int) -> float:
        """How far the glyph itself moves the pen, in ems, before any kerning."""
        return self._font.get_glyph_h_advance(number) / self._em

    def subset(self, numbers: Iterable[int]) -> tuple[bytes, dict[int, int]]:
        """A font file with only these glyphs, and their numbers in it."""
        wanted: Any = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.NO_HINTING
        wanted.glyph_set.update(set(numbers))
        wanted.drop_table_tag_set.update(_UNUSED_TABLES)
        plan: Any = hb.SubsetPlan(self._face, wanted)
        return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)

    def metrics(self) -> Metrics:
        """The font's own measures, for its descriptor in the PDF."""
        unit = 1000 / self._em
        head = bytes(self._face.reference_table("head").data)
        sides = [int.from_bytes(head[at : at + 2], "big", signed=True) for at in range(36, 44, 2)]
        left, low, right, high = (round(side * unit) for side in sides)
        extents: Any = self._font.get_font_extents("ltr")
        ascent, descent = round(extents.ascender * unit), round(extents.descender * unit)
        return Metrics(ascent, descent, round(ascent * 0.65), (left, low, right, high))


@cache
def typeface(name: str) -> Typeface:
    """The typeface of this file name, opened once per process."""
    return Typeface(name)


def script(char: str) -> str:
    """The script whose block the character lies in (ISO 15924); "" for marks and common signs."""
    if category(char)[0] not in "LN" or char.isdecimal():
        return ""
    return _BLOCKS[bisect_right(_STARTS, ord(char)) - 1][1]


def typeface_for(char: str, first: str, before: str) -> str | None:
    """The typeface to print a character in; marks and signs stay in the one before them."""
    own = _OWN_TYPEFACE.get(_BLOCKS[bisect_right(_STARTS, ord(char)) - 1][1], first)
    follows = not script(char) and before
    wanted = dict.fromkeys((before, own, first, *_CHAIN) if follows else (own, first, *_CHAIN))
    return next((name for name in wanted if typeface(name).covers(char)), None)


def unprintable(text: str) -> str:
    """The characters that a certificate can't print, each once, in order of appearance.

    Empty when everything prints. Controls, private characters, invisible ones and those that no
    embedded font has are unprintable, wherever they stand; a joiner is printable only after a
    letter of a script that uses it.
    """
    text = normalize("NFC", text)
    before = ("", *text)
    wrong = (char for last, char in zip(before, text, strict=False) if not _prints(char, last))
    return "".join(dict.fromkeys(wrong))


def _prints(char: str, before: str) -> bool:
    if char in _JOINERS:
        return bool(before) and _uses_joiners(before)
    if category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} or char in _BLANK:
        return False
    return typeface_for(char, SERIF, "") is not None


def _uses_joiners(char: str) -> bool:
    block = _BLOCKS[bisect_right(_STARTS, ord(char)) - 1][1]
    return block in {"Arab", "Deva"} and category(char)[0] in "LM"


def _texts(text: str, clusters: list[int], advances: list[int]) -> list[str]:
    """The text of each glyph; clusters tell where each glyph's share of the text begins."""
    starts = [*sorted(set(clusters)), len(text)]
    widest: dict[int, int] = {}
    for at, start in enumerate(clusters):
        if start not in widest or advances[at] > advances[widest[start]]:
            widest[start] = at
    texts = [""] * len(clusters)
    for start, end in pairwise(starts):
        texts[widest[start]] = text[start:end]
    return texts


@cache
def _feature_map(features: tuple[str, ...]) -> dict[str, bool]:
    return {feature.lstrip("-"): not feature.startswith("-") for feature in features}
