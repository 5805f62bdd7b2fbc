"""What a file says beside what was issued: the check that only the academy's register can make."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from certs.checking.kept import Kept, says_of, standing_check
from certs.checking.names import same_name
from certs.checking.report import (
    Check,
    Finding,
    Form,
    Note,
    Part,
    Report,
    Says,
    failed,
    passed,
    unchecked,
    verdict_of,
)

_HOW = "Compared with what the academy's register says under this number."


@dataclass(frozen=True)
class Issued:
    """What was issued under a serial: `sha256` is the file's, `leaf` the log's, both in hex."""

    kept: Kept
    sha256: str | None
    leaf: str | None


def beside(report: Report, issued: Issued | None, sha256: str) -> Report:
    """Return the report with the register's word: on the record, the standing and the log.

    `sha256` is that of the file which was checked, in hex. What another issuer issued is not in
    our register, so its report stays as it is.
    """
    if report.form is Form.ELSEWHERE:
        return report
    if issued is None:
        return _judged(report, {Part.RECORD: _unknown(report)}, None)
    found = {
        Part.RECORD: _record_check(report, issued, sha256),
        Part.STATUS: standing_check(issued.kept, report.at),
    }
    if report.form is Form.CREDENTIAL and issued.leaf:
        found[Part.LOG] = _log_check(report, issued.leaf)
    return _judged(report, found, issued.kept.since)


def differences(says: Says, issued: Says) -> Iterator[str]:
    """Say in which words a file says something else than what was issued, a sentence each."""
    if says.holder and not same_name(says.holder, issued.holder):
        yield "The file names another holder than the one it was issued to."
    if says.achievement and says.achievement.removeprefix("DEMO: ") != issued.achievement:
        yield "The file names another achievement than was issued."
    for said, was, what in (
        (says.issued_at, issued.issued_at, "day of issue"),
        (says.expires_at, issued.expires_at, "end"),
    ):
        if said and was and said.date() != was.date():
            yield f"The file says another {what} than was issued."


def _record_check(report: Report, issued: Issued, sha256: str) -> Check:
    facts, at, is_pdf = issued.kept.facts, report.at, report.form is Form.PDF
    if notes := tuple(_record_notes(report, issued, sha256)):
        return failed(Part.RECORD, notes, _HOW, at)
    on = _day(facts.issued_at)
    if not is_pdf:
        return passed(Part.RECORD, f"{facts.issuer} issued this credential on {on}.", _HOW, at)
    if issued.sha256 is None:
        said = "Its file is being sealed just now. Check again in a few minutes."
        return unchecked(Part.RECORD, said, _HOW, at)
    said = f"It is, byte for byte, the file that {facts.issuer} issued on {on}."
    return passed(Part.RECORD, said, _HOW, at)


def _record_notes(report: Report, issued: Issued, sha256: str) -> Iterator[Note]:
    facts = issued.kept.facts
    for one in differences(report.says, says_of(facts)):
        yield Note(finding=Finding.OTHER_FACTS, sentence=one)
    stored = issued.sha256 if report.form is Form.PDF else None
    if stored and not hmac.compare_digest(stored, sha256):
        said = f"It is not the file that {facts.issuer} issued under this number."
        yield Note(finding=Finding.OTHER_FILE, sentence=said)


def _log_check(report: Report, leaf: str) -> Check:
    how = "Its hash looked up in the academy's own log."
    if not report.leaf:
        # A token holds the data without the proofs that the log's entry covers too.
        said = "The log has an entry for its number."
        return passed(Part.LOG, said, "Its number looked up in the academy's log.", report.at)
    if hmac.compare_digest(report.leaf, leaf):
        return passed(Part.LOG, "It is the entry that the log has for it.", how, report.at)
    said = "The academy's log has another entry for this number."
    return failed(Part.LOG, (Note(finding=Finding.NOT_LOGGED, sentence=said),), how, report.at)


def _unknown(report: Report) -> Check:
    if not report.says.serial:
        said = "No certificate number can be read from the file, so it cannot be looked up."
        return unchecked(Part.RECORD, said, _HOW, report.at)
    said = f"Nothing was issued here under the number {report.says.serial}."
    note = Note(finding=Finding.UNKNOWN_SERIAL, sentence=said)
    return failed(Part.RECORD, (note,), _HOW, report.at)


def _judged(report: Report, found: dict[Part, Check], since: datetime | None) -> Report:
    checks = tuple(found.get(check.part, check) for check in report.checks)
    verdict = verdict_of(checks, report.form)
    return report.model_copy(
        update={"checks": checks, "verdict": verdict, "since": since or report.since}
    )


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
