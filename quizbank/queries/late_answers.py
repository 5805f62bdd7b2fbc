"""What came after the end of an attempt and was refused, for those who read results."""

import json
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue
from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.queries.attempts import item_at
from quizbank.queries.published import form_items
from quizbank.tables.attempts import AttemptRow, LateAnswerRow


@dataclass(frozen=True)
class LateAnswer:
    """An answer that was refused as late: to which question, when, and its words.

    `words` is empty where an answer was to be taken back.
    """

    question: int
    at: datetime
    words: str


@needs(Permission.RESULT_READ)
def late_answers(tx: Tx, attempt_id: str) -> tuple[LateAnswer, ...]:
    """Return the late answers of an attempt in the order in which they came."""
    attempt = tx.session.get(AttemptRow, attempt_id)
    if attempt is None:
        return ()
    rows = tx.session.exec(
        select(LateAnswerRow)
        .where(LateAnswerRow.attempt_id == attempt_id)
        .order_by(col(LateAnswerRow.number))
    )
    return tuple(_late(tx, attempt, row) for row in rows)


def _late(tx: Tx, attempt: AttemptRow, row: LateAnswerRow) -> LateAnswer:
    places = form_items(tx.session, attempt.form_id)
    texts = sum(not one.asks for one in places if one.position < row.position)
    order = places[row.position - 1].option_order
    response: JsonValue = json.loads(row.response) if row.response else None
    item = item_at(tx, attempt.form_id, row.position)
    chosen = [one.text for one in item.explain(response, order) if one.chosen]
    # What stands among no explanations (an essay, a forged answer) is shown as it came.
    words = ", ".join(chosen) or (row.response or "")
    return LateAnswer(row.position - texts, row.at, words)
