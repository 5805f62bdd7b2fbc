"""Storing the pictures that items show."""

from collections.abc import Iterable

from sqlalchemy.exc import IntegrityError

from base.audit import record
from base.db import Tx
from base.errors import Invalid
from base.permissions import Permission, needs
from quizbank.files import NoPicture, Picture, read_picture
from quizbank.tables.bank import ItemFileRow


@needs(Permission.ITEM_WRITE)
def add_picture(tx: Tx, content: bytes) -> Picture:
    """Store a picture and return it; the same bytes are stored once. Raises `Invalid`."""
    try:
        picture = read_picture(content)
    except NoPicture as problem:
        raise Invalid([str(problem)]) from None
    store_pictures(tx, (picture,))
    return picture


def store_pictures(tx: Tx, pictures: Iterable[Picture]) -> None:
    """Store those pictures that the academy does not have yet."""
    for picture in pictures:
        if tx.session.get(ItemFileRow, picture.digest) is None:
            _store(tx, picture)


def _store(tx: Tx, picture: Picture) -> None:
    row = ItemFileRow(
        digest=picture.digest,
        media_type=picture.media_type,
        content=picture.content,
        added_at=tx.now,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError:
        # Somebody stored the same bytes at the same moment: they are here, which is all we want.
        return
    facts = {"media_type": picture.media_type, "bytes": len(picture.content)}
    record(tx, "file:add", picture.digest, facts)
