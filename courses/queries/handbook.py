"""The glossary and the contraindications as they stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from base.db import Tx
from base.kept import Kept
from base.permissions import Permission, needs
from courses.handbook import Contraindication, Handbook, Term
from courses.tables.reading import HandbookVersionRow
from quizbank.queries.bank import sources
from quizbank.sources import Source

_kept: Kept[Handbook] = Kept(8)


@dataclass(frozen=True)
class StandingHandbook:
    """The newest handbook and the id of its version; both empty before the first load."""

    version_id: str
    handbook: Handbook


@dataclass(frozen=True)
class HandbookView:
    """The handbook with the sources that it cites, by key."""

    handbook: Handbook
    sources: dict[str, Source]

    def cited_by(self, parts: Iterable[Term | Contraindication]) -> tuple[Source, ...]:
        """Return every source that these parts cite, once: numbered ones first, then rules."""
        keys = {key for part in parts for key in part.sources} & self.sources.keys()
        ordered = sorted(keys, key=lambda key: (not key[-1].isdigit(), key))
        return tuple(self.sources[key] for key in ordered)


def standing_handbook(session: Session) -> StandingHandbook:
    """Return the handbook as published last."""
    newest = select(HandbookVersionRow.id).order_by(col(HandbookVersionRow.number).desc()).limit(1)
    version_id = session.exec(newest).first()
    if version_id is None:
        return StandingHandbook("", Handbook())
    kept = _kept.get(version_id)
    if kept is None:
        payload = session.get_one(HandbookVersionRow, version_id).payload
        kept = _kept.keep(version_id, Handbook.model_validate_json(payload))
    return StandingHandbook(version_id, kept)


@needs(Permission.COURSE_STUDY)
def handbook_view(tx: Tx) -> HandbookView:
    """Return the glossary, the contraindications and every source that they cite."""
    handbook = standing_handbook(tx.session).handbook
    keys = {key for part in (*handbook.terms, *handbook.rows) for key in part.sources}
    return HandbookView(handbook, {one.key: one for one in sources(tx, sorted(keys))})
