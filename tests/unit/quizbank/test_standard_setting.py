"""The modified Angoff study, by hand and by law."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.standard_setting import cut_score

# Three raters, four items; sums 2.4, 2.8 and 3.0.
RATINGS = {
    "alba": {1: 0.5, 2: 0.6, 3: 0.7, 4: 0.6},
    "bela": {1: 0.9, 2: 0.6, 3: 0.7, 4: 0.6},
    "cato": {1: 0.8, 2: 0.7, 3: 0.8, 4: 0.7},
}


def test_by_hand() -> None:
    said = cut_score(RATINGS, [1, 2, 3, 4])
    assert said is not None
    assert [one.cut for one in said.raters] == pytest.approx([2.4, 2.8, 3.0])
    assert said.mean == pytest.approx(2.7333333)
    assert said.deviation == pytest.approx(0.3055050)
    assert said.error == pytest.approx(0.1763834)
    assert [one.far_apart for one in said.spreads] == [True, False, False, False]
    assert said.spreads[0].mean == pytest.approx(0.7333333)


def test_a_cut_is_rounded_up_to_a_whole_mark_of_the_form() -> None:
    said = cut_score(RATINGS, [1, 2, 3, 4])
    assert said is not None
    assert (said.suggested(4), said.suggested(40)) == (3, 28)
    even = cut_score({"alba": {1: 0.3, 2: 0.7}, "bela": {1: 0.1, 2: 0.9}}, [1, 2])
    assert even is not None
    # 0.1 + 0.9 is 1 exactly in words, and must not become 2 by a hair.
    assert even.suggested(2) == 1


def test_who_has_not_finished_does_not_count() -> None:
    said = cut_score(RATINGS | {"dina": {1: 0.0}}, [1, 2, 3, 4])
    assert said is not None
    assert len(said.raters) == 3
    assert cut_score({"dina": {1: 0.0}}, [1, 2]) is None
    assert cut_score({}, [1]) is None


def test_one_rater_alone_has_no_spread() -> None:
    said = cut_score({"alba": {1: 0.5}}, [1])
    assert said is not None
    assert (said.deviation, said.error, said.spreads[0].deviation) == (None, None, 0.0)


chances = st.integers(0, 10).map(lambda step: step / 10)


@given(st.lists(st.lists(chances, min_size=3, max_size=3), min_size=1, max_size=6))
def test_the_cut_lies_within_what_the_raters_said(judged: list[list[float]]) -> None:
    ratings = {f"r{n}": dict(enumerate(one, 1)) for n, one in enumerate(judged)}
    said = cut_score(ratings, [1, 2, 3])
    assert said is not None
    cuts = [one.cut for one in said.raters]
    assert min(cuts) - 1e-9 <= said.mean <= max(cuts) + 1e-9
    assert 0 <= said.suggested(3) <= 3
