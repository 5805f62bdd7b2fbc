"""Items as a package of QTI 1.2 for Canvas, and what it leaves behind of them."""

from collections.abc import Mapping, Sequence

from quizbank.exchange.canvas.reader import read_canvas
from quizbank.exchange.canvas.written import written_item
from quizbank.exchange.packing import packed
from quizbank.exchange.qti.markup import picture_path
from quizbank.exchange.written_back import NotHeld, head_of, what_changes, why_not_held
from quizbank.exchange.xml_written import NOT_IN_XML, attribute, xml_holds
from quizbank.files import NO_PICTURES, Picture, named_files
from quizbank.items import Item

CANVAS_LEAVES_OUT = (
    "Canvas QTI 1.2 carries the question, its answers, shares, reasons and pictures. It leaves out "
    "pool, objective, level, topics, sources, review dates, enemies, expected time, and what is "
    "critical or unsafe; hotspots and cases; units, and markings that Canvas has no words "
    "for."
)
_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">
  <assessment ident="pinpoint" title="Items">
    <section ident="root_section">
{}
    </section>
  </assessment>
</questestinterop>
"""
_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" identifier="MANIFEST-PINPOINT">
  <metadata><schema>IMS Content</schema><schemaversion>1.1.3</schemaversion></metadata>
  <organizations/>
  <resources>
    <resource identifier="ITEMS" type="imsqti_xmlv1p2"><file href="items/items.xml"/></resource>
{}  </resources>
</manifest>
"""
_RESOURCE = (
    '    <resource identifier="{0}" type="webcontent" href="{1}"><file href="{1}"/></resource>\n'
)
_WORDS = {
    "options": "what is unsafe, or the order of weights",
    "answers": "what is unsafe, or some of the answers' reasons",
    "others": "what is unsafe, or the order of the other numbers",
    "unsafe_answer": "what is unsafe",
    "unit_rule": "the unit",
    "unit_penalty": "the unit",
    "penalty_of": "the unit",
    "unit": "the unit",
    "rule": "the rule (it becomes weights)",
    "rubric": "the parts of the rubric",
    "template": "the text that is given to begin with",
    "markers": "who marks",
    "tolerance": "who marks",
    "elements": "some of the reasons, or the names of its elements",
    "gaps": "what is unsafe, or some of the gaps' answers",
}
_WORDS_OF = {"matching": {"rule": "the rule: each pair earns its share elsewhere"}}


def write_canvas(items: Sequence[Item], pictures: Mapping[str, Picture] = NO_PICTURES) -> bytes:
    """Return the items that QTI 1.2 can hold as a package, with the pictures that they show."""
    held = [one for one in items if not canvas_cannot_hold(one)]
    written = "\n".join(_xml(one, pictures) for one in held)
    names = {name: None for one in held for name in sorted(named_files(one))}
    shown = {name: pictures[name] for name in names if name in pictures}
    files = {"items/items.xml": _FILE.format(written).encode("utf-8")}
    listed = ""
    for place, one in enumerate(shown.values(), 1):
        path = f"items/{picture_path(one)}"
        files[path] = one.content
        listed += _RESOURCE.format(f"PICTURE-{place}", attribute(path))
    manifest = _MANIFEST.format(listed).encode("utf-8")
    return packed([*files.items(), ("imsmanifest.xml", manifest)])


def canvas_cannot_hold(item: Item) -> str:
    """Return why an item has no place in such a package, or an empty text."""
    return why_not_held(item, _back)


def canvas_changes(item: Item) -> tuple[str, ...]:
    """Return what of this item, beyond what QTI 1.2 never carries, does not come back as it is."""
    return what_changes(item, _back, _WORDS | _WORDS_OF.get(item.kind, {}))


def _back(item: Item) -> Item | None:
    """Return the item as it comes back from its own file; None where it marks otherwise."""
    content = _FILE.format(_xml(item, NO_PICTURES)).encode("utf-8")
    read = read_canvas(content, head_of(item)).items
    if len(read) != 1 or read[0].item.kind != item.kind:
        return None
    back = read[0].item
    return back if back.key() == item.key() or item.kind in _KEYS_CHANGE else None


# Their parts get other ids on the way, or the key is none.
_KEYS_CHANGE = frozenset({"essay", "description", "numeric"})


def _xml(item: Item, pictures: Mapping[str, Picture]) -> str:
    if not xml_holds(item):
        raise NotHeld(NOT_IN_XML)
    return written_item(item, pictures)
