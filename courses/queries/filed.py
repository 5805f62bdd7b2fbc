"""The files of the content folder as they were loaded last."""

from sqlmodel import select

from base.db import Tx
from courses.content_filed import FiledText
from courses.tables.courses import ContentFileRow


def filed_texts(tx: Tx) -> dict[str, FiledText]:
    """Return what was kept of each file, by its path. For what has asked who acts."""
    rows = tx.session.exec(select(ContentFileRow).order_by(ContentFileRow.path))
    return {row.path: FiledText(row.text, row.written) for row in rows}
