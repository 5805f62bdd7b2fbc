"""A course's outline as its writers see it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from courses.content_changes import Kind, an_outline
from courses.course import Course
from courses.lesson_files import fields_of
from courses.manifest import Manifest
from courses.outline_edit import DraftOutline, outline_of
from courses.queries.content_drafts import SavedDraft, open_texts, saved_draft
from courses.queries.stored import manifest_of
from courses.tables.courses import CourseRow, CourseVersionRow, LessonVersionRow


@dataclass(frozen=True)
class CourseSheet:
    """A course's outline as edited: its saved draft (`revision` above 0), or what stands.

    `overtaken` tells that another outline was published since the draft began. `titles` names every
    lesson that was ever published, `begun` the drafts of lessons, also of those that never were.
    """

    slug: str
    version: int
    course: Course
    outline: DraftOutline
    revision: int
    based_on: int
    draft: SavedDraft | None
    overtaken: bool
    titles: Mapping[str, str]
    begun: Mapping[str, str]
    others: Mapping[str, str]


@needs(Permission.CONTENT_WRITE)
def course_sheet(tx: Tx, slug: str) -> CourseSheet:
    """Return a course for its writers; raises `NotFound`."""
    course = manifest_of(tx.session, slug).course
    version = tx.session.get_one(CourseRow, slug).version
    draft = saved_draft(tx, an_outline(slug))
    outline = DraftOutline.model_validate_json(draft.text) if draft else outline_of(course)
    based_on = draft.based_on if draft else version
    return CourseSheet(
        slug=slug,
        version=version,
        course=course,
        outline=outline,
        revision=draft.revision if draft else 0,
        based_on=based_on,
        draft=draft,
        overtaken=not same_outline(tx, slug, based_on, version),
        titles=lesson_titles(tx, slug),
        begun=_begun(tx, slug),
        others={one: title for one, title in _courses(tx).items() if one != slug},
    )


def same_outline(tx: Tx, slug: str, one: int, other: int) -> bool:
    """Tell whether two versions of a course have the same outline; for who has asked who acts."""
    if one == other:
        return True
    return outline_at(tx, slug, one) == outline_at(tx, slug, other)


def outline_at(tx: Tx, slug: str, number: int) -> DraftOutline:
    """Return the outline of a version of a course; for who has asked who acts."""
    payload = tx.session.exec(
        select(CourseVersionRow.payload).where(
            CourseVersionRow.course_slug == slug, CourseVersionRow.number == number
        )
    ).one()
    return outline_of(Manifest.model_validate_json(payload).course)


def requirements(tx: Tx) -> dict[str, tuple[str, ...]]:
    """Return which courses each course requires; for who has asked who acts."""
    slugs = tx.session.exec(select(CourseRow.slug)).all()
    return {slug: manifest_of(tx.session, slug).course.requires for slug in slugs}


def _courses(tx: Tx) -> dict[str, str]:
    slugs = tx.session.exec(select(CourseRow.slug).order_by(CourseRow.slug)).all()
    return {slug: manifest_of(tx.session, slug).course.title for slug in slugs}


def lesson_titles(tx: Tx, slug: str) -> dict[str, str]:
    """Return the titles of every lesson ever published, by slug; for who has asked who acts."""
    rows = tx.session.exec(
        select(LessonVersionRow.lesson_slug, LessonVersionRow.title)
        .where(LessonVersionRow.course_slug == slug)
        .order_by(LessonVersionRow.lesson_slug, col(LessonVersionRow.number))
    )
    return dict(rows.all())


def _begun(tx: Tx, slug: str) -> dict[str, str]:
    begun = open_texts(tx, Kind.LESSON, slug)
    return {
        lesson: str(fields_of(text)[0].get("title") or lesson) for lesson, text in begun.items()
    }
