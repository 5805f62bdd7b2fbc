"""Passwords: the rules, their strength, and bcrypt.

bcrypt reads at most 72 bytes and raises above, so length is checked first, in bytes.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import bcrypt
import zxcvbn

from base.ids import ALPHABET

SHORTEST = 10  # characters
LONGEST_BYTES = 72
WEAKEST_ACCEPTED = 2  # of zxcvbn's 0-4
_WORDS = ("very weak", "weak", "fair", "strong", "very strong")


@dataclass(frozen=True)
class Strength:
    """How hard a password is to guess: zxcvbn's score 0-4, in a word, and what would help."""

    score: int
    word: str
    advice: str


def strength(password: str, personal: Sequence[str] = ()) -> Strength:
    """Estimate how hard a password is to guess; `personal` are words that weaken it."""
    # zxcvbn grows with length; what lies beyond 72 bytes is refused anyway.
    result = zxcvbn.zxcvbn(password[:LONGEST_BYTES], user_inputs=list(personal))
    feedback = result["feedback"]
    advice = " ".join([feedback["warning"], *feedback["suggestions"]]).strip()
    return Strength(result["score"], _WORDS[result["score"]], advice)


def password_problems(password: str, personal: Sequence[str] = ()) -> tuple[str, ...]:
    """Return every rule that the password breaks, a sentence each; empty when it is fine."""
    size = len(password.encode())
    if size > LONGEST_BYTES:
        return (
            f"The password is {size} bytes long; at most {LONGEST_BYTES} can be used. "
            "Shorten it (letters with accents and emoji count for more than one).",
        )
    if "\0" in password:
        return ("The password contains a character that cannot be typed. Type it anew.",)
    if len(password) < SHORTEST:
        return (f"Use at least {SHORTEST} characters in the password.",)
    guessable = strength(password, personal)
    if guessable.score < WEAKEST_ACCEPTED:
        return (f"This password is too easy to guess. {guessable.advice}".strip(),)
    return ()


def new_password() -> str:
    """Return a fresh password to hand over: four groups of five, easy to type (100 random bits)."""
    groups = ["".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4)]
    return "-".join(groups).lower()


def hash_password(password: str, rounds: int = 12) -> str:
    """Return the bcrypt hash; slow on purpose, so never call it inside a transaction."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds)).decode()


def password_matches(password: str, hashed: str | None) -> bool:
    """Tell whether the password is the one; takes as long for an unknown person (`None`)."""
    encoded = password.encode()
    if len(encoded) > LONGEST_BYTES or b"\0" in encoded:
        encoded, hashed = b"-", None
    known = hashed or _NOBODYS_HASH
    return bcrypt.checkpw(encoded, known.encode()) and hashed is not None


# A hash of a random password nobody knows, at the usual cost: unknown people take as long.
_NOBODYS_HASH = "$2b$12$YtP6rZPjT7XoqE8eKUPN3e1dtOPgk/E0N9qtsCQlP3wS7JirzvA5K"
