"""The item bank as authors see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.exchange.formats import Format, losses, write_file
from quizbank.items import Item, item_from_json
from quizbank.proposals import OPEN
from quizbank.queries.files import pictures_of
from quizbank.queries.newest import newest_texts
from quizbank.queries.published import item_version
from quizbank.sources import Seen, Source
from quizbank.tables.bank import ItemRow, ItemVersionRow, SourceRow
from quizbank.tables.decisions import MarkRow
from quizbank.tables.exams import FormItemRow
from quizbank.tables.reviews import BulkEditItemRow, BulkEditRow, ItemProposalRow


@dataclass(frozen=True)
class ItemFilter:
    """Which items to list; None and an empty search mean any.

    `change` is the stage of a change that is on its way.
    """

    search: str = ""
    objective: str | None = None
    kind: str | None = None
    pool: str | None = None
    status: str | None = None
    critical: bool | None = None
    change: str | None = None


@dataclass(frozen=True)
class ItemSummary:
    """One line of the bank; `change` is the stage of the change on its way, if there is one."""

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
    change: str | None = None


@dataclass(frozen=True)
class VersionSummary:
    """One published version of an item, how often it was used, and what a bulk edit did to it."""

    id: str
    number: int
    published_at: datetime
    published_by: str
    approved_by: str | None
    forms: int
    marked: int
    moved: str = ""


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
def bank_items(tx: Tx, wanted: ItemFilter, limit: int = 2_000) -> tuple[ItemSummary, ...]:
    """Return the items that fit the filter, by objective and id."""
    query = select(ItemRow, ItemProposalRow.state).outerjoin(
        ItemProposalRow,
        (col(ItemProposalRow.item_id) == col(ItemRow.id)) & col(ItemProposalRow.state).in_(OPEN),
    )
    for column, value in (
        (ItemRow.objective, wanted.objective),
        (ItemRow.kind, wanted.kind),
        (ItemRow.pool, wanted.pool),
        (ItemRow.status, wanted.status),
        (ItemRow.critical, wanted.critical),
        (ItemProposalRow.state, wanted.change),
    ):
        if value is not None:
            query = query.where(column == value)
    for word in wanted.search.casefold().split():
        query = query.where(col(ItemRow.searchable).contains(word, autoescape=True))
    rows = tx.session.exec(query.order_by(ItemRow.objective, ItemRow.id).limit(limit))
    return tuple(_summary(row, change) for row, change in rows)


@needs(Permission.ITEM_READ)
def item_detail(tx: Tx, item_id: str) -> ItemDetail:
    """Return an item as its authors see it, with the key; raises `NotFound`.

    What is published counts; of an item that never was, its draft, once it is finished.
    """
    row = tx.session.get(ItemRow, item_id)
    if row is None:
        raise NotFound(f"There is no item {item_id}. Go back to the bank and choose another.")
    if row.version:
        item = item_version(tx.session, row.version_id)
    else:
        item = newest_texts(tx, [item_id])[item_id].item
    if item is None:
        raise NotFound(f"{item_id} is a draft that is not finished yet. Open it in the bank.")
    return ItemDetail(item, row.status, row.version, item_history(tx, item_id))


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
    """Return the items that fit the filter, drafts and retired ones too, as a file of this format.

    Each goes out as its newest text; a draft that is not finished is named among the losses.
    """
    ids = [summary.id for summary in bank_items(tx, wanted, limit=1_000_000)]
    newest = newest_texts(tx, ids)
    items = [item for one in ids if (item := newest[one].item)]
    unfinished = tuple(
        f"{one} is left out: its draft is not finished."
        for one in ids
        if newest[one].item is None and newest[one].change
    )
    lost = (*unfinished, *losses(file_format, items))
    content = write_file(file_format, items, pictures_of(tx, items))
    return BankFile(content, lost)


def unknown_sources(session: Session, item: Item) -> str:
    """Say which sources the item cites that the academy does not know; empty where none."""
    unknown = [key for key in item.sources if session.get(SourceRow, key) is None]
    return unknown_sentence(item.id, unknown) if unknown else ""


def unknown_sentence(item_id: str, unknown: Sequence[str]) -> str:
    """Say that the item cites these sources, and what to do."""
    return (
        f"{item_id} cites {', '.join(unknown)}, which the academy does not know. "
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


def _summary(row: ItemRow, change: str | None) -> ItemSummary:
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
        stem=row.stem,
        change=change,
    )


@needs(Permission.ITEM_READ)
def item_history(tx: Tx, item_id: str) -> tuple[VersionSummary, ...]:
    """Return the published versions of an item, newest first; none where it never was."""
    versions = tx.session.exec(
        select(ItemVersionRow)
        .where(ItemVersionRow.item_id == item_id)
        .order_by(col(ItemVersionRow.number).desc())
    ).all()
    ids = [version.id for version in versions]
    moved = _moved(tx, item_id)
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
            one.approved_by,
            forms.get(one.id, 0),
            marked.get(one.id, 0),
            moved.get(one.id, "") or moved.get(one.published_at, ""),
        )
        for one in versions
    )


def _moved(tx: Tx, item_id: str) -> dict[str | datetime, str]:
    """Return what edits of many items did here: by the version they made, or when taken back."""
    edits = tx.session.exec(
        select(BulkEditRow, BulkEditItemRow.after_id)
        .join(BulkEditItemRow, col(BulkEditItemRow.bulk_edit_id) == col(BulkEditRow.id))
        .where(BulkEditItemRow.item_id == item_id)
    ).all()
    moved: dict[str | datetime, str] = {}
    for edit, made in edits:
        moved[made] = f"{edit.what} changed by {edit.person}"
        if edit.undone_at:
            moved[edit.undone_at] = f"{edit.what} as before"
    return moved
