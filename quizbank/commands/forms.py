"""Drawing a form from the bank."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from base.db import Tx
from base.errors import Unavailable
from base.ids import new_id
from quizbank.exams import ExamRules
from quizbank.forms import Quota, choose, quotas, shuffled, window_start
from quizbank.queries.published import item_versions
from quizbank.tables import FormItemRow, FormRow, ItemRow


def draw_form(tx: Tx, exam_version_id: str, rules: ExamRules, seed: int) -> str:
    """Draw and store one form, and return its id; says which cells run short, if any.

    Part of starting an attempt, whose command has checked who asks.
    """
    drawn, short = draw_versions(tx.session, rules, seed, tx.now.date())
    texts, missing = _texts_to_read(tx, rules)
    if missing:
        raise Unavailable(
            f"{' '.join(missing)} Tell an instructor; nothing was started.",
        )
    if short:
        raise Unavailable(
            "The academy has too few questions for this exam: "
            + "; ".join(short)
            + ". Tell an instructor; nothing was started."
        )
    form = FormRow(id=new_id(), exam_version_id=exam_version_id, seed=seed, created_at=tx.now)
    tx.session.add(form)
    tx.session.flush()
    items = item_versions(tx.session, [*texts, *drawn])
    for position, version_id in enumerate((*texts, *drawn), start=1):
        order = shuffled(seed, f"options {position}", items[version_id].option_ids())
        tx.session.add(
            FormItemRow(
                form_id=form.id,
                position=position,
                item_version_id=version_id,
                option_order=" ".join(order),
                scored=items[version_id].kind != "description",
            )
        )
    tx.session.flush()
    return form.id


def _texts_to_read(tx: Tx, rules: ExamRules) -> tuple[list[str], list[str]]:
    """Return the versions of the texts that stand first, and what is missing, as sentences."""
    rows = tx.session.exec(select(ItemRow).where(col(ItemRow.id).in_(rules.descriptions))).all()
    in_use = {
        row.id: row.version_id
        for row in rows
        if row.kind == "description" and row.status == "approved" and row.review_due > tx.now.date()
    }
    missing = [
        f"The text {one}, which this exam shows first, is not in use or past its review date."
        for one in rules.descriptions
        if one not in in_use
    ]
    return [in_use[one] for one in rules.descriptions if one in in_use], missing


def draw_versions(
    session: Session, rules: ExamRules, seed: int, today: date
) -> tuple[tuple[str, ...], list[str]]:
    """Return item versions that meet the blueprint, in form order, and the cells that run short."""
    drawn: list[str] = []
    short: list[str] = []
    for quota in quotas(rules.cells):
        candidates = _candidates(session, rules, quota, seed, today)
        if len(candidates) < quota.count:
            what = "critical" if quota.critical else "other"
            short.append(
                f"{quota.objective} has {len(candidates)} of {quota.count} {what} questions"
            )
        else:
            drawn += choose(seed, quota, candidates)
    return shuffled(seed, "items", drawn), short


def _candidates(
    session: Session, rules: ExamRules, quota: Quota, seed: int, today: date
) -> Sequence[str]:
    start = window_start(seed, quota)
    query = (
        select(ItemRow.version_id)
        .where(
            ItemRow.pool == rules.pool,
            ItemRow.objective == quota.objective,
            ItemRow.critical == quota.critical,
            ItemRow.status == "approved",
            # A text to read fills no place of a question.
            ItemRow.kind != "description",
            ItemRow.review_due > today,
        )
        .order_by(col(ItemRow.draw_key))
    )
    ahead = session.exec(query.where(ItemRow.draw_key >= start).limit(quota.window)).all()
    missing = quota.window - len(ahead)
    if not missing:
        return ahead
    return [*ahead, *session.exec(query.where(ItemRow.draw_key < start).limit(missing))]
