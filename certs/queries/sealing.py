"""Which certificates wait to be sealed."""

from collections.abc import Sequence

from sqlmodel import col, select

from base.db import Tx
from base.permissions import Permission, needs
from certs.tables.issuing import SealingJobItemRow, SealingJobRow, UnsealedRow


@needs(Permission.CREDENTIAL_SEAL)
def waiting_for_seal(tx: Tx, limit: int = 10) -> Sequence[str]:
    """Return serials to seal now, longest waiting first; not those of jobs that were stopped."""
    listed = select(SealingJobItemRow.serial).join(
        SealingJobRow, col(SealingJobRow.id) == col(SealingJobItemRow.job_id)
    )
    stopped = listed.where(
        col(SealingJobItemRow.done_at).is_(None), col(SealingJobRow.stopped_at).is_not(None)
    )
    going = listed.where(
        col(SealingJobItemRow.done_at).is_(None), col(SealingJobRow.stopped_at).is_(None)
    )
    return tx.session.exec(
        select(UnsealedRow.serial)
        .where(
            UnsealedRow.next_try_at <= tx.now,
            col(UnsealedRow.serial).not_in(stopped.except_(going)),
        )
        .order_by(col(UnsealedRow.next_try_at), col(UnsealedRow.serial))
        .limit(limit)
    ).all()
