"""The check of a PDF's seal: one, by the academy, over the whole file, with no changes allowed."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

import asn1crypto.x509 as untyped_x509  # pyright: ignore[reportMissingTypeStubs]
from asn1crypto import pem as untyped_pem  # pyright: ignore[reportMissingTypeStubs]
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import dss
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator.errors import PathError

from certs.checking.report import Check, Finding, Note, Part, failed, passed, unchecked

x509: Any = untyped_x509
pem: Any = untyped_pem

_HOW = "Checked against the academy's own root certificate, with what the file itself carries."
_SENTENCES = {
    Finding.NO_SEAL: "The file has no seal. Every certificate of the academy is sealed.",
    Finding.SEAL_BROKEN: "The seal is broken: what it covers is not what was sealed.",
    Finding.BYTES_ADDED: "Something was added to the file after it was sealed.",
    Finding.CHANGES_ALLOWED: "The seal is not one that forbids changes, as the academy's does.",
    Finding.SEAL_OF_ANOTHER: "The seal is not the academy's: somebody else made it.",
}


def seal_check(data: bytes, roots: Iterable[str], at: datetime) -> Check:
    """Return what the seal of this PDF is worth; `roots` are the trusted certificates in PEM."""
    trusted = [x509.Certificate.load(pem.unarmor(one.encode())[2]) for one in roots]
    if not trusted:
        sentence = "Without the academy's root certificate no seal can be checked."
        return unchecked(Part.SEAL, sentence, "Looked for what is trusted.", at)
    try:
        reader: Any = PdfFileReader(BytesIO(data), strict=False)
        signatures = list(reader.embedded_signatures)
        if not signatures:
            return _failed([Finding.NO_SEAL], at)
        status = asyncio.run(_validated(reader, signatures[0], trusted))
    except PathError:
        return _failed([Finding.SEAL_OF_ANOTHER], at)
    except Exception:
        # Strangers' files make the parsers raise anything; an unreadable seal seals nothing.
        return _failed([Finding.SEAL_BROKEN], at)
    if findings := _findings(data, signatures, status):
        return _failed(findings, at)
    return passed(Part.SEAL, _said(status), _HOW, at)


async def _validated(reader: Any, signature: Any, roots: list[Any]) -> Any:
    """Check the seal as of its time stamp, with the chain and the lists that the file carries."""
    store: Any = dss.DocumentSecurityStore.read_dss(reader)
    context = store.as_validation_context(
        {
            "trust_roots": roots,
            "allow_fetching": False,
            "revocation_mode": "hard-fail",
            "moment": _stamped(signature),
        }
    )
    return await async_validate_pdf_signature(signature, context, context)


def _stamped(signature: Any) -> datetime:
    """Return when the time stamp says that the seal was made; the stamp is checked with it."""
    stamp: Any = next(extract_tst_data_iter(signature.signer_info, signed=False))
    return stamp["encap_content_info"]["content"].parsed["gen_time"].native


def _findings(data: bytes, signatures: list[Any], status: Any) -> list[Finding]:
    first = signatures[0]
    findings: list[Finding] = []
    if not (status.intact and status.valid):
        findings.append(Finding.SEAL_BROKEN)
    elif not (status.trusted and _dated(status)):
        findings.append(Finding.SEAL_OF_ANOTHER)
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE and len(signatures) == 1
    if not (whole and _covers(first, len(data))):
        findings.append(Finding.BYTES_ADDED)
    if status.docmdp_ok is False and Finding.BYTES_ADDED not in findings:
        findings.append(Finding.SEAL_BROKEN)
    if first.docmdp_level is not MDPPerm.NO_CHANGES:
        findings.append(Finding.CHANGES_ALLOWED)
    return findings


def _covers(signature: Any, length: int) -> bool:
    """Tell whether the seal spans the file from its first byte to its last."""
    start, _, second, rest = (int(one) for one in signature.byte_range)
    return start == 0 and second + rest == length


def _dated(status: Any) -> bool:
    stamp = status.timestamp_validity
    return stamp is not None and stamp.valid and stamp.intact and stamp.trusted


def _said(status: Any) -> str:
    when: datetime = status.timestamp_validity.timestamp
    return f"The academy sealed this file on {when.day} {when:%B %Y}; nothing has changed since."


def _failed(findings: list[Finding], at: datetime) -> Check:
    notes = tuple(Note(finding=one, sentence=_SENTENCES[one]) for one in findings)
    return failed(Part.SEAL, notes, _HOW, at)
