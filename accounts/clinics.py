"""Clinics: what they are called, and how somebody belongs to one."""

import unicodedata
from enum import StrEnum

from base.errors import Invalid

LONGEST_NAME = 120
LONGEST_NUMBER = 40


class Standing(StrEnum):
    """How somebody belongs to a clinic: looks after it, or is seen by it."""

    MANAGER = "manager"
    STAFF = "staff"


def clinic_name(text: str) -> str:
    """Return the clinic's name with single spaces; raises `Invalid` where it is empty or long."""
    name = _tidy(text)
    if not any(ch.isalnum() for ch in name):
        raise Invalid(["Give the clinic a name."])
    if len(name) > LONGEST_NAME:
        raise Invalid([f"The clinic's name is longer than {LONGEST_NAME} characters. Shorten it."])
    return name


def staff_number(text: str) -> str | None:
    """Return the number that the clinic gives to one of its staff; None where there is none.

    Raises `Invalid` where it is too long.
    """
    number = _tidy(text)
    if len(number) > LONGEST_NUMBER:
        raise Invalid([f"A staff number has at most {LONGEST_NUMBER} characters. Shorten it."])
    return number or None


def _tidy(text: str) -> str:
    shown = "".join(" " if unicodedata.category(ch)[0] in "ZC" else ch for ch in text)
    return unicodedata.normalize("NFC", " ".join(shown.split()))
