"""Items as Moodle XML with their pictures, and what Moodle XML leaves behind of them."""

from collections.abc import Mapping, Sequence

from quizbank.exchange.cloze.writer import cloze_cannot_hold, cloze_changes
from quizbank.exchange.moodle.xml_answers import KINDS_WRITTEN, answers_of, type_of
from quizbank.exchange.moodle.xml_cloze import cloze_text
from quizbank.exchange.moodle.xml_hotspot import (
    hotspot_cannot_hold,
    hotspot_changes,
    hotspot_reason,
)
from quizbank.exchange.moodle.xml_parts import Parts, element, text_element
from quizbank.exchange.usual_losses import usual_losses
from quizbank.exchange.xml_written import NOT_IN_XML, xml_holds
from quizbank.files import NO_PICTURES, Picture
from quizbank.items import Item
from quizbank.kinds.cloze import Cloze
from quizbank.kinds.essay import MOST_POINTS, Essay
from quizbank.kinds.hotspot import Hotspot
from quizbank.kinds.numeric import Numeric, Tolerance
from quizbank.kinds.single_choice import SingleChoice
from quizbank.kinds.units import UnitRule

MOODLE_XML_LEAVES_OUT = (
    "Moodle XML carries the question, its pictures, its answers, shares, reasons, units, topics, "
    "and whether capitals matter. It leaves out pool, objective, level, sources, review dates, "
    "enemies, expected time, and what is critical or unsafe; reasons of matching and ordering; "
    "wrong places of hotspots; who marks an essay. Every rule for several answers becomes weights."
)
_TOP = "$course$/top"


def write_moodle_xml(items: Sequence[Item], pictures: Mapping[str, Picture] = NO_PICTURES) -> str:
    """Return the items that Moodle XML can hold as a file that Moodle and we read.

    Every item stands in the category of its first topic.
    """
    written = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    category = ""
    for item in items:
        if moodle_xml_cannot_hold(item):
            continue
        own = f"{_TOP}/{item.tags[0]}" if item.tags else _TOP
        if own != category:
            written.append(_category(own))
        category = own
        written.append(_question(item, pictures))
    return "\n".join([*written, "</quiz>", ""])


def moodle_xml_cannot_hold(item: Item) -> str:
    """Return why an item has no place in a Moodle XML file, or an empty text."""
    if item.kind not in KINDS_WRITTEN:
        return f"Moodle XML has no kind like {item.kind.replace('_', ' ')}"
    if not xml_holds(item):
        return NOT_IN_XML
    if isinstance(item, Cloze) and (why := cloze_cannot_hold(item)):
        return why
    if isinstance(item, Hotspot) and (why := hotspot_cannot_hold(item)):
        return why
    if isinstance(item, Essay) and item.total > MOST_POINTS:
        return f"its rubric gives more than {MOST_POINTS} points"
    return ""


def moodle_xml_changes(item: Item) -> tuple[str, ...]:
    """Return what of this item Moodle XML leaves out or says in another way."""
    told = usual_losses(item) | {
        "which of the options that earn everything is the key": isinstance(item, SingleChoice)
        and any(one.weight == 1 for one in item.options),
        "what the tolerance is (it becomes a number)": isinstance(item, Numeric)
        and item.tolerance_type is not Tolerance.NOMINAL,
        "what a wrong unit costs (there an optional unit that is wrong costs all)": isinstance(
            item, Numeric
        )
        and item.unit_rule is UnitRule.OPTIONAL
        and item.unit_penalty < 1,
        "its rubric (it becomes one text for markers)": isinstance(item, Essay)
        and (len(item.rubric) > 1 or any(one.levels for one in item.rubric)),
        "that two people mark it": isinstance(item, Essay) and item.markers > 1,
    }
    own = cloze_changes(item) if isinstance(item, Cloze) else ()
    own = hotspot_changes(item) if isinstance(item, Hotspot) else own
    return tuple(dict.fromkeys([*(name for name, changed in told.items() if changed), *own]))


def _category(path: str) -> str:
    return f'  <question type="category">\n    {text_element("category", path)}\n  </question>'


def _question(item: Item, pictures: Mapping[str, Picture]) -> str:
    parts = Parts(pictures)
    general = item.model_answer if isinstance(item, Essay) else ""
    general = hotspot_reason(item) if isinstance(item, Hotspot) else general
    grade = item.total if isinstance(item, Essay) else int(item.kind != "description")
    lines = [
        text_element("name", item.title or item.id),
        _stem(item, parts),
        parts.markdown("generalfeedback", parts.reason(general)),
        element("defaultgrade", str(grade)),
        element("penalty", "0"),
        element("hidden", "0"),
        element("idnumber", item.origin or item.id),
        *answers_of(item, parts),
    ]
    if item.tags:
        tags = "".join(text_element("tag", tag) for tag in item.tags)
        lines.append(f"<tags>{tags}</tags>")
    inside = "\n    ".join(lines)
    return f'  <question type="{type_of(item)}">\n    {inside}\n  </question>'


def _stem(item: Item, parts: Parts) -> str:
    if isinstance(item, Cloze):
        return parts.converted("questiontext", cloze_text(item))
    return parts.markdown("questiontext", item.stem)
