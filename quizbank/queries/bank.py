"""The item bank as authors see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from base.db import Tx
from base.errors import NotFound
from base.lined_yaml import Problem
from base.permissions import Permission, needs
from quizbank.exchange.defaults import NO_SOURCE
from quizbank.exchange.formats import Format, losses, write_file
from quizbank.exchange.items_read import ItemsRead
from quizbank.items import Item, item_from_json
from quizbank.queries.files import pictures_of, unknown_files
from quizbank.queries.published import item_versions
from quizbank.sources import Seen, Source
from quizbank.tables import FormItemRow, ItemRow, ItemVersionRow, MarkRow, SourceRow


@dataclass(frozen=True)
class ItemFilter:
    """Which items to list; None and an empty search mean any."""

    search: str = ""
    objective: str | None = None
    kind: str | None = None
    pool: str | None = None
    status: str | None = None
    critical: bool | None = None


@dataclass(frozen=True)
class ItemSummary:
    """One line of the bank."""

    id: str
    kind: str
    pool: str
    objective: str
    level: str
    critical: bool
    status: str
    version: int
    review_due: date
    stem: str


@dataclass(frozen=True)
class VersionSummary:
    """One published version of an item, and how often it was used."""

    id: str
    number: int
    published_at: datetime
    published_by: str
    forms: int
    marked: int


@dataclass(frozen=True)
class ItemDetail:
    """An item as it stands, with its history, newest version first."""

    item: Item
    status: str
    version: int
    versions: tuple[VersionSummary, ...]


@dataclass(frozen=True)
class BankFacets:
    """What the bank can be filtered by."""

    objectives: tuple[str, ...]
    kinds: tuple[str, ...]
    items: int


@dataclass(frozen=True)
class BankFile:
    """A file of items, and a sentence for everything that its format could not carry."""

    content: bytes
    losses: tuple[str, ...]


@needs(Permission.ITEM_READ)
def bank_facets(tx: Tx) -> BankFacets:
    """Return the objectives and kinds that the bank has, and how many items in all."""
    rows = tx.session.exec(
        select(ItemRow.objective, ItemRow.kind, func.count())
        .group_by(ItemRow.objective, ItemRow.kind)
        .order_by(ItemRow.objective, ItemRow.kind)
    ).all()
    objectives = dict.fromkeys(objective for objective, _, _ in rows)
    kinds = dict.fromkeys(kind for _, kind, _ in rows)
    return BankFacets(tuple(objectives), tuple(kinds), sum(count for _, _, count in rows))


@needs(Permission.ITEM_READ)
def bank_items(tx: Tx, wanted: ItemFilter, limit: int = 500) -> tuple[ItemSummary, ...]:
    """Return the items that fit the filter, by objective and id."""
    query = select(ItemRow, ItemVersionRow.payload).join(
        ItemVersionRow, col(ItemVersionRow.id) == col(ItemRow.version_id)
    )
    for column, value in (
        (ItemRow.objective, wanted.objective),
        (ItemRow.kind, wanted.kind),
        (ItemRow.pool, wanted.pool),
        (ItemRow.status, wanted.status),
        (ItemRow.critical, wanted.critical),
    ):
        if value is not None:
            query = query.where(column == value)
    for word in wanted.search.casefold().split():
        query = query.where(col(ItemRow.searchable).contains(word, autoescape=True))
    rows = tx.session.exec(query.order_by(ItemRow.objective, ItemRow.id).limit(limit))
    return tuple(_summary(row, item_from_json(payload)) for row, payload in rows)


@needs(Permission.ITEM_READ)
def item_detail(tx: Tx, item_id: str) -> ItemDetail:
    """Return an item as its authors see it, with the key; raises `NotFound`."""
    row = tx.session.get(ItemRow, item_id)
    if row is None:
        raise NotFound(f"There is no item {item_id}. Go back to the bank and choose another.")
    item = item_versions(tx.session, [row.version_id])[row.version_id]
    return ItemDetail(item, row.status, row.version, _history(tx, item_id))


@needs(Permission.ITEM_READ)
def item_at_version(tx: Tx, version_id: str) -> Item:
    """Return an item as it was published in one version; raises `NotFound`."""
    row = tx.session.get(ItemVersionRow, version_id)
    if row is None:
        raise NotFound("There is no such version. Go back to the item and choose another.")
    return item_from_json(row.payload)


@needs(Permission.ITEM_READ)
def free_item_id(tx: Tx, objective: str) -> str:
    """Return an id for a new item of this objective: one above its highest, `mf-01-031`."""
    stem = f"{objective.lower()}-"
    ids = tx.session.exec(select(ItemRow.id).where(ItemRow.objective == objective))
    endings = [one.removeprefix(stem) for one in ids if one.startswith(stem)]
    highest = max((int(ending) for ending in endings if ending.isdecimal()), default=0)
    return f"{stem}{highest + 1:03d}"


@needs(Permission.ITEM_READ)
def item_exists(tx: Tx, item_id: str) -> bool:
    """Tell whether an item, in use or retired, has this id."""
    return tx.session.get(ItemRow, item_id) is not None


@needs(Permission.ITEM_READ)
def bank_as_file(tx: Tx, wanted: ItemFilter, file_format: Format) -> BankFile:
    """Return the items that fit the filter, retired ones too, as a file of this format."""
    ids = [summary.id for summary in bank_items(tx, wanted, limit=1_000_000)]
    found: dict[str, str] = {}
    for start in range(0, len(ids), 500):
        found |= dict(
            tx.session.exec(
                select(ItemRow.id, ItemRow.version_id).where(
                    col(ItemRow.id).in_(ids[start : start + 500])
                )
            ).all()
        )
    versions = item_versions(tx.session, list(found.values()))
    items = [versions[found[one]] for one in ids]
    content = write_file(file_format, items, pictures_of(tx, items))
    return BankFile(content, losses(file_format, items))


@needs(Permission.ITEM_READ)
def import_problems(tx: Tx, read: ItemsRead) -> tuple[Problem, ...]:
    """Return all that stands against importing a file whole, by line."""
    problems = list(read.problems)
    for lined in read.items:
        # The import itself adds the source that stands for none.
        if unknown := unknown_sources(tx.session, lined.item, known=NO_SOURCE.key):
            problems.append(Problem(lined.line, unknown))
        if missing := unknown_files(tx.session, lined.item, read.files):
            problems.append(Problem(lined.line, missing))
    return tuple(sorted(problems, key=lambda problem: problem.line))


def unknown_sources(session: Session, item: Item, known: str = "") -> str:
    """Say which sources the item cites that the academy does not know; empty where none."""
    unknown = [key for key in item.sources if key != known and session.get(SourceRow, key) is None]
    if not unknown:
        return ""
    return (
        f"{item.id} cites {', '.join(unknown)}, which the academy does not know. "
        "Use the key of a source in the list, or add the source to the course first."
    )


@needs(Permission.COURSE_STUDY)
def sources(tx: Tx, keys: Sequence[str]) -> tuple[Source, ...]:
    """Return the sources with these keys, in the order asked; unknown keys are left out."""
    rows = tx.session.exec(select(SourceRow).where(col(SourceRow.key).in_(keys)))
    found = {row.key: _source(row) for row in rows}
    return tuple(found[key] for key in keys if key in found)


@needs(Permission.ITEM_READ)
def source_keys(tx: Tx) -> tuple[Source, ...]:
    """Return every source that an item may cite."""
    rows = tx.session.exec(select(SourceRow).order_by(SourceRow.key))
    return tuple(_source(row) for row in rows)


def _source(row: SourceRow) -> Source:
    return Source(key=row.key, citation=row.citation, link=row.link, seen=Seen(row.seen))


def _summary(row: ItemRow, item: Item) -> ItemSummary:
    return ItemSummary(
        id=row.id,
        kind=row.kind,
        pool=row.pool,
        objective=row.objective,
        level=row.level,
        critical=row.critical,
        status=row.status,
        version=row.version,
        review_due=row.review_due,
        stem=item.stem,
    )


def _history(tx: Tx, item_id: str) -> tuple[VersionSummary, ...]:
    versions = tx.session.exec(
        select(ItemVersionRow)
        .where(ItemVersionRow.item_id == item_id)
        .order_by(col(ItemVersionRow.number).desc())
    ).all()
    ids = [version.id for version in versions]
    forms = dict(
        tx.session.exec(
            select(FormItemRow.item_version_id, func.count())
            .where(col(FormItemRow.item_version_id).in_(ids))
            .group_by(FormItemRow.item_version_id)
        ).all()
    )
    marked = dict(
        tx.session.exec(
            select(MarkRow.item_version_id, func.count())
            .where(col(MarkRow.item_version_id).in_(ids))
            .group_by(MarkRow.item_version_id)
        ).all()
    )
    return tuple(
        VersionSummary(
            one.id,
            one.number,
            one.published_at,
            one.published_by,
            forms.get(one.id, 0),
            marked.get(one.id, 0),
        )
        for one in versions
    )
