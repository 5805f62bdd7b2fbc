"""Lines that each name a certificate, as a clinic's own programs ask about them."""

from collections.abc import Sequence

from base.db import Tx
from base.ids import parse_serial
from base.permissions import public
from certs.queries.roster_check import credentials_named
from certs.rosters.lines import RosterLine
from certs.rosters.verdicts import CheckedLine, check_line


@public
def checked_by_serial(tx: Tx, lines: Sequence[RosterLine]) -> tuple[CheckedLine, ...]:
    """Return what holds of each line now: whoever names a certificate may ask about it."""
    asked = {line.serial: parse_serial(line.serial) for line in lines}
    named = credentials_named(tx, sorted({one for one in asked.values() if one}))
    found = [named.get(asked[line.serial] or "") for line in lines]
    return tuple(
        check_line(line, [one] if one else [], tx.now)
        for line, one in zip(lines, found, strict=True)
    )
