"""Keys with which a clinic's own programs ask us: their shape, and how much one may ask a day."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from base.errors import Invalid, Throttled

PREFIX = "ppk_"
DAILY_QUOTA = 10_000
MOST_KEYS = 20
_LONGEST_LABEL = 60


@dataclass(frozen=True)
class Allowance:
    """How many certificates a key may ask about on one day (UTC), and how many are left."""

    quota: int
    left: int
    seconds: int


class QuotaSpent(Throttled):
    """A key asked about more certificates than it may on one day; nothing was counted."""

    def __init__(self, allowance: Allowance, asked: int) -> None:
        self.allowance = allowance
        super().__init__(
            f"This asks about {asked:,} certificates; {allowance.left:,} of today's "
            f"{allowance.quota:,} are left. They are full again at midnight UTC.",
            allowance.seconds,
        )


def allowance_of(quota: int, used: int, now: datetime) -> Allowance:
    """Return what is left of a day's quota; `seconds` until it is full again."""
    return Allowance(quota, max(quota - used, 0), seconds_of_day_left(now))


def seconds_of_day_left(now: datetime) -> int:
    """Return the seconds until midnight UTC, at least one."""
    here = now.astimezone(UTC)
    midnight = datetime.combine(here.date() + timedelta(days=1), time.min, UTC)
    return max(1, int((midnight - here).total_seconds()))


def key_label(text: str) -> str:
    """Return what a key is called, with single spaces; raises `Invalid`."""
    label = " ".join("".join(ch if ch.isprintable() else " " for ch in text).split())
    if not label:
        raise Invalid(["Give the key a name, such as the program that will use it."])
    if len(label) > _LONGEST_LABEL:
        raise Invalid([f"The key's name has at most {_LONGEST_LABEL} characters. Shorten it."])
    return label
