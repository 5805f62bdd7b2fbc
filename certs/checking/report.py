"""What a check of a certificate found: one verdict, and the separate checks behind it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict

from courses.coverage import Coverage


class Verdict(StrEnum):
    """The word that is read first."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    # Something in the file is not as it was issued: it may be true in part, and is not to be used.
    ALTERED = "altered"
    NOT_FOUND = "not_found"
    CANNOT_CHECK = "cannot_check"


class Part(StrEnum):
    """The separate checks, in the order in which they are told."""

    RECORD = "record"
    SEAL = "seal"
    DATA = "data"
    ISSUER = "issuer"
    STATUS = "status"
    LOG = "log"


class Outcome(StrEnum):
    """How one check ended."""

    PASSED = "passed"
    FAILED = "failed"
    # Looked for, and could not be decided here: it speaks neither for nor against.
    UNCHECKED = "unchecked"


class Finding(StrEnum):
    """What exactly was found, for programs; the sentence beside it is for people."""

    # record
    UNKNOWN_SERIAL = "unknown_serial"
    OTHER_FILE = "other_file"
    OTHER_FACTS = "other_facts"
    # seal
    NO_SEAL = "no_seal"
    SEAL_BROKEN = "seal_broken"
    BYTES_ADDED = "bytes_added"
    CHANGES_ALLOWED = "changes_allowed"
    SEAL_OF_ANOTHER = "seal_of_another"
    # data
    UNREADABLE = "unreadable"
    NO_CREDENTIAL = "no_credential"
    SEVERAL_CREDENTIALS = "several_credentials"
    ATTACHMENT_SWAPPED = "attachment_swapped"
    PROOF_MISSING = "proof_missing"
    PROOF_WRONG = "proof_wrong"
    NOT_A_BADGE = "not_a_badge"
    PAGE_DIFFERS = "page_differs"
    CODE_FOREIGN = "code_foreign"
    CODE_MISSING = "code_missing"
    # issuer
    KEY_OF_ANOTHER = "key_of_another"
    KEY_WITHDRAWN = "key_withdrawn"
    ISSUER_ELSEWHERE = "issuer_elsewhere"
    ISSUER_UNPROVEN = "issuer_unproven"
    # status
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    LIST_STALE = "list_stale"
    LIST_MISSING = "list_missing"
    LIST_FORGED = "list_forged"
    # log
    NOT_LOGGED = "not_logged"
    LOG_PROOF_WRONG = "log_proof_wrong"


class Form(StrEnum):
    """What kind of file was checked."""

    PDF = "pdf"
    CREDENTIAL = "credential"
    ELSEWHERE = "credential of another issuer"
    # Asked by its serial, without a file.
    SERIAL = "serial"


class Note(BaseModel):
    """One thing that a check found wrong or could not decide."""

    model_config = ConfigDict(frozen=True)

    finding: Finding
    sentence: str


