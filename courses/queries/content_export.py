"""Everything that the academy's courses consist of, as the files of a content folder."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from courses.content_filed import as_filed, layouts
from courses.content_writing import WholeCourse, content_to_files
from courses.course import Course
from courses.queries.filed import filed_texts
from courses.queries.handbook import standing_handbook
from courses.queries.stored import lesson_text, manifest_of
from courses.screening.case import ScreeningCase
from courses.tables.courses import CourseRow
from courses.tables.screening import ScreeningCaseRow, ScreeningCaseVersionRow
from quizbank.exams import ExamRules
from quizbank.files import named_files
from quizbank.items import Item
from quizbank.proposals import ItemStatus
from quizbank.queries.bank import source_keys
from quizbank.queries.files import pictures_named
from quizbank.queries.published import exam_version, item_versions
from quizbank.tables.bank import ItemRow
from quizbank.tables.exams import ExamRow

_OUT = (ItemStatus.APPROVED, ItemStatus.PILOT)


@dataclass(frozen=True)
class ContentFiles:
    """The files by their path, and in sentences what they leave out."""

    files: Mapping[str, bytes]
    left_out: tuple[str, ...]


@needs(Permission.CONTENT_WRITE)
def content_files(tx: Tx) -> ContentFiles:
    """Return every course as it stands: lessons, items, exams' rules, cases, figures, pictures.

    Reading the files into an empty academy gives the same again.
    """
    slugs = tx.session.exec(select(CourseRow.slug).order_by(CourseRow.slug)).all()
    courses = [_whole(tx, slug) for slug in slugs]
    handbook = standing_handbook(tx.session).handbook
    filed = filed_texts(tx)
    written = content_to_files(courses, source_keys(tx), handbook, layouts(filed))
    files, anew = as_filed(written, filed)
    remarks = [f"{path} is written anew; its comments and its order are lost." for path in anew]
    return ContentFiles(files, (*_left_out(tx, courses), *remarks))


def _whole(tx: Tx, slug: str) -> WholeCourse:
    manifest = manifest_of(tx.session, slug)
    course = manifest.course
    lessons = [lesson_text(tx.session, manifest.lessons[one]) for one in course.lesson_slugs]
    items = _items(tx, course)
    shown = frozenset[str]().union(
        *(named_files(item) for item in items), *(lesson.pictures() for lesson in lessons)
    )
    rules = {"exam": _rules(tx, course.exam_id), "practice": _rules(tx, course.practice_id)}
    return WholeCourse(
        course=course.model_copy(update=rules),
        lessons=lessons,
        items=items,
        cases=_cases(tx, slug),
        figures=manifest.figures,
        pictures=pictures_named(tx, shown),
    )


def _items(tx: Tx, course: Course) -> list[Item]:
    rows = tx.session.exec(
        select(ItemRow.version_id)
        .where(
            col(ItemRow.objective).in_([one.code for one in course.objectives]),
            col(ItemRow.status).in_(_OUT),
        )
        .order_by(ItemRow.objective, ItemRow.id)
    ).all()
    found = item_versions(tx.session, rows)
    return [found[one] for one in rows]


def _rules(tx: Tx, exam_id: str) -> ExamRules:
    return exam_version(tx.session, tx.session.get_one(ExamRow, exam_id).version_id)


def _cases(tx: Tx, slug: str) -> list[ScreeningCase]:
    payloads = tx.session.exec(
        select(ScreeningCaseVersionRow.payload)
        .join(ScreeningCaseRow, col(ScreeningCaseRow.version_id) == col(ScreeningCaseVersionRow.id))
        .where(ScreeningCaseRow.course_slug == slug, col(ScreeningCaseRow.retired_at).is_(None))
        .order_by(ScreeningCaseRow.id)
    )
    return [ScreeningCase.model_validate_json(one) for one in payloads]


def _left_out(tx: Tx, courses: list[WholeCourse]) -> tuple[str, ...]:
    written = {item.id for one in courses for item in one.items}
    statuses = Counter[str]()
    for item_id, status in tx.session.exec(select(ItemRow.id, ItemRow.status)):
        if item_id not in written:
            statuses["of no course" if status in _OUT else status] += 1
        elif status == ItemStatus.PILOT:
            statuses[status] += 1
    said = {
        ItemStatus.PILOT: "{} pilot items are written; read in again, they count.",
        "of no course": "{} items of no course are left out; `pinpoint items export` writes them.",
    }
    other = "{} items that are {} are left out; `pinpoint items export` writes them."
    return tuple(
        said.get(status, other).format(number, status) for status, number in statuses.items()
    )
