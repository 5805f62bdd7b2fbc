"""The keys of a clinic, and whose key somebody brings."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from accounts.queries.clinics import own_clinic
from base.db import Tx
from base.ids import token_digest
from base.permissions import Permission, needs, public
from certs.api_keys import Allowance, allowance_of
from certs.tables.clinics import ApiKeyRow, ApiUseRow


@dataclass(frozen=True)
class ApiKey:
    """A key as its clinic sees it; `id` is its digest, from which nobody gets the key."""

    id: str
    label: str
    daily_quota: int
    created_at: datetime
    revoked_at: datetime | None
    used_today: int
    used: int


@dataclass(frozen=True)
class ApiCaller:
    """Whoever brings a key that stands: which key, of which clinic, and what it may ask today."""

    key_id: str
    clinic_id: str
    allowance: Allowance


# Asked at every call of the API, so it is built once and runs below the session's object mapping.
_CALLER = (
    select(ApiKeyRow.digest, ApiKeyRow.clinic_id, ApiKeyRow.daily_quota, ApiUseRow.count)
    .outerjoin(
        ApiUseRow,
        (col(ApiUseRow.digest) == col(ApiKeyRow.digest)) & (col(ApiUseRow.day) == bindparam("day")),
    )
    .where(col(ApiKeyRow.digest) == bindparam("digest"), col(ApiKeyRow.revoked_at).is_(None))
)


@public
def api_caller(tx: Tx, key: str) -> ApiCaller | None:
    """Return whose key this is, or None for one that is unknown or revoked."""
    digest = token_digest(key)
    asked = {"digest": digest, "day": tx.now.date()}
    found = tx.session.connection().execute(_CALLER, asked).first()
    # The database compares as it likes; what is found is compared in constant time.
    if found is None or not hmac.compare_digest(found[0], digest):
        return None
    _, clinic_id, quota, used = found
    return ApiCaller(digest, clinic_id, allowance_of(quota, used or 0, tx.now))


@needs(Permission.CLINIC_USE)
def api_keys(tx: Tx, clinic_id: str) -> tuple[ApiKey, ...]:
    """Return the keys of one's own clinic: those that stand first, then the newest."""
    own_clinic(tx, clinic_id)
    rows = tx.session.exec(
        select(ApiKeyRow, func.coalesce(func.sum(ApiUseRow.count), 0))
        .outerjoin(ApiUseRow, col(ApiUseRow.digest) == col(ApiKeyRow.digest))
        .where(ApiKeyRow.clinic_id == clinic_id)
        .group_by(col(ApiKeyRow.digest))
        .order_by(col(ApiKeyRow.revoked_at).is_not(None), col(ApiKeyRow.created_at).desc())
    ).all()
    today = _used_today(tx, [row.digest for row, _ in rows])
    return tuple(
        ApiKey(
            id=row.digest,
            label=row.label,
            daily_quota=row.daily_quota,
            created_at=row.created_at,
            revoked_at=row.revoked_at,
            used_today=today.get(row.digest, 0),
            used=int(used),
        )
        for row, used in rows
    )


def _used_today(tx: Tx, digests: list[str]) -> dict[str, int]:
    rows = tx.session.exec(
        select(ApiUseRow.digest, ApiUseRow.count).where(
            col(ApiUseRow.digest).in_(digests), ApiUseRow.day == tx.now.date()
        )
    )
    return dict(rows.all())
