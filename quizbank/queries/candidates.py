"""What a form may be drawn from: windows of the bank where they do, the whole of it otherwise.

Parts of starting an attempt and of editing a blueprint, which have asked who acts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_, case, exists, func, or_, select, true
from sqlmodel import Session, col

from quizbank.assembly import Assembly, Binding, Candidate, Wanted, assemble
from quizbank.exams import Cell, ExamRules
from quizbank.expected_time import expected_seconds
from quizbank.forms import Quota, quotas, window_start
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.bank import ItemEnemyRow, ItemRow, ItemTagRow, ItemVersionRow
from quizbank.tables.exams import FormItemRow

_AT_ONCE = 500
# Where narrow windows prove nothing, wide ones mostly do, and reading all of a large bank is slow.
_WIDTHS = (1, 16)
Found = tuple[Any, ...]
_COLUMNS: tuple[Any, ...] = (
    ItemRow.id,
    ItemRow.version_id,
    ItemRow.objective,
    ItemRow.level,
    ItemRow.kind,
    ItemRow.critical,
    ItemRow.seconds,
    ItemRow.drawn,
)


@dataclass(frozen=True)
class Drawing:
    """One draw: for what, on which day, by which seed, and what its person has seen.

    `forms` is how many forms of the exam there are, for the share of them that an item stands in;
    `also` counts draws that stand nowhere yet; `instead` says of items, by id, as what they may be
    drawn once they are changed, None where they may not be drawn any more.
    """

    rules: ExamRules
    seed: int
    today: date
    seen: frozenset[str] = frozenset()
    forms: int = 0
    also: Mapping[str, int] = field(default_factory=dict[str, int])
    instead: Mapping[str, Candidate | None] = field(default_factory=dict[str, Candidate | None])

    @property
    def wanted(self) -> Wanted:
        """What the form must be."""
        budget = self.rules.time_budget
        return Wanted(quotas(self.rules.cells), budget * 60 if budget else None)

    @property
    def changed(self) -> list[Candidate]:
        """The items that may be drawn as they would be after their change."""
        return [one for one in self.instead.values() if one]

    @property
    def most_drawn(self) -> int | None:
        """In how many forms an item may stand already, and keep to the cap in one more."""
        cap = self.rules.exposure_cap
        return None if cap is None else int(cap * (self.forms + 1)) - 1


def drawing_for(
    session: Session,
    rules: ExamRules,
    seed: int,
    today: date,
    exam_id: str,
    person_id: str | None,
    also: Mapping[str, int] | None = None,
) -> Drawing:
    """Return the draw of one person, with all that the academy knows about it."""
    forms = 0
    if rules.exposure_cap is not None:
        forms = _rows(session, select(func.count()).where(col(AttemptRow.exam_id) == exam_id))[0][0]
    seen = seen_items(session, exam_id, person_id)
    return Drawing(rules, seed, today, seen, forms, also or {})


def seen_items(session: Session, exam_id: str, person_id: str | None) -> frozenset[str]:
    """Return the items of this person's earlier forms of the exam."""
    if person_id is None:
        return frozenset()
    query = (
        select(col(ItemVersionRow.item_id))
        .join(FormItemRow, col(FormItemRow.item_version_id) == col(ItemVersionRow.id))
        .join(AttemptRow, col(AttemptRow.form_id) == col(FormItemRow.form_id))
        .where(col(AttemptRow.person_id) == person_id, col(AttemptRow.exam_id) == exam_id)
    )
    return frozenset(item_id for (item_id,) in _rows(session, query))


def assembled(session: Session, drawing: Drawing, exact: bool = False) -> Assembly:
    """Return the form that this draw makes of the bank, or what is short.

    `exact` solves even where a greedy draw would do.
    """
    for times in _WIDTHS:
        candidates, complete = windows(session, drawing, times)
        made = assemble(candidates, drawing.wanted, drawing.seed, exact)
        undecided = any(one.binding is Binding.UNDECIDED for one in made.shortages)
        if complete or made.proved or undecided:
            return made
    return assemble(whole_bank(session, drawing), drawing.wanted, drawing.seed)


def windows(session: Session, drawing: Drawing, times: int = 1) -> tuple[list[Candidate], bool]:
    """Return candidates for every quota, unseen and under the cap first, from a window each.

    The windows are that many times as wide as usual. True where nothing that fits was left out.
    """
    rows: dict[str, Found] = {}
    complete = True
    for quota in drawing.wanted.quotas:
        most = quota.window * times
        own = _window(session, drawing, quota, most)
        complete = complete and len(own) < most
        if len(own) < most and drawing.seen:
            own += _rows(session, _fitting(drawing, quota).where(_among(drawing.seen)))
        rows |= {row[0]: row for row in own}
    return _candidates(session, drawing, rows.values()), complete


