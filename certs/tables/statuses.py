"""The status lists as published (Bitstring Status List 1.0)."""

from datetime import datetime

from sqlmodel import Field

from base.db import Row, UtcInstant


class StatusListRow(Row, table=True):
    """One signed edition of a list; the newest stands. `purpose` is revocation or suspension."""

    purpose: str = Field(primary_key=True)
    edition: int = Field(primary_key=True)
    document: str
    signed_at: datetime = Field(sa_type=UtcInstant)
    valid_until: datetime = Field(sa_type=UtcInstant)
