"""A token bucket for each client address, in memory, one a process."""

import ipaddress
from collections import OrderedDict
from datetime import datetime
from functools import lru_cache
from threading import Lock

from base.errors import Throttled

# Bounds the memory that a flood of addresses can take; the least recently seen go first.
_MOST_ADDRESSES = 20_000
_IPV6_HOUSEHOLD_BITS = 64


class TooFast(Throttled):
    """A client asked too often; `seconds` is how long to wait."""

    def __init__(self, seconds: int, whose: str) -> None:
        super().__init__(f"Too many requests {whose}. Wait {seconds} s, then try again.", seconds)


class RateLimit:
    """At most `a_minute` requests at once from one address, refilled evenly over a minute.

    `whose` says in a refusal what was counted.
    """

    def __init__(self, a_minute: int, whose: str = "from your network") -> None:
        self._most = float(a_minute)
        self._whose = whose
        self._buckets: OrderedDict[str, tuple[float, datetime]] = OrderedDict()
        self._lock = Lock()

    def take(self, address: str, now: datetime) -> int:
        """Count one request and return how many more may follow at once.

        Raises `TooFast` where the bucket of this address is empty.
        """
        key = household(address)
        with self._lock:
            left = self._left(key, now)
            if left >= 1:
                self._keep(key, left - 1, now)
                return int(left - 1)
        raise TooFast(max(1, round((1 - left) * 60 / self._most)), self._whose)

    def _left(self, key: str, now: datetime) -> float:
        tokens, then = self._buckets.get(key, (self._most, now))
        # The clock may be set back; no tokens are lost by it.
        passed = max((now - then).total_seconds(), 0.0)
        return min(self._most, tokens + passed * self._most / 60)

    def _keep(self, key: str, tokens: float, now: datetime) -> None:
        self._buckets[key] = (tokens, now)
        self._buckets.move_to_end(key)
        if len(self._buckets) > _MOST_ADDRESSES:
            self._buckets.popitem(last=False)


@lru_cache(4_096)
def household(address: str) -> str:
    """Return the address, or for IPv6 its /64 network, which is what one client gets."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed.packed, _IPV6_HOUSEHOLD_BITS), strict=False))
