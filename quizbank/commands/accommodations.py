"""Granting people more time, pauses and larger text at every exam."""

from sqlalchemy.exc import IntegrityError

from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid
from base.permissions import Permission, needs
from quizbank.queries.accommodations import accommodations_of
from quizbank.sittings import Adjustment
from quizbank.tables.sittings import AccommodationRow

MOST_TIME = 4.0
MOST_PAUSE_MINUTES = 600
_LONGEST_REASON = 1_000
_OVERTAKEN = (
    "Somebody changed what this person is granted just now, or the person is no longer here. "
    "Reload the page and look again."
)


@needs(Permission.ACCOMMODATION_GRANT)
def grant_accommodation(
    tx: Tx, person_id: str, adjustment: Adjustment, reason: str, number: int
) -> None:
    """Grant this from the person's next start on, in the place of what stands.

    `number` is that of the grant which the screen shows as standing, 0 for none: `Conflict` where
    another one came since. Raises `Invalid` without a reason. The audit log is told no reason.
    """
    kept = reason.strip()
    if problems := _problems(adjustment, kept):
        raise Invalid(problems)
    standing = next(iter(accommodations_of(tx, person_id)), None)
    row = AccommodationRow(
        person_id=person_id,
        number=number + 1,
        time_factor=adjustment.time_factor,
        pause_minutes=adjustment.pause_minutes,
        larger_text=adjustment.larger_text,
        reason=kept,
        at=tx.now,
        granted_by=tx.actor.name,
    )
    try:
        if number != (standing.number if standing else 0):
            raise Conflict(_OVERTAKEN)
        with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError:
        raise Conflict(_OVERTAKEN) from None
    record(tx, "accommodation:grant", person_id, {"number": row.number})


def _problems(adjustment: Adjustment, reason: str) -> list[str]:
    problems: list[str] = []
    if not 1 <= adjustment.time_factor <= MOST_TIME:
        problems.append(f"The time factor must lie between 1 and {MOST_TIME:g}.")
    if not 0 <= adjustment.pause_minutes <= MOST_PAUSE_MINUTES:
        problems.append(f"Pauses are 0 to {MOST_PAUSE_MINUTES} minutes in all.")
    if not reason:
        problems.append("Write the reason; only those who manage people see it.")
    if len(reason) > _LONGEST_REASON:
        problems.append(f"Shorten the reason to {_LONGEST_REASON} characters.")
    return problems
