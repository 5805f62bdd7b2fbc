"""The file formats of items: one table that says how each is read, written and called."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import PurePath

from base.lined_yaml import Problem
from quizbank.exchange.aiken import (
    AIKEN_LEAVES_OUT,
    aiken_cannot_hold,
    aiken_changes,
    read_aiken,
    write_aiken,
)
from quizbank.exchange.canvas.package import holds_canvas
from quizbank.exchange.canvas.reader import read_canvas
from quizbank.exchange.canvas.writer import (
    CANVAS_LEAVES_OUT,
    canvas_cannot_hold,
    canvas_changes,
    write_canvas,
)
from quizbank.exchange.cloze.file import (
    CLOZE_LEAVES_OUT,
    cloze_file_changes,
    read_cloze_file,
    write_cloze_file,
)
from quizbank.exchange.cloze.writer import cloze_cannot_hold
from quizbank.exchange.codec import Codec, Pictures, as_text, of_text
from quizbank.exchange.defaults import Defaults
from quizbank.exchange.gift.missing_word import (
    MISSING_WORD_LEAVES_OUT,
    missing_word_cannot_hold,
    missing_word_changes,
    read_missing_word,
    write_missing_word,
)
from quizbank.exchange.gift.reader import read_gift
from quizbank.exchange.gift.writer import (
    GIFT_LEAVES_OUT,
    gift_cannot_hold,
    gift_changes,
    write_gift,
)
from quizbank.exchange.items_read import ItemsRead
from quizbank.exchange.moodle.xml import read_moodle_xml
from quizbank.exchange.moodle.xml_writer import (
    MOODLE_XML_LEAVES_OUT,
    moodle_xml_cannot_hold,
    moodle_xml_changes,
    write_moodle_xml,
)
from quizbank.exchange.qti.reader import read_qti
from quizbank.exchange.qti.versions import V21, V22, V30, Version
from quizbank.exchange.qti.writer import (
    QTI_LEAVES_OUT,
    qti_cannot_hold,
    qti_changes,
    write_qti,
)
from quizbank.exchange.sheet.files import read_csv, read_excel, write_csv, write_excel
from quizbank.exchange.sheet.writer import SHEET_LEAVES_OUT, sheet_cannot_hold, sheet_changes
from quizbank.exchange.shown_html import name_active_html
from quizbank.exchange.yaml_items import read_items, write_items
from quizbank.files import NO_PICTURES, named_files
from quizbank.items import Item


class Format(StrEnum):
    """File formats of items."""

    YAML = "yaml"
    GIFT = "gift"
    AIKEN = "aiken"
    MOODLE_XML = "moodle-xml"
    CANVAS = "canvas"
    QTI = "qti"
    QTI_21 = "qti21"
    QTI_30 = "qti30"
    CSV = "csv"
    EXCEL = "excel"
    CLOZE = "cloze"
    MISSING_WORD = "missing-word"


def _read_yaml(text: str, _: Defaults) -> ItemsRead:
    read = read_items(text)
    if read.items or read.problems:
        return read
    return ItemsRead((), (Problem(1, "The list under `items:` holds no item."),), read.files)


def _qti(name: str, file_name: str, version: Version, endings: tuple[str, ...] = ()) -> Codec:
    return Codec(
        name=name,
        file_name=file_name,
        media_type="application/zip",
        endings=endings,
        read=read_qti,
        write=partial(write_qti, version=version),
        leaves_out=QTI_LEAVES_OUT,
        cannot_hold=partial(qti_cannot_hold, version=version),
        changes=partial(qti_changes, version=version),
        carries_pictures=True,
    )


CODECS: dict[Format, Codec] = {
    Format.YAML: Codec(
        name="YAML",
        file_name="items.yaml",
        media_type="application/yaml",
        endings=(".yaml", ".yml"),
        read=of_text(_read_yaml),
        write=lambda items, pictures: write_items(items, pictures).encode(),
        places_items=True,
        carries_pictures=True,
    ),
    Format.GIFT: Codec(
        name="GIFT",
        file_name="items.gift.txt",
        media_type="text/plain",
        endings=(".gift", ".txt"),
        read=of_text(read_gift),
        write=as_text(write_gift),
        leaves_out=GIFT_LEAVES_OUT,
        cannot_hold=gift_cannot_hold,
        changes=gift_changes,
    ),
    Format.AIKEN: Codec(
        name="Aiken",
        file_name="items.aiken.txt",
        media_type="text/plain",
        endings=(".aiken",),
        read=of_text(read_aiken),
        write=as_text(write_aiken),
        leaves_out=AIKEN_LEAVES_OUT,
        cannot_hold=aiken_cannot_hold,
        changes=aiken_changes,
    ),
    Format.MOODLE_XML: Codec(
        name="Moodle XML",
        file_name="items.moodle.xml",
        media_type="application/xml",
        endings=(".xml",),
        read=read_moodle_xml,
        write=lambda items, pictures: write_moodle_xml(items, pictures).encode(),
        leaves_out=MOODLE_XML_LEAVES_OUT,
        cannot_hold=moodle_xml_cannot_hold,
        changes=moodle_xml_changes,
        carries_pictures=True,
    ),
    Format.CANVAS: Codec(
        name="Canvas QTI 1.2",
        file_name="items.canvas.zip",
        media_type="application/zip",
        endings=(".zip", ".xml"),
        read=read_canvas,
        write=write_canvas,
        leaves_out=CANVAS_LEAVES_OUT,
        cannot_hold=canvas_cannot_hold,
        changes=canvas_changes,
        carries_pictures=True,
    ),
    Format.QTI: _qti("QTI 2.2", "items.qti.zip", V22, endings=(".zip", ".xml")),
    # Read like any QTI; of its own only when written.
    Format.QTI_21: _qti("QTI 2.1", "items.qti21.zip", V21),
    Format.QTI_30: _qti("QTI 3.0", "items.qti30.zip", V30),
    Format.CSV: Codec(
        name="CSV",
        file_name="items.csv",
        media_type="text/csv",
        endings=(".csv", ".tsv"),
        read=read_csv,
        # The mark at the start lets Excel see that it is UTF-8.
        write=lambda items, _: b"\xef\xbb\xbf" + write_csv(items).encode(),
        leaves_out=SHEET_LEAVES_OUT,
        cannot_hold=sheet_cannot_hold,
        changes=sheet_changes,
        places_items=True,
    ),
    Format.EXCEL: Codec(
        name="Excel",
        file_name="items.xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        endings=(".xlsx",),
        read=read_excel,
        write=lambda items, _: write_excel(items),
        leaves_out=SHEET_LEAVES_OUT,
        cannot_hold=sheet_cannot_hold,
        changes=sheet_changes,
        places_items=True,
    ),
    Format.CLOZE: Codec(
        name="Moodle text with gaps",
        file_name="item.cloze.txt",
        media_type="text/plain",
        endings=(".cloze",),
        read=of_text(read_cloze_file),
        write=as_text(write_cloze_file),
        leaves_out=CLOZE_LEAVES_OUT,
        cannot_hold=cloze_cannot_hold,
        changes=cloze_file_changes,
        holds_one=True,
    ),
    Format.MISSING_WORD: Codec(
        name="Moodle missing word",
        file_name="items.missingword.txt",
        media_type="text/plain",
        endings=(".missingword",),
        read=of_text(read_missing_word),
        write=as_text(write_missing_word),
        leaves_out=MISSING_WORD_LEAVES_OUT,
        cannot_hold=missing_word_cannot_hold,
        changes=missing_word_changes,
    ),
}
ENDINGS = {ending: one for one, codec in CODECS.items() for ending in codec.endings}


# XML formats are told apart by the first element of the file.
_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)[\s/>]")
_ROOTS = {
    b"quiz": Format.MOODLE_XML,
    b"question": Format.MOODLE_XML,
    b"questestinterop": Format.CANVAS,
}
_HEAD = 4_000
# The beginning of a gap in Moodle's text with gaps.
_GAP = re.compile(rb"\{\d{0,6}:(?:MULTI|SHORT|NUMERICAL|M[CRW]|SA|NM)[A-Z_]*:")


def format_of(file_name: str, content: bytes) -> Format:
    """Return the format by the file's ending, or where that is open by its own words."""
    name = file_name.lower()
    by_ending = ENDINGS.get(PurePath(name).suffix, Format.GIFT)
    if name.endswith(".xml"):
        return _format_of_xml(content)
    if name.endswith(".zip") and holds_canvas(content):
        return Format.CANVAS
    if name.endswith(".txt") and not name.endswith(".gift.txt") and b"\nANSWER:" in content:
        return Format.AIKEN
    if name.endswith(".missingword.txt"):
        return Format.MISSING_WORD
    if name.endswith(".txt") and _GAP.search(content):
        return Format.CLOZE
    return by_ending


