from datetime import UTC, datetime, timedelta

import pytest

from web.rate_limit import RateLimit, TooFast, household

NOW = datetime(2026, 3, 7, tzinfo=UTC)


def test_bucket_empties_and_refills() -> None:
    limit = RateLimit(60)
    for _ in range(60):
        limit.take("192.0.2.1", NOW)
    with pytest.raises(TooFast, match="Wait 1 s"):
        limit.take("192.0.2.1", NOW)
    limit.take("192.0.2.2", NOW)
    limit.take("192.0.2.1", NOW + timedelta(seconds=1))


def test_bucket_never_holds_more_than_a_minute() -> None:
    limit = RateLimit(2)
    limit.take("a", NOW)
    later = NOW + timedelta(days=1)
    limit.take("a", later)
    limit.take("a", later)
    with pytest.raises(TooFast) as refused:
        limit.take("a", later)
    assert refused.value.seconds == 30


def test_clock_set_back_takes_nothing_away() -> None:
    limit = RateLimit(2)
    limit.take("a", NOW)
    limit.take("a", NOW - timedelta(hours=1))
    with pytest.raises(TooFast):
        limit.take("a", NOW - timedelta(hours=1))


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.rate_limit._MOST_ADDRESSES", 2)
    limit = RateLimit(1)
    for address in ("a", "b", "c"):
        limit.take(address, NOW)
    limit.take("a", NOW)
    with pytest.raises(TooFast):
        limit.take("c", NOW)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_household(address: str, key: str) -> None:
    assert household(address) == key
