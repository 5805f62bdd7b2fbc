"""The academy's keys: what is public in clear, what is private encrypted."""

from datetime import datetime

from sqlmodel import Field

from base.db import Row, UtcInstant


class SigningKeyRow(Row, table=True):
    """One key for one purpose; of several that stand, the newest signs.

    `private` is encrypted with a key from the environment. `certificate` is its X.509 certificate
    in PEM, for the keys that seal PDFs. A retired key signs no more and still verifies what it
    signed; a revoked one (stolen) verifies nothing.
    """

    id: str = Field(primary_key=True)
    purpose: str = Field(index=True)
    algorithm: str
    public: str
    private: bytes
    certificate: str | None = None
    created_at: datetime = Field(sa_type=UtcInstant)
    retired_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcInstant)
