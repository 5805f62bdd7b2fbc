"""Publishing, retiring and importing items."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.ids import new_id
from base.lined_yaml import Problem
from base.permissions import Permission, needs
from quizbank.commands.files import store_pictures
from quizbank.exchange.defaults import NO_SOURCE
from quizbank.exchange.items_read import ItemsRead, LinedItem, errors_of
from quizbank.exchange.updates import as_update
from quizbank.files import named_files
from quizbank.forms import draw_key
from quizbank.items import Item, item_from_json, item_to_json
from quizbank.origins import Origin
from quizbank.queries.bank import import_problems, unknown_sources
from quizbank.queries.files import unknown_files
from quizbank.sources import Source
from quizbank.tables import ItemEnemyRow, ItemRow, ItemTagRow, ItemVersionRow, SourceRow


@dataclass(frozen=True)
class LoadCounts:
    """What an import did; `kept` counts items left as people had edited them since."""

    added: int
    changed: int
    unchanged: int
    kept: int = 0


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did, and the lines that it could not use."""

    counts: LoadCounts
    problems: tuple[Problem, ...]


@needs(Permission.ITEM_PUBLISH)
def publish_item(tx: Tx, item: Item, based_on: int) -> int:
    """Publish the item as its next version and return the version's number.

    `based_on` is the version that was edited (0 for a new item); `Conflict` where somebody has
    published another since. Attempts keep the version that they were drawn with.
    """
    row = tx.session.get(ItemRow, item.id)
    standing = row.version if row else 0
    if standing != based_on:
        raise Conflict(
            f"{item.id} is at version {standing} now; you edited version {based_on}. "
            "Nothing was overwritten: copy your text, reload the item, and edit again."
        )
    unknown = (unknown_sources(tx.session, item), unknown_files(tx.session, item, {}))
    if any(unknown):
        raise Invalid([one for one in unknown if one])
    try:
        with tx.session.begin_nested():
            return _publish(tx, item, row, Origin.PERSON)
    except IntegrityError:
        raise Conflict(
            f"Somebody published {item.id} at the same moment. "
            "Nothing was overwritten: copy your text, reload the item, and edit again."
        ) from None


@needs(Permission.ITEM_RETIRE)
def retire_item(tx: Tx, item_id: str) -> None:
    """Take the item out of new forms; running attempts and results keep it."""
    _set_status(tx, item_id, "retired", "item:retire")


@needs(Permission.ITEM_PUBLISH)
def restore_item(tx: Tx, item_id: str) -> None:
    """Let a retired item be drawn again."""
    _set_status(tx, item_id, "approved", "item:restore")


@needs(Permission.ITEM_PUBLISH)
def import_items(tx: Tx, read: ItemsRead, strict: bool) -> ImportOutcome:
    """Publish what was understood of a file; with `strict`, nothing if anything was not.

    Warnings keep nothing out. Of a file of another system, what it cannot say stays as it is in
    the bank: where an item belongs, its sources and dates, reasons that were added here.
    """
    problems = import_problems(tx, read)
    errors = errors_of(problems)
    if strict and errors:
        raise Invalid([f"Line {one.line}: {one.message}" for one in errors])
    if any(NO_SOURCE.key in lined.item.sources for lined in read.items):
        _add_source(tx, NO_SOURCE)
        tx.session.flush()
    known = [
        _updated(tx, one) if one.foreign else one.item
        for one in read.items
        if not unknown_sources(tx.session, one.item)
        and not unknown_files(tx.session, one.item, read.files)
    ]
    shown = frozenset[str]().union(*(named_files(item) for item in known))
    store_pictures(tx, [picture for digest, picture in read.files.items() if digest in shown])
    return ImportOutcome(_load(tx, known), problems)


@needs(Permission.CONTENT_LOAD)
def load_items(tx: Tx, items: Sequence[Item]) -> LoadCounts:
    """Publish a course's items; one whose file has not changed makes no new version.

    An item that somebody edited in the academy since keeps that edit.
    """
    counts: Counter[str] = Counter()
    for item in items:
        row = tx.session.get(ItemRow, item.id)
        loaded = _last_loaded(tx, item.id)
        # Read, not compared as text: a field that came later stands at its default.
        if row and loaded and item_from_json(loaded.payload) == item:
            counts["unchanged"] += 1
        elif row and (loaded is None or loaded.number != row.version):
            counts["kept"] += 1
        else:
            counts["changed" if row else "added"] += 1
            _publish(tx, item, row, Origin.COURSE_FILE)
    return LoadCounts(counts["added"], counts["changed"], counts["unchanged"], counts["kept"])


