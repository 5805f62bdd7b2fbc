"""Searching lessons, glossary and contraindications; one index a process for what stands."""

from collections.abc import Iterator

from sqlmodel import Session, select

from base.db import Tx
from base.kept import Kept
from base.permissions import Permission, needs
from courses.citing import without_citations
from courses.handbook import Contraindication, Handbook, Term
from courses.queries.handbook import standing_handbook
from courses.queries.stored import lesson_heads, manifest_of
from courses.queries.written import written_lesson
from courses.search import Found, Index, Kind, Passage
from courses.tables.courses import CourseRow

_kept: Kept[Index] = Kept(2)


@needs(Permission.COURSE_STUDY)
def search_everything(tx: Tx, search: str) -> Found:
    """Return the best of what holds the words of a search; nothing for no words."""
    return _index(tx.session).search(search)


def _index(session: Session) -> Index:
    versions = session.exec(select(CourseRow.slug, CourseRow.version_id).order_by(CourseRow.slug))
    courses = versions.all()
    standing = standing_handbook(session)
    key = " ".join([*(version for _, version in courses), standing.version_id])
    kept = _kept.get(key)
    if kept is None:
        passages = [one for slug, _ in courses for one in _lessons(session, slug)]
        kept = _kept.keep(key, Index([*passages, *_handbook(standing.handbook)]))
    return kept


def _lessons(session: Session, slug: str) -> Iterator[Passage]:
    manifest = manifest_of(session, slug)
    for head in lesson_heads(session, manifest):
        for section in written_lesson(session, head.id).sections:
            if section.title or section.words:
                yield Passage(
                    kind=Kind.LESSON,
                    title=head.title,
                    heading=section.title,
                    words=section.words,
                    place=section.place,
                    course=slug,
                    lesson=head.slug,
                )


def _handbook(handbook: Handbook) -> Iterator[Passage]:
    yield from map(_term, handbook.terms)
    yield from map(_row, handbook.rows)


def _term(term: Term) -> Passage:
    return Passage(
        kind=Kind.TERM,
        title=term.term,
        heading="",
        words=without_citations(term.meaning),
        place=term.place,
        by_heart=" ".join(term.also),
    )


def _row(row: Contraindication) -> Passage:
    said = (row.action, row.why, *row.ask, row.wait, row.disagreement)
    return Passage(
        kind=Kind.ROW,
        title=f"{row.id} {row.condition}",
        heading="",
        words=without_citations("\n".join(filter(None, said))),
        place=row.place,
        by_heart=" ".join((*row.words, *row.decisions)),
    )
