"""A lesson's Markdown as HTML: places for headings and sources to be jumped to, words explained.

What comes out is sanitised, and the same for everybody who reads this version. A source's place is
`source-S33`, a heading's `part-…`, and the hidden meaning of an explained word `meaning-term-…`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from courses.citing import CITATIONS, KEY, folded, short_key, without_citations
from courses.glossing import Gloss, Glosser
from courses.handbook import Term
from courses.lessons import Block, FigureBlock

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_MARKDOWN.enable(["table", "strikethrough"]).disable(["link", "autolink", "reference"])
# Only pictures of the academy; what else is named is told by its words.
_PICTURE = re.compile(r"/files/[0-9a-f]{64}")
KEY_POINTS = "part-key-points"
_ASKED = "Ask yourself"
# Two columns still stand side by side on a phone.
_STACKED = 3
_TAGS = frozenset(
    {"a", "blockquote", "br", "code", "details", "div", "em", "hr", "img", "li", "ol", "p", "pre"}
    | {"s", "span", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"}
    | {"h2", "h3", "h4", "h5", "h6"}
)
_PLACED = {"id", "class"}
_ATTRIBUTES = {
    "a": {*_PLACED, "href", "aria-label"},
    "span": {*_PLACED, "tabindex", "role", "aria-describedby"},
    "div": {*_PLACED, "hidden", "tabindex", "role", "aria-label"},
    "details": {"class", "open"},
    "th": {"style", "scope"},
    "td": {"style", "data-label"},
    "ol": {"start"},
    "img": {"src", "alt"},
} | {level: {"id"} for level in ("h2", "h3", "h4", "h5", "h6")}


@dataclass(frozen=True)
class Section:
    """A stretch of a lesson under one heading: its place on the page, and its words."""

    place: str
    title: str
    words: str


@dataclass(frozen=True)
class Written:
    """A lesson ready to be read: HTML and figures by turns, what it teaches, its sections.

    `meanings` is HTML that is not shown: what the explained words point at.
    """

    parts: tuple[str | FigureBlock, ...]
    key_points: str
    meanings: str
    explained: tuple[Term, ...]
    sections: tuple[Section, ...]


def write_lesson(
    blocks: Sequence[Block], key_points: Sequence[str], terms: Sequence[Term]
) -> Written:
    """Write a lesson's blocks and key points, its words explained by these terms."""
    pen = _Pen(Glosser(terms))
    parts = tuple(
        block if isinstance(block, FigureBlock) else pen.html(block.text) for block in blocks
    )
    pen.glosser.begin_section()
    pen.sections.append(Section(KEY_POINTS, "Key points", ""))
    points = pen.html("\n".join(f"- {point}" for point in key_points))
    explained = tuple(pen.glosser.used.values())
    return Written(parts, points, _meanings(explained), explained, tuple(pen.sections))


def write_texts(texts: Sequence[str]) -> tuple[str, ...]:
    """Write short texts of one page, such as the glossary's; no word is explained."""
    pen = _Pen(Glosser(()))
    return tuple(pen.html(text) for text in texts)


class _Pen:
    """Writes one text after the other, and remembers what stands where."""

    def __init__(self, glosser: Glosser) -> None:
        self.glosser = glosser
        self.sections: list[Section] = []
        self._cited: set[str] = set()
        self._places: set[str] = set()

    def html(self, markdown: str) -> str:
        tokens = _MARKDOWN.parse(markdown)
        self._note_sections(tokens)
        _fold_questions(tokens)
        for before, token in zip([None, *tokens], tokens, strict=False):
            if token.type == "inline":
                self._mark(token, before)
        _frame_tables(tokens)
        _label_cells(tokens)
        html = str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
        return nh3.clean(
            html, tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes=set(), link_rel=None
        )

    def _mark(self, inline: Token, before: Token | None) -> None:
        """Set citations and explained words; a heading begins a section and explains nothing."""
        heading = before if before and before.type == "heading_open" else None
        if heading and heading.tag == "h2":
            self.glosser.begin_section()
        marked: list[Token] = []
        for child in inline.children or []:
            if child.type == "image" and not _PICTURE.fullmatch(str(child.attrGet("src"))):
                marked.append(_raw(escape(child.content, quote=False)))
            elif child.type == "text":
                marked += self._pieces(child.content, explain=heading is None)
            else:
                marked.append(child)
        inline.children = marked

    def _pieces(self, text: str, explain: bool) -> Iterator[Token]:
        for odd, piece in enumerate(CITATIONS.split(text)):
            if odd % 2:
                yield _raw(self._citation(KEY.findall(piece)))
                continue
            for part in self.glosser.split(piece) if explain else [piece]:
                yield _raw(_gloss(part) if isinstance(part, Gloss) else escape(part, quote=False))

    def _citation(self, keys: Sequence[str]) -> str:
        links = ", ".join(map(self._source_link, keys))
        return f'<span class="cite">[{links}]</span>'

    def _source_link(self, key: str) -> str:
        place = "" if key in self._cited else f' id="cited-{key}"'
        self._cited.add(key)
        said = short_key(key)
        label = f' aria-label="Source {said}"' if said.isdecimal() else ""
        return f'<a href="#source-{key}"{place}{label}>{said}</a>'

    def _note_sections(self, tokens: Sequence[Token]) -> None:
        """Give headings their places, and note the words below each."""
        if not self.sections:
            self.sections.append(Section("", "", ""))
        for place, token in enumerate(tokens):
            if token.type == "heading_open":
                title = tokens[place + 1].content
                anchor = self._anchor(title)
                token.attrSet("id", anchor)
                self.sections.append(Section(anchor, _plain(tokens[place + 1]), ""))
            elif token.type == "inline" and tokens[place - 1].type != "heading_open":
                last = self.sections[-1]
                # Cells of one row keep apart in what a search shows.
                beside = tokens[place - 1].type in {"td_open", "th_open"}
                between = " · " if beside and tokens[place - 2].type != "tr_open" else "\n"
                words = f"{last.words}{between}{_plain(token)}".strip()
                self.sections[-1] = Section(last.place, last.title, words)

    def _anchor(self, title: str) -> str:
        stem = "part-" + (re.sub(r"[^a-z0-9]+", "-", folded(title)).strip("-") or "text")
        number, anchor = 1, stem
        while anchor in self._places:
            number += 1
            anchor = f"{stem}-{number}"
        self._places.add(anchor)
        return anchor


