"""The life of lessons, outlines and cases: one sends what was written, another reads it."""

from courses.commands.content_reviews import approve_content, send_content
from courses.commands.lesson_writing import save_lesson_draft
from courses.commands.screening_cases import save_case_draft
from courses.content_changes import Subject, a_lesson
from courses.lesson_files import fields_of, lesson_file
from courses.queries.content_drafts import SavedDraft, saved_draft
from courses.queries.lesson_writing import lesson_sheet
from courses.screening.case import ScreeningCase
from courses.screening.sheet import sheet_of
from tests.factories import COURSE, World


def saved(world: World, subject: Subject, who: str = "bela") -> SavedDraft:
    """Return what is being written of this, as somebody sees it."""
    with world.looking(who) as tx:
        draft = saved_draft(tx, subject)
    assert draft is not None
    return draft


def send(world: World, subject: Subject, who: str = "bela") -> SavedDraft:
    """Send what is written for review; returns it as it stands in review."""
    draft = saved(world, subject)
    with world.acting(who) as tx:
        send_content(tx, draft.id, draft.revision)
    return saved(world, subject)


def approve(world: World, subject: Subject, who: str = "cato") -> int:
    """Publish what is in review; returns the new version's number."""
    draft = saved(world, subject)
    with world.acting(who) as tx:
        return approve_content(tx, draft.id, draft.revision)


def publish(world: World, subject: Subject, writer: str = "bela") -> int:
    """Send what was written and let cato publish it; returns the new version's number."""
    send(world, subject, writer)
    return approve(world, subject)


def begin_lesson_change(
    world: World,
    lesson: str = "01-what-needling-is",
    title: str = "What needles do",
    who: str = "bela",
) -> SavedDraft:
    """Let somebody give a lesson another title in a draft; returns the draft."""
    with world.acting(who) as tx:
        sheet = lesson_sheet(tx, COURSE, lesson)
        fields, body = fields_of(sheet.versions[0].text)
        text = lesson_file({**fields, "title": title}, body)
        revision = sheet.draft.revision if sheet.draft else 0
        save_lesson_draft(tx, COURSE, lesson, sheet.version, text, revision)
    return saved(world, a_lesson(COURSE, lesson), who)


def write_case(world: World, case: ScreeningCase, based_on: int, revision: int = 0) -> int:
    """Let bela save a case as a draft; returns the draft's revision."""
    with world.acting("bela") as tx:
        return save_case_draft(tx, case.id, based_on, sheet_of(case), revision)
