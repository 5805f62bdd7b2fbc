"""Texts of other systems as the Markdown that items are written in, and back."""

import re
from html.parser import HTMLParser

# A mark that Markdown, or the app's own colours and icons, would take for formatting.
_MARKS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|[*`$]|~~|(?<![\w_])_(?!_)|(?<!_)_(?![\w_])"
    r"|\[(?=[^\]\n]*\]\()|:(?=[a-z][a-z_/+-]*[:\[])"
)
_LINE_STARTS = re.compile(r"^(\s*)(#{1,6}(?=\s)|>|[-+](?=\s)|\d{1,9}(?=[.)]\s))", re.MULTILINE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_NOT_TEXT = frozenset({"script", "style", "iframe", "object", "embed", "svg", "math", "template"})
_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "tr"})
_AROUND = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}
# Far above any text of an item; longer ones are refused anyway.
_LONGEST_HTML = 50_000


def as_markdown(plain: str) -> str:
    """Return the text so that Markdown shows it as it stands, line by line."""
    escaped = _MARKS.sub(lambda found: "\\" + found.group(), plain)
    escaped = _LINE_STARTS.sub(_guard_start, escaped)
    return re.sub(r"[ \t]*\n", "  \n", escaped)


def as_plain(markdown: str) -> str:
    """Return the text without Markdown's escapes; what `as_markdown` made comes back as it was."""
    return _ESCAPE.sub(r"\1", markdown.replace("  \n", "\n"))


def has_tags(text: str) -> bool:
    """Tell whether a text holds HTML."""
    return bool(_TAG.search(text))


def html_as_markdown(html: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of HTML with its emphasis, and the names of what was left out.

    Scripts, styles, frames and pictures are left out, links keep their text alone.
    """
    return _convert(html, marked=True)


def html_as_plain(html: str) -> str:
    """Return the text of HTML and nothing else."""
    return _convert(html, marked=False)[0]


def _convert(html: str, marked: bool) -> tuple[str, tuple[str, ...]]:
    if len(html) > _LONGEST_HTML:
        return html, ()
    reader = _Reader(marked)
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:
        # The standard reader's word for a declaration that it cannot make out.
        return " ".join(_TAG.sub(" ", html).split()), ("a declaration",)
    return reader.text(), tuple(dict.fromkeys(reader.dropped))


class _Reader(HTMLParser):
    """Collects text; depth counts how far inside something left out it stands."""

    def __init__(self, marked: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._marked = marked
        self._parts: list[str] = []
        self._depth = 0
        self.dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NOT_TEXT:
            self._depth += tag != "embed"
            self.dropped.append(tag)
        elif tag == "img":
            self.dropped.append("a picture")
            self._parts.append(f"[{dict(attrs).get('alt') or 'picture'}]")
        elif tag in _BLOCKS:
            self._parts.append("\n\n")
        elif tag in {"br", "li"}:
            self._parts.append("\n- " if tag == "li" and self._marked else "\n")
        elif self._marked and tag in _AROUND:
            self._parts.append(_AROUND[tag])

    def handle_endtag(self, tag: str) -> None:
        if tag in _NOT_TEXT:
            self._depth = max(0, self._depth - 1)
        elif tag in _BLOCKS:
            self._parts.append("\n\n")
        elif self._marked and tag in _AROUND:
            self._parts.append(_AROUND[tag])

    def handle_data(self, data: str) -> None:
        if not self._depth:
            self._parts.append(as_markdown(data) if self._marked else data)

    def text(self) -> str:
        """Return what was collected, with at most one empty line between blocks."""
        joined = re.sub(r"[ \t]*\n[ \t]*\n\s*", "\n\n", "".join(self._parts))
        return joined.strip()


def _guard_start(found: re.Match[str]) -> str:
    indent, mark = found.groups()
    # "1." is escaped behind its number, everything else before it.
    return f"{indent}{mark}\\" if mark.isdigit() else f"{indent}\\{mark}"
