"""Lessons as HTML, made once a process of each version of a lesson and of the handbook."""

from sqlmodel import Session

from base.kept import Kept
from courses.lesson_html import Written, write_lesson
from courses.lessons import blocks
from courses.queries.handbook import standing_handbook
from courses.queries.stored import lesson_text

_kept: Kept[Written] = Kept(500)


def written_lesson(session: Session, version_id: str) -> Written:
    """Return this version of a lesson, its words explained by the glossary as it stands."""
    standing = standing_handbook(session)
    key = f"{version_id} {standing.version_id}"
    kept = _kept.get(key)
    if kept is None:
        text = lesson_text(session, version_id)
        written = write_lesson(blocks(text.body), text.key_points, standing.handbook.terms)
        kept = _kept.keep(key, written)
    return kept
