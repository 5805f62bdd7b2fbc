"""The printed receipt: everything stands on it or in its data, however much it is."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime

from pypdf import PdfReader

from certs.receipt_page import receipt_pdf
from certs.rosters.lines import RosterLine
from certs.rosters.receipts import Receipt, receipt_json
from certs.rosters.verdicts import CheckedLine, RosterVerdict

SERIAL = "PP-7K2M9-QX4TD-0ABCN-8RHJP"


def line(number: int, verdict: RosterVerdict, name: str = "Inès Okafor") -> CheckedLine:
    asked = RosterLine(number, name, "", SERIAL, "")
    return CheckedLine(asked, SERIAL, verdict, "Valid until 22 January 2028.", None)


RECEIPT = Receipt(
    id="0" * 32,
    academy="Pinpoint Academy",
    address="https://pinpoint.example.org",
    clinic="Clear Skin & Co",
    title="November",
    checked_by="Cleo Demo",
    checked_at=datetime(2026, 11, 23, 9, 15, tzinfo=UTC),
    checkpoint="",
    lines=(line(2, RosterVerdict.VALID), line(3, RosterVerdict.REVOKED, "林 美玲")),
    demo=True,
)


def text_of(receipt: Receipt) -> str:
    reader = PdfReader(io.BytesIO(receipt_pdf(receipt, receipt_json(receipt))))
    (page,) = reader.pages
    return " ".join(page.extract_text().split())


def test_it_says_what_was_checked_when_and_by_whom() -> None:
    said = text_of(RECEIPT)
    for part in ("Clear Skin & Co", "November: 2 lines", "23 November 2026, 09:15 UTC by Cleo"):
        assert part in said
    assert "1 valid, 1 revoked." in said
    assert "The issuance log was empty." in said
    # What needs somebody's hand comes first.
    assert said.index("林 美玲") < said.index("Inès Okafor")


def test_a_long_roster_stays_on_one_page_and_is_whole_in_the_data() -> None:
    long = tuple(line(at, RosterVerdict.MISMATCH, "Wilhelmina " * 8) for at in range(500))
    receipt = replace(RECEIPT, lines=long, clinic="Clinic " * 30)
    assert "476 lines more in receipt.json." in text_of(receipt)
    assert len(json.loads(receipt_json(receipt))["lines"]) == 500


def test_the_same_receipt_always_gives_the_same_bytes() -> None:
    assert receipt_pdf(RECEIPT, "{}") == receipt_pdf(RECEIPT, "{}")
