"""Ids for items that come from elsewhere: the same every time, and never another item's."""

import re
from collections import Counter
from hashlib import sha256
from unicodedata import normalize

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def slug(name: str, longest: int = 50) -> str:
    """Return a name as ids and tags are written: small letters, digits and dashes."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")


def imported_id(prefix: str, idnumber: str, content: str) -> str:
    """Return the same id for the same item every time: from its identifier, or its content.

    An identifier that is no id here gets a digest behind it, so that no two become one.
    """
    if not idnumber:
        return f"{prefix}-{_digest(content, 12)}"
    if _ID.fullmatch(idnumber):
        return idnumber
    return f"{slug(idnumber)}-{_digest(idnumber, 6)}".strip("-")


def another_id(item_id: str, doubles: Counter[str]) -> str:
    """Return the id of the next item of a file whose content gives this id already."""
    doubles[item_id] += 1
    return f"{item_id}-{doubles[item_id] + 1}"


def _digest(text: str, length: int) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
