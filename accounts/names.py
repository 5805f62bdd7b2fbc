"""Names of people: kept as they write them, but for control characters and stray spaces."""

import unicodedata

from base.errors import Invalid

LONGEST = 120


def clean_name(text: str) -> str:
    """Return the name in NFC with single spaces; raises `Invalid` where nothing is left of it."""
    visible = "".join(" " if unicodedata.category(ch) in {"Zs", "Cc"} else ch for ch in text)
    name = unicodedata.normalize("NFC", " ".join(visible.split()))
    if not name:
        raise Invalid(["Write your name as it should stand on a certificate."])
    if len(name) > LONGEST:
        raise Invalid([f"The name is longer than {LONGEST} characters. Shorten it."])
    return name