class Check(BaseModel):
    """One of the checks: how it ended, how it was made, when, and what it says."""

    model_config = ConfigDict(frozen=True)

    part: Part
    outcome: Outcome
    sentence: str
    how: str
    at: AwareDatetime
    notes: tuple[Note, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What exactly was found."""
        return tuple(note.finding for note in self.notes)


class Says(BaseModel):
    """What a file says of itself, checked or not; empty where it does not say."""

    model_config = ConfigDict(frozen=True)

    serial: str = ""
    holder: str = ""
    achievement: str = ""
    issuer: str = ""
    issued_at: AwareDatetime | None = None
    expires_at: AwareDatetime | None = None
    scope: tuple[str, ...] = ()
    coverage: Coverage | None = None


class Report(BaseModel):
    """A verdict, when it fell, what was found, and what the file says."""

    model_config = ConfigDict(frozen=True)

    verdict: Verdict
    form: Form
    at: AwareDatetime
    checks: tuple[Check, ...]
    says: Says
    since: AwareDatetime | None = None
    # The hash, in hex, under which the log knows the credential; empty where there is none.
    leaf: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that any check found."""
        return tuple(finding for check in self.checks for finding in check.findings)

    def check(self, part: Part) -> Check:
        """Return one of the checks."""
        return next(check for check in self.checks if check.part is part)


# The first that was found decides; what was altered outweighs how the certificate stands.
_VERDICTS: Mapping[Finding, Verdict] = {
    Finding.REVOKED: Verdict.REVOKED,
    Finding.SUSPENDED: Verdict.SUSPENDED,
    Finding.EXPIRED: Verdict.EXPIRED,
}
# The register is out of reach of whoever checks offline; only PDFs have seals; and the academy's
# log knows no other issuer's credentials.
_NEEDED: Mapping[Form, frozenset[Part]] = {
    Form.PDF: frozenset(Part) - {Part.RECORD},
    Form.CREDENTIAL: frozenset(Part) - {Part.RECORD, Part.SEAL},
    Form.ELSEWHERE: frozenset({Part.DATA, Part.ISSUER, Part.STATUS}),
    Form.SERIAL: frozenset({Part.RECORD, Part.STATUS}),
}


def passed(part: Part, sentence: str, how: str, at: datetime) -> Check:
    """Return a check that found everything right."""
    return Check(part=part, outcome=Outcome.PASSED, sentence=sentence, how=how, at=at)


def failed(part: Part, notes: tuple[Note, ...], how: str, at: datetime) -> Check:
    """Return a check that found something wrong."""
    sentence = " ".join(note.sentence for note in notes)
    return Check(part=part, outcome=Outcome.FAILED, sentence=sentence, how=how, at=at, notes=notes)


def unchecked(
    part: Part, sentence: str, how: str, at: datetime, finding: Finding | None = None
) -> Check:
    """Return a check that could not be made, and why not."""
    notes = (Note(finding=finding, sentence=sentence),) if finding else ()
    return Check(
        part=part, outcome=Outcome.UNCHECKED, sentence=sentence, how=how, at=at, notes=notes
    )


def verdict_of(checks: tuple[Check, ...], form: Form = Form.PDF) -> Verdict:
    """Return the word that these checks of such a file come to.

    What is altered or forged comes before how the certificate stands. What was needed and could
    not be checked counts against it only where nothing worse was found.
    """
    failures = [check for check in checks if check.outcome is Outcome.FAILED]
    wrong = [finding for check in failures for finding in check.findings]
    if Finding.UNKNOWN_SERIAL in wrong:
        return Verdict.NOT_FOUND
    if any(finding not in _VERDICTS for finding in wrong):
        return Verdict.ALTERED
    for finding, verdict in _VERDICTS.items():
        if finding in wrong:
            return verdict
    missing = {check.part for check in checks if check.outcome is Outcome.UNCHECKED}
    return Verdict.CANNOT_CHECK if missing & _NEEDED[form] else Verdict.VALID


def all_parts(found: Mapping[Part, Check], at: datetime) -> tuple[Check, ...]:
    """Return every check in its order; those that were not made say so."""
    register = "The academy's register was not asked."
    offline = {Part.RECORD: unchecked(Part.RECORD, register, "Checked without the academy.", at)}
    known = {**offline, **found}
    not_read = "The file could not be read so far."
    return tuple(
        known.get(part) or unchecked(part, not_read, "Read the file.", at) for part in Part
    )


def unreadable(sentence: str, at: datetime) -> Report:
    """Return the report on a file that cannot be read, and why not."""
    note = Note(finding=Finding.UNREADABLE, sentence=sentence)
    found = {Part.DATA: failed(Part.DATA, (note,), "Read the file.", at)}
    return Report(
        verdict=Verdict.ALTERED, form=Form.PDF, at=at, checks=all_parts(found, at), says=Says()
    )