def _plain(inline: Token) -> str:
    kept = {"text", "code_inline"}
    said = "".join(
        child.content if child.type in kept else " " if "break" in child.type else ""
        for child in inline.children or []
    )
    return without_citations(said)


def _raw(html: str) -> Token:
    return Token("html_inline", "", 0, content=html)


def _gloss(found: Gloss) -> str:
    place = f"meaning-{found.term.place}"
    word = escape(found.word, quote=False)
    return f'<span class="term" tabindex="0" role="button" aria-describedby="{place}">{word}</span>'


def _meanings(terms: Sequence[Term]) -> str:
    """Return what each explained word means, as text that nothing shows by itself."""
    meanings = ((one.place, escape(without_citations(one.meaning), quote=False)) for one in terms)
    said = "".join(f'<div id="meaning-{place}">{meaning}</div>' for place, meaning in meanings)
    return f'<div class="meanings" hidden>{said}</div>' if said else ""


def _fold_questions(tokens: list[Token]) -> None:
    """Make of quotations that begin with "Ask yourself" questions whose answer unfolds.

    In all others every line is a turn of a talk, and keeps its own line.
    """
    for opening, closing in list(_quotations(tokens)):
        inside = tokens[opening + 1 : closing]
        asked = next((one for one in inside if one.type == "inline"), None)
        questions = [one for one in inside if one.type == "paragraph_open"]
        if asked and _plain(asked).startswith(_ASKED) and len(questions) > 1:
            tokens[opening] = Token("details_open", "details", 1, attrs={"class": "ask"})
            tokens[closing] = Token("details_close", "details", -1)
            tokens[opening].block = tokens[closing].block = True
            ends = next(one for one in inside if one.type == "paragraph_close")
            questions[0].tag = ends.tag = "summary"
            continue
        for line in inside:
            for child in line.children or []:
                if child.type == "softbreak":
                    child.type = "hardbreak"


def _quotations(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.type == "blockquote_open":
            opened.append(place)
        elif token.type == "blockquote_close":
            yield opened.pop(), place


def _frame_tables(tokens: list[Token]) -> None:
    """Let tables scroll inside a frame that can be reached by keyboard, under their header."""
    framed: list[Token] = []
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            label = ", ".join(_header_of(tokens[place:]))
            frame = '<div class="table" tabindex="0" role="region" aria-label="Table: {}">'
            framed.append(Token("html_block", "", 0, content=frame.format(escape(label))))
        if token.type == "th_open":
            token.attrSet("scope", "col")
        framed.append(token)
        if token.type == "table_close":
            framed.append(Token("html_block", "", 0, content="</div>\n"))
    tokens[:] = framed


def _label_cells(tokens: list[Token]) -> None:
    """Tell each cell behind the first of a wide table its column, for screens that stack rows."""
    heads, column = [""], 0
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            heads = list(_header_of(tokens[place:]))
        elif token.type == "tr_open":
            column = 0
        elif token.type == "td_open":
            if column and len(heads) >= _STACKED:
                token.attrSet("data-label", heads[column])
            column += 1


def _header_of(table: Sequence[Token]) -> Iterator[str]:
    for place, token in enumerate(table):
        if token.type == "thead_close":
            return
        if token.type == "th_open":
            yield re.sub(
                r"<[^>]+>", "", "".join(child.content for child in table[place + 1].children or [])
            )
