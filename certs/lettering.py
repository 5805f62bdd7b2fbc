"""Text as lines of placed glyphs: the right typeface, direction and joining for each script.

All measures are in ems, so that a text is shaped once and then drawn at any size.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from unicodedata import category, east_asian_width, normalize

from certs.bidi import levels, visual_order
from certs.typefaces import SERIF, Glyph, script, typeface, typeface_for

_NO_BREAK_BEFORE = frozenset("、。，．：；？！）》」』】〉·,.:;?!)]}’”")
_SHRINK = 0.96
_UNITS = frozenset({"mm", "µm", "%", "°C"})


@dataclass(frozen=True)
class Style:
    """A first typeface, its OpenType features ("-liga" switches one off) and letter spacing."""

    typeface: str = SERIF
    features: tuple[str, ...] = ()
    tracking: float = 0.0


@dataclass(frozen=True)
class Run:
    """Neighbouring glyphs of one typeface and direction, drawn from left to right."""

    typeface: str
    glyphs: tuple[Glyph, ...]
    rightwards: bool
    tracking: float

    @property
    def width(self) -> float:
        """From the first glyph's start to the end of the last."""
        return sum(glyph.advance + self.tracking for glyph in self.glyphs)


@dataclass(frozen=True)
class Line:
    """One line of text, ready to be drawn from left to right."""

    runs: tuple[Run, ...]
    width: float


@dataclass(frozen=True)
class Block:
    """Paragraphs broken into lines at the size that fits, in points."""

    size: float
    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> list[str]:
        """All lines from top to bottom."""
        return [line for paragraph in self.paragraphs for line in paragraph]


@lru_cache(maxsize=1024)
def set_line(text: str, style: Style) -> Line:
    """The text as one line; raises ValueError when a character has no typeface."""
    pieces = _pieces(normalize("NFC", text), style)
    order = visual_order([level for _, level, _ in pieces])
    runs = tuple(_shaped(*pieces[at], style) for at in order)
    return Line(runs, sum(run.width for run in runs))


def parted(text: str, style: Style) -> Line:
    """The line with the space that parts it from the next for those who hear or copy it."""
    line = set_line(text, style)
    if not all(run.rightwards for run in line.runs) or _wide(text[-1]):
        return line
    return set_line(f"{text} ", style)


def fit(
    paragraphs: Sequence[str], style: Style, box: tuple[float, float], largest: float,
    leading: float, gap: float = 0.0,
) -> Block:  # fmt: skip
    """The paragraphs at the largest size whose lines fit the box (width, height in points).

    Nothing is ever left out: a text that is too long is printed smaller.
    """
    size = largest
    while True:
        broken = tuple(tuple(_wrap(text, style, box[0] / size)) for text in paragraphs)
        lines = sum(map(len, broken))
        if (lines * leading + max(len(broken) - 1, 0) * gap) * size <= box[1]:
            return Block(size, broken)
        size *= _SHRINK


def balanced(block: Block, style: Style) -> Block:
    """The same block with the lines of each paragraph made about equally long."""
    return replace(block, paragraphs=tuple(_even(lines, style) for lines in block.paragraphs))


def _even(lines: tuple[str, ...], style: Style) -> tuple[str, ...]:
    if len(lines) < 2:
        return lines
    text, best = " ".join(lines), lines
    width = max(set_line(line, style).width for line in lines)
    while len(narrower := tuple(_wrap(text, style, width))) == len(lines):
        best, width = narrower, width * 0.97
    return best if "".join(best).replace(" ", "") == text.replace(" ", "") else lines


def _pieces(text: str, style: Style) -> list[tuple[str, int, str]]:
    """The text cut wherever direction, typeface or script changes: (typeface, level, text)."""
    keyed = zip(_typefaces(text, style), levels(text), _scripts(text), text, strict=True)
    cut = groupby(keyed, key=lambda item: item[:3])
    return [(name, level, "".join(item[3] for item in items)) for (name, level, _), items in cut]


def _typefaces(text: str, style: Style) -> Iterator[str]:
    before = ""
    for char in text:
        name = typeface_for(char, style.typeface, before)
        if name is None:
            raise ValueError(f"No typeface can print {char!a}. Ask for another spelling.")
        before = name
        yield name


def _scripts(text: str) -> list[str]:
    """The script of each character; marks and signs share the one before them."""
    found = [script(char) for char in text]
    last = next((tag for tag in found if tag), "Latn")
    return [last := tag or last for tag in found]


def _shaped(name: str, level: int, text: str, style: Style) -> Run:
    rightwards = level % 2 == 0
    glyphs = typeface(name).shape(text, rightwards, style.features)
    # Letter spacing would tear joined scripts apart.
    tracking = style.tracking if name == style.typeface else 0.0
    return Run(name, tuple(glyphs), rightwards, tracking)


def _wrap(text: str, style: Style, width: float) -> Iterator[str]:
    """The text in lines of at most this width in ems, broken at spaces where possible."""
    line, used = "", 0.0
    for word in _short_words(text, style, width):
        room = set_line(word.rstrip(), style).width
        if line and used + room > width:
            yield line.rstrip()
            line, used = "", 0.0
        line += word
        used += set_line(word, style).width
    if line:
        yield line.rstrip()


def _short_words(text: str, style: Style, width: float) -> Iterator[str]:
    for word in _with_units(_words(text)):
        rest = word
        while set_line(rest.rstrip(), style).width > width and len(_graphemes(rest)) > 1:
            head = _head(_graphemes(rest), style, width)
            yield head
            rest = rest[len(head) :]
        yield rest


def _head(graphemes: list[str], style: Style, width: float) -> str:
    """The longest beginning of an over-long word that fits, but at least one character."""
    low, high = 1, len(graphemes) - 1
    while low < high:
        middle = (low + high + 1) // 2
        fits = set_line("".join(graphemes[:middle]), style).width <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return "".join(graphemes[:low])


def _with_units(words: Iterable[str]) -> Iterator[str]:
    """The same words, a unit together with the number before it."""
    held = ""
    for word in words:
        if held and not (held[-2:-1].isdigit() and word.rstrip(" ,.;") in _UNITS):
            yield held
            held = ""
        held += word
    if held:
        yield held


def _words(text: str) -> Iterator[str]:
    """The unbreakable parts of a text, each with the spaces that follow it."""
    word = ""
    for char in normalize("NFC", text).strip():
        if word and _breaks(word, char):
            yield word
            word = ""
        word += char
    if word:
        yield word


def _breaks(word: str, char: str) -> bool:
    if char == " " or char in _NO_BREAK_BEFORE or category(char)[0] == "M":
        return False
    return word[-1] == " " or _wide(word[-1]) or _wide(char)


def _wide(char: str) -> bool:
    return east_asian_width(char) in "WF"


def _graphemes(text: str) -> list[str]:
    parts: list[str] = []
    for char in text:
        joins = category(char)[0] == "M" or char in "\u200c\u200d"
        if parts and (joins or parts[-1][-1] == "\u094d"):  # a virama binds the next letter
            parts[-1] += char
        else:
            parts.append(char)
    return parts
