"""Names of people: kept as they write them, but for control characters and stray spaces."""

import unicodedata

from base.errors import Invalid

LONGEST = 120
# Letters by their category, yet drawn as nothing.
_BLANK = "\u115f\u1160\u3164\uffa0"


def clean_name(text: str) -> str:
    """Return the name in NFC with single spaces; raises `Invalid` where no letter can be seen."""
    visible = "".join(" " if unicodedata.category(ch) in {"Zs", "Cc"} else ch for ch in text)
    name = unicodedata.normalize("NFC", " ".join(visible.split()))
    if not any(unicodedata.category(ch)[0] in "LN" and ch not in _BLANK for ch in name):
        raise Invalid(["Write your name as it should stand on a certificate."])
    if len(name) > LONGEST:
        raise Invalid([f"The name is longer than {LONGEST} characters. Shorten it."])
    return name
