"""Whether the page shows what the data says: holder, achievement, dates, number and code."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from pydantic import JsonValue

from base.ids import parse_serial
from certs.checking.documents import Document, covered, instant, part, text
from certs.checking.names import hashed
from certs.checking.pdf_parts import PdfParts
from certs.checking.report import Finding, Note
from certs.checking.trust import Trust

_SERIAL = re.compile(r"PP(?:-[0-9A-Z]{5}){4}")
_DEPTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*mm\b")
_MOST_LINES = 400
_MOST_JOINED = 4
_LONGEST_NAME = 300
_NOT_ITS_HOLDER = "The page does not show the name that the data was signed for."


def shown_notes(parts: PdfParts, document: Document, trust: Trust) -> tuple[Note, ...]:
    """Return where the page says something else than the data inside the file."""
    return (*_text_notes(parts, document), *_code_notes(parts, trust))


def shown_serial(parts: PdfParts) -> str:
    """Return the certificate's number as printed on the page, or as its code says; else nothing."""
    found = {one for one in _SERIAL.findall(_plain(parts.text)) if parse_serial(one)}
    found = found or {serial for code in parts.codes if (serial := _serial_in(code))}
    return min(found) if len(found) == 1 else ""


def shown_holder(parts: PdfParts, document: Document) -> str:
    """Return the holder as the page shows it, where it is whom the data was signed for."""
    identities = _names(document)
    for shown in (*_candidates(parts.text), *_titled(parts)):
        if any(hashed(shown, salt) == wanted for wanted, salt in identities):
            return shown
    return ""


def _text_notes(parts: PdfParts, document: Document) -> Iterator[Note]:
    seen = _squeezed(parts.text)
    subject = part(document, "credentialSubject")
    if _names(document) and not shown_holder(parts, document):
        yield _differs(_NOT_ITS_HOLDER)
    achievement = text(part(subject, "achievement"), "name").removeprefix("DEMO: ")
    if achievement and _squeezed(achievement) not in seen:
        yield _differs(f"The page does not show the achievement of the data, “{achievement}”.")
    for name, what in (("validFrom", "issue"), ("validUntil", "end")):
        said = instant(document, name)
        if said and _squeezed(_day(said)) not in seen:
            yield _differs(f"The page does not show the day of {what} of the data, {_day(said)}.")
    number = text(subject, "licenseNumber")
    if number and shown_serial(parts) != number:
        yield _differs("The page shows another certificate number than the data.")
    yield from _depth_notes(parts.text, part(subject, "achievement"))


def _depth_notes(page: str, achievement: Document) -> Iterator[Note]:
    """A page may leave out what is covered, and must not show a depth that is not."""
    lines = covered(achievement)
    signed = set(_DEPTH.findall(" ".join(lines)))
    for depth in sorted({*_DEPTH.findall(" ".join(_plain(page).split()))} - signed):
        if lines:
            yield _differs(f"The page shows a depth of {depth} mm, which the data does not cover.")


def _code_notes(parts: PdfParts, trust: Trust) -> Iterator[Note]:
    host = urlsplit(trust.public_url).netloc
    serial = shown_serial(parts)
    if not parts.codes:
        said = "No code (QR) of a certificate can be read on the page."
        yield Note(finding=Finding.CODE_MISSING, sentence=said)
    for code in parts.codes:
        there = _host(code)
        if there != host:
            said = f"The code on the page leads to {there or 'no address'}, not to {host}."
            yield Note(finding=Finding.CODE_FOREIGN, sentence=said)
        elif _serial_in(code) != serial:
            said = "The code on the page leads to another certificate than the number beside it."
            yield Note(finding=Finding.CODE_FOREIGN, sentence=said)


def _host(code: str) -> str:
    try:
        return urlsplit(code).netloc[:100]
    except ValueError:
        return ""


def _serial_in(code: str) -> str:
    try:
        return parse_serial(urlsplit(code).path.rpartition("/")[2]) or ""
    except ValueError:
        return ""


def _names(document: Document) -> list[tuple[str, str]]:
    """Return the salted hashes of the holder's name, each with its salt."""
    identities = part(document, "credentialSubject").get("identifier")
    return [
        (text(one, "identityHash"), text(one, "salt"))
        for one in _objects(identities)
        if one.get("identityType") == "name" and one.get("hashed") is True
    ]


def _objects(value: JsonValue) -> list[Document]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _candidates(page: str) -> Iterator[str]:
    """Every text on the page that may be a name: a line, or a few that follow each other."""
    lines = [" ".join(line.split()) for line in page.splitlines()][:_MOST_LINES]
    lines = [unicodedata.normalize("NFC", line) for line in lines if line]
    for start in range(len(lines)):
        for end in range(start + 1, min(start + _MOST_JOINED, len(lines)) + 1):
            joined = " ".join(lines[start:end])
            if len(joined) <= _LONGEST_NAME:
                yield joined


def _titled(parts: PdfParts) -> Iterator[str]:
    """The name in the file's title, where it is written from the right and all of it is drawn.

    Scripts that join their letters come off a page in pieces and out of order, so the name cannot
    be found as one text there; its letters can.
    """
    name = parts.title.rpartition(" (")[2].removesuffix(")")
    letters = Counter(_squeezed(name))
    joined = any(unicodedata.bidirectional(letter) == "AL" for letter in letters)
    if joined and letters <= Counter(_squeezed(parts.text)):
        yield name


def _differs(sentence: str) -> Note:
    return Note(finding=Finding.PAGE_DIFFERS, sentence=sentence)


def _plain(page: str) -> str:
    return unicodedata.normalize("NFKC", page)


def _squeezed(page: str) -> str:
    """The text without what line breaks, ligatures and letter-spacing do to it."""
    return "".join(_plain(page).split()).casefold()


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
