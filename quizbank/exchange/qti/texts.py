"""Texts of QTI as Markdown: pictures and gaps keep their places, feedback and rubrics do not."""

import re
from collections.abc import Mapping, Sequence

from quizbank.exchange.html_texts import html_as_markdown, html_as_plain
from quizbank.exchange.package_pictures import FindPicture, no_pictures
from quizbank.exchange.qti.markup import source_of
from quizbank.exchange.xml_reading import Element
from quizbank.files import Picture, address_of

Content = Sequence[Element | str]
# Where something stands in a text while HTML becomes Markdown; no text has these characters.
_BEGIN, _END = "\ufdd0", "\ufdd1"
_SPACES = re.compile(r"[ \t\r\n]+")
_PLACE = re.compile(f"{_BEGIN}(\\d+){_END}")
# A text whose Markdown came along: there is no HTML to read.
_ONLY_PLACES = re.compile(f"(?:\\s|</?div>|{_BEGIN}\\d+{_END})*")
_ELSEWHERE = frozenset(
    {"feedbackinline", "feedbackblock", "modalfeedback", "rubricblock", "stylesheet", "prompt"}
)


class Texts:
    """Turns content into texts; `warnings` collects what was left out."""

    def __init__(self, find_picture: FindPicture = no_pictures) -> None:
        """`find_picture` returns a picture by its name in the file, or why there is none."""
        self.warnings: list[str] = []
        self.pictures: dict[str, Picture] = {}
        self._find = find_picture
        self._put: list[str] = []

    def markdown(self, content: Content, instead: Mapping[int, Content | str] | None = None) -> str:
        """Return the content as Markdown.

        `instead` says, by an element's `id()`, what stands in its place: other content, or a text
        that is put there as it is.
        """
        markup = _markup(self._all(content, instead or {}))
        if _ONLY_PLACES.fullmatch(markup):
            whole = [said for one in _PLACE.finditer(markup) if (said := self._placed(one).strip())]
            if len(whole) <= 1:
                return "".join(whole)
        text, dropped = html_as_markdown(markup)
        if dropped:
            self.warnings.append(f"Left out of the text: {', '.join(dropped)}.")
        return _PLACE.sub(self._placed, text).strip()

    def plain(self, content: Content) -> str:
        """Return the content as plain text on one line, pictures in words."""
        shown = self._all(content, {})
        text = _PLACE.sub(self._in_words, html_as_plain(_markup(shown)))
        # A space that must not break is a character of its own.
        return _SPACES.sub(" ", text).strip(" ")

    def picture(self, name: str) -> Picture | None:
        """Return a picture by its name in the file; a warning says why there is none."""
        found = self._find(name)
        if isinstance(found, str):
            self.warnings.append(found)
            return None
        self.pictures[found.digest] = found
        return found

    def _all(self, content: Content, instead: Mapping[int, Content | str]) -> list[Element | str]:
        shown: list[Element | str] = []
        for one in content:
            if isinstance(one, str):
                # Lines are broken where HTML says so, not where its author's editor did.
                shown.append(re.sub(f"[{_BEGIN}{_END}]", "", _SPACES.sub(" ", one)))
            else:
                shown += self._shown(one, instead)
        return shown

    def _shown(
        self, element: Element, instead: Mapping[int, Content | str]
    ) -> Sequence[Element | str]:
        other = instead.get(id(element))
        if isinstance(other, str):
            return [self._place(other)]
        if other is not None:
            return [Element("div", {}, tuple(self._all(other, instead)), element.line)]
        if self._is_left_out(element):
            return ()
        if source := source_of(element, lambda one: _gap_id(instead.get(id(one)))):
            for one in element.walk():
                if one.name == "img":
                    self.picture(one.get("src"))
            return [Element("div", {}, (self._place(source),), element.line)]
        if element.name in {"img", "object"}:
            return self._drawn(element, instead)
        inside = tuple(self._all(element.content, instead))
        return [Element(element.name, element.attributes, inside, element.line)]

    def _is_left_out(self, element: Element) -> bool:
        if element.name == "printedvariable":
            said = "a value that is computed while the item is shown (printedVariable)"
            self.warnings.append(f"Left out of the text: {said}.")
            return True
        return element.name in _ELSEWHERE and "candidate" not in element.get("view").split()

    def _drawn(
        self, element: Element, instead: Mapping[int, Content | str]
    ) -> Sequence[Element | str]:
        name = element.get("src") or element.get("data")
        alt = " ".join((element.get("alt") or element.full_text).split())
        image = element.name == "img" or element.get("type").startswith("image/")
        found = self.picture(name) if image else None
        if found:
            words = re.sub(r"([\\\[\]])", r"\\\1", alt)
            return [self._place(f"![{words}]({address_of(found.digest)})")]
        if not image:
            self.warnings.append(f"Left out of the text: {name[:120] or 'an object'}.")
        # An object holds what stands in for it.
        inside = self._all(element.content, instead)
        return inside if element.name == "object" else [f"[{alt or 'picture'}]"]

    def _place(self, text: str) -> str:
        self._put.append(text)
        return f"{_BEGIN}{len(self._put) - 1}{_END}"

    def _placed(self, found: re.Match[str]) -> str:
        return self._put[int(found.group(1))]

    def _in_words(self, found: re.Match[str]) -> str:
        text = self._placed(found)
        return re.sub(r"!\[(.*)\]\(.*\)", r"[\1]", text)


def _gap_id(other: Content | str | None) -> str | None:
    return other[2:-2] if isinstance(other, str) and other.startswith("[[") else None


def _markup(content: Content) -> str:
    return Element("div", {}, tuple(content), 0).markup