def read_file(file_format: Format, content: bytes, defaults: Defaults) -> ItemsRead:
    """Read a file of items; never raises. What is not UTF-8 is refused with its line."""
    return name_active_html(content, CODECS[file_format].read(content, defaults))


def write_file(
    file_format: Format, items: Sequence[Item], pictures: Pictures = NO_PICTURES
) -> bytes:
    """Return the items that the format can hold as a file of it, with the pictures they show."""
    return CODECS[file_format].write(items, pictures)


def losses(file_format: Format, items: Sequence[Item]) -> tuple[str, ...]:
    """Return, as a sentence for each item, what the format cannot carry of these items."""
    codec = CODECS[file_format]
    said: list[str] = []
    held = 0
    for item in items:
        changed = list(codec.changes(item))
        if named_files(item) and not codec.carries_pictures:
            changed.append("its pictures")
        if why := codec.cannot_hold(item):
            said.append(f"{item.id} is left out: {why}.")
            continue
        held += 1
        if codec.holds_one and held > 1:
            said.append(f"{item.id} is left out: a file of this format holds one item.")
        elif changed:
            said.append(f"{item.id} loses {', '.join(changed)}.")
    return tuple(said)


def _format_of_xml(content: bytes) -> Format:
    # UTF-16 has a zero byte beside every letter of a name.
    found = _ROOT.search(content[:_HEAD].replace(b"\0", b""))
    return _ROOTS.get(found.group(1), Format.QTI) if found else Format.QTI
