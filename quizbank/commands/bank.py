"""Bringing many items in: a course's files are published, everything else becomes drafts."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid
from base.ids import new_id
from base.lined_yaml import Problem
from base.permissions import Permission, needs
from quizbank.commands.drafting import draft_items
from quizbank.commands.files import store_pictures
from quizbank.commands.publishing import Hand, publish_version
from quizbank.exchange.defaults import NO_SOURCE, lacks_source
from quizbank.exchange.items_read import ItemsRead, errors_of, warning
from quizbank.files import named_files
from quizbank.items import Item, item_from_json, item_to_json
from quizbank.origins import Origin
from quizbank.queries.importing import ImportPlan, PlannedItem, import_plan
from quizbank.sources import Source
from quizbank.tables.bank import ItemRow, ItemVersionRow, SourceRow

# The share of the time that an import takes to compare its file with the bank.
_PLANNED = 0.4
# PostgreSQL's code for a value that must be unique and is there already.
_TAKEN = "23505"
_AT_ONCE = (
    "Somebody else brought in or began to write items of this file at the same moment, so nothing "
    "was imported. Import the file again: what is in the bank by now is then compared with it."
)


@dataclass(frozen=True)
class LoadCounts:
    """What an import did; `kept` counts items left as people had edited them since."""

    added: int
    changed: int
    unchanged: int
    kept: int = 0


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did, and all that was to say of the file, by line.

    `unsent` says again what stays a draft though it should have gone to the reviewers.
    """

    counts: LoadCounts
    problems: tuple[Problem, ...]
    unsent: tuple[Problem, ...]


def unheard(_share: float) -> None:
    """Take the share of an import that is done, and tell nobody."""


@needs(Permission.ITEM_WRITE)
def import_items(
    tx: Tx,
    read: ItemsRead,
    strict: bool,
    send: bool = False,
    progress: Callable[[float], None] = unheard,
) -> ImportOutcome:
    """Make drafts of what was understood of a file; with `strict`, none if anything was not.

    A new item becomes a draft, a changed one a change of what is published; with `send`, they go
    to the reviewers at once, but for those that nobody may approve because their source is
    missing. The same file again changes nothing. Warnings keep nothing out. Of
    a file of another system, what it cannot say stays as it is in the bank: where an item
    belongs, its sources and dates, reasons that were added here. `progress` is told the share
    that is done, 0 to 1. Raises `Conflict`, and nothing was done, where somebody else brings in
    or writes the same items at the same moment.
    """
    plan = import_plan(tx, read)
    errors = errors_of(plan.problems)
    if strict and errors:
        raise Invalid([f"Line {one.line}: {one.message}" for one in errors])
    progress(_PLANNED)
    unsent = _uncited(plan.planned) if send else {}
    sent = frozenset(one.item.id for one in plan.planned if send and one.item.id not in unsent)
    try:
        _store(tx, read, plan, sent, lambda share: progress(_PLANNED + (1 - _PLANNED) * share))
    except IntegrityError as error:
        # Only PostgreSQL lets two write at once; each planned before it saw the other's rows.
        if getattr(error.orig, "sqlstate", "") != _TAKEN:
            raise
        raise Conflict(_AT_ONCE) from error
    added = sum(planned.is_new for planned in plan.planned)
    counts = LoadCounts(added, len(plan.planned) - added, plan.unchanged, plan.kept)
    if plan.planned:
        facts = {"added": counts.added, "changed": counts.changed, "sent": len(sent)}
        record(tx, "item:import", new_id(), facts | {"items": digest_of(plan.planned)})
    progress(1)
    problems = sorted([*plan.problems, *unsent.values()], key=lambda problem: problem.line)
    return ImportOutcome(counts, tuple(problems), tuple(unsent.values()))


def _uncited(planned: Sequence[PlannedItem]) -> dict[str, Problem]:
    """Return, by id, why items stay drafts that nobody may approve as they are."""
    return {
        one.item.id: warning(one.line, f"It was not sent for review, and stays a draft. {why}")
        for one in planned
        if (why := lacks_source(one.item))
    }


def _store(
    tx: Tx,
    read: ItemsRead,
    plan: ImportPlan,
    sent: frozenset[str],
    progress: Callable[[float], None],
) -> None:
    if any(NO_SOURCE.key in planned.item.sources for planned in plan.planned):
        _add_source(tx, NO_SOURCE)
        tx.session.flush()
    if read.files:
        shown = frozenset[str]().union(*(named_files(planned.item) for planned in plan.planned))
        store_pictures(tx, [picture for digest, picture in read.files.items() if digest in shown])
    draft_items(tx, plan.planned, sent, progress)


def digest_of(planned: Iterable[PlannedItem]) -> str:
    """Return the SHA-256, in hex, over the JSON of these items in the order of their ids.

    One entry of the audit log thus tells of every item of a file what it said as it came in;
    the drafts themselves carry the same instant and the same author.
    """
    digest = hashlib.sha256()
    for one in sorted(planned, key=lambda one: one.item.id):
        digest.update(item_to_json(one.item).encode() + b"\n")
    return digest.hexdigest()


@needs(Permission.CONTENT_LOAD)
def load_items(tx: Tx, items: Sequence[Item]) -> LoadCounts:
    """Publish a course's items; one whose file has not changed makes no new version.

    An item that somebody edited in the academy since keeps that edit, and a change that is on
    its way waits for its author to carry it over.
    """
    counts: Counter[str] = Counter()
    hand = Hand(Origin.COURSE_FILE, tx.actor.name)
    for item in items:
        row = tx.session.get(ItemRow, item.id)
        loaded = _last_loaded(tx, item.id)
        # Read, not compared as text: a field that came later stands at its default.
        if row and loaded and item_from_json(loaded.payload) == item:
            counts["unchanged"] += 1
        elif row and row.version != (loaded.number if loaded else 0):
            counts["kept"] += 1
        else:
            counts["changed" if loaded else "added"] += 1
            publish_version(tx, item, row, hand)
    return LoadCounts(counts["added"], counts["changed"], counts["unchanged"], counts["kept"])


@needs(Permission.CONTENT_LOAD)
def load_sources(tx: Tx, sources: Sequence[Source]) -> None:
    """Add or correct the sources that items and lessons cite."""
    for source in sources:
        _add_source(tx, source)
    tx.session.flush()


def _add_source(tx: Tx, source: Source) -> None:
    row = tx.session.get(SourceRow, source.key)
    if row is None:
        tx.session.add(SourceRow(**source.model_dump(mode="json")))
    else:
        row.citation, row.link, row.seen = source.citation, source.link, source.seen


def _last_loaded(tx: Tx, item_id: str) -> ItemVersionRow | None:
    return tx.session.exec(
        select(ItemVersionRow)
        .where(ItemVersionRow.item_id == item_id, ItemVersionRow.origin == Origin.COURSE_FILE)
        .order_by(col(ItemVersionRow.number).desc())
        .limit(1)
    ).first()
