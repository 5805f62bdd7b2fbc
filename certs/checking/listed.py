"""The check of status: neither out of its time, nor withdrawn by a list that is fresh."""

from collections.abc import Iterable
from datetime import datetime

from certs.checking.data import is_ours, trusted_methods
from certs.checking.documents import Document, instant, part, text
from certs.checking.report import Check, Finding, Note, Part, failed, passed, unchecked
from certs.checking.trust import Trust
from certs.proofs import proof_problems
from certs.statuslist import StatusPurpose, decoded

_HOW = "Its dates compared with the clock, and its place in the signed status lists read."
_WITHDRAWN = {
    StatusPurpose.REVOCATION: (Finding.REVOKED, "The issuer has withdrawn it, for good."),
    StatusPurpose.SUSPENSION: (Finding.SUSPENDED, "The issuer has suspended it for now."),
}


class _Unusable(Exception):
    def __init__(self, finding: Finding, sentence: str) -> None:
        self.finding = finding
        super().__init__(sentence)


def status_check(document: Document, trust: Trust, at: datetime) -> Check:
    """Return whether it stands; a list that is missing, stale or forged proves nothing."""
    dated = tuple(_out_of_time(document, at))
    entry = part(document, "credentialStatus")
    try:
        withdrawn, since = _withdrawn(document, entry, trust, at)
    except _Unusable as error:
        if dated:
            return failed(Part.STATUS, dated, _HOW, at)
        return unchecked(Part.STATUS, str(error), _HOW, at, error.finding)
    if notes := (*withdrawn, *dated):
        return failed(Part.STATUS, notes, _HOW, at)
    if since is None:
        said = "Its dates hold, and it names no list of what was withdrawn."
    else:
        dates = f"lists dated {since.day} {since:%B %Y, %H:%M} UTC"
        said = f"It has neither ended nor been withdrawn by {dates}."
    return passed(Part.STATUS, said, _HOW, at)


def _out_of_time(document: Document, at: datetime) -> Iterable[Note]:
    begins = instant(document, "validFrom") or instant(document, "issuanceDate")
    ends = instant(document, "validUntil") or instant(document, "expirationDate")
    if ends is not None and at >= ends:
        yield Note(finding=Finding.EXPIRED, sentence=f"It ended on {_day(ends)}.")
    if begins is not None and at < begins:
        yield Note(finding=Finding.NOT_YET, sentence=f"It begins only on {_day(begins)}.")


def _withdrawn(
    document: Document, entry: Document, trust: Trust, at: datetime
) -> tuple[tuple[Note, ...], datetime | None]:
    """Return what the lists say against it, and from when the oldest of them is."""
    if not is_ours(document, trust):
        if document.get("credentialStatus"):
            raise _Unusable(
                Finding.LIST_MISSING,
                "Its issuer keeps a list of what was withdrawn, which this check does not visit.",
            )
        if instant(document, "validFrom") is None and instant(document, "issuanceDate") is None:
            raise _Unusable(
                Finding.LIST_MISSING, "It says neither from when it stands nor where to ask."
            )
        return (), None
    index = _index(entry)
    notes: list[Note] = []
    dates: list[datetime] = []
    for purpose in StatusPurpose:
        dated, is_set = _look_up(purpose, index, trust, at)
        dates.append(dated)
        if is_set:
            finding, sentence = _WITHDRAWN[purpose]
            notes.append(Note(finding=finding, sentence=sentence))
    return tuple(notes), min(dates)


def _index(entry: Document) -> int:
    said = text(entry, "statusListIndex")
    known = text(entry, "type") == "BitstringStatusListEntry"
    if not known or not said.isascii() or not said.isdigit() or len(said) > 12:
        raise _Unusable(Finding.LIST_MISSING, "It names no place in the academy's status lists.")
    return int(said)


def _look_up(
    purpose: StatusPurpose, index: int, trust: Trust, at: datetime
) -> tuple[datetime, bool]:
    for document in trust.lists:
        if text(part(document, "credentialSubject"), "statusPurpose") == purpose:
            break
    else:
        raise _Unusable(
            Finding.LIST_MISSING, f"The academy's list of {purpose}s is not at hand, so ask online."
        )
    if not is_ours(document, trust) or proof_problems(document, trusted_methods(trust.keys)):
        raise _Unusable(Finding.LIST_FORGED, f"The list of {purpose}s is not the academy's.")
    begins, ends = instant(document, "validFrom"), instant(document, "validUntil")
    if begins is None or ends is None or not begins <= at < ends:
        dated = f" of {_day(begins)}" if begins else ""
        raise _Unusable(
            Finding.LIST_STALE, f"The list of {purpose}s{dated} is too old to rely on: ask online."
        )
    bits = decoded(text(part(document, "credentialSubject"), "encodedList"))
    is_set = bits.is_set(index) if bits else None
    if is_set is None:
        raise _Unusable(Finding.LIST_MISSING, f"The list of {purpose}s does not reach so far.")
    return begins, is_set


def _day(instant: datetime) -> str:
    return f"{instant.day} {instant:%B %Y}"
