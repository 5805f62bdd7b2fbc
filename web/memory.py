"""Memory that nothing reaches any more, let go when nobody would feel it.

Python looks for it through all that lives, and stands still meanwhile: with a few hundred open tabs
that is a fifth of a second, and it looks the more often the more tabs come. So it looks only at
what is young by itself, and at everything when the process has little to do.
"""

import gc
from collections.abc import Callable
from time import monotonic, process_time

# So many collections of the middle-aged before one of all that lives.
_NEVER = 1_000_000_000
_QUIET_SHARE = 0.2
_AT_MOST_EVERY_SECONDS = 60.0
_AT_LEAST_EVERY_SECONDS = 900.0


def keep_what_is_loaded() -> None:
    """Leave what the program itself is made of, and all that grows old, out of collections."""
    gc.collect()
    gc.freeze()
    young, middle_aged, _ = gc.get_threshold()
    gc.set_threshold(young, middle_aged, _NEVER)


class LettingGo:
    """Looks through everything when the process was quiet since the last call, or after long.

    The clocks count seconds: of the wall, and of the processor for this process.
    """

    def __init__(
        self,
        collect: Callable[[], object] = gc.collect,
        clock: Callable[[], float] = monotonic,
        work: Callable[[], float] = process_time,
    ) -> None:
        self._collect, self._clock, self._work = collect, clock, work
        self._asked, self._worked = clock(), work()
        self._collected = self._asked

    def __call__(self) -> None:
        """Look, if it is time to."""
        now, worked = self._clock(), self._work()
        quiet = worked - self._worked < _QUIET_SHARE * (now - self._asked)
        self._asked, self._worked = now, worked
        since = now - self._collected
        if since >= (_AT_MOST_EVERY_SECONDS if quiet else _AT_LEAST_EVERY_SECONDS):
            self._collect()
            self._collected = now
