"""What a file format of items is: how it is called, read and written, and what it loses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from base.lined_yaml import Problem
from quizbank.exchange.defaults import Defaults
from quizbank.exchange.items_read import ItemsRead
from quizbank.files import Picture
from quizbank.items import Item

# RTF, what is zipped (Word, LibreOffice), PDF, and Word before 2007.
_DOCUMENTS = (b"{\\rtf", b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0")
_NO_TEXT = (
    "This is a document of a word processor, or a package. Save it as plain text (UTF-8), or "
    "choose another format, and try again."
)
Pictures = Mapping[str, Picture]


@dataclass(frozen=True)
class Codec:
    """One format: its name on screen, its files, how it is read and written, what it loses.

    `read` never raises. `cannot_hold` says why an item has no place in it, `changes` what it
    says in another way. `places_items` tells that its files say where items belong (objective,
    pool, sources); `carries_pictures` that the pictures go along; `holds_one` that a file is one
    item.
    """

    name: str
    file_name: str
    media_type: str
    endings: tuple[str, ...]
    read: Callable[[bytes, Defaults], ItemsRead]
    write: Callable[[Sequence[Item], Pictures], bytes]
    leaves_out: str = ""
    cannot_hold: Callable[[Item], str] = lambda _: ""
    changes: Callable[[Item], tuple[str, ...]] = lambda _: ()
    places_items: bool = False
    carries_pictures: bool = False
    holds_one: bool = False


def of_text(read: Callable[[str, Defaults], ItemsRead]) -> Callable[[bytes, Defaults], ItemsRead]:
    """Return a reader of bytes from one of text; what is not UTF-8 is refused with its line."""

    def decoded(content: bytes, defaults: Defaults) -> ItemsRead:
        if content.startswith(_DOCUMENTS):
            return ItemsRead((), (Problem(1, _NO_TEXT),))
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            message = "The file is not UTF-8 text. Save it as UTF-8 and try again."
            return ItemsRead((), (Problem(line, message),))
        return read(text, defaults)

    return decoded


def as_text(write: Callable[[Sequence[Item]], str]) -> Callable[[Sequence[Item], Pictures], bytes]:
    """Return a writer of bytes from one of text, which carries no pictures."""
    return lambda items, _: write(items).encode()
