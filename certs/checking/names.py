"""Whose certificate it is: shown by initials until somebody shows that they know the name."""

import hashlib
import hmac
import unicodedata

# Apostrophes and dashes as keyboards and word processors write them.
_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-"})


def initials(name: str) -> str:
    """Return the first letter of each word of a name, as `A. S.`."""
    letters = (next((ch for ch in word if ch.isalnum()), "") for word in name.split())
    return " ".join(f"{letter}." for letter in letters if letter)


def same_name(typed: str, name: str) -> bool:
    """Tell whether two names are the same but for case, accents, spaces, dashes and apostrophes."""
    return hmac.compare_digest(_plain(typed).encode(), _plain(name).encode())


def hashed(value: str, salt: str) -> str:
    """Return the salted hash of an Open Badges identity: `sha256$` and the digest in hex."""
    return f"sha256${hashlib.sha256((value + salt).encode()).hexdigest()}"


def _plain(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name.translate(_ALIKE).casefold())
    kept = (ch for ch in parts if not unicodedata.combining(ch))
    return " ".join("".join(kept).replace("-", " ").split())
