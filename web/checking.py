"""Checking a stranger's file: apart from this process, then beside the academy's register."""

import hashlib
from threading import BoundedSemaphore

from base.errors import Unavailable
from certs.checking import Form, Report
from certs.checking.apart import check_apart
from certs.checking.beside import Issued, beside
from certs.queries.trust import academy_trust, issued_credential
from web.site import Visit

# Each takes a core for a second or two.
_TURNS = BoundedSemaphore(2)
_LONGEST_WAIT_SECONDS = 5.0


def checked(visit: Visit, data: bytes) -> tuple[Report, Issued | None]:
    """Return what a check of this file found, and what was issued under its number, if anything.

    Nothing of the file is kept, and no transaction is open while it is read. Raises `Unavailable`
    where too many files wait to be read.
    """
    with visit.read() as tx:
        trust = academy_trust(tx)
    # Whoever waits here keeps a thread that other pages need.
    if not _TURNS.acquire(timeout=_LONGEST_WAIT_SECONDS):
        raise Unavailable("Many files are being checked just now. Try again in a minute.")
    try:
        report = check_apart(data, trust, visit.now)
    finally:
        _TURNS.release()
    serial = report.says.serial
    if report.form is Form.ELSEWHERE or not serial:
        return report, None
    with visit.read() as tx:
        issued = issued_credential(tx, serial)
    return beside(report, issued, hashlib.sha256(data).hexdigest()), issued
