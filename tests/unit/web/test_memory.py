import gc

import pytest

from web.memory import LettingGo, keep_what_is_loaded


class Process:
    """A process whose clocks are set by hand, and which counts how often it looks through all."""

    def __init__(self) -> None:
        self.now = self.worked = 0.0
        self.looks = 0
        self.letting_go = LettingGo(self.look, lambda: self.now, lambda: self.worked)

    def look(self) -> None:
        self.looks += 1

    def run(self, seconds: float, busy: float) -> int:
        for _ in range(int(seconds / 5)):
            self.now += 5
            self.worked += 5 * busy
            self.letting_go()
        return self.looks


@pytest.mark.parametrize(("busy", "looks"), [(0.05, 15), (0.9, 1)])
def test_it_looks_once_a_minute_when_quiet_and_seldom_when_busy(busy: float, looks: int) -> None:
    assert Process().run(900, busy) == looks


def test_after_a_busy_time_it_looks_as_soon_as_it_is_quiet() -> None:
    process = Process()
    assert process.run(300, busy=0.9) == 0
    assert process.run(5, busy=0.05) == 1


def test_nothing_looks_through_all_by_itself() -> None:
    before = gc.get_threshold()
    try:
        keep_what_is_loaded()
        assert gc.get_threshold()[:2] == before[:2]
        assert gc.get_threshold()[2] > 10**6
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
