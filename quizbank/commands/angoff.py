"""The modified Angoff study: opened, judged in two rounds, closed by a signed cut score."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotAllowed, NotFound
from base.ids import new_id, new_seed
from base.permissions import Permission, needs
from quizbank.commands.exams import set_cut
from quizbank.commands.forms import in_form_order
from quizbank.exams import Purpose
from quizbank.queries.angoff import (
    ROUNDS,
    finished_raters,
    positions_of,
    ratings,
    study_row,
)
from quizbank.queries.candidates import assembled, drawing_for
from quizbank.queries.published import exam_version
from quizbank.standard_setting import FEWEST_RATERS, cut_score
from quizbank.tables.exams import AngoffItemRow, AngoffRatingRow, AngoffStudyRow, ExamRow


@needs(Permission.EXAM_WRITE)
def open_study(tx: Tx, exam_id: str) -> str:
    """Open a study of an exam and return its id; what is judged is one form of its blueprint.

    One study of an exam is open at a time (`Conflict`).
    """
    exam = tx.session.get(ExamRow, exam_id)
    if exam is None or exam.purpose != Purpose.EXAM:
        raise NotFound("There is no such exam. Go back to the exams and choose another.")
    if _open_study(tx, exam_id):
        raise Conflict("A study of this exam is open already. Close it before you open another.")
    study = AngoffStudyRow(
        id=new_id(),
        exam_id=exam_id,
        state="round 1",
        opened_at=tx.now,
        opened_by=tx.actor.name,
    )
    tx.session.add(study)
    tx.session.flush()
    drawn = _one_form(tx, exam)
    for position, version_id in enumerate(drawn, start=1):
        tx.session.add(
            AngoffItemRow(study_id=study.id, position=position, item_version_id=version_id)
        )
    record(tx, "angoff:open", study.id, {"exam": exam_id, "items": len(drawn)})
    return study.id


@needs(Permission.EXAM_RATE)
def rate_item(tx: Tx, study_id: str, position: int, probability: float) -> None:
    """Append how likely, 0 to 1, a borderline candidate answers the item right.

    It counts for the round that is judged now; judging again replaces nothing, the last counts.
    """
    study = study_row(tx, study_id)
    if study.state not in ROUNDS:
        raise NotAllowed("This study is closed; its judgements stand as they are.")
    if position not in positions_of(tx, study_id):
        raise NotFound("This study has no such item. Reload the page.")
    if not 0 <= probability <= 1:
        raise Invalid(["Judge between 0 and 100 percent."])
    standing = tx.session.exec(
        select(func.max(AngoffRatingRow.number)).where(
            AngoffRatingRow.study_id == study_id,
            AngoffRatingRow.round == ROUNDS[study.state],
            AngoffRatingRow.rater_id == tx.actor.own_id,
            AngoffRatingRow.position == position,
        )
    ).one()
    judged = AngoffRatingRow(
        study_id=study_id,
        round=ROUNDS[study.state],
        rater_id=tx.actor.own_id,
        position=position,
        number=(standing or 0) + 1,
        rater=tx.actor.name,
        probability=probability,
        at=tx.now,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(judged)
    except IntegrityError:
        raise Conflict("You judged this item in another tab just now. Reload the page.") from None


@needs(Permission.EXAM_WRITE)
def begin_second_round(tx: Tx, study_id: str) -> None:
    """Show the raters the spread of the first round and let them judge once more."""
    study = study_row(tx, study_id)
    if study.state != "round 1":
        raise Conflict("The second round has begun already.")
    _require_raters(tx, study_id, 1)
    study.state = "round 2"
    record(tx, "angoff:second round", study_id, {"raters": finished_raters(tx, study_id, 1)})


@needs(Permission.EXAM_WRITE)
def close_study(tx: Tx, study_id: str, cut: int, rationale: str) -> int:
    """Sign the cut score, publish it with the exam's next version, and return that number.

    The cut may differ from what the raters say; the rationale says why it stands where it does.
    """
    study = study_row(tx, study_id)
    if study.state != "round 2":
        raise Conflict(
            "This study is closed already."
            if study.state == "closed"
            else "Begin the second round first."
        )
    _require_raters(tx, study_id, 2)
    if not rationale.strip():
        raise Invalid(["Write why the cut score stands where it does."])
    said = cut_score(ratings(tx, study_id, 2), list(positions_of(tx, study_id)))
    number = set_cut(tx, study.exam_id, cut, rationale.strip())
    study.state, study.cut, study.rationale = "closed", cut, rationale.strip()
    study.signed_by, study.signed_at = tx.actor.name, tx.now
    facts = {"cut": cut, "version": number, "mean": round(said.mean, 4) if said else None}
    record(tx, "angoff:close", study_id, facts)
    return number


def _one_form(tx: Tx, exam: ExamRow) -> tuple[str, ...]:
    seed, rules = new_seed(), exam_version(tx.session, exam.version_id)
    drawing = drawing_for(tx.session, rules, seed, tx.now.date(), exam.id, None)
    made = assembled(tx.session, drawing)
    if made.shortages:
        short = "; ".join(str(one) for one in made.shortages)
        raise Invalid([f"No form can be drawn for the raters: {short}. Mend the blueprint first."])
    return in_form_order(seed, [one for _, one in made.chosen])


def _open_study(tx: Tx, exam_id: str) -> bool:
    return bool(
        tx.session.exec(
            select(AngoffStudyRow.id).where(
                AngoffStudyRow.exam_id == exam_id, col(AngoffStudyRow.state) != "closed"
            )
        ).first()
    )


def _require_raters(tx: Tx, study_id: str, number: int) -> None:
    finished = finished_raters(tx, study_id, number)
    if finished < FEWEST_RATERS:
        raise Invalid(
            [
                f"At least {FEWEST_RATERS} raters must have judged every item in round {number}; "
                f"{finished} have. Ask the others to finish."
            ]
        )
