"""The manifest of many certificates: which file is whose, and its digest."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from base.sheets import harmless

_HEAD = ("serial", "holder", "achievement", "issued", "ends", "file", "sha256", "problem")


@dataclass(frozen=True)
class ManifestLine:
    """One certificate of a job: without a digest it is not sealed, and has no file."""

    serial: str
    holder: str
    achievement: str
    issued_at: datetime
    expires_at: datetime
    sha256: str | None
    problem: str | None


def manifest_csv(lines: Iterable[ManifestLine]) -> bytes:
    """Return the manifest as CSV in UTF-8, whose cells no spreadsheet runs as a formula."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for line in lines:
        writer.writerow([harmless(cell) for cell in _cells(line)])
    # Spreadsheets take a file without the mark for one in a local encoding.
    return made.getvalue().encode("utf-8-sig")


def _cells(line: ManifestLine) -> tuple[str, ...]:
    waits = "waits for its seal" if line.sha256 is None else ""
    return (
        line.serial,
        line.holder,
        line.achievement,
        f"{line.issued_at:%Y-%m-%d}",
        f"{line.expires_at:%Y-%m-%d}",
        f"{line.serial}.pdf" if line.sha256 else "",
        line.sha256 or "",
        (line.problem or "") if line.sha256 else (line.problem or waits),
    )
