"""veraPDF finds every page that we print archive-proof (PDF/A-3a) and accessible (PDF/UA-1)."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from certs.attachments import Attachment, Relationship
from certs.designs import Design, Format
from certs.pdf import certificate_pdf
from certs.receipt_page import receipt_pdf
from certs.report import report_pdf
from certs.seal import seal_pdf
from tests import sealing
from tests.conftest import skip_unless_ci
from tests.peers.verapdf import Judged, judge, missing_parts
from tests.unit.certs.test_designs import design
from tests.unit.certs.test_pdf import FACE, SCRIPTS
from tests.unit.certs.test_receipt_page import RECEIPT
from tests.unit.certs.test_report import FACE as REPORT

FILES = (
    Attachment(
        "credential.json", "application/vc+ld+json", b"{}", Relationship.DATA, "The credential"
    ),
    Attachment(
        "issuance.tlog-proof", "text/plain", b"proof", Relationship.SUPPLEMENT, "Proof of issue"
    ),
)


def _certificates() -> dict[str, bytes]:
    faces = {name: replace(FACE, holder=holder) for name, (holder, _) in SCRIPTS.items()}
    faces["Devanagari"] = replace(FACE, holder="श्रीमती कृष्णमूर्ति")
    faces["demo"] = replace(FACE, demo=True)
    faces["long"] = replace(FACE, holder="Wilhelmina " * 10, scope=FACE.scope * 6)
    made = {name: certificate_pdf(face, attachments=FILES) for name, face in faces.items()}
    for format_ in Format:
        made[f"{format_}"] = certificate_pdf(FACE, design(format_), FILES)
        made[f"plain {format_}"] = certificate_pdf(FACE, Design(format=format_), FILES)
    for format_ in Format:
        page = certificate_pdf(FACE, design(format_), FILES)
        made[f"sealed {format_}"] = seal_pdf(page, sealing.sealer(), datetime.now(UTC))
    return made


def _without(part: str) -> bytes:
    """A certificate that lost one part of its catalog."""
    with pikepdf.open(io.BytesIO(certificate_pdf(FACE, attachments=FILES))) as file:
        del file.Root[f"/{part}"]
        made = io.BytesIO()
        file.save(made)
    return made.getvalue()


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judged]:
    if missing := missing_parts():
        skip_unless_ci(missing)
    made = _certificates() | {
        "report": report_pdf(REPORT),
        "receipt": receipt_pdf(RECEIPT, "{}"),
        "no-colours": _without("OutputIntents"),
        "no-tags": _without("StructTreeRoot"),
    }
    folder: Path = tmp_path_factory.mktemp("verapdf")
    return judge(made, folder)


@pytest.mark.parametrize(
    "name",
    [
        *SCRIPTS, "Devanagari", "demo", "long", "report", "receipt",
        *Format, *(f"{how} {format_}" for format_ in Format for how in ("plain", "sealed")),
    ],
)  # fmt: skip
def test_it_is_archive_proof_and_accessible(name: str, judged: dict[str, Judged]) -> None:
    assert judged[name] == Judged((), ())


def test_a_page_without_colour_profile_is_no_archive(judged: dict[str, Judged]) -> None:
    assert any("DeviceRGB" in said for said in judged["no-colours"].archive)


def test_a_page_without_tags_is_not_accessible(judged: dict[str, Judged]) -> None:
    assert any("StructTreeRoot" in said for said in judged["no-tags"].accessible)
