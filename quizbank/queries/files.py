"""Pictures that items show, as they were stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.files import Picture, named_files, read_picture
from quizbank.items import Item
from quizbank.tables import ItemFileRow


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
    asked = sorted(frozenset[str]().union(*(named_files(item) for item in items)))
    rows = tx.session.exec(select(ItemFileRow).where(col(ItemFileRow.digest).in_(asked)))
    return {row.digest: read_picture(row.content) for row in rows}


def unknown_files(session: Session, item: Item, brought: Mapping[str, Picture]) -> str:
    """Say which pictures the item shows that neither the academy nor its file has; else empty."""
    named = named_files(item) - brought.keys()
    if not named:
        return ""
    known = session.exec(select(ItemFileRow.digest).where(col(ItemFileRow.digest).in_(named)))
    unknown = named - set(known)
    if not unknown:
        return ""
    pictures = "a picture" if len(unknown) == 1 else f"{len(unknown)} pictures"
    first = min(unknown)[:12]
    return (
        f"{item.id} shows {pictures} that the academy does not have (/files/{first}…). "
        "Add the picture again where it belongs, or take it out of the text."
    )
