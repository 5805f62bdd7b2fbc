"""HTML of other systems as the Markdown that items are written in, or as plain text."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3

from quizbank.exchange.emphasis import begins, ends, settled, without_places
from quizbank.exchange.formulas import displayed
from quizbank.exchange.mathml import with_formulas
from quizbank.exchange.texts import as_markdown

_EMPTY_LINES = re.compile(r"(?<![ \t])[ \t]*\n[ \t]*\n\s*")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NOT_TEXT = frozenset(
    {"script", "style", "iframe", "object", "embed", "svg", "math", "template", "audio", "video"}
)
_UNCLEAN = re.compile(rf"<({'|'.join(sorted(_NOT_TEXT))})\b", re.IGNORECASE)
# Made once: to make one takes longer than to clean a sentence.
_CLEANER = nh3.Cleaner(
    clean_content_tags=set(_NOT_TEXT),
    attributes=nh3.ALLOWED_ATTRIBUTES | {"ol": {"start", "type", "style"}},
    link_rel=None,
)
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "caption", "pre"}
    | {"blockquote", "dl", "dt", "dd", "hr", "article", "aside", "figure", "figcaption", "details"}
)
_AROUND = {
    **dict.fromkeys(("b", "strong", "u", "mark"), "**"),
    **dict.fromkeys(("i", "em"), "*"),
    **dict.fromkeys(("s", "strike", "del"), "~~"),
}
_SMALL = {
    "sup": ("^", str.maketrans("0123456789+-\u2212=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")),
    "sub": ("_", str.maketrans("0123456789+-\u2212=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")),
}
_SAME = {"tt": "code"}
# What means the same at any height.
_ORDINALS = frozenset({"st", "nd", "rd", "th", "®", "™"})
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_STYLES = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A"} | {
    "lower-roman": "i",
    "upper-roman": "I",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b((?:lower|upper)-(?:alpha|latin|roman))\b")
# What the house names its own pictures by; a picture from elsewhere is never asked for.
_OWN_PICTURE = re.compile(r"/files/[0-9a-f]{64}")
# A formula that another system shows as a picture.
_TEX_IN_WORDS = re.compile(r"LaTeX:\s*(\S.*)", re.DOTALL)
_BLANK = "_____"
# Spaces before a step; what lies in one another thousands of times takes no room for each.
_DEEPEST = 24
# Far above any text of an item; longer ones are refused anyway.
_LONGEST_HTML = 50_000


def html_as_markdown(html: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of HTML with its emphasis, and the names of what was left out.

    Scripts, styles, frames and pictures from elsewhere are left out; links keep their text alone.
    Cells of a table are parted by bars, steps keep their numbers or letters, formulas in MathML
    become TeX, and what is raised or lowered stays so: 10 cm², never 102.
    """
    return _convert(html, marked=True)


def html_as_plain(html: str) -> str:
    """Return the text of HTML and nothing else."""
    return _convert(html, marked=False)[0]


def _convert(html: str, marked: bool) -> tuple[str, tuple[str, ...]]:
    if not html or len(html) > _LONGEST_HTML:
        return html, ()
    html = with_formulas(without_places(html))
    reader = _Reader(marked)
    reader.feed(_CLEANER.clean(html))
    reader.close()
    unclean = [found.lower() for found in _UNCLEAN.findall(html)]
    return reader.text(), tuple(dict.fromkeys([*unclean, *reader.dropped]))


@dataclass
class _List:
    """A list that is open: its next number, none for bullets, and how it is numbered."""

    number: int | None
    style: str
    indent: str
    # Where the text of its last step begins; None before the first.
    at: int | None = None

    @property
    def lettered(self) -> bool:
        """Tell whether its parts have letters."""
        return self.number is not None and self.style in {"a", "A", "i", "I"}

    def bullet(self, marked: bool) -> str:
        """Return what stands before its next part."""
        if self.number is None:
            return "- " if marked else ""
        self.number += 1
        return f"{_numbered(self.number - 1, self.style)}. "


