"""The file formats of items: one way to read and to write them all."""

from collections.abc import Mapping, Sequence
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
from quizbank.exchange.yaml_items import read_items, write_items
from quizbank.files import NO_PICTURES, Picture, named_files
from quizbank.items import Item


class Format(StrEnum):
    """File formats of items."""

    YAML = "yaml"
    GIFT = "gift"
    AIKEN = "aiken"


# Endings that say which format a file has; a .txt may be either of two.
ENDINGS = {
    ".yaml": Format.YAML,
    ".yml": Format.YAML,
    ".gift": Format.GIFT,
    ".aiken": Format.AIKEN,
}
LEAVES_OUT = {Format.YAML: "", Format.GIFT: GIFT_LEAVES_OUT, Format.AIKEN: AIKEN_LEAVES_OUT}


def format_of(file_name: str, content: bytes) -> Format:
    """Return the format by the file's ending, or where that is open by an Aiken's own words."""
    name = PurePath(file_name.lower())
    by_ending = ENDINGS.get(name.suffix)
    if by_ending is None and ".gift" not in name.suffixes and b"\nANSWER:" in content:
        return Format.AIKEN
    return by_ending or Format.GIFT


def read_file(file_format: Format, content: bytes, defaults: Defaults) -> ItemsRead:
    """Read a file of items; never raises. What is not UTF-8 is refused with its line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "The file is not UTF-8 text. Save it as UTF-8 and try again."
        return ItemsRead((), (Problem(line, message),))
    match file_format:
        case Format.YAML:
            return read_items(text)
        case Format.GIFT:
            return read_gift(text, defaults)
        case Format.AIKEN:
            return read_aiken(text, defaults)


def write_file(
    file_format: Format, items: Sequence[Item], pictures: Mapping[str, Picture] = NO_PICTURES
) -> str:
    """Return the items that the format can hold as a file of it, with the pictures they show."""
    match file_format:
        case Format.YAML:
            return write_items(items, pictures)
        case Format.GIFT:
            return write_gift(items)
        case Format.AIKEN:
            return write_aiken(items)


def losses(file_format: Format, items: Sequence[Item]) -> tuple[str, ...]:
    """Return, as a sentence for each item, what the format cannot carry of these items."""
    if file_format is Format.YAML:
        return ()
    gift = file_format is Format.GIFT
    cannot_hold = gift_cannot_hold if gift else aiken_cannot_hold
    changes = gift_changes if gift else aiken_changes
    said: list[str] = []
    for item in items:
        if why := cannot_hold(item):
            said.append(f"{item.id} is left out: {why}.")
        elif changed := (*changes(item), *(("its pictures",) if named_files(item) else ())):
            said.append(f"{item.id} loses {', '.join(changed)}.")
    return tuple(said)
