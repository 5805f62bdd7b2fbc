"""The issuance log: an append-only Merkle tree (RFC 9162), and its signed checkpoints."""

from datetime import datetime

from sqlmodel import Field

from base.db import Row, UtcInstant


class LogLeafRow(Row, table=True):
    """One issued credential; `number` counts from 0 without gaps, `hash` is the leaf's, in hex."""

    number: int = Field(primary_key=True)
    hash: str = Field(index=True)
    at: datetime = Field(sa_type=UtcInstant)


class LogNodeRow(Row, table=True):
    """The root, in hex, of a full subtree of 2^level leaves: the `place`-th of its level."""

    level: int = Field(primary_key=True)
    place: int = Field(primary_key=True)
    hash: str


class CheckpointRow(Row, table=True):
    """What the tree was at a size, as the signed note (C2SP) that was given away."""

    size: int = Field(primary_key=True)
    root: str
    note: str
    at: datetime = Field(sa_type=UtcInstant)