class _Reader(HTMLParser):
    """Collects the text of HTML that is clean already."""

    def __init__(self, marked: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._marked = marked
        self._parts: list[str] = []
        self._lists: list[_List] = []
        self._begun: dict[str, list[int]] = {"sup": [], "sub": [], "u": [], "code": []}
        self._depth = dict.fromkeys(begins, 0)
        self._as_written = 0
        self._cells = 0
        self._fresh = False
        self.dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        tag = _SAME.get(tag, tag)
        if tag in self._begun:
            self._begun[tag].append(len(self._parts))
        if tag in {"li", "td", "th"}:
            self._begin(tag)
        elif tag in _BLOCKS:
            self._open_block(tag, attributes)
        elif tag in _AROUND:
            self._emphasise(_AROUND[tag], 1)
        elif tag in {"img", "br", "q"}:
            self._parts.append(self._single(tag, attributes))
        elif tag == "a" and attributes.get("href"):
            self.dropped.append("the address of a link")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"code", "tt"}:
            tag = "code"
        if self._begun.get(tag):
            begin = self._begun[tag].pop()
            self._parts[begin:] = [self._turned(tag, "".join(self._parts[begin:]))]
        if tag in _BLOCKS:
            self._parts.append("\n\n")
            self._as_written -= tag == "pre"
            if tag in {"ol", "ul"} and self._lists:
                self._lists.pop()
        elif tag == "q":
            self._parts.append("”")
        elif tag in _AROUND:
            self._emphasise(_AROUND[tag], -1)

    def handle_data(self, data: str) -> None:
        if not self._as_written:
            # Lines are broken where HTML says so, not where its author's editor did.
            data = _SPACES.sub(" ", data)
            data = data.lstrip(" ") if self._ends_line() else data
        self._fresh = self._fresh and not data.strip()
        in_code = bool(self._begun["code"])
        self._parts.append(as_markdown(data) if self._marked and not in_code else data)

    def _single(self, tag: str, attributes: dict[str, str]) -> str:
        if tag == "img":
            self._fresh = False
            return self._picture(attributes)
        if tag == "q":
            return "“"
        return "  \n" if self._marked else "\n"

    def _ends_line(self) -> bool:
        return not self._parts or self._parts[-1].endswith("\n")

    def _emphasise(self, mark: str, step: int) -> None:
        before, self._depth[mark] = self._depth[mark], max(self._depth[mark] + step, 0)
        if self._marked and not (before and self._depth[mark]) and not self._begun["code"]:
            self._parts.append(begins[mark] if step > 0 else ends[mark])

    def _open_block(self, tag: str, attributes: dict[str, str]) -> None:
        # The first paragraph of a cell or a step stands beside its bar or its number.
        if tag not in {"p", "div"} or not self._fresh:
            self._parts.append("\n\n")
        self._as_written += tag == "pre"
        if tag == "tr":
            self._cells = 0
        elif tag == "table":
            self.dropped.append("the lines of a table")
        elif tag in {"ol", "ul"}:
            self._lists.append(self._list(tag, attributes))

    def _list(self, tag: str, attributes: dict[str, str]) -> _List:
        start = attributes.get("start", "")
        first = int(start) if re.fullmatch("[0-9]{1,4}", start) else 1
        named = _STYLE.search(attributes.get("style", "").lower())
        style = _STYLES[named[1]] if named else attributes.get("type", "1")
        return _List(first if tag == "ol" else None, style, self._indent())

    def _indent(self) -> str:
        if not self._lists:
            return ""
        # What lies in a step stands below its text, not below its number.
        outer = self._lists[-1]
        if outer.lettered or len(outer.indent) > _DEEPEST:
            return outer.indent
        width = 2 if outer.number is None else len(_numbered(outer.number - 1, outer.style)) + 2
        return outer.indent + " " * width

    def _begin(self, tag: str) -> None:
        if tag == "li":
            self._begin_step(self._lists[-1] if self._lists else _List(None, "", ""))
        else:
            if self._cells:
                self._without_spaces()
            self._parts.append(" | " if self._cells else "")
            self._cells += 1
        self._fresh = True

    def _begin_step(self, one: _List) -> None:
        self._without_spaces()
        since = "" if one.at is None else "".join(self._parts[one.at :]).strip()
        first = one.at is None and not one.indent
        # Letters make no list in Markdown: each stands on a line of its own.
        lettered = self._marked and one.lettered
        apart = first or "\n\n" in since or (lettered and "\n" in since)
        ending = "\n\n" if apart else "  \n" if lettered else "\n"
        self._parts.append(f"{ending if self._parts else ''}{one.indent}{one.bullet(self._marked)}")
        one.at = len(self._parts)

    def _without_spaces(self) -> None:
        while self._parts and not self._parts[-1].strip():
            self._parts.pop()

    def _turned(self, tag: str, text: str) -> str:
        if tag == "u":
            # A line to write on; what is underlined otherwise is emphasised.
            inside = text.removeprefix(begins["**"])
            blank = len(inside) > 1 and not inside.strip() and "\n" not in inside
            return _BLANK if blank else text
        return self._code(text) if tag == "code" else self._raised(tag, text)

    def _code(self, text: str) -> str:
        if not self._marked or not text.strip() or "`" in text or "\n" in text:
            return as_markdown(text) if self._marked else text
        return f"`{text}`"

    def _raised(self, tag: str, text: str) -> str:
        sign, small = _SMALL[tag]
        bare = text.strip()
        raised = bare.translate(small)
        if not bare or bare in _ORDINALS:
            return text
        if not set(bare) - {chr(one) for one in small}:
            return raised
        return f"\\{sign}({text})" if self._marked and sign == "_" else f"{sign}({text})"

    def _picture(self, attributes: dict[str, str]) -> str:
        source, alt = attributes.get("src", ""), attributes.get("alt", "")
        if self._marked and _OWN_PICTURE.fullmatch(source):
            shown = as_markdown(" ".join(alt.split())).replace("[", "\\[").replace("]", "\\]")
            return f"![{shown}]({source})"
        if tex := _TEX_IN_WORDS.match(alt):
            formula = f"\\({tex[1].strip()}\\)"
            return as_markdown(formula) if self._marked else formula
        self.dropped.append("a picture")
        return f"[{alt or 'picture'}]"

    def text(self) -> str:
        """Return what was collected, with at most one empty line between blocks."""
        joined = _EMPTY_LINES.sub("\n\n", "".join(self._parts))
        if not self._marked:
            return joined.strip()
        return displayed(_EMPTY_LINES.sub("\n\n", settled(joined)).strip())


def _numbered(number: int, style: str) -> str:
    if style in {"a", "A"} and 0 < number <= 26:
        return chr(ord(style) + number - 1)
    if style in {"i", "I"} and 0 < number < len(_ROMAN):
        return _ROMAN[number] if style == "i" else _ROMAN[number].upper()
    return str(number)
