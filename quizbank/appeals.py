"""What an appeal may say, and how it may end."""

from enum import StrEnum

SHORTEST, LONGEST = 10, 4_000


class AppealState(StrEnum):
    """How an appeal stands."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


def problem_of_words(text: str, asked: str) -> str | None:
    """Return what to do about a text that is too short or too long; None where it will do."""
    said = text.strip()
    if len(said) < SHORTEST:
        return asked
    if len(said) > LONGEST:
        return f"Shorten the text to {LONGEST} characters."
    return None
