"""The bytes of an XML file as text that is safe to parse: decoded, and without declarations."""

import codecs
import re
from html.entities import html5

from base.lined_yaml import LARGEST_DOCUMENT, Problem
from quizbank.exchange.items_read import WARNING, warning

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_READ_HERE = frozenset(
    {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "iso8859-1", "iso8859-15", "cp1252"}
)
_LONGEST_DECLARATION = 300
_DECLARATION = re.compile(r"\s*<\?xml(?![\w.:-])[^>]{0,300}?\?>")
_SOUND = re.compile(
    r"""<\?xml\s+version\s*=\s*(?:"1\.\d+"|'1\.\d+')"""
    r"""(?:\s+encoding\s*=\s*(?:"[\w.-]+"|'[\w.-]+'))?"""
    r"""(?:\s+standalone\s*=\s*(?:"\w+"|'\w+'))?\s*\?>"""
)
_ENCODING = re.compile(r"""encoding\s*=\s*["']?([\w.-]+)""")
_HARMLESS_DOCTYPE = re.compile(
    r"""<!DOCTYPE\s+[^\s\[<>"']+(?:\s+(?:SYSTEM|PUBLIC)(?:\s*(?:"[^"<]*"|'[^'<]*')){0,2})?\s*>"""
)
# Declarations of elements and their attributes, and comments: they make no entities.
_TYPES_ONLY = re.compile(
    r"""<!DOCTYPE\s+[^\s\[<>"']+(?:\s+(?:SYSTEM|PUBLIC)(?:\s*(?:"[^"<]*"|'[^'<]*')){0,2})?\s*\["""
    r"""(?>\s+|<!--(?>[^-]+|-(?!-))*+-->|<!(?:ELEMENT|ATTLIST)\s(?>[^<>"'%&]+|"[^"<&]*"|'[^'<&]*')*+>)*+"""
    r"""\]\s*>"""
)
# A section that never ends is taken to the end at once: looking for it again at every place
# where one begins would take time that grows with the square of the file.
_NAMED = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&([A-Za-z][A-Za-z0-9]{1,30};)", re.DOTALL
)
_OWN_TO_XML = frozenset({"lt;", "gt;", "amp;", "quot;", "apos;"})
_NOT_DECLARED = "Save it as UTF-8, with encoding=“UTF-8” in its first line, and try again."


def xml_text(content: bytes, largest: int = LARGEST_DOCUMENT) -> tuple[str, tuple[Problem, ...]]:
    """Return the file's text, lines kept, and warnings; or no text and what stands against it.

    The XML declaration and a document type that only points elsewhere are blanked out. A
    document type that declares elements alone is blanked out with a warning; one with any other
    declaration is refused, since entities are made there.
    `largest` is in bytes.
    """
    if len(content) > largest:
        message = f"The file is larger than {largest // 1_000_000} MB. Split it and try again."
        return "", (Problem(1, message),)
    encoding, warnings = _encoding(content)
    if isinstance(encoding, Problem):
        return "", (encoding,)
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        said = f"The file is not {encoding.upper()} text, as it says or as XML is without a word."
        return "", (Problem(line, f"{said} {_NOT_DECLARED}"),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    body, malformed = _without_declaration(text)
    body, said = _without_doctype(body)
    if said and said.severity != WARNING:
        return "", (said,)
    return body, (*warnings, *malformed, *((said,) if said else ()))


def with_named_characters(text: str) -> str:
    """Return XML in which HTML's names of characters (`&nbsp;`) are these characters."""
    return _NAMED.sub(_named, text)


def _named(found: re.Match[str]) -> str:
    name = found.group(1)
    return found.group() if name is None or name in _OWN_TO_XML else html5.get(name, found.group())


def _encoding(content: bytes) -> tuple[str | Problem, tuple[Problem, ...]]:
    by_mark = next((name for mark, name in _BOMS if content.startswith(mark)), None)
    # An ASCII character in UTF-16 has a zero beside it.
    if by_mark is None and content[:2] in {b"<\0", b"\0<"}:
        by_mark = "utf-16-le" if content[:1] == b"<" else "utf-16-be"
    start = content[: _LONGEST_DECLARATION * 4].decode(by_mark or "latin-1", "ignore")
    declaration = _DECLARATION.match(start.removeprefix("\ufeff"))
    said = _ENCODING.search(declaration.group()) if declaration else None
    declared = _known(said.group(1)) if said else "utf-8"
    if declared is None:
        what = said.group(1) if said else ""
        return Problem(
            1, f"The file says that it is {what}, which is not read. {_NOT_DECLARED}"
        ), ()
    actual = by_mark or ("utf-8" if declared.startswith("utf-16") else declared)
    if said is None or declared.split("-", 2)[:2] == actual.split("-", 2)[:2]:
        return actual, ()
    return actual, (warning(1, f"The file says that it is {said.group(1)}, but it is {actual}."),)


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return found if found in _READ_HERE else None


def _without_declaration(text: str) -> tuple[str, tuple[Problem, ...]]:
    found = _DECLARATION.match(text)
    if not found:
        return text, ()
    rest = _lines_of(found.group()) + text[found.end() :]
    if _SOUND.fullmatch(found.group()):
        return rest, ()
    return rest, (warning(1, "The XML declaration in the first line is malformed; it was read."),)


def _without_doctype(text: str) -> tuple[str, Problem | None]:
    place = _behind_comments(text)
    if not text.startswith("<!DOCTYPE", place):
        return text, None
    found = _HARMLESS_DOCTYPE.match(text, place)
    if found:
        return text[:place] + _lines_of(found.group()) + text[found.end() :], None
    found = _TYPES_ONLY.match(text, place)
    line = text.count("\n", 0, place) + 1
    if found:
        rest = text[:place] + _lines_of(found.group()) + text[found.end() :]
        return rest, warning(line, "The file declares elements of its own; that was not read.")
    message = (
        "The file declares entities or other types of its own (<!DOCTYPE … [ … ]>). Such "
        "declarations are not read, because they can be made to do harm; delete them."
    )
    return "", Problem(line, message)


def _behind_comments(text: str) -> int:
    place = 0
    while True:
        while text[place : place + 1].isspace():
            place += 1
        start, end = text[place : place + 4], -1
        if start == "<!--":
            end = text.find("-->", place + 4)
        elif start[:2] == "<?":
            end = text.find("?>", place + 2)
        if end < 0:
            return place
        place = end + (3 if start == "<!--" else 2)


def _lines_of(text: str) -> str:
    return "\n" * text.count("\n")
