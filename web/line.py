"""The line before a door: one is let in after the other, as long as the event loop is on time."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

# Whoever comes alone is not kept waiting at all.
_ALONE_SECONDS = 0.25
_TICK_SECONDS = 0.05
# However late the loop is, one a second comes in.
_LONGEST_PAUSE_SECONDS = 1.0
# Whatever makes the loop later than this is felt in every answer.
_LATE_SECONDS = 0.005


@dataclass(eq=False)
class _Waiting:
    """A screen before the door, and whose it is: the sign-in cookie."""

    token: str
    in_turn: asyncio.Event = field(default_factory=asyncio.Event)


class Line:
    """Who waits, in the order in which they came. It belongs to one event loop."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._waiting = deque[_Waiting]()
        self._let_in_at = float("-inf")
        self._late = 0.0
        self._opening: asyncio.Task[None] | None = None

    def walks_in(self) -> bool:
        """Tell whether whoever comes now need not wait, and count them as let in."""
        if self._waiting or self._clock() - self._let_in_at < _ALONE_SECONDS:
            return False
        self._let_in_at = self._clock()
        return True

    async def wait(self, token: str) -> None:
        """Wait for one's turn; whoever is cancelled meanwhile leaves the line."""
        own = _Waiting(token)
        self._waiting.append(own)
        if self._opening is None or self._opening.done():
            self._opening = asyncio.create_task(self._let_in())
        try:
            await own.in_turn.wait()
        finally:
            if own in self._waiting:
                self._waiting.remove(own)

    def place(self, token: str) -> int:
        """Return the number of whoever has this cookie, from 1; 0 where they do not wait."""
        places = (place for place, one in enumerate(self._waiting, 1) if one.token == token)
        return next(places, 0)

    async def _let_in(self) -> None:
        while self._waiting:
            asked = self._clock()
            await asyncio.sleep(_TICK_SECONDS)
            now = self._clock()
            self._late = (self._late + now - asked - _TICK_SECONDS) / 2
            overdue = now - self._let_in_at >= _LONGEST_PAUSE_SECONDS
            if self._waiting and (overdue or self._late < _LATE_SECONDS):
                self._let_in_at = now
                self._waiting.popleft().in_turn.set()
