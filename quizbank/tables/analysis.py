"""Statistics that were computed once, by the set of attempts that they cover."""

from datetime import datetime

from sqlmodel import Field

from base.db import Row, UtcInstant


class AnalysisRow(Row, table=True):
    """The analysis of an exam over one set of decisions; `covers` is the digest of their ids.

    It may be deleted at any time: it is computed again.
    """

    exam_id: str = Field(primary_key=True, foreign_key="exam.id")
    covers: str = Field(primary_key=True)
    computed_at: datetime = Field(sa_type=UtcInstant)
    result: str
