"""Pictures that items show, as they were stored."""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass

from sqlmodel import Session, col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.files import Picture, named_files, read_picture
from quizbank.items import Item
from quizbank.tables.bank import ItemFileRow

_AT_ONCE = 500


@dataclass(frozen=True)
class StoredFile:
    """The bytes of a picture, and what they are."""

    media_type: str
    content: bytes


@needs(Permission.ACCOUNT_OWN)
def file_content(tx: Tx, digest: str) -> StoredFile:
    """Return a picture for somebody's browser; raises `NotFound`."""
    row = tx.session.get(ItemFileRow, digest)
    if row is None:
        raise NotFound("There is no such picture here. Reload the page that showed it.")
    return StoredFile(row.media_type, row.content)


@needs(Permission.ITEM_READ)
def pictures_of(tx: Tx, items: Iterable[Item]) -> dict[str, Picture]:
    """Return the stored pictures that these items show, by digest."""
    return pictures_named(tx, frozenset[str]().union(*(named_files(item) for item in items)))


@needs(Permission.ITEM_READ)
def pictures_named(tx: Tx, digests: Collection[str]) -> dict[str, Picture]:
    """Return the stored pictures with these digests; those that are not there are left out."""
    asked = col(ItemFileRow.digest).in_(sorted(digests))
    rows = tx.session.exec(select(ItemFileRow).where(asked).order_by(ItemFileRow.digest))
    return {row.digest: read_picture(row.content) for row in rows}


def unknown_files(session: Session, item: Item, brought: Mapping[str, Picture]) -> str:
    """Say which pictures the item shows that neither the academy nor its file has; else empty."""
    named = named_files(item) - brought.keys()
    return missing_sentence(item.id, named - stored_files(session, named))


def stored_files(session: Session, digests: Collection[str]) -> frozenset[str]:
    """Return those of the digests whose pictures the academy has, in a few queries for all."""
    asked = sorted(digests)
    found: set[str] = set()
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        found |= {
            *session.exec(select(ItemFileRow.digest).where(col(ItemFileRow.digest).in_(some)))
        }
    return frozenset(found)


def missing_sentence(item_id: str, unknown: Set[str]) -> str:
    """Say that the item shows these pictures, and what to do; empty where there are none."""
    if not unknown:
        return ""
    pictures = "a picture" if len(unknown) == 1 else f"{len(unknown)} pictures"
    first = min(unknown)[:12]
    return (
        f"{item_id} shows {pictures} that the academy does not have (/files/{first}…). "
        "Add the picture again where it belongs, or take it out of the text."
    )
