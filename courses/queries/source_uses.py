"""Where each source is used: lessons, items, figures, cases, the handbook; what is due."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from courses.manifest import Manifest
from courses.queries.handbook import standing_handbook
from courses.queries.stored import lesson_text, manifest_of
from courses.screening.case import ScreeningCase
from courses.tables.courses import CourseRow
from courses.tables.screening import ScreeningCaseRow, ScreeningCaseVersionRow
from quizbank.items import Item
from quizbank.proposals import ItemStatus
from quizbank.queries.bank import source_keys
from quizbank.queries.published import item_versions
from quizbank.sources import Source
from quizbank.tables.bank import ItemRow

# What learners meet: a retired item concerns nobody any more.
_STANDING = (ItemStatus.APPROVED, ItemStatus.PILOT)
SOON = timedelta(days=60)


class Place(StrEnum):
    """What cites a source, or is to be reviewed."""

    COURSE = "course"
    LESSON = "lesson"
    ITEM = "item"
    FIGURE = "figure"
    CASE = "case"
    ROW = "contraindication"
    TERM = "glossary term"


@dataclass(frozen=True)
class Use:
    """One thing that rests on sources; `course` is empty for what belongs to all courses.

    `objectives` are those that it teaches or tests, `due` is the day of its next review.
    """

    place: Place
    course: str
    key: str
    title: str
    sources: tuple[str, ...]
    objectives: tuple[str, ...] = ()
    due: date | None = None


@dataclass(frozen=True)
class SourceUse:
    """A source, and everything that cites it."""

    source: Source
    uses: tuple[Use, ...]


@needs(Permission.ITEM_READ)
def source_uses(tx: Tx) -> tuple[SourceUse, ...]:
    """Return every source with what cites it, by key."""
    found: dict[str, list[Use]] = defaultdict(list)
    for use in _uses(tx):
        for key in use.sources:
            found[key].append(use)
    return tuple(SourceUse(one, tuple(found[one.key])) for one in source_keys(tx))


@needs(Permission.ITEM_READ)
def uses_of_source(tx: Tx, key: str) -> tuple[Use, ...]:
    """Return everything that cites a source."""
    return cited_by(tx, key)


def cited_by(tx: Tx, key: str) -> tuple[Use, ...]:
    """Return the same for what has asked who acts."""
    return tuple(use for use in _uses(tx) if key in use.sources)


@needs(Permission.ITEM_READ)
def reviews_due(tx: Tx) -> tuple[Use, ...]:
    """Return what is past its review date or comes to it within 60 days, the longest due first."""
    until = tx.now.date() + SOON
    due = [(use.due, use) for use in _uses(tx) if use.due and use.due <= until]
    return tuple(use for _, use in sorted(due, key=lambda one: (one[0], one[1].key)))


def _uses(tx: Tx) -> Iterator[Use]:
    slugs = tx.session.exec(select(CourseRow.slug).order_by(CourseRow.slug)).all()
    manifests = {slug: manifest_of(tx.session, slug) for slug in slugs}
    for slug, manifest in manifests.items():
        course = manifest.course
        yield Use(Place.COURSE, slug, slug, course.title, (), (), course.review_due)
        yield from _of_course(tx, slug, manifest)
    yield from _items(tx, manifests)
    handbook = standing_handbook(tx.session).handbook
    for row in handbook.rows:
        yield Use(Place.ROW, "", row.id, row.condition, row.sources, (), row.review_due)
    for term in handbook.terms:
        yield Use(Place.TERM, "", term.term, term.term, term.sources)


def _of_course(tx: Tx, slug: str, manifest: Manifest) -> Iterator[Use]:
    for version_id in manifest.lessons.values():
        one = lesson_text(tx.session, version_id)
        yield Use(
            Place.LESSON, slug, one.slug, one.title, one.sources, one.objectives, one.review_due
        )
    for name, facts in manifest.figures.items():
        yield Use(Place.FIGURE, slug, name, facts.title, facts.sources())
    payloads = tx.session.exec(
        select(ScreeningCaseVersionRow.payload)
        .join(ScreeningCaseRow, col(ScreeningCaseRow.version_id) == col(ScreeningCaseVersionRow.id))
        .where(ScreeningCaseRow.course_slug == slug, col(ScreeningCaseRow.retired_at).is_(None))
        .order_by(ScreeningCaseRow.id)
    )
    for payload in payloads:
        case = ScreeningCase.model_validate_json(payload)
        yield Use(
            Place.CASE, slug, case.id, case.client, case.sources, case.objectives, case.review_due
        )


def _items(tx: Tx, manifests: dict[str, Manifest]) -> Iterator[Use]:
    courses = {
        one.code: slug for slug, manifest in manifests.items() for one in manifest.course.objectives
    }
    versions = tx.session.exec(
        select(ItemRow.version_id).where(col(ItemRow.status).in_(_STANDING)).order_by(ItemRow.id)
    ).all()
    found = item_versions(tx.session, versions)
    for item in (found[one] for one in versions):
        yield _item(item, courses.get(item.objective, ""))


def _item(item: Item, course: str) -> Use:
    own = (item.objective,)
    return Use(Place.ITEM, course, item.id, item.stem, item.sources, own, item.review_due)
