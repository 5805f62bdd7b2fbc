"""The tables of the bank and of exams, parted by what they keep.

They point at each other, so that importing one imports them all.
"""

from quizbank.tables import (
    analysis,
    attempts,
    bank,
    corrections,
    decisions,
    exams,
    reviews,
    sittings,
)

__all__ = [
    "analysis",
    "attempts",
    "bank",
    "corrections",
    "decisions",
    "exams",
    "reviews",
    "sittings",
]
