"""Texts of other systems as the Markdown that items are written in, and back."""

import re
from html.parser import HTMLParser

import nh3

from quizbank.exchange.formulas import ELSEWHERE, displayed, here, plain_formulas

# A mark that Markdown, or the app's own colours and icons, would take for formatting.
_MARKS = re.compile(
    rf"{ELSEWHERE}|"
    r"\\(?=[!-/:-@\[-`{-~])|[*`$]|~~|(?<![\w_])_(?!_)|(?<!_)_(?![\w_])"
    r"|\](?=\()|:(?=[a-z][a-z_/+-]*[:\[])"
)
# Each begins where its run of blanks begins: a long one would be gone through again and again.
_LINE_ENDS = re.compile(r"(?<![ \t])[ \t]*\n")
_EMPTY_LINES = re.compile(r"(?<![ \t])[ \t]*\n[ \t]*\n\s*")
_LINE_STARTS = re.compile(r"^([^\S\n]*)(#{1,6}(?=\s)|>|[-+](?=\s)|\d{1,9}(?=[.)]\s))", re.MULTILINE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_NOT_TEXT = frozenset(
    {"script", "style", "iframe", "object", "embed", "svg", "math", "template", "audio", "video"}
)
_UNCLEAN = re.compile(rf"<({'|'.join(sorted(_NOT_TEXT))})\b", re.IGNORECASE)
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "caption", "pre"}
    | {"blockquote", "dl", "dt", "dd", "hr", "article", "aside", "figure", "figcaption", "details"}
)
_AROUND = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em"), "*"),
    **dict.fromkeys(("code", "tt"), "`"),
    **dict.fromkeys(("s", "strike", "del"), "~~"),
}
_SMALL = {
    "sup": ("^", str.maketrans("0123456789+-\u2212=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")),
    "sub": ("_", str.maketrans("0123456789+-\u2212=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")),
}
# What means the same at any height.
_ORDINALS = frozenset({"st", "nd", "rd", "th", "®", "™"})
# What the house names its own pictures by; a picture from elsewhere is never asked for.
_OWN_PICTURE = re.compile(r"/files/[0-9a-f]{64}")
# Far above any text of an item; longer ones are refused anyway.
_LONGEST_HTML = 50_000


def as_markdown(plain: str) -> str:
    r"""Return the text so that Markdown shows it as it stands, line by line.

    Formulas between `\(` and `\)`, `\[` and `\]` or double dollars are drawn.
    """
    escaped = _MARKS.sub(_marked, plain)
    escaped = _LINE_STARTS.sub(_guard_start, escaped)
    return displayed(_LINE_ENDS.sub("  \n", escaped))


def as_plain(markdown: str) -> str:
    r"""Return the text without Markdown's escapes; what `as_markdown` made comes back as it was.

    Formulas stand between `\(` and `\)`, those of a line of their own between `\[` and `\]`.
    """
    return plain_formulas(markdown.replace("  \n", "\n"))


def has_tags(text: str) -> bool:
    """Tell whether a text holds HTML."""
    return bool(_TAG.search(text))