@needs(Permission.CONTENT_LOAD)
def load_sources(tx: Tx, sources: Sequence[Source]) -> None:
    """Add or correct the sources that items and lessons cite."""
    for source in sources:
        _add_source(tx, source)
    tx.session.flush()


def _updated(tx: Tx, lined: LinedItem) -> Item:
    row = tx.session.get(ItemRow, lined.item.id)
    return as_update(lined.item, item_from_json(_payload(tx, row))) if row else lined.item


def _add_source(tx: Tx, source: Source) -> None:
    row = tx.session.get(SourceRow, source.key)
    if row is None:
        tx.session.add(SourceRow(**source.model_dump(mode="json")))
    else:
        row.citation, row.link, row.seen = source.citation, source.link, source.seen


def _load(tx: Tx, items: Sequence[Item]) -> LoadCounts:
    added = changed = 0
    for item in items:
        row = tx.session.get(ItemRow, item.id)
        if row is None:
            added += 1
        elif _payload(tx, row) != item_to_json(item):
            changed += 1
        else:
            continue
        _publish(tx, item, row, Origin.PERSON)
    return LoadCounts(added, changed, len(items) - added - changed)


def _publish(tx: Tx, item: Item, row: ItemRow | None, origin: Origin) -> int:
    version = ItemVersionRow(
        id=new_id(),
        item_id=item.id,
        number=row.version + 1 if row else 1,
        payload=item_to_json(item),
        origin=origin,
        published_at=tx.now,
        published_by=tx.actor.name,
    )
    if row is None:
        row = _new_row(item)
    _describe(row, item, version)
    tx.session.add(row)
    tx.session.flush()
    _tag(tx, item)
    _set_enemies(tx, item)
    tx.session.add(version)
    record(tx, "item:publish", item.id, {"version": version.number, "version_id": version.id})
    return version.number


def _new_row(item: Item) -> ItemRow:
    return ItemRow(
        id=item.id,
        kind=item.kind,
        pool=item.pool,
        objective=item.objective,
        level=item.level,
        critical=item.critical,
        status="approved",
        review_due=item.review_due,
        draw_key=draw_key(item.id),
        version=0,
        version_id="",
        stem="",
        searchable="",
    )


def _describe(row: ItemRow, item: Item, version: ItemVersionRow) -> None:
    row.kind, row.pool, row.objective = item.kind, item.pool, item.objective
    row.level, row.critical, row.review_due = item.level, item.critical, item.review_due
    row.seconds = item.seconds
    row.version, row.version_id, row.stem = version.number, version.id, item.stem
    options = [choice.text for choice in item.prompt().choices]
    named = [item.id, item.title, item.origin]
    row.searchable = " ".join([*named, item.stem, *item.tags, *options]).casefold()


def _tag(tx: Tx, item: Item) -> None:
    standing = tx.session.exec(select(ItemTagRow).where(ItemTagRow.item_id == item.id)).all()
    for row in standing:
        if row.tag not in item.tags:
            tx.session.delete(row)
    for tag in dict.fromkeys(item.tags):
        if tag not in {row.tag for row in standing}:
            tx.session.add(ItemTagRow(item_id=item.id, tag=tag))


def _set_enemies(tx: Tx, item: Item) -> None:
    standing = tx.session.exec(select(ItemEnemyRow).where(ItemEnemyRow.item_id == item.id)).all()
    for row in standing:
        if row.enemy_id not in item.enemies:
            tx.session.delete(row)
    for enemy in dict.fromkeys(item.enemies):
        if enemy not in {row.enemy_id for row in standing}:
            tx.session.add(ItemEnemyRow(item_id=item.id, enemy_id=enemy))


def _last_loaded(tx: Tx, item_id: str) -> ItemVersionRow | None:
    return tx.session.exec(
        select(ItemVersionRow)
        .where(ItemVersionRow.item_id == item_id, ItemVersionRow.origin == Origin.COURSE_FILE)
        .order_by(col(ItemVersionRow.number).desc())
        .limit(1)
    ).first()


def _payload(tx: Tx, row: ItemRow) -> str:
    version = tx.session.get_one(ItemVersionRow, row.version_id)
    return version.payload


def _set_status(tx: Tx, item_id: str, status: str, action: str) -> None:
    row = tx.session.get(ItemRow, item_id)
    if row is None:
        raise NotFound(f"There is no item {item_id}. Go back to the bank and choose another.")
    if row.status != status:
        row.status = status
        record(tx, action, item_id, {"version": row.version})
