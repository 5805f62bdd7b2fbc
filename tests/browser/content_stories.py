"""What an author changed of lessons, outlines and cases before the screens are looked at."""

from courses.commands.course_writing import save_outline_draft
from courses.content_changes import Kind, a_case, a_lesson, an_outline
from courses.outline_edit import lesson_moved
from courses.queries.course_writing import course_sheet
from courses.queries.screening_cases import screening_cases
from tests.content_life import begin_lesson_change, send, write_case
from tests.factories import COURSE, World

REFRESHER = "annual-safety-refresher"
IN_REVIEW = "11-healing-course-and-intervals"


def change_content(world: World) -> dict[Kind, str]:
    """Let bela send a change of each kind of content for review; returns their ids."""
    begin_lesson_change(world, IN_REVIEW, "Healing, day by day and course by course")
    with world.acting("bela") as tx:
        first = screening_cases(tx)[0]
        sheet = course_sheet(tx, REFRESHER)
        moved = lesson_moved(sheet.outline, sheet.outline.lessons[0], 1)
        save_outline_draft(tx, REFRESHER, sheet.version, moved, 0)
    better = {"debrief": f"{first.case.debrief} Write it down."}
    write_case(world, first.case.model_copy(update=better), 1)
    case = a_case(first.course_slug, first.case.id)
    subjects = (a_lesson(COURSE, IN_REVIEW), case, an_outline(REFRESHER))
    return {one.kind: send(world, one).id for one in subjects}
