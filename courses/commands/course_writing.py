"""Editing a course's outline in the academy: a draft, then the next version of the course."""

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.permissions import Permission, needs
from courses.commands.content_drafts import held_draft, keep_draft
from courses.commands.publishing import held_course, newest_lesson, publish_course
from courses.outline_edit import DraftOutline, as_course, outline_of
from courses.queries.course_writing import requirements, same_outline
from courses.queries.stored import manifest_of

_OVERTAKEN = (
    "Another outline of this course was published since. Nothing was overwritten: "
    "keep yours and save it over, or load what stands."
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
    return keep_draft(tx, slug, "", based_on, outline.model_dump_json(), revision)


@needs(Permission.CONTENT_WRITE)
def drop_outline_draft(tx: Tx, slug: str, revision: int) -> None:
    """Give up an edited outline; what is published stands."""
    tx.session.delete(held_draft(tx, slug, "", revision))
    tx.session.flush()
    record(tx, "content:drop", slug, {})


@needs(Permission.CONTENT_WRITE)
def publish_outline(tx: Tx, slug: str, revision: int) -> int:
    """Publish the edited outline as the course's next version and return its number.

    What learners have done stays; a lesson that is taken out no longer counts for the exam.
    `Invalid` with every problem, `Conflict` where another outline stands by now.
    """
    draft, row = held_draft(tx, slug, "", revision), held_course(tx, slug)
    if row is None:
        raise NotFound("There is no such course.")
    if not same_outline(tx, slug, draft.based_on, row.version):
        raise Conflict(_OVERTAKEN)
    manifest = manifest_of(tx.session, slug)
    outline = DraftOutline.model_validate_json(draft.text)
    if outline == outline_of(manifest.course):
        raise Invalid(["Nothing differs from the published outline."])
    for lesson in outline.lessons:
        if newest_lesson(tx, slug, lesson) is None:
            raise Invalid([f"The lesson {lesson} is not published yet; publish it first."])
    course = as_course(manifest.course, outline, requirements(tx))
    publish_course(tx, row, course, manifest.figures)
    tx.session.delete(draft)
    tx.session.flush()
    return row.version
