"""One way to read XML that strangers send: no entities, no types, no network, bounded everywhere.

What comes out is plain frozen data that knows its lines. libxml2 bounds depth (256) and the
length of one text (10 MB); `xml_text` bounds the file and takes everything out that declares.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from lxml import etree

from base.lined_yaml import LARGEST_DOCUMENT, Problem
from quizbank.exchange.xml_text import with_named_characters, xml_text

_VOID = frozenset({"br", "hr", "img", "col", "area", "source", "wbr"})
_MOST_BROKEN = 1_000
# libxml2 takes time that grows with the square of the attributes of one element.
_MANY_ATTRIBUTES = re.compile(r"""(?:=\s*(?:"[^"<]*"|'[^'<]*')\s*[^\s"'<>=/]{1,200}\s*){200}""")
_BROKEN = "This is not well-formed XML"


@dataclass(frozen=True, slots=True)
class Element:
    """An XML element: its own name without prefix, and its content in order.

    Comments and processing instructions are gone. `line` counts from 1.
    """

    name: str
    attributes: Mapping[str, str]
    content: tuple["Element | str", ...]
    line: int
    namespace: str = ""
    # The elements right inside, without the text between them; asked for so often that it is kept.
    children: tuple["Element", ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        inside = tuple([one for one in self.content if isinstance(one, Element)])
        object.__setattr__(self, "children", inside)

    @property
    def text(self) -> str:
        """The text right inside, as it stands."""
        return "".join(one for one in self.content if isinstance(one, str))

    @property
    def full_text(self) -> str:
        """The text at every depth, as it stands."""
        return "".join(one if isinstance(one, str) else one.full_text for one in self.content)

    @property
    def markup(self) -> str:
        """The content as HTML: what is inside, not the element itself."""
        return "".join(
            escape(one, quote=False) if isinstance(one, str) else one.outer_markup
            for one in self.content
        )

    @property
    def outer_markup(self) -> str:
        """The element itself as HTML."""
        attributes = "".join(f' {name}="{escape(said)}"' for name, said in self.attributes.items())
        if self.name in _VOID and not self.content:
            return f"<{self.name}{attributes}>"
        return f"<{self.name}{attributes}>{self.markup}</{self.name}>"

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute, by its name without prefix."""
        return self.attributes.get(name, default)

    def all(self, name: str) -> tuple["Element", ...]:
        """Return the elements of this name right inside."""
        return tuple(one for one in self.children if one.name == name)

    def first(self, *path: str) -> "Element | None":
        """Return the first element at a path of names, each right inside the one before."""
        here: Element | None = self
        for name in path:
            here = next((one for one in here.children if one.name == name), None) if here else None
        return here

    def walk(self) -> Iterator["Element"]:
        """Give this element and every one inside it, in the order of the file."""
        left: list[Element] = [self]
        while left:
            one = left.pop()
            yield one
            left.extend(reversed(one.children))


@dataclass(frozen=True)
class XmlRead:
    """The root of a file, or None where there is none to be had, and what is to be said."""

    root: Element | None
    problems: tuple[Problem, ...]


def read_xml(content: bytes, largest: int = LARGEST_DOCUMENT) -> XmlRead:
    """Read a whole XML file; never raises. One that is not well-formed gives no root."""
    text, problems = xml_text(content, largest)
    if not text:
        return XmlRead(None, problems or (Problem(1, "The file is empty."),))
    root = parse_xml(text)
    if isinstance(root, Problem):
        return XmlRead(None, (*problems, root))
    return XmlRead(root, problems)


def read_parts(
    content: bytes, name: str, largest: int = LARGEST_DOCUMENT
) -> Iterator[Element | Problem]:
    """Give every element of this name right inside the root; never raises.

    A file that is not well-formed is cut where such elements begin, and each is read by itself,
    so that a broken one is a problem with its line and stops no other.
    """
    text, problems = xml_text(content, largest)
    yield from problems
    if not text.strip():
        if not problems:
            yield Problem(1, "The file is empty.")
        return
    root = parse_xml(text)
    if isinstance(root, Element):
        yield from root.all(name)
    else:
        yield from _parts_of_broken(text, name, root)


def parse_xml(text: str, first_line: int = 1) -> Element | Problem:
    """Return the root of XML without declarations, or where and how it is broken.

    `first_line` is the line of the file that the text begins on.
    """
    crowded = _MANY_ATTRIBUTES.search(text)
    if crowded:
        line = first_line + text.count("\n", 0, crowded.start())
        return Problem(line, "An element here has more than 200 attributes; that is not read.")
    try:
        return _parse(text, first_line)
    except etree.XMLSyntaxError as error:
        broken = error
    if "ntity '" in (broken.msg or "") and (named := with_named_characters(text)) != text:
        return parse_xml(named, first_line)
    return Problem(first_line + max(0, (broken.lineno or 1) - 1), _sentence(broken.msg or ""))


def _parse(text: str, first_line: int) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    return _element(root, first_line - 1)


def _element(node: etree._Element, lines_before: int) -> Element:  # pyright: ignore[reportPrivateUsage] lxml has no public name for it
    content: list[Element | str] = [node.text] if node.text else []
    for child in node:
        content.append(_element(child, lines_before))
        if child.tail:
            content.append(child.tail)
    namespace, _, name = str(node.tag).rpartition("}")
    attributes = {str(said).rpartition("}")[2]: str(value) for said, value in node.attrib.items()}
    line = lines_before + (node.sourceline or 1)
    return Element(name, attributes, tuple(content), line, namespace.removeprefix("{"))


def _parts_of_broken(text: str, name: str, why: Problem) -> Iterator[Element | Problem]:
    found = broken = 0
    for piece, line in _pieces(text, name):
        found += 1
        close = piece.rfind(f"</{name}>")
        if close < 0:
            read: Element | Problem = Problem(
                line, f"This {name} is not closed: </{name}> is missing."
            )
        else:
            read = parse_xml(piece[: close + len(name) + 3], line)
        broken += isinstance(read, Problem)
        yield read
        if broken > _MOST_BROKEN:
            yield Problem(line, "Too much of the file is broken; the rest was not read.")
            return
    if not broken:
        # Every part is sound, so the fault lies between them, or there is no part at all.
        yield why if not found else Problem(why.line, why.message, "warning")


def _pieces(text: str, name: str) -> Iterator[tuple[str, int]]:
    line, counted = 1, 0
    for start, end in pairwise([*_starts(text, name), len(text)]):
        line += text.count("\n", counted, start)
        counted = start
        yield text[start:end], line


def _starts(text: str, name: str) -> list[int]:
    """Return where such elements begin, but for those quoted in a CDATA section.

    A section that is opened while another one stands open tells that the earlier one was never
    closed, and so it quotes nothing.
    """
    starts: list[int] = []
    inside: list[int] | None = None
    for mark in re.finditer(rf"<!\[CDATA\[|\]\]>|<{re.escape(name)}(?=[\s/>])", text):
        if mark.group() == "]]>":
            inside = None
        elif mark.group() == "<![CDATA[":
            starts += inside or []
            inside = []
        elif inside is None:
            starts.append(mark.start())
        else:
            inside.append(mark.start())
    return starts + (inside or [])


# What libxml2 says of limits that it keeps against hostile files, and what we say.
_LIMITS = (
    ("excessive depth", "More than 256 elements lie in one another; that is not read."),
    ("limit exceeded", "A text or attribute here is longer than any question; that is not read."),
)


def _sentence(message: str) -> str:
    if limit := next((said for sign, said in _LIMITS if sign in message.lower()), ""):
        return limit
    said = re.sub(r",? line \d+(, column \d+)?|\(<string>\)| \(line \d+\)", "", message).strip()
    return f"{_BROKEN}: {said[:1].lower()}{said[1:200]}." if said else f"{_BROKEN}."
