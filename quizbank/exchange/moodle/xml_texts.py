"""Texts of Moodle XML: their formats, and the files that they carry."""

import base64
import binascii
import re
from urllib.parse import unquote

from base.lined_yaml import Problem
from quizbank.exchange.gift.text import Said
from quizbank.exchange.items_read import warning
from quizbank.exchange.xml_reading import Element
from quizbank.files import NoPicture, Picture, address_of, read_picture

_FORMATS = {
    "html": "html",
    "markdown": "markdown",
    "plain_text": "plain",
    "plain": "plain",
    "moodle_auto_format": "moodle",
}
_NAMED = re.compile(r"@@PLUGINFILE@@/?([^\s\"'<>()?#]*)(?:\?[^\s\"'<>()]*)?")
_INLINE = re.compile(r"data:image/[\w.+-]{1,40};base64,([A-Za-z0-9+/=\s]+)")


def raw_text(element: Element | None) -> str:
    """Return the text of an element, written in `<text>` or by itself, HTML or not."""
    if element is None:
        return ""
    inside = element.first("text") or element
    # HTML that was not escaped is XML of its own; an element without <text> has other parts.
    unescaped = inside.name == "text" and bool(inside.children)
    return (inside.markup if unescaped else inside.text).strip()


def said_in(element: Element | None, default: str = "html") -> Said:
    """Return a text as it is written, with its format or else the default one."""
    if element is None:
        return Said("", default)
    named = element.get("format")
    said_format = _FORMATS.get(named, "moodle") if named else default
    return Said(raw_text(element), said_format)


class Shelf:
    """Takes the pictures of a file out of its texts, and names them there by what they hold.

    What is no picture, or is not there, is left out of the text with a warning.
    """

    def __init__(self) -> None:
        self.files: dict[str, Picture] = {}
        self.problems: list[Problem] = []

    def said(self, element: Element | None, default: str = "html") -> Said:
        """Return a text with the pictures that stand beside it."""
        raw = said_in(element, default)
        if element is None:
            return raw
        text = _INLINE.sub(lambda found: self._inline(found, element.line), raw.text)
        beside = {_name(one): one for one in element.all("file")}
        used: dict[str, str] = {}
        text = _NAMED.sub(lambda found: self._named(found, beside, used, element.line), text)
        self.problems += [
            warning(one.line, f"The file {name[:80]} is shown nowhere; it was left out.")
            for name, one in beside.items()
            if name not in used
        ]
        return Said(text, raw.format)

    def picture(self, element: Element) -> Picture | None:
        """Return the picture in a `<file>`, or None with a problem noted."""
        name = _name(element)[:80] or "without a name"
        if element.get("encoding", "base64").lower() != "base64":
            message = f"The file {name} is not encoded as base64; it was left out."
            self.problems.append(warning(element.line, message))
            return None
        return self._kept(element.text, f"The file {name}", element.line)

    def old_picture(self, element: Element) -> str:
        """Return the address of the picture that Moodle 1 put beside a question; else nothing."""
        name, encoded = raw_text(element.first("image")), element.first("image_base64")
        if encoded is not None and encoded.text.strip():
            picture = self._kept(encoded.text, f"The file {name[:80]}", element.line)
            return address_of(picture.digest) if picture else ""
        if name:
            message = f"The question names the file {name[:80]}, which is not there."
            self.problems.append(warning(element.line, message))
        return ""

    def _named(
        self, found: re.Match[str], beside: dict[str, Element], used: dict[str, str], line: int
    ) -> str:
        name = unquote(found[1]).strip("/")
        if name not in beside:
            message = f"The text names the file {name[:80]}, which is not there."
            self.problems.append(warning(line, message))
            return found[0]
        if name not in used:
            picture = self.picture(beside[name])
            used[name] = address_of(picture.digest) if picture else found[0]
        return used[name]

    def _inline(self, found: re.Match[str], line: int) -> str:
        picture = self._kept(found[1], "A picture inside the text", line)
        return address_of(picture.digest) if picture else ""

    def _kept(self, encoded: str, name: str, line: int) -> Picture | None:
        content = _decoded(encoded)
        if content is None:
            said = f"{name} is cut off or no base64; it was left out. Export it again."
            self.problems.append(warning(line, said))
            return None
        try:
            picture = read_picture(content)
        except NoPicture as problem:
            self.problems.append(warning(line, f"{name} was left out. {problem}"))
            return None
        self.files[picture.digest] = picture
        return picture


def _name(element: Element) -> str:
    return f"{element.get('path').strip('/')}/{element.get('name')}".strip("/")


def _decoded(encoded: str) -> bytes | None:
    try:
        return base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
