"""Where an attempt stands is derived from its steps."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.attempts import ENDINGS, Action, Progress, Step, replay
from quizbank.confidence import Confidence

KINDS = (Action.ANSWERED, Action.FLAGGED, Action.UNFLAGGED)
events = st.tuples(
    st.sampled_from(KINDS),
    st.integers(1, 4),
    st.none() | st.sampled_from([{"option": "a"}, {"option": "b"}]),
    st.none() | st.sampled_from(Confidence),
)


def steps_of(raw: list[tuple[Action, int, object, Confidence | None]]) -> list[Step]:
    return [Step(1, Action.STARTED)] + [
        Step(number, action, position, response, said)  # type: ignore[arg-type]
        if action is Action.ANSWERED
        else Step(number, action, position)
        for number, (action, position, response, said) in enumerate(raw, start=2)
    ]


logs = st.lists(events, max_size=20).map(steps_of)  # type: ignore[arg-type]


def test_nothing_yet_is_revision_0() -> None:
    assert replay([]) == Progress()


def test_a_started_attempt_is_open_and_empty() -> None:
    assert replay([Step(1, Action.STARTED, None, {"consent": "yes"})]) == Progress(revision=1)


def test_an_answer_taken_back_is_no_answer() -> None:
    told = replay([Step(1, Action.ANSWERED, 1, {"option": "a"}), Step(2, Action.ANSWERED, 1)])
    assert told.responses == {}
    assert told.revision == 2


def test_what_was_seen_or_answered_before_a_pause_is_frozen_after_it_and_nothing_else() -> None:
    told = replay(
        [
            Step(1, Action.STARTED),
            Step(2, Action.SEEN, 1),
            Step(3, Action.ANSWERED, 2, {"option": "a"}),
            Step(4, Action.PAUSED),
            Step(5, Action.RESUMED),
            Step(6, Action.SEEN, 3),
        ]
    )
    assert told.frozen == {1, 2}
    assert told.seen == {1, 3}
    assert told.responses == {2: {"option": "a"}}


def test_both_endings_end() -> None:
    for ending in ENDINGS:
        assert replay([Step(1, Action.STARTED), Step(2, ending)]).ended


@given(logs)
@settings(max_examples=150, deadline=None)
def test_the_latest_answer_to_each_item_counts_and_the_last_number_is_the_revision(
    log: list[Step],
) -> None:
    told = replay(log)
    assert told.revision == log[-1].number
    for position in range(1, 5):
        answers = [
            one.response
            for one in log
            if one.action is Action.ANSWERED and one.position == position
        ]
        assert told.responses.get(position) == (answers[-1] if answers else None)


@given(logs)
@settings(max_examples=150, deadline=None)
def test_what_was_said_last_of_how_sure_one_is_stands_and_touches_no_answer(
    log: list[Step],
) -> None:
    told = replay(log)
    for position in range(1, 5):
        said = [one.confidence for one in log if one.position == position and one.confidence]
        assert told.confidences.get(position) == (said[-1] if said else None)
    silent = [one._replace(confidence=None) for one in log]
    assert replace(told, confidences={}) == replay(silent)


@given(logs)
@settings(max_examples=100, deadline=None)
def test_replaying_twice_says_the_same_and_repeating_the_last_step_changes_nothing(
    log: list[Step],
) -> None:
    assert replay(log) == replay(log) == replay([*log, log[-1]])


@given(logs)
@settings(max_examples=100, deadline=None)
def test_flags_and_answers_do_not_touch_each_other(log: list[Step]) -> None:
    answers = [one for one in log if one.action is not Action.FLAGGED]
    flags = [one for one in log if one.action is not Action.ANSWERED]
    assert replay(log).responses == replay(answers).responses
    assert replay(log).flagged == replay(flags).flagged


@given(logs)
@settings(max_examples=50, deadline=None)
def test_an_ending_keeps_every_answer(log: list[Step]) -> None:
    ended = replay([*log, Step(len(log) + 1, Action.CLOSED_AT_DEADLINE)])
    assert ended.ended
    assert ended.responses == replay(log).responses
