"""The time of a sitting: how long it is, how breaks move its end, and which window admits whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizbank.attempts import Action


@dataclass(frozen=True)
class Adjustment:
    """What a person is granted at every exam; why is not known here."""

    time_factor: float = 1
    pause_minutes: int = 0
    larger_text: bool = False

    @property
    def changes_time(self) -> bool:
        """Whether the clock runs otherwise than for others."""
        return self.time_factor > 1 or self.pause_minutes > 0


@dataclass(frozen=True)
class Pause:
    """A rest of an attempt's clock; `ends` lies ahead while it runs, and ends it by itself."""

    began: datetime
    ends: datetime

    @property
    def length(self) -> timedelta:
        """How long the clock rests."""
        return self.ends - self.began


@dataclass(frozen=True)
class Timing:
    """What the deadline of an attempt is made of, all of it fixed at its start.

    `limit` is the exam's time multiplied by the person's factor, `rest` how long the clock may
    rest in all, `window_end` when the room closes; None where there is no limit, and no window.
    """

    started_at: datetime
    limit: timedelta | None
    rest: timedelta = timedelta(0)
    window_end: datetime | None = None

    def deadline(self, pauses: Iterable[Pause] = ()) -> datetime | None:
        """Return min(start + limit + pauses taken, window end); None where nothing ends it."""
        ends = [self.window_end] if self.window_end else []
        if self.limit is not None:
            rested = sum((one.length for one in pauses), timedelta(0))
            ends.append(self.started_at + self.limit + rested)
        return min(ends, default=None)

    def rest_left(self, pauses: Iterable[Pause]) -> timedelta:
        """Return how long the clock may still rest; a running pause counts as taken whole."""
        return max(self.rest - sum((one.length for one in pauses), timedelta(0)), timedelta(0))

    def pause(self, pauses: Sequence[Pause], now: datetime) -> Pause:
        """Return the pause that begins now and takes all that is left, if nobody ends it before."""
        ends = now + self.rest_left(pauses)
        return Pause(now, min(ends, self.window_end) if self.window_end else ends)


def time_to_sit(minutes: int, factor: float) -> timedelta:
    """Return the time of an exam for somebody with this factor."""
    return timedelta(minutes=minutes) * factor


def pauses_among(
    steps: Iterable[tuple[Action, datetime]], running_until: datetime | None
) -> tuple[Pause, ...]:
    """Return the pauses among an attempt's steps; the last ends at `running_until` while it runs.

    A pause that nobody has ended has no step of its end yet.
    """
    pauses: list[Pause] = []
    began: datetime | None = None
    for action, at in steps:
        if action is Action.PAUSED:
            began = at
        elif action is Action.RESUMED and began is not None:
            pauses.append(Pause(began, at))
            began = None
    if began is not None and running_until is not None:
        pauses.append(Pause(began, running_until))
    return tuple(pauses)


@dataclass(frozen=True)
class Window:
    """A time in which an exam may be sat, as one person finds it.

    `invited` tells whether the person was invited by name or gave a code.
    """

    id: str
    title: str
    opens_at: datetime
    closes_at: datetime
    asks_password: bool = False
    invited_only: bool = False
    invited: bool = False

    @property
    def admits(self) -> bool:
        """Whether the person may sit in it, once it is open and with its password."""
        return self.invited or not self.invited_only

    @property
    def takes_code(self) -> bool:
        """Whether an invitation code may admit the person, who is not admitted yet."""
        return self.invited_only and not self.invited

    def is_open(self, now: datetime) -> bool:
        """Tell whether an attempt may begin in it now."""
        return self.opens_at <= now < self.closes_at


def open_windows(windows: Iterable[Window], now: datetime) -> tuple[Window, ...]:
    """Return the windows that admit the person now, the best first.

    One that the person was invited to comes before one for everybody, one without a password
    before one with, then the one that closes last.
    """
    fitting = [one for one in windows if one.admits and one.is_open(now)]
    latest_first = sorted(fitting, key=lambda one: (one.closes_at, one.id), reverse=True)
    return tuple(sorted(latest_first, key=lambda one: (not one.invited, one.asks_password)))


def next_window(windows: Iterable[Window], now: datetime) -> Window | None:
    """Return the window that admits the person and opens next."""
    coming = [one for one in windows if one.admits and one.opens_at > now]
    return min(coming, key=lambda one: (one.opens_at, one.id), default=None)
