"""Texts as they stand in XML that is written here."""

import re

from quizbank.items import Item, item_to_json

NOT_IN_XML = "a text holds a character that no XML file may hold"
# What XML forbids, and the noncharacters that mark places while texts are read.
_UNHOLDABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")


def xml_holds(item: Item) -> bool:
    """Tell whether XML can hold all texts of an item."""
    return not _UNHOLDABLE.search(item_to_json(item))


def attribute(said: str) -> str:
    """Return a text as it stands in an attribute, line breaks kept."""
    escaped = text(said).replace('"', "&quot;")
    return escaped.replace("\t", "&#9;").replace("\n", "&#10;")


def text(said: str) -> str:
    """Return a text as it stands between tags."""
    escaped = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\r", "&#13;")