def html_as_markdown(html: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of HTML with its emphasis, and the names of what was left out.

    Scripts, styles, frames and pictures from elsewhere are left out; links keep their text alone.
    Cells of a table are parted by bars, steps keep their numbers, and what is raised or lowered
    stays so: 10 cm², never 102.
    """
    return _convert(html, marked=True)


def html_as_plain(html: str) -> str:
    """Return the text of HTML and nothing else."""
    return _convert(html, marked=False)[0]


def _convert(html: str, marked: bool) -> tuple[str, tuple[str, ...]]:
    if not html or len(html) > _LONGEST_HTML:
        return html, ()
    reader = _Reader(marked)
    reader.feed(nh3.clean(html, clean_content_tags=set(_NOT_TEXT), link_rel=None))
    reader.close()
    unclean = [found.lower() for found in _UNCLEAN.findall(html)]
    return reader.text(), tuple(dict.fromkeys([*unclean, *reader.dropped]))


class _Reader(HTMLParser):
    """Collects the text of HTML that is clean already."""

    def __init__(self, marked: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._marked = marked
        self._parts: list[str] = []
        self._lists: list[int | None] = []
        self._small: list[int] = []
        self._cells = 0
        self._fresh = False
        self.dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "img":
            self._fresh = False
            self._parts.append(self._picture(attributes))
        elif tag == "br":
            self._parts.append("\n")
        elif tag in {"li", "td", "th"}:
            self._begin(tag)
        elif tag in _SMALL:
            self._small.append(len(self._parts))
        elif tag in _BLOCKS:
            self._open_block(tag, attributes)
        elif tag in _AROUND:
            self._parts.append(_AROUND[tag] if self._marked else "")
        elif tag == "a" and attributes.get("href"):
            self.dropped.append("the address of a link")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SMALL and self._small:
            begin = self._small.pop()
            self._parts[begin:] = [self._raised(tag, "".join(self._parts[begin:]))]
        elif tag in _BLOCKS:
            self._parts.append("\n\n")
            if tag in {"ol", "ul"} and self._lists:
                self._lists.pop()
        elif self._marked and tag in _AROUND:
            self._parts.append(_AROUND[tag])

    def handle_data(self, data: str) -> None:
        self._fresh = self._fresh and not data.strip()
        self._parts.append(as_markdown(data) if self._marked else data)

    def _open_block(self, tag: str, attributes: dict[str, str | None]) -> None:
        # The first paragraph of a cell or a step stands beside its bar or its number.
        if tag not in {"p", "div"} or not self._fresh:
            self._parts.append("\n\n")
        if tag == "tr":
            self._cells = 0
        elif tag == "table":
            self.dropped.append("the lines of a table")
        elif tag in {"ol", "ul"}:
            start = attributes.get("start") or "1"
            first = int(start) if re.fullmatch("[0-9]{1,4}", start) else 1
            self._lists.append(first if tag == "ol" else None)

    def _begin(self, tag: str) -> None:
        if tag == "li":
            self._parts.append(f"\n{self._bullet()}")
        else:
            while self._cells and self._parts and not self._parts[-1].strip():
                self._parts.pop()
            self._parts.append(" | " if self._cells else "")
            self._cells += 1
        self._fresh = True

    def _bullet(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "- " if self._marked else ""
        self._lists[-1] = number + 1
        return f"{number}. "

    def _raised(self, tag: str, text: str) -> str:
        sign, small = _SMALL[tag]
        bare = text.strip()
        raised = bare.translate(small)
        if not bare or bare in _ORDINALS:
            return text
        if not set(bare) - {chr(one) for one in small}:
            return raised
        return f"\\{sign}({text})" if self._marked and sign == "_" else f"{sign}({text})"

    def _picture(self, attributes: dict[str, str | None]) -> str:
        source, alt = attributes.get("src") or "", attributes.get("alt") or ""
        if self._marked and _OWN_PICTURE.fullmatch(source):
            shown = as_markdown(" ".join(alt.split())).replace("[", "\\[").replace("]", "\\]")
            return f"![{shown}]({source})"
        self.dropped.append("a picture")
        return f"[{alt or 'picture'}]"

    def text(self) -> str:
        """Return what was collected, with at most one empty line between blocks."""
        joined = _EMPTY_LINES.sub("\n\n", "".join(self._parts)).strip()
        return displayed(joined) if self._marked else joined


def _marked(found: re.Match[str]) -> str:
    return here(found) if found.lastgroup else f"\\{found.group()}"


def _guard_start(found: re.Match[str]) -> str:
    indent, mark = found.groups()
    # "1." is escaped behind its number, everything else before it.
    return f"{indent}{mark}\\" if mark.isdigit() else f"{indent}\\{mark}"
