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


CONSENT = {
    Standing.STAFF: (
        "If you accept, those who look after the clinic see your name, your certificates, what "
        "they cover and when they end. They never see your answers or your marks. You can leave "
        "at any time under My account."
    ),
    Standing.MANAGER: (
        "If you accept, you look after the clinic: you see its staff's certificates, and its staff "
        "and other managers see your name. You can leave at any time under My account."
    ),
}


def invitation_letter(clinic: str, standing: Standing, academy_url: str, code: str) -> str:
    """Return the text of the mail that invites somebody."""
    asked = "as one of its staff" if standing is Standing.STAFF else "to look after it"
    return (
        f"{clinic} invites you {asked}.\n\n"
        f"{CONSENT[standing]}\n\n"
        f"Answer here: {academy_url}/invitation?code={code}\n"
        f"Your code is {code}. Sign in first; if you have no account yet, make one.\n\n"
        "If you do not know this clinic, ignore this mail: it sees nothing of you.\n"
    )


def _tidy(text: str) -> str:
    shown = "".join(" " if unicodedata.category(ch)[0] in "ZC" else ch for ch in text)
    return unicodedata.normalize("NFC", " ".join(shown.split()))
