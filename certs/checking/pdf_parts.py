"""What a PDF from a stranger holds: the text and codes of its page, and what is attached.

Nothing active is run. Native code reads the file, so strangers' files are read in a process of
their own (`certs.checking.apart`).
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2  # pyright: ignore[reportMissingTypeStubs] it has none

from certs.checking.code_finding import codes_on

LARGEST_FILE = 5_000_000
_MOST_PAGES = 4
_MOST_ATTACHMENTS = 8
_LARGEST_ATTACHMENT = 1_000_000
_MOST_PIXELS = 9_000_000
_SHARPEST = 3.0
_DARK = 128


class Unreadable(Exception):
    """The file cannot be taken apart; the text says why, in a sentence."""


@dataclass(frozen=True)
class Attached:
    """A file inside the file."""

    name: str
    data: bytes


@dataclass(frozen=True)
class PdfParts:
    """What can be seen on the pages, and what is attached."""

    text: str
    title: str
    codes: tuple[str, ...]
    attached: tuple[Attached, ...]

    def named(self, name: str) -> list[bytes]:
        """Return the contents of the attachments with this name."""
        return [one.data for one in self.attached if one.name == name]


def read_pdf(data: bytes) -> PdfParts:
    """Take a PDF apart; raises `Unreadable` for what is none, is locked, or is far too much."""
    if len(data) > LARGEST_FILE:
        raise Unreadable(f"The file is larger than {LARGEST_FILE // 1_000_000} MB.")
    attached = _attached(data)
    text, title, codes = _seen(data)
    return PdfParts(text, title, codes, attached)


def _attached(data: bytes) -> tuple[Attached, ...]:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise Unreadable(f"The file has more than {_MOST_PAGES} pages.")
            return tuple(_files(pdf))
    except pikepdf.PasswordError:
        raise Unreadable("The file is locked with a password.") from None
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, KeyError):
        raise Unreadable("The file is damaged, or is no PDF.") from None


def _files(pdf: pikepdf.Pdf) -> Iterator[Attached]:
    names = list(pdf.attachments)
    if len(names) > _MOST_ATTACHMENTS:
        raise Unreadable(f"The file has more than {_MOST_ATTACHMENTS} attachments.")
    for name in names:
        spec: Any = pdf.attachments[name]
        content = spec.get_file().read_bytes()
        if len(content) > _LARGEST_ATTACHMENT:
            raise Unreadable("An attachment is far larger than any of a certificate.")
        yield Attached(str(spec.filename or name), content)


def _seen(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    try:
        pdf: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise Unreadable("The file is damaged, or is no PDF.") from None
    try:
        pages = [pdf[number] for number in range(len(pdf))]
        text = "\n".join(str(page.get_textpage().get_text_range()) for page in pages)
        title = str(pdf.get_metadata_value("Title"))
        codes = tuple(code for page in pages for code in _codes(page))
    except pypdfium2.PdfiumError:
        raise Unreadable("A page of the file cannot be drawn.") from None
    finally:
        pdf.close()
    return text, title, codes


def _codes(page: Any) -> tuple[str, ...]:
    width, height = page.get_size()
    scale = min(_SHARPEST, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    drawn = page.render(scale=scale, grayscale=True).to_numpy()
    return codes_on(drawn.reshape(drawn.shape[:2]) < _DARK)
