"""Keeping what was computed of an exam, so that it is computed once."""

from sqlalchemy import delete
from sqlmodel import col

from base.db import Tx
from base.permissions import Permission, needs
from quizbank.queries.analysis import ANALYSIS, AnalysisFound
from quizbank.tables.analysis import AnalysisRow


@needs(Permission.RESULT_READ)
def keep_analysis(tx: Tx, found: AnalysisFound) -> None:
    """Keep an analysis in the place of the exam's earlier one; keeping it twice changes nothing.

    No record of the academy: it is computed again from the decisions wherever it is missing.
    """
    if found.analysis is None or tx.session.get(AnalysisRow, (found.exam_id, found.covers)):
        return
    earlier = delete(AnalysisRow).where(col(AnalysisRow.exam_id) == found.exam_id)
    tx.session.connection().execute(earlier)
    tx.session.add(
        AnalysisRow(
            exam_id=found.exam_id,
            covers=found.covers,
            computed_at=tx.now,
            result=ANALYSIS.dump_json(found.analysis).decode(),
        )
    )
