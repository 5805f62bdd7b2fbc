"""Making and revoking a clinic's keys for the API, and counting what they ask."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select, update

from accounts.queries.clinics import own_clinic
from base.audit import record
from base.db import Tx
from base.errors import Conflict, NotAllowed, NotFound
from base.ids import new_token, token_digest
from base.permissions import Permission, needs, public
from certs.api_keys import (
    DAILY_QUOTA,
    MOST_KEYS,
    PREFIX,
    Allowance,
    QuotaSpent,
    allowance_of,
    key_label,
)
from certs.queries.api_keys import api_caller, api_keys
from certs.tables.clinics import ApiKeyRow, ApiUseRow

NO_KEY = (
    "This needs a key of a clinic that stands. Send it as `Authorization: Bearer ppk_…`; a "
    "manager of the clinic makes one."
)


@needs(Permission.CLINIC_USE)
def make_api_key(tx: Tx, clinic_id: str, label: str) -> str:
    """Make a key for one's own clinic and return it.

    Only its digest is kept, so it can be shown this once. Raises `Invalid` for its name, and
    `Conflict` where the clinic has too many that stand.
    """
    own_clinic(tx, clinic_id)
    called = key_label(label)
    if sum(one.revoked_at is None for one in api_keys(tx, clinic_id)) >= MOST_KEYS:
        raise Conflict(f"A clinic has at most {MOST_KEYS} keys. Revoke one that is not used.")
    key = PREFIX + new_token()
    row = ApiKeyRow(
        digest=token_digest(key),
        clinic_id=clinic_id,
        label=called,
        daily_quota=DAILY_QUOTA,
        created_at=tx.now,
        created_by=tx.actor.own_id,
    )
    tx.session.add(row)
    record(tx, "api-key:make", clinic_id, {"key": row.digest, "label": called})
    return key


@needs(Permission.CLINIC_USE)
def revoke_api_key(tx: Tx, clinic_id: str, key_id: str) -> None:
    """Let a key of one's own clinic stop working, for good; twice changes nothing."""
    own_clinic(tx, clinic_id)
    row = tx.session.get(ApiKeyRow, key_id)
    if row is None or row.clinic_id != clinic_id:
        raise NotFound("The clinic has no such key. Reload the page.")
    if row.revoked_at is None:
        row.revoked_at = tx.now
        record(tx, "api-key:revoke", clinic_id, {"key": key_id})


@public
def spend_allowance(tx: Tx, key: str, count: int) -> Allowance:
    """Count so many certificates that are asked about with this key; return what is left today.

    Exact however many ask at once: more than a day's quota is never counted. Raises `QuotaSpent`
    where it would be exceeded (then nothing is counted), `NotAllowed` for a key that stands not.
    """
    caller = api_caller(tx, key)
    if caller is None:
        raise NotAllowed(NO_KEY)
    quota = caller.allowance.quota
    used = _add(tx, caller.key_id, count, quota) or _begin(tx, caller.key_id, count, quota)
    if used is None:
        raise QuotaSpent(allowance_of(quota, _used(tx, caller.key_id), tx.now), count)
    return allowance_of(quota, used, tx.now)


def _add(tx: Tx, digest: str, count: int, quota: int) -> int | None:
    """Count in the day's row where it is there and has room; return how much is used then."""
    return tx.session.exec(
        update(ApiUseRow)
        .where(
            col(ApiUseRow.digest) == digest,
            col(ApiUseRow.day) == tx.now.date(),
            col(ApiUseRow.count) <= quota - count,
        )
        .values(count=ApiUseRow.count + count)
        .returning(col(ApiUseRow.count))
    ).scalar_one_or_none()


def _begin(tx: Tx, digest: str, count: int, quota: int) -> int | None:
    """Begin the day's row; where there is one by now, count in it if it has room."""
    if count > quota:
        return None
    try:
        with tx.session.begin_nested():
            tx.session.add(ApiUseRow(digest=digest, day=tx.now.date(), count=count))
    except IntegrityError:
        return _add(tx, digest, count, quota)
    return count


def _used(tx: Tx, digest: str) -> int:
    query = select(ApiUseRow.count).where(
        ApiUseRow.digest == digest, ApiUseRow.day == tx.now.date()
    )
    return tx.session.exec(query).first() or 0