def whole_bank(session: Session, drawing: Drawing) -> list[Candidate]:
    """Return all that any form may need, whatever the size of the bank.

    Of items without enemies that are alike to every cell, no form needs more than it has places,
    so the database hands over that many of the cheapest.
    """
    hostile = or_(
        col(ItemRow.id).in_(select(col(ItemEnemyRow.item_id))),
        col(ItemRow.id).in_(select(col(ItemEnemyRow.enemy_id))),
        _among({enemy for one in drawing.changed for enemy in one.enemies}),
    )
    alike: list[Any] = [ItemRow.objective, ItemRow.critical, ItemRow.level, ItemRow.kind, hostile]
    alike += [_tagged(tag) for tag in _asked_tags(drawing.rules)]
    if drawing.rules.time_budget:
        alike.append(ItemRow.seconds)
    start = window_start(drawing.seed, drawing.wanted.quotas[0])
    order = [
        case((_among(drawing.seen), 1), else_=0),
        case((_under_cap(drawing), 0), else_=1),
        col(ItemRow.drawn),
        case((col(ItemRow.draw_key) >= start, 0), else_=1),
        col(ItemRow.draw_key),
    ]
    place = func.row_number().over(partition_by=alike, order_by=order).label("place")
    ranked = (
        select(*_COLUMNS, place, case((hostile, 1), else_=0).label("hostile"))
        .where(_drawable(drawing), col(ItemRow.objective).in_(drawing.rules.objectives))
        .subquery()
    )
    needed = or_(ranked.c.place <= drawing.rules.size, ranked.c.hostile == 1)
    names: list[Any] = [ranked.c[column.key] for column in _COLUMNS]
    return _candidates(session, drawing, _rows(session, select(*names).where(needed)))


def _window(session: Session, drawing: Drawing, quota: Quota, most: int) -> list[Found]:
    query, start = _fitting(drawing, quota), window_start(drawing.seed, quota)
    if drawing.seen:
        query = query.where(~_among(drawing.seen))
    found: list[Found] = []
    for of_cap in _by_cap(drawing):
        for side in (col(ItemRow.draw_key) >= start, col(ItemRow.draw_key) < start):
            missing = most - len(found)
            if missing:
                found += _rows(session, query.where(of_cap, side).limit(missing))
    return found


def _by_cap(drawing: Drawing) -> tuple[ColumnElement[bool], ...]:
    under = _under_cap(drawing)
    return (under,) if drawing.most_drawn is None else (under, ~under)


def _under_cap(drawing: Drawing) -> ColumnElement[bool]:
    most = drawing.most_drawn
    return true() if most is None else col(ItemRow.drawn) <= most


def _drawable(drawing: Drawing) -> ColumnElement[bool]:
    return and_(
        col(ItemRow.pool) == drawing.rules.pool,
        col(ItemRow.status) == "approved",
        # A text to read fills no place of a question.
        col(ItemRow.kind) != "description",
        col(ItemRow.review_due) > drawing.today,
        *([~_among(drawing.instead)] if drawing.instead else []),
    )


def of_cell(cell: Cell) -> list[ColumnElement[bool]]:
    """Return what an item must be to fill this cell."""
    # A text to read fills no place of a question.
    asked = [col(ItemRow.objective) == cell.objective, col(ItemRow.kind) != "description"]
    if cell.level:
        asked.append(col(ItemRow.level) == cell.level)
    if cell.kinds:
        asked.append(col(ItemRow.kind).in_(cell.kinds))
    return [*asked, *map(_tagged, cell.tags)]


def _fitting(drawing: Drawing, quota: Quota) -> Any:
    return (
        select(*_COLUMNS)
        .where(_drawable(drawing), col(ItemRow.critical) == quota.critical, *of_cell(quota.cell))
        .order_by(col(ItemRow.draw_key))
    )


def _tagged(tag: str) -> ColumnElement[bool]:
    return exists().where(col(ItemTagRow.item_id) == col(ItemRow.id), col(ItemTagRow.tag) == tag)


def _among(item_ids: Iterable[str]) -> ColumnElement[bool]:
    return col(ItemRow.id).in_(sorted(item_ids))


def _asked_tags(rules: ExamRules) -> list[str]:
    return sorted({tag for cell in rules.cells for tag in cell.tags})


def _candidates(session: Session, drawing: Drawing, rows: Iterable[Found]) -> list[Candidate]:
    listed = list(rows)
    ids = [row[0] for row in listed]
    asked = _asked_tags(drawing.rules)
    tags = _pairs(session, ids, ItemTagRow.item_id, ItemTagRow.tag, asked) if asked else {}
    enemies = _pairs(session, ids, ItemEnemyRow.item_id, ItemEnemyRow.enemy_id)
    most = drawing.most_drawn
    found = [
        Candidate(
            id=item_id,
            version_id=version_id,
            objective=objective,
            level=level,
            kind=kind,
            critical=critical,
            seconds=expected_seconds(kind, seconds),
            tags=frozenset(tags.get(item_id, ())),
            enemies=frozenset(enemies.get(item_id, ())),
            seen=item_id in drawing.seen,
            over_cap=most is not None and drawn > most,
            drawn=drawn + drawing.also.get(item_id, 0),
        )
        for item_id, version_id, objective, level, kind, critical, seconds, drawn in listed
    ]
    return found + drawing.changed


def _pairs(
    session: Session, ids: Sequence[str], of: Any, value: Any, among: Sequence[str] | None = None
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        query = select(of, value).where(of.in_(ids[start : start + _AT_ONCE]))
        if among is not None:
            query = query.where(value.in_(among))
        for item_id, one in _rows(session, query):
            found.setdefault(item_id, []).append(one)
    return found


def _rows(session: Session, query: Executable) -> list[Found]:
    # Below the session's mapping: a thousand candidates are read at every start.
    return [tuple(row) for row in session.connection().execute(query)]
