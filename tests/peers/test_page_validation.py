"""page-validation, which shares no code with veraPDF, agrees that our pages keep both standards."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from certs.designs import Format
from certs.pdf import certificate_pdf
from certs.report import report_pdf
from certs.seal import seal_pdf
from tests import sealing
from tests.peers.test_verapdf import FILES
from tests.unit.certs.test_designs import FACE, design
from tests.unit.certs.test_report import FACE as REPORT

page = pytest.importorskip("page", reason="page-validation is not installed")


def _failures(pdf: bytes) -> list[str]:
    reports = [page.validate_pdf_bytes(pdf, profile=profile) for profile in ("3a", "ua1")]
    return [f"{one.rule_id}: {one.message}" for report in reports for one in report.failures]


@pytest.mark.parametrize("format_", Format)
@pytest.mark.parametrize("holder", ["Alba Moreno", "محمد بن عبد الله", "श्रीमती कृष्णमूर्ति"])
def test_a_sealed_certificate_keeps_both(format_: Format, holder: str) -> None:
    drawn = certificate_pdf(replace(FACE, holder=holder), design(format_), FILES)
    assert _failures(drawn) == []
    assert _failures(seal_pdf(drawn, sealing.sealer(), datetime.now(UTC))) == []


def test_a_report_keeps_both() -> None:
    assert _failures(report_pdf(REPORT)) == []


def test_lengths_are_right_for_any_hundred_certificates() -> None:
    # One compressed stream in 128 ends like a line, which was once counted to it.
    for number in range(100):
        assert _failures(certificate_pdf(replace(FACE, serial=f"PP-{number:05}"))) == []
