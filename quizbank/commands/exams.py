"""Publishing exams."""

from base.audit import record
from base.db import Tx
from base.ids import new_id
from base.permissions import Permission, needs
from quizbank.exams import ExamRules
from quizbank.origins import Origin
from quizbank.tables import ExamRow, ExamVersionRow


@needs(Permission.CONTENT_LOAD)
def publish_exam(tx: Tx, exam_id: str, rules: ExamRules) -> None:
    """Publish the rules as the exam's next version; unchanged rules make none."""
    row = tx.session.get(ExamRow, exam_id)
    standing = tx.session.get(ExamVersionRow, row.version_id) if row else None
    # Read, not compared as text: a rule that came later stands at its default.
    if standing and ExamRules.model_validate_json(standing.rules) == rules:
        return
    version = ExamVersionRow(
        id=new_id(),
        exam_id=exam_id,
        number=standing.number + 1 if standing else 1,
        rules=rules.model_dump_json(),
        origin=Origin.COURSE_FILE,
        published_at=tx.now,
        published_by=tx.actor.name,
    )
    if row is None:
        tx.session.add(
            ExamRow(id=exam_id, title=rules.title, purpose=rules.purpose, version_id=version.id)
        )
        tx.session.flush()
    else:
        row.title, row.purpose, row.version_id = rules.title, rules.purpose, version.id
    tx.session.add(version)
    record(tx, "exam:publish", exam_id, {"version": version.number})
