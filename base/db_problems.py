"""What a database says when it cannot (read-only, full, busy, out of date), in words for people."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from base.errors import AppError, Unavailable

BUSY = "The academy is very busy and could not save this in time. Try again in a moment."
_SENTENCES = (
    (
        ("no such table", "no such column", "undefinedtable", "undefinedcolumn", "does not exist"),
        "The database is not up to date. Run `pinpoint init`, then try again.",
    ),
    (
        ("not a database", "malformed"),
        "The academy's database is damaged, so nothing was saved. "
        "Keep its file as it is, and put a backup in its place with `pinpoint restore`.",
    ),
    (
        ("readonly", "read-only"),
        "The database is read-only just now, so nothing was saved. "
        "Keep this page open and tell the academy.",
    ),
    (
        ("full", "no space"),
        "The academy's disk is full, so nothing was saved. "
        "Keep this page open and tell the academy.",
    ),
    (
        ("locked", "busy", "deadlock"),
        BUSY,
    ),
    (
        ("unable to open", "connection", "connect"),
        "The academy's database cannot be reached just now. Try again in a moment.",
    ),
)


@contextmanager
def as_sentences() -> Generator[None, None, None]:
    """Turn what a database says into `Unavailable`, with what to do."""
    try:
        yield
    except AppError:
        raise
    except DBAPIError as error:
        said = f"{type(error.orig).__name__} {error.orig}".lower()
        for signs, sentence in _SENTENCES:
            if any(sign in said for sign in signs):
                raise Unavailable(sentence) from error
        raise
