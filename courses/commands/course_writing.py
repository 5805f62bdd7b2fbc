"""Editing a course's outline in the academy: a draft, then the next version of the course."""

from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.permissions import Permission, needs
from courses.commands.content_drafts import keep_draft
from courses.commands.publishing import held_course, newest_lesson, publish_course
from courses.content_changes import an_outline
from courses.course import Course
from courses.outline_edit import DraftOutline, as_course, outline_of
from courses.queries.course_writing import requirements, same_outline
from courses.queries.stored import manifest_of
from courses.tables.courses import CourseRow
from courses.tables.editing import ContentChangeRow

_OVERTAKEN = (
    "Another outline of this course was published since. Nothing was overwritten: its author keeps "
    "it and goes on from what stands, or drops it."
)


@needs(Permission.CONTENT_WRITE)
def save_outline_draft(
    tx: Tx, slug: str, based_on: int, outline: DraftOutline, revision: int
) -> int:
    """Keep an outline as edited so far and return the draft's new revision.

    `based_on` is the version of the course that it goes on from; `Conflict` where another tab went
    on.
    """
    manifest_of(tx.session, slug)
    return keep_draft(tx, an_outline(slug), based_on, outline.model_dump_json(), revision)


def check_outline(tx: Tx, draft: ContentChangeRow) -> Course:
    """Return the course with the edited outline; for who has asked who acts.

    `Invalid` with every problem and where nothing differs, `Conflict` where another outline stands.
    """
    slug = draft.course_slug
    if not same_outline(tx, slug, draft.based_on, tx.session.get_one(CourseRow, slug).version):
        raise Conflict(_OVERTAKEN)
    standing = manifest_of(tx.session, slug).course
    outline = DraftOutline.model_validate_json(draft.text)
    if outline == outline_of(standing):
        raise Invalid(["Nothing differs from the published outline, so there is nothing to read."])
    for lesson in outline.lessons:
        if newest_lesson(tx, slug, lesson) is None:
            raise Invalid([f"The lesson {lesson} is not published yet; publish it first."])
    return as_course(standing, outline, requirements(tx))


def put_outline(tx: Tx, draft: ContentChangeRow) -> int:
    """Publish the edited outline as the course's next version and return its number.

    What learners have done stays; a lesson that is taken out no longer counts for the exam.
    For who has asked who acts.
    """
    row = held_course(tx, draft.course_slug)
    if row is None:
        raise NotFound("There is no such course.")
    course = check_outline(tx, draft)
    publish_course(tx, row, course, manifest_of(tx.session, row.slug).figures)
    return row.version
