"""Checking certificates for clinics' own programs: one, or up to a thousand at once."""

from pydantic import JsonValue
from starlette.responses import JSONResponse, Response

from base.ids import parse_serial
from certs.checking import Check, Finding, Form, Note, Part, Report, Says, Verdict
from certs.checking.kept import Kept, knows_holder, report_on
from certs.checking.names import initials
from certs.checking.pdf_parts import LARGEST_FILE
from certs.checking.report import failed
from certs.eligibility import Eligibility
from certs.queries.eligibility import treatment_covered
from certs.queries.public import kept_credential
from web.api import HEADERS
from web.api_access import Call
from web.api_bodies import AskedCredential, WrongType, read_body
from web.checking import checked

LARGEST_BODY = LARGEST_FILE
_JSON = "application/json"
_FILES = frozenset(
    {
        *("application/pdf", "application/vc", "application/ld+json", "application/vc+ld+json"),
        *("application/vc+jwt", "application/jwt"),
    }
)
_WRONG_TYPE = (
    "Send JSON with Content-Type: application/json, a PDF as application/pdf, a credential as "
    "application/vc, or its token as application/vc+jwt."
)
_REGISTER = "Looked up by its serial in the academy's register."
_UNKNOWN = "No certificate with this serial was issued here. Compare every letter."
_ANOTHER = "The certificate was issued to somebody else than you named."


def verify(call: Call) -> Response:
    """Check one certificate: the file that was sent, or the one that is named by its serial."""
    kind = content_type(call)
    if kind in _FILES or (kind == _JSON and _is_credential(call.visit.body)):
        told = _of_file(call)
    elif kind == _JSON:
        told = _of_record(call, read_body(AskedCredential, call.visit.body))
    else:
        raise WrongType([_WRONG_TYPE])
    return JSONResponse(told, headers=HEADERS)


def need_json(call: Call) -> None:
    """Raise `WrongType` unless the body says that it is JSON."""
    if content_type(call) != _JSON:
        raise WrongType(["Send JSON, with the header Content-Type: application/json."])


def content_type(call: Call) -> str:
    """Return the kind of the body, without its parameters."""
    return call.visit.request.headers.get("content-type", "").split(";")[0].strip().lower()


def _is_credential(body: bytes) -> bool:
    """Tell a credential, as its holder has it, from a question about one."""
    return b'"@context"' in body


def _of_file(call: Call) -> dict[str, JsonValue]:
    # A file costs a core a second or two, however large the quota is.
    call.visit.site.uploads.take(call.visit.address, call.visit.now)
    call.need_allowance(1)
    report, _issued = checked(call.visit, call.visit.body)
    call.spend(1)
    return _told(report, None, None)


def _of_record(call: Call, asked: AskedCredential) -> dict[str, JsonValue]:
    call.spend(1)
    serial = parse_serial(asked.serial)
    covered: Eligibility | None = None
    with call.visit.read() as tx:
        kept = kept_credential(tx, serial) if serial else None
        if serial and asked.treatment:
            covered = treatment_covered(tx, serial, asked.treatment)
    if kept is None:
        return _told(_unknown(call, asked.serial), None, covered)
    matches = knows_holder(asked.holder, kept) if asked.holder else None
    return _told(_report(call, kept, matches), matches, covered)


def _report(call: Call, kept: Kept, matches: bool | None) -> Report:
    """Return the report; the holder's full name only for whoever knew it."""
    report = report_on(kept, call.visit.now)
    if matches:
        return report
    says = report.says.model_copy(update={"holder": initials(kept.facts.holder)})
    return report.model_copy(update={"says": says})


def _unknown(call: Call, typed: str) -> Report:
    note = Note(finding=Finding.UNKNOWN_SERIAL, sentence=_UNKNOWN)
    check = failed(Part.RECORD, (note,), _REGISTER, call.visit.now)
    says = Says(serial=parse_serial(typed) or "")
    return Report(
        verdict=Verdict.NOT_FOUND,
        form=Form.SERIAL,
        at=call.visit.now,
        checks=(check,),
        says=says,
    )


def _told(
    report: Report, matches: bool | None, covered: Eligibility | None
) -> dict[str, JsonValue]:
    return {
        # A true certificate of another person is no answer to who was asked about.
        "verdict": "mismatch" if matches is False else report.verdict.value,
        "reason": _ANOTHER if matches is False else _reason(report),
        "form": report.form.value,
        "checked_at": report.at.isoformat(),
        "since": report.since.isoformat() if report.since else None,
        "holder_matches": matches,
        "says": report.says.model_dump(mode="json"),
        "checks": [_check(one) for one in report.checks],
        "covers": _covers(covered) if covered else None,
    }


def _reason(report: Report) -> str:
    telling = [note.sentence for check in report.checks for note in check.notes]
    return " ".join(telling) or report.checks[0].sentence


def _check(check: Check) -> dict[str, JsonValue]:
    return {
        "part": check.part.value,
        "outcome": check.outcome.value,
        "sentence": check.sentence,
        "how": check.how,
        "findings": [finding.value for finding in check.findings],
    }


def _covers(covered: Eligibility) -> dict[str, JsonValue]:
    return {
        "answer": covered.answer.value,
        "ground": covered.ground.value,
        "reason": covered.reason,
        "bear_in_mind": [*covered.bear_in_mind],
    }
