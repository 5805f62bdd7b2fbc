"""Practice over a chosen list of questions, as attempts like any other."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotAllowed
from base.ids import new_id
from base.permissions import Permission, needs
from quizbank.attempts import Action, Step
from quizbank.commands.forms import store_form
from quizbank.commands.steps import append_step
from quizbank.exams import Purpose
from quizbank.kinds.item import Pool
from quizbank.queries.exams import exam_offer
from quizbank.queries.published import item_versions
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.bank import ItemRow, ItemVersionRow
from quizbank.tables.exams import ExamRow

NO_EXAM_QUESTIONS = "Questions of an exam are never practised. Nothing was started."
_ANOTHER_TAB = "This was begun in another tab just now. Reload the page."


@needs(Permission.EXAM_SIT)
def start_chosen_practice(tx: Tx, practice_id: str, versions: Sequence[str], seed: int) -> str:
    """Start practising these item versions, in this order, under a practice quiz's rules.

    The seed decides the order of options, and is stored with the form. Raises `Invalid` without
    any, `NotAllowed` for an exam or where one of them is no practice question, `Conflict` where
    a practice of this quiz runs.
    """
    offer = exam_offer(tx, practice_id)
    if offer.rules.purpose is not Purpose.PRACTICE:
        raise NotAllowed("An exam draws its own questions.")
    if not versions:
        raise Invalid(["There is no question to practise here now. Choose another practice."])
    if not _all_for_practice(tx, versions):
        raise NotAllowed(NO_EXAM_QUESTIONS)
    if offer.running:
        raise Conflict(_ANOTHER_TAB)
    return begin_untimed(tx, practice_id, versions, seed)


def _all_for_practice(tx: Tx, versions: Sequence[str]) -> bool:
    """Tell whether all are, both as published then and as their items stand now."""
    pools = tx.session.exec(
        select(ItemVersionRow.id, ItemRow.pool)
        .join(ItemRow, col(ItemRow.id) == col(ItemVersionRow.item_id))
        .where(col(ItemVersionRow.id).in_(versions))
    )
    now = dict(pools.all())
    then = item_versions(tx.session, versions)
    return all(now.get(one) == then[one].pool == Pool.PRACTICE for one in versions)


def begin_untimed(tx: Tx, exam_id: str, versions: Sequence[str], seed: int) -> str:
    """Begin an attempt over these item versions, without a deadline, and return its id.

    Raises `Conflict` where one runs. Part of the commands that practise and put right.
    """
    version_id = tx.session.get_one(ExamRow, exam_id).version_id
    try:
        with tx.session.begin_nested():
            attempt = AttemptRow(
                id=new_id(),
                person_id=tx.actor.own_id,
                exam_id=exam_id,
                exam_version_id=version_id,
                form_id=store_form(tx, version_id, seed, versions),
                started_at=tx.now,
                deadline=None,
            )
            tx.session.add(attempt)
    except IntegrityError:
        raise Conflict(_ANOTHER_TAB) from None
    append_step(tx, attempt.id, Step(1, Action.STARTED), tx.now)
    record(tx, "attempt:start", attempt.id, {"exam": exam_id, "form": attempt.form_id})
    return attempt.id
