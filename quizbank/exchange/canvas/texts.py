"""Texts of QTI 1.2 as Canvas writes it: `material` with HTML inside, and the pictures it shows."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

import nh3

from quizbank.exchange.html_texts import html_as_markdown, html_as_plain
from quizbank.exchange.mathml import with_formulas
from quizbank.exchange.package_pictures import FindPicture, no_pictures
from quizbank.exchange.qti.markup import SOURCE, source_of
from quizbank.exchange.qti.tree import plain
from quizbank.exchange.texts import as_markdown
from quizbank.exchange.xml_reading import Element, parse_xml
from quizbank.files import Picture, address_of

# Where a gap stands while HTML becomes Markdown; no text has these characters.
_BEGIN, _END = "\ufdd0", "\ufdd1"
_MARKS = re.compile(f"[{_BEGIN}{_END}]")
_PLACE = re.compile(f"{_BEGIN}([a-z0-9-]+){_END}")
_SCHEMES = {"http", "https", "mailto", "data"}
# Their own texts are read by those who read them.
_ANSWERS = frozenset(
    {"response_lid", "response_str", "response_num", "response_xy", "response_grp"}
    | {"response_extension", "render_choice", "render_fib", "render_hotspot"}
    | {"render_extension", "render_slider"}
)
_NOT_READ = {"matvideo": "a video", "mataudio": "a sound", "matapplet": "a program"} | {
    "matapplication": "a program",
    "material_ref": "a text from elsewhere",
}
_SPACES = re.compile(r"[ \t\r\n]+")
_SPAN = re.compile(r"</?span\b[^<>]*>")
_TURN = re.compile(r"</(strong|b|em|i)>(\s?)<\1>")
_OPEN = re.compile(r"(<(?:strong|b|em|i)>)(\s)")
_CLOSE = re.compile(r"(\s)(</(?:strong|b|em|i)>)")
NO_GAPS: Mapping[str, str] = {}


class Texts:
    """Turns `material` into texts; `warnings` collects what was left out."""

    def __init__(self, find_picture: FindPicture = no_pictures) -> None:
        """`find_picture` returns a picture by its name in the file, or why there is none."""
        self.warnings: list[str] = []
        self.pictures: dict[str, Picture] = {}
        self._find = find_picture

    def markdown(self, element: Element | None, gaps: Mapping[str, str] = NO_GAPS) -> str:
        """Return all texts of an element but those of its answers, as Markdown.

        `gaps` gives the id of a gap by the name that stands in brackets for it.
        """
        if element is None:
            return ""
        said = (self._markdown(one, gaps) for one in materials(element))
        return "\n\n".join(filter(None, said)).strip()

    def plain(self, element: Element | None) -> str:
        """Return all texts of an element as plain text, pictures in words."""
        if element is None:
            return ""
        said = (self._plain(one) for one in materials(element))
        return " ".join(filter(None, (one.strip() for one in said)))

    def picture(self, name: str) -> Picture | None:
        """Return a picture by its name in the file; a warning says why there is none."""
        found = self._find(name.strip())
        if isinstance(found, str):
            self.warnings.append(found)
            return None
        self.pictures[found.digest] = found
        return found

    def _markdown(self, element: Element, gaps: Mapping[str, str]) -> str:
        if element.name == "matimage":
            return self._image(element)
        if element.name in _NOT_READ:
            self.warnings.append(f"Left out of the text: {_NOT_READ[element.name]}.")
            return ""
        raw = _MARKS.sub("", _raw(element))
        if not _is_html(element):
            return _with_gaps(as_markdown(raw.strip()), gaps)
        if (own := self._own(raw, gaps)) is not None:
            return own
        html = nh3.clean(
            with_formulas(raw), attribute_filter=self._source, url_schemes=_SCHEMES, link_rel=None
        )
        for name, gap in gaps.items():
            html = html.replace(f"[{escape(name, quote=False)}]", f"{_BEGIN}{gap}{_END}")
        said, dropped = html_as_markdown(_on_one_line(html))
        _, unclean = html_as_markdown(re.sub("<img", "<x-img", raw, flags=re.IGNORECASE))
        if left_out := dict.fromkeys((*unclean, *dropped)):
            self.warnings.append(f"Left out of the text: {', '.join(left_out)}.")
        return _gaps_back(said, bool(gaps))

    def _own(self, raw: str, gaps: Mapping[str, str]) -> str | None:
        """Return the Markdown that an export from here brings along, while it still fits."""
        if not raw.startswith(f"<div {SOURCE}="):
            return None
        opening, _, rest = raw.partition(">")
        for name, gap in gaps.items():
            rest = rest.replace(f"[{name}]", f"[[{gap}]]")
        read = parse_xml(f"{opening}>{rest}")
        if not isinstance(read, Element):
            return None
        source = source_of(plain(read), lambda _: None)
        for one in read.walk() if source else ():
            if one.name == "img":
                self.picture(one.get("src"))
        return source

    def _plain(self, element: Element) -> str:
        if element.name == "matimage":
            self.warnings.append("A picture was left out, where only plain text can be shown.")
            return ""
        raw = _raw(element)
        if not _is_html(element):
            return raw
        if "<img" in raw:
            self.warnings.append("A picture was left out, where only plain text can be shown.")
        return _SPACES.sub(" ", html_as_plain(raw))

    def _image(self, element: Element) -> str:
        found = self.picture(element.get("uri"))
        words = " ".join((element.get("label") or "Picture").split())
        words = re.sub(r"([\\\[\]])", r"\\\1", words)
        return f"![{words}]({address_of(found.digest)})" if found else f"[{words}]"

    def _source(self, tag: str, attribute: str, value: str) -> str | None:
        if tag != "img" or attribute != "src":
            return value
        if "/equation_images/" in value:
            # Its words are the formula.
            return None
        found = self.picture(value)
        # Without an address a picture is left out, with its words in its place.
        return address_of(found.digest) if found else None


def materials(element: Element) -> Iterator[Element]:
    """Give the texts and pictures of an element in order, but for those of its answers."""
    for one in element.children:
        if one.name in {"mattext", "matemtext", "matimage"} or one.name in _NOT_READ:
            yield one
        elif one.name not in _ANSWERS:
            yield from materials(one)


def joined(said: Iterable[str]) -> str:
    """Return texts one below the other, each once."""
    return "\n\n".join(dict.fromkeys(filter(None, said)))


def _raw(element: Element) -> str:
    # HTML that was not escaped is XML of its own.
    return element.markup if element.children else element.text


def _is_html(element: Element) -> bool:
    return bool(element.children) or element.get("texttype").strip().lower() == "text/html"


def _on_one_line(html: str) -> str:
    # Lines are broken where HTML says so, not where its author's editor did.
    if "<pre" in html:
        return html
    # Emphasis that is cut into pieces, or has spaces at its ends, is none in Markdown.
    html = _SPACES.sub(" ", _SPAN.sub("", html))
    html = _TURN.sub(r"\2", html)
    return _OPEN.sub(r"\2\1", _CLOSE.sub(r"\2\1", html))


def _with_gaps(markdown: str, gaps: Mapping[str, str]) -> str:
    for name, gap in gaps.items():
        markdown = markdown.replace(f"[{as_markdown(name)}]", f"{_BEGIN}{gap}{_END}")
    return _gaps_back(markdown, bool(gaps))


def _gaps_back(markdown: str, has_gaps: bool) -> str:
    if has_gaps:
        # Brackets that the author wrote are no gaps.
        markdown = markdown.replace("[[", "\\[\\[")
    return _PLACE.sub(r"[[\1]]", markdown)
