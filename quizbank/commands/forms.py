"""Drawing a form from the bank, and storing it."""

from collections.abc import Sequence, Set

from sqlalchemy import update
from sqlmodel import col, select

from base.db import Tx
from base.errors import Unavailable
from base.ids import new_id
from quizbank.assembly import Candidate
from quizbank.exams import ExamRules, Purpose
from quizbank.forms import shuffled
from quizbank.queries.candidates import assembled, drawing_for
from quizbank.queries.pilots import pilot_items
from quizbank.queries.published import item_versions
from quizbank.queries.texts_to_read import versions_to_read
from quizbank.tables.bank import ItemRow
from quizbank.tables.exams import ExamVersionRow, FormItemRow, FormRow


def draw_form(tx: Tx, exam_version_id: str, rules: ExamRules, seed: int) -> str:
    """Draw and store one form for who acts, and return its id; says which cells run short, if any.

    Part of starting an attempt, whose command has checked who asks. The seed gives the same form
    again as long as the bank, the counts of what was drawn and this person's earlier forms are the
    same; the form itself is stored, so nothing later depends on drawing it again.
    """
    exam_id = tx.session.get_one(ExamVersionRow, exam_version_id).exam_id
    person, today = tx.actor.person_id, tx.now.date()
    texts, missing = versions_to_read(tx.session, rules.descriptions, today)
    if missing:
        said = "; ".join(missing)
        raise Unavailable(f"T{said[1:]}. Tell an instructor; nothing was started.")
    made = assembled(tx.session, drawing_for(tx.session, rules, seed, today, exam_id, person))
    if made.shortages:
        raise Unavailable(
            "The academy has too few questions for this exam: "
            + "; ".join(str(one) for one in made.shortages)
            + ". Tell an instructor; nothing was started."
        )
    chosen = [one for _, one in made.chosen]
    pilots = pilot_items(tx.session, rules, seed, today, chosen)
    versions = in_form_order(seed, [*chosen, *pilots])
    trial = frozenset(one.version_id for one in pilots)
    form_id = store_form(tx, exam_version_id, seed, [*texts, *versions], trial)
    if rules.purpose is Purpose.EXAM:
        _count_drawn(tx, [one.id for one in (*chosen, *pilots)])
    return form_id


def store_form(
    tx: Tx, exam_version_id: str, seed: int, drawn: Sequence[str], trial: Set[str] = frozenset()
) -> str:
    """Store a form of these item versions in this order, and return its id.

    The seed decides the order of options; those in `trial` count for nothing.
    """
    form = FormRow(id=new_id(), exam_version_id=exam_version_id, seed=seed, created_at=tx.now)
    tx.session.add(form)
    tx.session.flush()
    _store_items(tx, form, drawn, trial)
    return form.id


def in_form_order(seed: int, chosen: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the item versions in the order of the form: cases, which take longest, come last."""
    order = shuffled(seed, "items", [one.version_id for one in chosen])
    cases = {one.version_id for one in chosen if one.kind == "case"}
    return tuple(sorted(order, key=cases.__contains__))


def _store_items(tx: Tx, form: FormRow, drawn: Sequence[str], trial: Set[str]) -> None:
    items = item_versions(tx.session, drawn)
    for position, version_id in enumerate(drawn, start=1):
        order = shuffled(form.seed, f"options {position}", items[version_id].option_ids())
        tx.session.add(
            FormItemRow(
                form_id=form.id,
                position=position,
                item_version_id=version_id,
                option_order=" ".join(order),
                scored=version_id not in trial and items[version_id].kind != "description",
            )
        )
    tx.session.flush()


def _count_drawn(tx: Tx, item_ids: Sequence[str]) -> None:
    # Locked in one order, so that two people who start at once cannot wait for each other.
    own = col(ItemRow.id).in_(item_ids)
    tx.session.exec(select(ItemRow.id).where(own).order_by(ItemRow.id).with_for_update()).all()
    tx.session.connection().execute(update(ItemRow).where(own).values(drawn=col(ItemRow.drawn) + 1))
