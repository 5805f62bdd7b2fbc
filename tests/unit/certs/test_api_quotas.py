"""How much a key may ask a day, and what it may be called."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.errors import Invalid
from certs.api_keys import QuotaSpent, allowance_of, key_label, seconds_of_day_left

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_what_is_left_until_midnight() -> None:
    allowance = allowance_of(10_000, 9_400, NOON)
    assert (allowance.quota, allowance.left, allowance.seconds) == (10_000, 600, 43_200)
    refused = QuotaSpent(allowance, 1_000)
    assert str(refused) == (
        "This asks about 1,000 certificates; 600 of today's 10,000 are left. "
        "They are full again at midnight UTC."
    )
    assert refused.seconds == 43_200


@pytest.mark.parametrize(
    ("now", "seconds"),
    [
        (datetime(2026, 11, 23, tzinfo=UTC), 86_400),
        (datetime(2026, 11, 23, 23, 59, 59, 999_999, tzinfo=UTC), 1),
        (datetime(2026, 11, 24, 1, tzinfo=timezone(timedelta(hours=2))), 3_600),
    ],
)
def test_the_day_is_utc(now: datetime, seconds: int) -> None:
    assert seconds_of_day_left(now) == seconds


@given(st.integers(0, 20_000), st.integers(1, 20_000))
def test_never_less_than_nothing_is_left(used: int, quota: int) -> None:
    left = allowance_of(quota, used, NOON).left
    assert 0 <= left <= quota
    assert left == quota - used or used > quota


def test_a_name_is_tidied() -> None:
    assert key_label("  Rota\n program\u202e ") == "Rota program"


@pytest.mark.parametrize("text", ["", " \n", "\u202e", "x" * 61])
def test_a_name_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        key_label(text)
