"""Markdown as the HTML of QTI and back: the source goes along, and counts while it still fits."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt

from quizbank.exchange.formulas import for_others
from quizbank.exchange.qti.tree import plain
from quizbank.exchange.xml_reading import Element, parse_xml
from quizbank.exchange.xml_written import attribute
from quizbank.files import Picture

SOURCE = "data-markdown"
_GAP = re.compile(r"\[\[([a-z0-9][a-z0-9-]{0,63})\]\]")
_FILE = re.compile(r'src="/files/([0-9a-f]{64})"')
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable(
    ["table", "strikethrough"]
)


def block(
    markdown: str, pictures: Mapping[str, Picture], gaps: Callable[[str], str] = lambda gap: gap
) -> str:
    """Return Markdown as a `div` of XHTML with its source beside it.

    `gaps` gives the markup for the id of a gap, where the text has some.
    """
    html = _FILE.sub(lambda found: _source(found.group(1), pictures), rendered(markdown))
    html = _GAP.sub(lambda found: gaps(found.group(1)), html)
    return f'<div {SOURCE}="{attribute(markdown)}">{html}</div>'


@lru_cache(maxsize=512)
def rendered(markdown: str) -> str:
    """Return Markdown as XHTML, without the HTML that may stand in it."""
    return _MARKDOWN.render(for_others(markdown)).strip()


def source_of(element: Element, gap_of: Callable[[Element], str | None]) -> str | None:
    """Return the Markdown that an element was made from; None once its text is another.

    `gap_of` names the gap that an element is.
    """
    markdown = element.get("datamarkdown")
    if not markdown:
        return None
    made = parse_xml(f"<div>{rendered(markdown)}</div>")
    if not isinstance(made, Element):
        return None
    here = _outline(element.content, gap_of)
    return markdown if here == _outline(plain(made).content, gap_of) else None


def _outline(content: Sequence[Element | str], gap_of: Callable[[Element], str | None]) -> str:
    """Return what is read of a content: its tags and words, pictures by their words."""
    said: list[str] = []
    for one in content:
        if isinstance(one, str):
            said.append(one)
        elif gap := gap_of(one):
            said.append(f"[[{gap}]]")
        else:
            inside = _outline(one.content, gap_of)
            said.append(f"<{one.name} {one.get('alt')}>{inside}</{one.name}>")
    return re.sub(r"\s+", "", "".join(said))


def _source(digest: str, pictures: Mapping[str, Picture]) -> str:
    picture = pictures.get(digest)
    return f'src="{picture_path(picture)}"' if picture else f'src="missing/{digest}"'


def picture_path(picture: Picture) -> str:
    """Return where a picture lies in a package."""
    return f"pictures/{picture.file_name}"
