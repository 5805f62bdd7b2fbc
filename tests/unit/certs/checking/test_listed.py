"""The check of status on other issuers' data, which no list of ours speaks of."""

from datetime import UTC, datetime

import pytest

from certs.checking.listed import status_check
from certs.checking.report import Outcome
from certs.checking.trust import Trust

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TRUST = Trust(
    academy="Pinpoint Academy",
    public_url="https://pinpoint.example",
    issuer="did:web:pinpoint.example",
    dated=NOW,
)


@pytest.mark.parametrize("field", ["validFrom", "issuanceDate"])
def test_without_a_list_its_dates_decide(field: str) -> None:
    found = status_check({"issuer": "did:key:z6Mk", field: "2026-01-01T00:00:00Z"}, TRUST, NOW)
    assert found.outcome is Outcome.PASSED
    assert found.sentence == "Its dates hold, and it names no list of what was withdrawn."


def test_data_that_says_nothing_of_its_standing_is_not_called_right() -> None:
    found = status_check({"name": "A badge"}, TRUST, NOW)
    assert found.outcome is Outcome.UNCHECKED
    assert found.sentence == "It says neither from when it stands nor where to ask."
