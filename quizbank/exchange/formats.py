"""The file formats of items: one way to read and to write them all."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import PurePath

from base.lined_yaml import Problem
from quizbank.exchange.aiken import (
    AIKEN_LEAVES_OUT,
    aiken_cannot_hold,
    aiken_changes,
    read_aiken,
    write_aiken,
)
from quizbank.exchange.defaults import Defaults
from quizbank.exchange.gift import read_gift
from quizbank.exchange.gift_writer import (
    GIFT_LEAVES_OUT,
    gift_cannot_hold,
    gift_changes,
    write_gift,
)
from quizbank.exchange.items_read import ItemsRead
from quizbank.exchange.qti import read_qti
from quizbank.exchange.qti_writer import (
    QTI_LEAVES_OUT,
    qti_cannot_hold,
    qti_changes,
    write_qti,
)
from quizbank.exchange.yaml_items import read_items, write_items
from quizbank.files import NO_PICTURES, Picture, named_files
from quizbank.items import Item


class Format(StrEnum):
    """File formats of items."""

    YAML = "yaml"
    GIFT = "gift"
    AIKEN = "aiken"
    QTI = "qti"


# Endings that say which format a file has; a .txt may be either of two.
ENDINGS = {
    ".yaml": Format.YAML,
    ".yml": Format.YAML,
    ".gift": Format.GIFT,
    ".aiken": Format.AIKEN,
    ".zip": Format.QTI,
}
FILE_NAMES = {
    Format.YAML: "items.yaml",
    Format.GIFT: "items.gift.txt",
    Format.AIKEN: "items.aiken.txt",
    Format.QTI: "items.qti.zip",
}
MEDIA_TYPES = {
    Format.YAML: "application/yaml",
    Format.GIFT: "text/plain",
    Format.AIKEN: "text/plain",
    Format.QTI: "application/zip",
}
LEAVES_OUT = {
    Format.YAML: "",
    Format.GIFT: GIFT_LEAVES_OUT,
    Format.AIKEN: AIKEN_LEAVES_OUT,
    Format.QTI: QTI_LEAVES_OUT,
}
# Why a format cannot hold an item, what it changes of one, and whether it carries pictures.
_HOLDS: dict[Format, tuple[Callable[[Item], str], Callable[[Item], Sequence[str]], bool]] = {
    Format.GIFT: (gift_cannot_hold, gift_changes, False),
    Format.AIKEN: (aiken_cannot_hold, aiken_changes, False),
    Format.QTI: (qti_cannot_hold, qti_changes, True),
}
# XML formats are told apart by the first element of the file.
_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)[\s/>]")
_ROOTS = {
    b"assessmentItem": Format.QTI,
    b"qti-assessment-item": Format.QTI,
    b"assessmentTest": Format.QTI,
    b"qti-assessment-test": Format.QTI,
    b"manifest": Format.QTI,
}
_HEAD = 4_000


def format_of(file_name: str, content: bytes) -> Format:
    """Return the format by the file's ending, or where that is open by the file's own words."""
    name = PurePath(file_name.lower())
    by_ending = _format_of_xml(content) if name.suffix == ".xml" else ENDINGS.get(name.suffix)
    if by_ending is None and ".gift" not in name.suffixes and b"\nANSWER:" in content:
        return Format.AIKEN
    return by_ending or Format.GIFT


def read_file(file_format: Format, content: bytes, defaults: Defaults) -> ItemsRead:
    """Read a file of items; never raises. A text that is not UTF-8 is refused with its line."""
    if file_format is Format.QTI:
        return read_qti(content, defaults)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "The file is not UTF-8 text. Save it as UTF-8 and try again."
        return ItemsRead((), (Problem(line, message),))
    if file_format is Format.YAML:
        return read_items(text)
    return (read_gift if file_format is Format.GIFT else read_aiken)(text, defaults)


def write_file(
    file_format: Format, items: Sequence[Item], pictures: Mapping[str, Picture] = NO_PICTURES
) -> bytes:
    """Return the items that the format can hold as a file of it, with the pictures they show."""
    match file_format:
        case Format.YAML:
            return write_items(items, pictures).encode("utf-8")
        case Format.GIFT:
            return write_gift(items).encode("utf-8")
        case Format.AIKEN:
            return write_aiken(items).encode("utf-8")
        case Format.QTI:
            return write_qti(items, pictures)


def losses(file_format: Format, items: Sequence[Item]) -> tuple[str, ...]:
    """Return, as a sentence for each item, what the format cannot carry of these items."""
    if file_format not in _HOLDS:
        return ()
    cannot_hold, changes, carries_pictures = _HOLDS[file_format]
    said: list[str] = []
    for item in items:
        pictures = ("its pictures",) if named_files(item) and not carries_pictures else ()
        if why := cannot_hold(item):
            said.append(f"{item.id} is left out: {why}.")
        elif changed := (*changes(item), *pictures):
            said.append(f"{item.id} loses {', '.join(changed)}.")
    return tuple(said)


def _format_of_xml(content: bytes) -> Format:
    # UTF-16 has a zero byte beside every letter of a name.
    found = _ROOT.search(content[:_HEAD].replace(b"\0", b""))
    return _ROOTS.get(found.group(1), Format.QTI) if found else Format.QTI
