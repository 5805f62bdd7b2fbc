"""The upload: a certificate's PDF or credential, ours or another's, checked and not kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from certs.checking import Form, Report, Says, Verdict
from certs.checking.beside import Issued
from certs.checking.kept import says_of
from certs.checking.names import initials, same_name
from certs.checking.pdf_parts import LARGEST_FILE
from web.checking import checked
from web.rendering import day, page, private
from web.site import Visit
from web.uploads import uploaded

# The file, and the little that a form adds.
LARGEST_BODY = LARGEST_FILE + 20_000
_SENTENCES: Mapping[Verdict, str] = {
    Verdict.VALID: "It is what was issued, nothing in it was changed, and it stands today.",
    Verdict.EXPIRED: "It is a certificate that has ended. It says nothing about today.",
    Verdict.SUSPENDED: "The issuer has suspended it for now. Do not rely on it meanwhile.",
    Verdict.REVOKED: "The issuer has withdrawn it. Do not rely on it.",
    Verdict.ALTERED: "Something in this file is not as it was issued. Do not rely on it.",
    Verdict.NOT_FOUND: "Nothing was issued here under its number. Do not rely on it.",
    Verdict.CANNOT_CHECK: "What would decide cannot be checked here. This says neither yes nor no.",
}
_TOO_LARGE = f"The file is larger than {LARGEST_FILE // 1_000_000} MB. No certificate is."


@dataclass(frozen=True)
class Line:
    """One fact: as the file says it, and as it was issued."""

    what: str
    said: str
    issued: str
    differs: bool


def ask(visit: Visit) -> Response:
    """Show the form."""
    return private(page(visit, "verify_file.html", problem=""))


def check(visit: Visit) -> Response:
    """Check the file that was sent, and show every check."""
    visit.site.uploads.take(visit.address, visit.now)
    report, issued = checked(visit, uploaded(visit, "file", LARGEST_FILE))
    return private(
        page(
            visit,
            "verify_file_report.html",
            report=report,
            sentence=_SENTENCES[report.verdict],
            lines=tuple(_lines(report, issued)),
            known=issued is not None,
            demo=issued is not None and issued.kept.facts.demo,
        )
    )


def refuse(visit: Visit, status: int, sentence: str) -> Response:
    """Draw a refusal with the form, so that the next try is one step away."""
    problem = _TOO_LARGE if status == 413 else sentence
    return private(page(visit, "verify_file.html", status, problem=problem))


def _lines(report: Report, issued: Issued | None) -> Iterator[Line]:
    """Pair what the file says with what was issued.

    The holder's name is shown as issued only where the file names the same: whoever made a file up
    learns no name from it.
    """
    says = report.says
    was = says_of(issued.kept.facts) if issued else Says()
    same = same_name(says.holder, was.holder)
    hashed = report.form is Form.CREDENTIAL and not says.holder
    yield Line("Number", says.serial, was.serial, False)
    yield Line(
        "Holder",
        "only as a hash" if hashed else says.holder,
        was.holder if same else initials(was.holder),
        bool(issued and not same and not hashed),
    )
    achievement = says.achievement.removeprefix("DEMO: ")
    yield _line("Achievement", achievement, was.achievement, issued)
    yield _line("Issued", _day(says.issued_at), _day(was.issued_at), issued)
    yield _line("Valid until", _day(says.expires_at), _day(was.expires_at), issued)
    yield Line("Issuer", says.issuer, was.issuer, False)


def _line(what: str, said: str, was: str, issued: Issued | None) -> Line:
    return Line(what, said, was, bool(issued and said and said != was))


def _day(at: datetime | None) -> str:
    return day(at) if at else ""
