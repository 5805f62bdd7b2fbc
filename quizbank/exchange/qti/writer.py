"""Items as a package of QTI 2.2, and what QTI leaves behind of them."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from quizbank.exchange.defaults import Defaults
from quizbank.exchange.qti.markup import UNHOLDABLE, attribute, picture_path
from quizbank.exchange.qti.package import QtiFile
from quizbank.exchange.qti.reader import read_qti_file
from quizbank.exchange.qti.statements import NotHeld
from quizbank.exchange.qti.written import written_item
from quizbank.files import NO_PICTURES, Picture, named_files
from quizbank.items import Item, item_to_data, item_to_json
from quizbank.kinds.item import (
    Level,
    Pool,
)

QTI_LEAVES_OUT = (
    "QTI carries the question, its answers, shares, reasons, units and pictures. It leaves out "
    "pool, objective, level, topics, sources, review dates, enemies, expected time, and what is "
    "critical or unsafe; cases; and some markings that QTI has no words for."
)
# Files of a package are as old as zip files can be, so that equal items make equal files.
_DATE = (1980, 1, 1, 0, 0, 0)
_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="MANIFEST-PINPOINT">
  <metadata><schema>QTIv2.2 Package</schema><schemaversion>1.0.0</schemaversion></metadata>
  <organizations/>
  <resources>
{}
  </resources>
</manifest>
"""
_RESOURCE = (
    '    <resource identifier="RES-{0}" type="imsqti_item_xmlv2p2" href="{1}">\n'
    '      <file href="{1}"/>\n{2}    </resource>'
)
_HEAD = frozenset(
    {"pool", "objective", "level", "tags", "sources", "reviewed", "review_due", "enemies"}
    | {"seconds", "critical", "kind", "id"}
)
_WORDS = {
    "options": "the options' weights or what is unsafe",
    "answers": "what is unsafe, or answers with stars",
    "others": "what is unsafe, or the order of the other numbers",
    "unsafe_answer": "what is unsafe",
    "units": "the units that may be typed",
    "unit_rule": "the units that may be typed",
    "unit_penalty": "the units that may be typed",
    "penalty_of": "the units that may be typed",
    "regions": "what is unsafe",
    "rule": "the rule (it becomes weights)",
    "rubric": "the parts of the rubric",
    "min_words": "the limits of words",
    "max_words": "the limits of words",
    "markers": "who marks",
    "tolerance": "who marks",
    "case_sensitive": "whether capitals matter",
    "gaps": "the gaps' order, what is unsafe, or names of their answers",
}


def write_qti(items: Sequence[Item], pictures: Mapping[str, Picture] = NO_PICTURES) -> bytes:
    """Return the items that QTI can hold as a package, with the pictures that they show."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        resources: list[str] = []
        shown: dict[str, Picture] = {}
        for place, (item, xml) in enumerate(_held(items, pictures), 1):
            name = f"items/item-{place:05}.xml"
            _add(package, name, xml.encode("utf-8"))
            own = [pictures[one] for one in sorted(named_files(item)) if one in pictures]
            files = "".join(
                f'      <file href="items/{attribute(picture_path(one))}"/>\n' for one in own
            )
            resources.append(_RESOURCE.format(place, name, files))
            shown |= {one.digest: one for one in own}
        for one in shown.values():
            _add(package, f"items/{picture_path(one)}", one.content)
        _add(package, "imsmanifest.xml", _MANIFEST.format("\n".join(resources)).encode("utf-8"))
    return packed.getvalue()


def qti_cannot_hold(item: Item) -> str:
    """Return why an item has no place in a QTI package, or an empty text."""
    try:
        return "" if _back(item) else "its marking would not come back as it is"
    except NotHeld as error:
        return str(error)


def qti_changes(item: Item) -> tuple[str, ...]:
    """Return what of this item, beyond what QTI never carries, does not come back as it is."""
    try:
        back = _back(item)
    except NotHeld:
        return ()
    if back is None:
        return ()
    before, after = item_to_data(item), item_to_data(back)
    changed = {name for name in {*before, *after} - _HEAD if before.get(name) != after.get(name)}
    told = dict.fromkeys(_WORDS.get(name, name.replace("_", " ")) for name in sorted(changed))
    critical = ("what is critical",) if item.critical else ()
    return (*critical, *told)


def _back(item: Item) -> Item | None:
    """Return the item as it comes back from its own file; None where it does not."""
    head = Defaults(
        item.reviewed, item.objective, Pool(item.pool), Level(item.level), sources=item.sources
    )
    # A file without bytes: what is asked here is the marking, which needs none.
    drawn = {one: Picture(one, "image/png", b"", 1, 1) for one in named_files(item)}
    named = {picture_path(one): one for one in drawn.values()}
    content = _xml(item, drawn).encode("utf-8")
    read = read_qti_file(QtiFile("", content, lambda name: named.get(name, name)), head).items
    return read[0].item if read and _answered_alike(item, read[0].item) else None


def _answered_alike(item: Item, back: Item) -> bool:
    """Tell whether what is right is still right where parts are named within a text or figure."""
    if item.kind not in {"cloze", "hotspot", "description"}:
        return True
    return item.kind == back.kind and item.mark(item.key()) == back.mark(item.key())


def _held(items: Sequence[Item], pictures: Mapping[str, Picture]) -> Iterator[tuple[Item, str]]:
    for item in items:
        if not qti_cannot_hold(item):
            yield item, _xml(item, pictures)


def _xml(item: Item, pictures: Mapping[str, Picture]) -> str:
    if UNHOLDABLE.search(item_to_json(item).encode().decode("unicode_escape", "ignore")):
        raise NotHeld("a text has a character that XML cannot hold")
    return written_item(item, pictures)


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, content)
