"""Identifiers and tokens, all drawn from the operating system's generator."""

import hashlib
import secrets
import uuid

# Crockford's base 32: no I, L, O, U, so that a serial read aloud or typed survives.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
# Well formed, and never issued: for sentences that say what a serial looks like.
EXAMPLE_SERIAL = "PP-7K2M9-QX4TD-0ABCN-8RHJP"
_GROUP = 5
_GROUPS = 4
_BODY = _GROUP * _GROUPS


def new_id() -> str:
    """Return a fresh 32-character identifier (122 random bits)."""
    return uuid.uuid4().hex


def new_token() -> str:
    """Return a fresh secret for a cookie (256 random bits, URL-safe)."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """Return the SHA-256 of a token, in hex: what the database keeps instead of the secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_seed() -> int:
    """Return a fresh 63-bit seed; whatever it makes stores it."""
    return secrets.randbits(63)


def new_code() -> str:
    """Return a fresh code to hand to one person: two groups of five (50 random bits)."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(2 * _GROUP))
    return f"{body[:_GROUP]}-{body[_GROUP:]}"


def code_digest(typed: str) -> str:
    """Return the digest of a code, however it was typed: case, spaces and dashes do not matter.

    I and L are read as 1, O as 0.
    """
    kept = "".join(ch for ch in typed.upper() if ch.isalnum())
    return token_digest(kept.translate(_READ_AS))


def new_serial() -> str:
    """Return a fresh certificate serial, `PP-` and four groups of five (95 random bits).

    The last character is a check character (weighted sum modulo 31), so that most typing slips
    are told apart from an unknown certificate.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(_BODY - 1))
    return _grouped(body + _check_character(body))


def parse_serial(text: str) -> str | None:
    """Return the serial in its one written form, or None where the text cannot be one.

    Case, spaces and dashes do not matter; I and L are read as 1, O as 0.
    """
    kept = "".join(ch for ch in text.upper() if ch.isalnum())
    # Twenty characters are the serial itself, typed without its prefix, even where it begins so.
    body = (kept if len(kept) == _BODY else kept.removeprefix("PP")).translate(_READ_AS)
    if len(body) != _BODY or any(ch not in ALPHABET for ch in body):
        return None
    return _grouped(body) if _check_character(body[:-1]) == body[-1] else None


def _grouped(body: str) -> str:
    groups = [body[start : start + _GROUP] for start in range(0, _BODY, _GROUP)]
    return "PP-" + "-".join(groups)


def _check_character(body: str) -> str:
    # 31 is prime and the weights run 1..19, so any one wrong character and any swap of two
    # neighbours changes the sum (but for the pair of values 0 and 31).
    weighted = sum(place * ALPHABET.index(ch) for place, ch in enumerate(body, start=1))
    return ALPHABET[weighted % 31]
