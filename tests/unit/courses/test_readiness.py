"""Readiness: shares with their intervals, and what went wrong last."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from courses.practice_choice import LastAnswer
from courses.readiness import readiness_of
from quizbank.objective_lines import Standing

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TITLES = {"MF-01": "What needling is", "MF-02": "Skin and depth", "MF-03": "Healing"}


def answer(item: str, objective: str, fraction: float, family: str = "depth") -> LastAnswer:
    return LastAnswer(item, objective, family, fraction, NOW)


answers = st.lists(
    st.builds(
        LastAnswer,
        st.text("abc", min_size=1),
        st.sampled_from(["MF-01", "MF-02", "GONE-01"]),
        st.sampled_from(["depth", "acne"]),
        st.sampled_from([0, 0.5, 1]),
        st.just(NOW),
    )
)


@given(answers)
def test_each_objective_is_either_a_line_or_not_practised(given_answers):
    told = readiness_of(given_answers, TITLES, 0.8)
    assert len(told.lines) + len(told.unpractised) == len(TITLES)
    assert "Healing" in told.unpractised
    for line in told.lines:
        assert 0 <= line.low <= line.share <= line.high <= 1
        assert line.items == sum(one.objective == line.objective for one in given_answers)


@given(answers)
def test_weak_topics_are_those_with_a_miss_and_the_weakest_comes_first(given_answers):
    weak = readiness_of(given_answers, TITLES, 0.8).weak
    shares = [one.right / one.answers for one in weak]
    assert shares == sorted(shares)
    assert all(one.right < one.answers for one in weak)


def test_three_of_three_are_too_few_to_be_ready():
    few = [answer(f"a{n}", "MF-01", 1) for n in range(3)]
    many = [answer(f"b{n}", "MF-02", 1) for n in range(30)]
    told = readiness_of([*few, *many], TITLES, 0.8)
    assert [one.standing for one in told.lines] == [Standing.OPEN, Standing.ABOVE]
    assert [one.objective for one in told.strong] == ["MF-02"]


def test_a_topic_has_its_family_in_words():
    told = readiness_of([answer("a", "MF-01", 0.5, "waiting-times")], TITLES, 0.8)
    assert [one.name for one in told.weak] == ["Waiting times"]
