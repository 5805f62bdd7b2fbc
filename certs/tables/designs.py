"""How certificates look: designs, of which every version is kept."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from base.db import Row, UtcInstant


class CertificateDesignRow(Row, table=True):
    """One version of a course's design; the newest draws what is issued from then on."""

    __table_args__ = (UniqueConstraint("course", "version"),)

    id: str = Field(primary_key=True)
    course: str
    version: int
    payload: str
    at: datetime = Field(sa_type=UtcInstant)
    by: str
