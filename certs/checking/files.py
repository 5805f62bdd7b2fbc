"""Checking a whole file: a sealed PDF, or a credential by itself."""

from datetime import datetime

from certs.checking.data import data_check, is_ours, issuer_check
from certs.checking.documents import (
    Document,
    Malformed,
    read_document,
    read_jws,
    says_of_document,
)
from certs.checking.listed import status_check
from certs.checking.logged import leaf_of, log_check
from certs.checking.pdf_parts import PdfParts, Unreadable, read_pdf
from certs.checking.report import (
    Check,
    Finding,
    Form,
    Note,
    Outcome,
    Part,
    Report,
    Says,
    Verdict,
    all_parts,
    failed,
    unchecked,
    unreadable,
    verdict_of,
)
from certs.checking.sealed import seal_check
from certs.checking.shown import shown_holder, shown_notes, shown_serial
from certs.checking.signed_token import token_checks
from certs.checking.trust import Trust

CREDENTIAL = "credential.json"
LOG_PROOF = "issuance.tlog-proof"
_PDF_BEGINS_WITHIN = 1024
_READ = "Read the file."
_NO_LOG_PROOF = (
    "The proof of the log travels in the PDF. Check the PDF, give the proof too, or ask online."
)
_ELSEWHERE = "Another issuer's credential: this does not apply."


def check_file(data: bytes, trust: Trust, now: datetime, log_proof: str = "") -> Report:
    """Return what a check of these bytes found, whatever they are.

    `log_proof` goes with a credential by itself; a PDF carries its own.
    """
    if b"%PDF-" in data[:_PDF_BEGINS_WITHIN]:
        return check_pdf(data, trust, now)
    return check_json(data, trust, now, log_proof)


def check_pdf(data: bytes, trust: Trust, now: datetime) -> Report:
    """Return what a check of this PDF found, without asking the academy."""
    try:
        parts = read_pdf(data)
    except Unreadable as error:
        return unreadable(str(error), now)
    checks = {Part.SEAL: seal_check(data, trust.roots, now)}
    says = Says(serial=shown_serial(parts))
    document = _attached_document(parts, now)
    if isinstance(document, Check):
        checks[Part.DATA] = document
        return _report(says, checks, now)
    notes = shown_notes(parts, document, trust)
    checks |= {
        Part.DATA: _with(data_check(document, trust, now), notes),
        Part.ISSUER: issuer_check(document, trust, now),
        Part.STATUS: status_check(document, trust, now),
        Part.LOG: _attached_log_check(parts, document, trust, now),
    }
    said, leaf = says_of_document(document), leaf_of(document)
    seen = {"holder": shown_holder(parts, document), "serial": says.serial or said.serial}
    return _report(said.model_copy(update=seen), checks, now, leaf=leaf)


def check_json(data: bytes, trust: Trust, now: datetime, log_proof: str = "") -> Report:
    """Return what a check of this credential found: JSON with proofs, or a signed token.

    The log knows the JSON; a token is the same in another form, and no proof fits it.
    """
    token = read_jws(data)
    try:
        document = token.document if token else read_document(data)
    except Malformed as error:
        return unreadable(str(error), now)
    if token:
        data_part, issuer = token_checks(token, trust, now)
    else:
        data_part, issuer = data_check(document, trust, now), issuer_check(document, trust, now)
    checks = {
        Part.SEAL: unchecked(
            Part.SEAL, "A credential file has no seal; it carries its own proofs.", _READ, now
        ),
        Part.DATA: data_part,
        Part.ISSUER: issuer,
        Part.STATUS: status_check(document, trust, now),
    }
    if not is_ours(document, trust):
        checks[Part.RECORD] = unchecked(Part.RECORD, _ELSEWHERE, _READ, now)
        checks[Part.LOG] = unchecked(Part.LOG, _ELSEWHERE, _READ, now)
        return _report(says_of_document(document), checks, now, Form.ELSEWHERE)
    checks[Part.LOG] = (
        log_check(document, log_proof, trust, now)
        if log_proof and not token
        else unchecked(Part.LOG, _NO_LOG_PROOF, _READ, now, Finding.NOT_LOGGED)
    )
    leaf = "" if token else leaf_of(document)
    return _report(says_of_document(document), checks, now, Form.CREDENTIAL, leaf)


def _attached_document(parts: PdfParts, now: datetime) -> Document | Check:
    """Return the one credential in the file, or the check that says why there is not one."""
    found = parts.named(CREDENTIAL)
    if len(found) == 1:
        try:
            return read_document(found[0])
        except Malformed as error:
            finding, said = Finding.UNREADABLE, str(error)
    elif found:
        finding = Finding.SEVERAL_CREDENTIALS
        said = "The file carries several credentials, so it is not clear which one counts."
    else:
        finding = Finding.NO_CREDENTIAL
        said = "The file carries no signed credential. Every certificate of the academy does."
    note = Note(finding=finding, sentence=said)
    return failed(Part.DATA, (note,), "Looked into the file's attachments.", now)


def _attached_log_check(parts: PdfParts, document: Document, trust: Trust, now: datetime) -> Check:
    proofs = parts.named(LOG_PROOF)
    if len(proofs) != 1:
        said = "The file carries no proof that the academy's log knows it. Such files do not count."
        note = Note(finding=Finding.NOT_LOGGED, sentence=said)
        return failed(Part.LOG, (note,), "Looked into the file's attachments.", now)
    return log_check(document, proofs[0].decode("utf-8", "replace"), trust, now)


def _with(check: Check, notes: tuple[Note, ...]) -> Check:
    """Add what the page shows otherwise to what the data's check found."""
    how = f"{check.how} The page and its code compared with the data."
    if not notes:
        return check.model_copy(update={"how": how})
    known = check.notes if check.outcome is Outcome.FAILED else ()
    return failed(Part.DATA, (*known, *notes), how, check.at)


def _report(
    says: Says, found: dict[Part, Check], now: datetime, form: Form = Form.PDF, leaf: str = ""
) -> Report:
    checks = all_parts(found, now)
    verdict = verdict_of(checks, form)
    since = says.expires_at if verdict is Verdict.EXPIRED else None
    return Report(
        verdict=verdict, form=form, at=now, checks=checks, says=says, since=since, leaf=leaf
    )
