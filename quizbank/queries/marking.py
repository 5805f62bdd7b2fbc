"""Written answers that wait for people: whose turn it is, what to read, what was given so far.

Marking is blind: nothing here carries a learner's name, nor what another marker gave.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pydantic import JsonValue
from sqlmodel import col, select

from base.db import Tx
from base.errors import NotAllowed, NotFound
from base.permissions import Permission, needs
from quizbank.exams import Purpose
from quizbank.kinds.essay import Essay
from quizbank.kinds.shown import ManualPart
from quizbank.marking import GivenMark, agreed, markers_asked
from quizbank.queries.attempts import progress_of
from quizbank.queries.published import exam_version, form_items, item_versions
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.decisions import EssayMarkRow
from quizbank.tables.exams import ExamRow

NOTHING_TO_MARK = "There is no such answer to mark. Go to the marking queue and choose one."
YOUR_OWN = "This is your own attempt. Another examiner marks it."


class Sat(Protocol):
    """What of an attempt marking asks for."""

    @property
    def id(self) -> str: ...  # noqa: D102 the table says what each of these is
    @property
    def person_id(self) -> str: ...  # noqa: D102
    @property
    def exam_id(self) -> str: ...  # noqa: D102
    @property
    def exam_version_id(self) -> str: ...  # noqa: D102
    @property
    def form_id(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class PartStanding:
    """One text of an ended attempt, and the marks that it was given, in order.

    `context` is the question around it, where the text answers a part of one.
    """

    position: int
    context: str
    manual: ManualPart
    given: tuple[GivenMark, ...]

    @property
    def asked(self) -> int:
        """How many people must mark it, as far as is known."""
        return markers_asked(self.manual.essay, self._fractions)

    @property
    def agreed(self) -> float | None:
        """What it earns, or None while a marker is missing."""
        return agreed(self.manual.essay, self._fractions)

    @property
    def _fractions(self) -> list[float]:
        return [one.fraction for one in self.given]


@dataclass(frozen=True)
class ToMark:
    """One line of the marking queue."""

    attempt_id: str
    position: int
    part: str
    exam_title: str
    stem: str
    handed_in: datetime
    given: int
    asked: int


@dataclass(frozen=True)
class MarkingTask:
    """All that a marker may see of one answer."""

    line: ToMark
    context: str
    essay: Essay
    text: str


@needs(Permission.RESULT_MARK)
def marking_queue(tx: Tx, limit: int = 200) -> tuple[ToMark, ...]:
    """Return the answers that one may mark now, handed in longest ago first; never one's own."""
    pending = tx.session.exec(
        select(AttemptRow)
        .join(ExamRow, col(ExamRow.id) == col(AttemptRow.exam_id))
        .where(
            ExamRow.purpose == Purpose.EXAM,
            col(AttemptRow.closed_at).is_not(None),
            col(AttemptRow.decision_id).is_(None),
            AttemptRow.person_id != tx.actor.own_id,
        )
        .order_by(col(AttemptRow.closed_at), col(AttemptRow.id))
    ).all()
    lines: list[ToMark] = []
    for attempt in pending:
        if len(lines) >= limit:
            break
        open_to_me = (one for one in parts_of(tx, attempt) if _is_open_to(tx, one))
        lines += [_line(tx, attempt, one) for one in open_to_me]
    return tuple(lines[:limit])


@needs(Permission.RESULT_MARK)
def marking_task(tx: Tx, attempt_id: str, position: int, part: str) -> MarkingTask | None:
    """Return an answer to mark, or None once it needs no mark of one's own any more.

    Raises `NotFound` where there never was one, `NotAllowed` for one's own.
    """
    attempt, standing = part_to_mark(tx, attempt_id, position, part)
    if not _is_open_to(tx, standing):
        return None
    manual = standing.manual
    return MarkingTask(_line(tx, attempt, standing), standing.context, manual.essay, manual.text)


def part_to_mark(
    tx: Tx, attempt_id: str, position: int, part: str
) -> tuple[AttemptRow, PartStanding]:
    """Return an ended exam and one text in it; raises `NotFound`, `NotAllowed` for one's own."""
    attempt = tx.session.get(AttemptRow, attempt_id)
    if attempt is None or attempt.closed_at is None:
        raise NotFound(NOTHING_TO_MARK)
    if attempt.person_id == tx.actor.own_id:
        raise NotAllowed(YOUR_OWN)
    if exam_version(tx.session, attempt.exam_version_id).purpose is not Purpose.EXAM:
        raise NotFound(NOTHING_TO_MARK)
    for one in parts_of(tx, attempt):
        if (one.position, one.manual.part) == (position, part):
            return attempt, one
    raise NotFound(NOTHING_TO_MARK)


def parts_of(tx: Tx, attempt: AttemptRow) -> tuple[PartStanding, ...]:
    """Return every text of an attempt that counts and that people must mark, in order."""
    return parts_among(tx, attempt, progress_of(tx, attempt.id).responses)


def parts_among(
    tx: Tx, attempt: Sat, responses: Mapping[int, JsonValue]
) -> tuple[PartStanding, ...]:
    """Return the same where the attempt's standing responses are at hand."""
    places = [one for one in form_items(tx.session, attempt.form_id) if one.scored]
    items = item_versions(tx.session, [one.item_version_id for one in places])
    found = [
        (place.position, items[place.item_version_id], manual)
        for place in places
        for manual in items[place.item_version_id].manual_parts(responses.get(place.position))
    ]
    given = _given(tx, attempt.id) if found else {}
    return tuple(
        PartStanding(
            position=position,
            context=item.stem if manual.part else "",
            manual=manual,
            given=tuple(given.get((position, manual.part), ())),
        )
        for position, item, manual in found
    )


def _given(tx: Tx, attempt_id: str) -> dict[tuple[int, str], list[GivenMark]]:
    rows = tx.session.exec(
        select(EssayMarkRow)
        .where(EssayMarkRow.attempt_id == attempt_id)
        .order_by(col(EssayMarkRow.number))
    )
    given: dict[tuple[int, str], list[GivenMark]] = {}
    for row in rows:
        points = json.loads(row.points)
        one = GivenMark(row.marker_id, row.marker, points, row.fraction, row.comment, row.at)
        given.setdefault((row.position, row.part), []).append(one)
    return given


def _is_open_to(tx: Tx, one: PartStanding) -> bool:
    mine = any(mark.marker_id == tx.actor.own_id for mark in one.given)
    return one.agreed is None and not mine


def _line(tx: Tx, attempt: AttemptRow, one: PartStanding) -> ToMark:
    rules = exam_version(tx.session, attempt.exam_version_id)
    return ToMark(
        attempt_id=attempt.id,
        position=one.position,
        part=one.manual.part,
        exam_title=rules.title,
        stem=one.manual.essay.stem,
        handed_in=attempt.closed_at or tx.now,
        given=len(one.given),
        asked=one.asked,
    )
