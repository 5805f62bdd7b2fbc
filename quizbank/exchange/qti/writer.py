"""Items as a package of QTI, and what QTI leaves behind of them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from quizbank.exchange.packing import packed
from quizbank.exchange.qti.markup import picture_path
from quizbank.exchange.qti.package import QtiFile
from quizbank.exchange.qti.reader import read_qti_file
from quizbank.exchange.qti.versions import V22, Version, in_version
from quizbank.exchange.qti.written import written_item
from quizbank.exchange.written_back import NotHeld, head_of, what_changes, why_not_held
from quizbank.exchange.xml_written import NOT_IN_XML, attribute, xml_holds
from quizbank.files import NO_PICTURES, Picture, named_files
from quizbank.items import Item

QTI_LEAVES_OUT = (
    "QTI carries the question, its answers, shares, reasons, units and pictures. It leaves out "
    "pool, objective, level, topics, sources, review dates, enemies, expected time, and what is "
    "critical or unsafe; cases; and some markings that QTI has no words for."
)
_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="{0.manifest}" identifier="MANIFEST-PINPOINT">
  <metadata><schema>{0.package}</schema><schemaversion>{0.package_version}</schemaversion></metadata>
  <organizations/>
  <resources>
{1}
  </resources>
</manifest>
"""
_RESOURCE = (
    '    <resource identifier="RES-{0}" type="{3}" href="{1}">\n'
    '      <file href="{1}"/>\n{2}    </resource>'
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


def write_qti(
    items: Sequence[Item], pictures: Mapping[str, Picture] = NO_PICTURES, version: Version = V22
) -> bytes:
    """Return the items that QTI can hold as a package, with the pictures that they show."""
    resources: list[str] = []
    files: dict[str, bytes] = {}
    shown: dict[str, Picture] = {}
    for place, (item, xml) in enumerate(_held(items, pictures, version), 1):
        name = f"items/item-{place:05}.xml"
        files[name] = xml
        own = [pictures[one] for one in sorted(named_files(item)) if one in pictures]
        beside = "".join(
            f'      <file href="items/{attribute(picture_path(one))}"/>\n' for one in own
        )
        resources.append(_RESOURCE.format(place, name, beside, version.resource))
        shown |= {one.digest: one for one in own}
    files |= {f"items/{picture_path(one)}": one.content for one in shown.values()}
    manifest = _MANIFEST.format(version, "\n".join(resources)).encode("utf-8")
    return packed([*files.items(), ("imsmanifest.xml", manifest)])


def qti_cannot_hold(item: Item, version: Version = V22) -> str:
    """Return why an item has no place in a QTI package, or an empty text."""
    return why_not_held(item, partial(_back, version=version))


def qti_changes(item: Item, version: Version = V22) -> tuple[str, ...]:
    """Return what of this item, beyond what QTI never carries, does not come back as it is."""
    return what_changes(item, partial(_back, version=version), _WORDS)


def _back(item: Item, version: Version) -> Item | None:
    """Return the item as it comes back from its own file; None where it does not."""
    # A file without bytes: what is asked here is the marking, which needs none.
    drawn = {one: Picture(one, "image/png", b"", 1, 1) for one in named_files(item)}
    named = {picture_path(one): one for one in drawn.values()}
    file = QtiFile("", _xml(item, drawn, version), lambda name: named.get(name, name))
    read = read_qti_file(file, head_of(item)).items
    return read[0].item if read and _answered_alike(item, read[0].item) else None


def _answered_alike(item: Item, back: Item) -> bool:
    """Tell whether what is right is still right where parts are named within a text or figure."""
    if item.kind not in {"cloze", "hotspot", "description"}:
        return True
    return item.kind == back.kind and item.mark(item.key()) == back.mark(item.key())


def _held(
    items: Sequence[Item], pictures: Mapping[str, Picture], version: Version
) -> Iterator[tuple[Item, bytes]]:
    for item in items:
        if not qti_cannot_hold(item, version):
            yield item, _xml(item, pictures, version)


def _xml(item: Item, pictures: Mapping[str, Picture], version: Version) -> bytes:
    if not xml_holds(item):
        raise NotHeld(NOT_IN_XML)
    written = written_item(item, pictures)
    return written.encode("utf-8") if version is V22 else in_version(written, version)
