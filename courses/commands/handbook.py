"""Publishing the glossary and the contraindications."""

from sqlalchemy import func
from sqlmodel import col, select

from base.audit import record
from base.db import Tx
from base.ids import new_id
from base.permissions import Permission, needs
from courses.handbook import Handbook
from courses.queries.handbook import standing_handbook
from courses.tables.reading import HandbookVersionRow


@needs(Permission.CONTENT_LOAD)
def publish_handbook(tx: Tx, handbook: Handbook) -> None:
    """Publish the handbook as its newest version; the same one again makes no new version."""
    if standing_handbook(tx.session).handbook == handbook:
        return
    newest = tx.session.exec(select(func.max(col(HandbookVersionRow.number)))).one()
    version = HandbookVersionRow(
        id=new_id(),
        number=(newest or 0) + 1,
        payload=handbook.model_dump_json(),
        published_at=tx.now,
    )
    tx.session.add(version)
    tx.session.flush()
    facts = {"version": version.number, "terms": len(handbook.terms), "rows": len(handbook.rows)}
    record(tx, "handbook:publish", version.id, facts)
