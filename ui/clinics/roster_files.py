"""A checked roster as a file for a spreadsheet, in which no cell is taken for a formula."""

import csv
import io
from collections.abc import Sequence

from base.sheets import harmless
from certs.rosters.verdicts import CheckedLine

_HEADER = (
    *("line", "name", "email_or_staff_no", "credential_id", "course"),
    *("result", "reason", "expires", "checked_credential"),
)


def roster_csv(checked: Sequence[CheckedLine]) -> bytes:
    """Return every line with its result as CSV; ends in UTC, ISO 8601.

    It begins with a mark, by which Excel knows that it is UTF-8.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADER)
    for one in checked:
        line = one.line
        ends = one.expires_at.isoformat(timespec="seconds") if one.expires_at else ""
        texts = (line.name, line.contact, line.serial, line.course, one.verdict.value, one.reason)
        writer.writerow([line.line, *map(harmless, texts), ends, one.serial or ""])
    return out.getvalue().encode("utf-8-sig")
