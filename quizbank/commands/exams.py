"""Publishing exams: what a course's file says, and what people change."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.ids import new_id
from base.permissions import Permission, needs
from quizbank.exams import CutBasis, CutMethod, ExamRules, Purpose
from quizbank.origins import Origin
from quizbank.remediation import remediation_id, remediation_rules
from quizbank.tables.exams import ExamRow, ExamVersionRow


@needs(Permission.CONTENT_LOAD)
def publish_exam(tx: Tx, exam_id: str, rules: ExamRules) -> None:
    """Publish a course file's rules as the exam's next version.

    A file that has not changed makes none, and an exam that somebody edited in the academy since
    keeps that edit.
    """
    row = tx.session.get(ExamRow, exam_id)
    standing = tx.session.get_one(ExamVersionRow, row.version_id) if row else None
    loaded = _last_loaded(tx, exam_id)
    # Read, not compared as text: a rule that came later stands at its default.
    if loaded and ExamRules.model_validate_json(loaded.rules) == rules:
        return
    if standing and (loaded is None or loaded.number != standing.number):
        return
    _publish(tx, exam_id, row, rules, Origin.COURSE_FILE)


@needs(Permission.EXAM_WRITE)
def publish_blueprint(tx: Tx, exam_id: str, rules: ExamRules, based_on: int) -> int:
    """Publish edited rules as the exam's next version and return its number.

    `based_on` is the version that was edited; `Conflict` where somebody has published another
    since. Running attempts keep theirs. A cut score that changes needs its rationale, and is signed
    by who publishes it.
    """
    row = tx.session.get(ExamRow, exam_id)
    if row is None:
        raise NotFound("There is no such exam. Go back to the exams and choose another.")
    standing = tx.session.get_one(ExamVersionRow, row.version_id)
    if standing.number != based_on:
        raise Conflict(
            f"This exam is at version {standing.number} now; you edited version {based_on}. "
            "Nothing was overwritten: what you changed is still shown; decide below how to go on."
        )
    before = ExamRules.model_validate_json(standing.rules)
    if rules.purpose is not before.purpose:
        raise Invalid(["An exam stays an exam, and practice stays practice."])
    try:
        with tx.session.begin_nested():
            return _publish(tx, exam_id, row, _signed(tx, rules, before), Origin.PERSON)
    except IntegrityError:
        raise Conflict(
            "Somebody published this exam at the same moment. "
            "Nothing was overwritten: reload the page and look at their version."
        ) from None


def set_cut(tx: Tx, exam_id: str, cut: int, rationale: str) -> int:
    """Publish the exam with the cut score of a study and return the version's number.

    For the command that closes the study, which has checked who asks.
    """
    row = tx.session.get_one(ExamRow, exam_id)
    standing = tx.session.get_one(ExamVersionRow, row.version_id)
    rules = ExamRules.model_validate_json(standing.rules)
    if not 0 < cut <= rules.size:
        raise Invalid([f"The cut score must lie between 1 and {rules.size}, the exam's items."])
    basis = CutBasis(
        method=CutMethod.ANGOFF,
        rationale=rationale,
        signed_by=tx.actor.name,
        signed_on=tx.now.date(),
    )
    changed = rules.model_copy(update={"cut": cut, "cut_basis": basis})
    return _publish(tx, exam_id, row, changed, Origin.PERSON)


def _signed(tx: Tx, rules: ExamRules, before: ExamRules) -> ExamRules:
    """Return the rules with the cut score signed, where it or its rationale has changed."""
    basis = rules.cut_basis
    if (rules.cut, basis) == (before.cut, before.cut_basis):
        return rules
    said_before = before.cut_basis.rationale if before.cut_basis else ""
    if basis is None or (rules.cut != before.cut and basis.rationale == said_before):
        raise Invalid(["Write why the cut score stands where it does now."])
    signed = basis.model_copy(
        update={
            "method": CutMethod.ENTERED,
            "signed_by": tx.actor.name,
            "signed_on": tx.now.date(),
        }
    )
    return rules.model_copy(update={"cut_basis": signed})


def _last_loaded(tx: Tx, exam_id: str) -> ExamVersionRow | None:
    return tx.session.exec(
        select(ExamVersionRow)
        .where(ExamVersionRow.exam_id == exam_id, ExamVersionRow.origin == Origin.COURSE_FILE)
        .order_by(col(ExamVersionRow.number).desc())
        .limit(1)
    ).first()


def _publish(tx: Tx, exam_id: str, row: ExamRow | None, rules: ExamRules, origin: Origin) -> int:
    standing = tx.session.get_one(ExamVersionRow, row.version_id) if row else None
    version = ExamVersionRow(
        id=new_id(),
        exam_id=exam_id,
        number=standing.number + 1 if standing else 1,
        rules=rules.model_dump_json(),
        origin=origin,
        published_at=tx.now,
        published_by=tx.actor.name,
    )
    if row is None:
        tx.session.add(
            ExamRow(id=exam_id, title=rules.title, purpose=rules.purpose, version_id=version.id)
        )
    else:
        row.title, row.purpose, row.version_id = rules.title, rules.purpose, version.id
    tx.session.flush()
    tx.session.add(version)
    tx.session.flush()
    record(tx, "exam:publish", exam_id, {"version": version.number, "version_id": version.id})
    if rules.confidence and rules.purpose is Purpose.EXAM:
        _publish_remediation(tx, exam_id, rules, origin)
    return version.number


def _publish_remediation(tx: Tx, exam_id: str, rules: ExamRules, origin: Origin) -> None:
    """Publish beside an exam the rules by which unsafe certainties are put right."""
    own_id, own_rules = remediation_id(exam_id), remediation_rules(rules)
    row = tx.session.get(ExamRow, own_id)
    standing = tx.session.get_one(ExamVersionRow, row.version_id) if row else None
    if standing is None or ExamRules.model_validate_json(standing.rules) != own_rules:
        _publish(tx, own_id, row, own_rules, origin)
