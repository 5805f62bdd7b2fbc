"""Forms are drawn fairly, and the same seed draws the same form."""

from bisect import bisect_left
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.exams import Cell
from quizbank.forms import KEY_SPACE, Quota, draw_key, quotas, shuffled, window_start
from quizbank.kinds.item import Level

seeds = st.integers(0, 2**63 - 1)
CELL = Cell(objective="TT-01", count=1)
BANK = tuple(f"item-{number:02d}" for number in range(20))


@given(seeds, st.lists(st.text(max_size=3), unique=True, max_size=12))
@settings(max_examples=100, deadline=None)
def test_an_order_of_options_is_a_permutation(seed: int, ids: list[str]) -> None:
    order = shuffled(seed, "options 1", ids)
    assert sorted(order) == sorted(ids)


def test_each_use_of_a_seed_has_its_own_stream() -> None:
    assert shuffled(7, "options 1", BANK) != shuffled(7, "options 2", BANK)
    assert shuffled(7, "items", BANK) != shuffled(8, "items", BANK)
    starts = {
        window_start(seed, Quota(cell, critical, 1))
        for seed in (7, 8)
        for critical in (True, False)
        for cell in (CELL, Cell(objective="TT-01", level=Level.APPLY, count=1))
    }
    assert len(starts) == 8


def test_a_cell_splits_into_its_critical_and_its_other_items() -> None:
    cells = [
        Cell(objective="TT-01", count=5, critical=2),
        Cell(objective="TT-02", count=3),
        Cell(objective="TT-03", count=2, critical=2),
    ]
    assert quotas(cells) == (
        Quota(cells[0], True, 2),
        Quota(cells[0], False, 3),
        Quota(cells[1], False, 3),
        Quota(cells[2], True, 2),
    )


def test_every_order_of_three_options_comes_up_alike() -> None:
    orders = Counter(shuffled(seed, "options 1", "abc") for seed in range(6_000))
    assert len(orders) == 6
    assert all(880 < count < 1_120 for count in orders.values())


def test_windows_begin_anywhere_on_the_ring() -> None:
    tenths = Counter(
        window_start(seed, Quota(CELL, False, 1)) * 10 // KEY_SPACE for seed in range(4_000)
    )
    assert sorted(tenths) == list(range(10))
    assert all(320 < count < 480 for count in tenths.values())


def test_draw_keys_lie_on_the_ring_and_are_spread_over_it() -> None:
    keys = [draw_key(f"tt-{number}") for number in range(2_000)]
    assert all(0 <= key < KEY_SPACE for key in keys)
    assert len(set(keys)) == len(keys)
    tenths = Counter(key * 10 // KEY_SPACE for key in keys)
    assert all(150 < tenths[tenth] < 250 for tenth in range(10))


def test_in_a_bank_of_ten_thousand_hardly_any_item_has_half_or_twice_its_share() -> None:
    ring = sorted(draw_key(f"tt-{number}") for number in range(10_000))
    window = Quota(CELL, False, 5).window
    # An item is a candidate when the window begins in the stretch that its predecessors cover.
    shares = [
        ((ring[place] - ring[place - window]) % KEY_SPACE) / KEY_SPACE * len(ring) / window
        for place in range(len(ring))
    ]
    shares.sort()
    assert sum(shares) / len(shares) == pytest.approx(1)
    assert shares[0] > 0.5
    assert shares[-1] < 2
    assert bisect_left(shares, 1.3) - bisect_left(shares, 0.7) > 9_500
