"""The public page of a certificate as text: drawn anew when anything about it changed.

How it stands is read at every look (`Kept`). The same record, standing and day are the same page
but for the instant of the look, so a page is kept by them, and dated each time.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache

from certs.checking import Verdict
from certs.checking.kept import Kept, report_on
from certs.checking.names import initials
from web.covers import blank_fields
from web.rendering import drawn, minute
from web.site import Visit

_SENTENCES: Mapping[Verdict, str] = {
    Verdict.VALID: "This certificate was issued here and stands today.",
    Verdict.EXPIRED: "It was issued here, but it has ended. It says nothing about today.",
    Verdict.SUSPENDED: "The issuer has suspended it for now. Do not rely on it meanwhile.",
    Verdict.REVOKED: "The issuer has withdrawn this certificate. Do not rely on it.",
    Verdict.CANNOT_CHECK: "It was issued here, but what is kept of it is damaged. Ask the academy.",
}
# Stands on a kept page where the instant of the look belongs; no record is of that year.
_SOME_INSTANT = datetime.min.replace(tzinfo=UTC)
# Some 14 kB each.
_MOST_KEPT = 512


def sheet(visit: Visit, kept: Kept, known: bool, problem: str) -> str:
    """Return the page; the holder's name in full only for whoever knows it, which is not kept."""
    draw = _drawn if known or problem else _kept_drawn
    page = draw(
        kept, visit.config.academy_name, visit.config.public_url, visit.now.date(), known, problem
    )
    return page.replace(_SOME_INSTANT.isoformat(), visit.now.isoformat()).replace(
        minute(_SOME_INSTANT), minute(visit.now)
    )


def _drawn(
    kept: Kept, academy: str, public_url: str, today: date, known: bool, problem: str
) -> str:
    report = report_on(kept, _SOME_INSTANT)
    text = drawn(
        "verify.html",
        academy=academy,
        public_url=public_url,
        report=report,
        covers=blank_fields(today),
        sentence=_SENTENCES[report.verdict],
        holder=kept.facts.holder if known else initials(kept.facts.holder),
        known=known,
        problem=problem,
        demo=kept.facts.demo,
        limits=kept.facts.limits,
        reason=kept.reason,
    )
    return str(text)


_kept_drawn = lru_cache(_MOST_KEPT)(_drawn)
