"""Where an item is used, and what changing it would do there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue
from sqlalchemy import case, func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.assembly import Candidate
from quizbank.descriptions import Description, describe, describe_fields
from quizbank.exams import ExamRules, Purpose
from quizbank.expected_time import expected_seconds
from quizbank.forms import quotas
from quizbank.proposals import ItemStatus
from quizbank.queries.candidates import Drawing, assembled
from quizbank.queries.published import exam_version, item_version
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.bank import ItemRow, ItemVersionRow
from quizbank.tables.exams import ExamRow, FormItemRow


@dataclass(frozen=True)
class ItemUse:
    """How often one version of an item stands in the forms of one exam; `running` are not ended."""

    exam_id: str
    exam: str
    version: int
    attempts: int
    running: int


@dataclass(frozen=True)
class EditImpact:
    """What a change of an item does once it is published.

    `draws` are the exams that draw the item now, `running` the uses by attempts that go on, and
    `short` says why no form could be drawn any more, cell by cell.
    """

    draws: tuple[str, ...]
    running: tuple[ItemUse, ...]
    short: tuple[str, ...]


@needs(Permission.ITEM_READ)
def item_uses(tx: Tx, item_id: str) -> tuple[ItemUse, ...]:
    """Return the exams and versions that forms hold of this item, newest version first."""
    running = func.sum(case((col(AttemptRow.closed_at).is_(None), 1), else_=0))
    query = (
        select_columns(
            col(ExamRow.id), col(ExamRow.title), col(ItemVersionRow.number), func.count(), running
        )
        .select_from(FormItemRow)
        .join(ItemVersionRow, col(ItemVersionRow.id) == col(FormItemRow.item_version_id))
        .join(AttemptRow, col(AttemptRow.form_id) == col(FormItemRow.form_id))
        .join(ExamRow, col(ExamRow.id) == col(AttemptRow.exam_id))
        .where(col(ItemVersionRow.item_id) == item_id)
        .group_by(col(ExamRow.id), col(ExamRow.title), col(ItemVersionRow.number))
        .order_by(col(ItemVersionRow.number).desc(), col(ExamRow.title))
    )
    return tuple(ItemUse(*row) for row in tx.session.connection().execute(query))


@needs(Permission.ITEM_READ)
def edit_impact(tx: Tx, item_id: str, fields: Mapping[str, JsonValue]) -> EditImpact:
    """Return what publishing these fields as the item's next version does; nothing for a new one.

    Attempts always keep the version that they were drawn with.
    """
    row = tx.session.get(ItemRow, item_id)
    if row is None or not row.version:
        return EditImpact((), (), ())
    before = describe(item_version(tx.session, row.version_id))
    after = describe_fields(fields, tx.now.date())
    drawn_from = _exams_that_draw(tx, row, before)
    short: list[str] = []
    if _drawn_as(before) != _drawn_as(after):
        short = [said for rules in drawn_from for said in _cut_short(tx, rules, row, after)]
    return EditImpact(
        draws=tuple(rules.title for rules in drawn_from),
        running=tuple(one for one in item_uses(tx, item_id) if one.running),
        short=tuple(short),
    )


def _exams_that_draw(tx: Tx, row: ItemRow, item: Description) -> Sequence[ExamRules]:
    if row.status != ItemStatus.APPROVED or item.review_due <= tx.now.date():
        return ()
    # Remediation takes what there is, and is never short.
    lasting = select(ExamRow.version_id).where(ExamRow.purpose != Purpose.REMEDIATION)
    versions = tx.session.exec(lasting.order_by(ExamRow.title)).all()
    published = [exam_version(tx.session, one) for one in versions]
    return [
        rules
        for rules in published
        if row.id in rules.descriptions
        or (rules.pool == item.pool and any(one.takes(item) for one in quotas(rules.cells)))
    ]


def _drawn_as(item: Description) -> Description:
    # What is left then decides about no draw.
    return replace(item, stem="", searchable="")


def _cut_short(tx: Tx, rules: ExamRules, row: ItemRow, after: Description) -> list[str]:
    """Return why no form can be drawn after the change, where it is the change that does it."""
    today = tx.now.date()
    if row.id in rules.descriptions:
        stays = after.kind == "description" and after.review_due > today
        return [] if stays else [f"{rules.title} shows it first, and could not any more"]
    now = Drawing(rules, seed=0, today=today)
    drawable = after.pool == rules.pool and after.review_due > today
    then = replace(now, instead={row.id: _candidate(row, after) if drawable else None})
    short = assembled(tx.session, then).shortages
    before = assembled(tx.session, now).shortages if short else ()
    return [f"{rules.title}: {one}" for one in short if one not in before]


def _candidate(row: ItemRow, item: Description) -> Candidate:
    return Candidate(
        id=row.id,
        version_id=row.version_id,
        objective=item.objective,
        level=item.level,
        kind=item.kind,
        critical=item.critical,
        seconds=expected_seconds(item.kind, item.seconds),
        tags=frozenset(item.tags),
        enemies=frozenset(item.enemies),
        drawn=row.drawn,
    )
