"""The address of LinkedIn's own form, filled in."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from certs.linkedin import profile_address
from certs.terms import Facts


def test_every_field_is_filled_in_and_escaped() -> None:
    facts = Facts(
        serial="PP-7K2M9-QX4TD-0ABCN-8RHJP",
        holder="Zoë Łukasiewicz",
        achievement="Needling & scars: 100 %",
        scope=(),
        limits=(),
        issuer="Pinpoint Academy",
        issued_at=datetime(2026, 11, 23, tzinfo=UTC),
        expires_at=datetime(2028, 2, 1, tzinfo=UTC),
        verify_url="https://academy.example.org/verify/PP-7K2M9-QX4TD-0ABCN-8RHJP",
        demo=False,
    )
    parts = urlsplit(profile_address(facts))
    assert parts.hostname == "www.linkedin.com"
    assert parse_qs(parts.query) == {
        "startTask": ["CERTIFICATION_NAME"],
        "name": ["Needling & scars: 100 %"],
        "organizationName": ["Pinpoint Academy"],
        "issueYear": ["2026"],
        "issueMonth": ["11"],
        "expirationYear": ["2028"],
        "expirationMonth": ["2"],
        "certUrl": ["https://academy.example.org/verify/PP-7K2M9-QX4TD-0ABCN-8RHJP"],
        "certId": ["PP-7K2M9-QX4TD-0ABCN-8RHJP"],
    }
