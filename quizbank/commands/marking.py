"""Marking written answers: each marker once, by the rubric; the last one decides the exam."""

import json
from collections.abc import Mapping

from pydantic import JsonValue

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid
from base.permissions import Permission, needs
from quizbank.commands.deciding import decide_ended
from quizbank.marking import GivenMark
from quizbank.queries.marking import PartStanding, part_to_mark
from quizbank.queries.results import Verdict, find_verdict
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.decisions import EssayMarkRow

LONGEST_COMMENT = 4_000
MARKED_ALREADY = (
    "You have marked this answer already, and a mark is given once. "
    "Go on with the next one in the queue."
)
ENOUGH = (
    "Enough people have marked this answer meanwhile, so your mark was not needed. "
    "Go on with the next one in the queue."
)


@needs(Permission.RESULT_MARK)
def mark_essay(
    tx: Tx, attempt_id: str, position: int, part: str, points: Mapping[str, int], comment: str
) -> Verdict | None:
    """Append one's own points for one answer, by criterion.

    Returns the verdict where nothing of the exam waits any more. The same mark again changes
    nothing; another one is a `Conflict`, as is one that is not needed. Raises `Invalid` for points
    that the rubric does not allow, `NotAllowed` for one's own attempt.
    """
    # Markers come one after the other, so that each knows how many there were before.
    tx.session.get(AttemptRow, attempt_id, with_for_update=True)
    attempt, standing = part_to_mark(tx, attempt_id, position, part)
    problems = standing.manual.essay.problems_of(points)
    if len(comment) > LONGEST_COMMENT:
        problems.append(f"Shorten the comment to {LONGEST_COMMENT} characters.")
    if problems:
        raise Invalid(problems)
    if _given_before(tx, standing, points, comment):
        return find_verdict(tx, attempt.id)
    _append(tx, attempt.id, standing, points, comment)
    return decide_ended(tx, attempt)


def _given_before(tx: Tx, standing: PartStanding, points: Mapping[str, int], comment: str) -> bool:
    for one in standing.given:
        if one.marker_id == tx.actor.own_id:
            if _says(one, points, comment):
                return True
            raise Conflict(MARKED_ALREADY)
    if standing.agreed is not None:
        raise Conflict(ENOUGH)
    return False


def _says(one: GivenMark, points: Mapping[str, int], comment: str) -> bool:
    return (dict(one.points), one.comment) == (dict(points), comment)


def _append(
    tx: Tx, attempt_id: str, standing: PartStanding, points: Mapping[str, int], comment: str
) -> None:
    manual = standing.manual
    row = EssayMarkRow(
        attempt_id=attempt_id,
        position=standing.position,
        part=manual.part,
        number=len(standing.given) + 1,
        marker_id=tx.actor.own_id,
        marker=tx.actor.name,
        points=json.dumps(dict(points)),
        fraction=manual.essay.fraction_of(points),
        comment=comment,
        at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    given: dict[str, JsonValue] = {**points}
    record(
        tx,
        "essay:mark",
        attempt_id,
        {"position": row.position, "part": row.part, "points": given},
    )
