"""What a session asks: what its mode says, never twice, and alike for the same seed."""

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from courses.practice_choice import (
    DIAGNOSTIC_LENGTH,
    REFRESHER_LENGTH,
    LastAnswer,
    Mode,
    Past,
    Wanted,
    choose,
    fitting,
    key_of,
)
from courses.scheduling import Review, card_of
from quizbank.practice import PracticeItem

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OBJECTIVES = ("MF-01", "MF-02", "MF-03", "MF-04", "MF-05")
CHOSEN = [one for one in Mode if one is not Mode.QUIZ]


def item(number: int, objective: str = "MF-01", family: str = "depth", **more) -> PracticeItem:
    name = f"{objective.lower()}-{number:03}"
    return PracticeItem(name, f"v-{name}", objective, family, **({"critical": False} | more))


@st.composite
def banks(draw):
    made = draw(
        st.lists(
            st.tuples(
                st.sampled_from(OBJECTIVES),
                st.sampled_from(("depth", "acne", "keloid")),
                st.booleans(),
                st.sets(st.integers(0, 24), max_size=2),
                st.booleans(),
            ),
            max_size=25,
        )
    )
    names = [f"{objective.lower()}-{n:03}" for n, (objective, *_) in enumerate(made)]
    return [
        item(
            n,
            objective,
            family,
            critical=critical,
            enemies=frozenset(names[one] for one in enemies if one < len(names) and one != n),
            staged=staged,
        )
        for n, (objective, family, critical, enemies, staged) in enumerate(made)
    ]


@st.composite
def pasts(draw, bank):
    answered = (
        draw(st.lists(st.sampled_from(bank), unique_by=lambda one: one.item_id)) if bank else []
    )
    answers = {
        one.item_id: LastAnswer(
            one.item_id,
            one.objective,
            one.family,
            draw(st.sampled_from((0, 0.5, 1))),
            NOW - timedelta(hours=draw(st.integers(1, 2000))),
        )
        for one in answered
    }
    cards = {
        key_of(one): card_of([Review(answers[one.item_id].at, draw(st.sampled_from(list(Rating))))])
        for one in answered
    }
    return Past(NOW, answers, cards)


stories = banks().flatmap(lambda bank: st.tuples(st.just(bank), pasts(bank)))
wishes = st.builds(
    Wanted, st.sampled_from(CHOSEN), st.sampled_from((5, 10, 20)), st.sampled_from(OBJECTIVES)
)


@given(stories, wishes, st.integers(0, 2**63 - 1))
def test_a_session_keeps_its_promises(story, wanted, seed):
    bank, past = story
    chosen = choose(wanted, bank, past, seed)
    assert len(chosen) <= wanted.most
    assert len({one.item_id for one in chosen}) == len(chosen)
    assert set(chosen) <= set(bank)
    assert all(b.item_id not in a.enemies for a in chosen for b in chosen)
    assert chosen == choose(wanted, list(reversed(bank)), past, seed)


@given(stories, wishes, st.integers(0, 2**63 - 1))
def test_every_question_fits_its_mode(story, wanted, seed):
    bank, past = story
    for one in choose(wanted, bank, past, seed):
        if wanted.mode is Mode.DUE:
            assert past.cards[key_of(one)].is_due(NOW)
        if wanted.mode is Mode.MISSED:
            assert past.answers[one.item_id].fraction < 1
        if wanted.mode is Mode.CRITICAL:
            assert one.critical
        if wanted.mode is Mode.OBJECTIVE:
            assert one.objective == wanted.objective


@given(stories, wishes, st.integers(0, 2**63 - 1))
def test_a_session_is_short_only_where_no_more_fit(story, wanted, seed):
    bank, past = story
    peaceful = [PracticeItem(*(getattr(one, name) for name in FIELDS)) for one in bank]
    there = len([*fitting(wanted, peaceful, past, seed)])
    assert len(choose(wanted, peaceful, past, seed)) == min(there, wanted.most)


FIELDS = ("item_id", "version_id", "objective", "family", "critical")


@given(stories, st.integers(0, 99))
def test_the_diagnostic_and_the_refresher_ask_every_plain_question_before_the_first_case(
    story, seed
):
    bank, past = story
    for mode in (Mode.DIAGNOSTIC, Mode.REFRESHER):
        staged = [one.staged for one in choose(Wanted(mode), bank, past, seed)]
        assert staged == sorted(staged)


@given(stories, st.integers(0, 99))
def test_a_review_asks_each_family_that_is_due_once(story, seed):
    bank, past = story
    asked = [key_of(one) for one in fitting(Wanted(Mode.DUE), bank, past, seed)]
    assert asked == past.due()


def test_mixed_practice_and_the_diagnostic_go_through_all_objectives():
    bank = [item(n, objective) for objective in OBJECTIVES for n in range(6)]
    for mode in (Mode.MIXED, Mode.DIAGNOSTIC):
        chosen = choose(Wanted(mode, 10), bank, Past(NOW), seed=7)
        assert sorted(one.objective for one in chosen) == sorted([*OBJECTIVES, *OBJECTIVES])


@pytest.mark.parametrize(
    ("mode", "length"), [(Mode.DIAGNOSTIC, DIAGNOSTIC_LENGTH), (Mode.REFRESHER, REFRESHER_LENGTH)]
)
def test_some_modes_have_a_length_of_their_own(mode, length):
    bank = [item(n, family=f"family-{n}") for n in range(30)]
    assert len(choose(Wanted(mode, 20), bank, Past(NOW), seed=7)) == length


def test_practice_by_weakness_goes_to_the_objectives_that_went_wrong():
    bank = [item(n, objective) for objective in OBJECTIVES for n in range(6)]
    answers = {
        one.item_id: LastAnswer(
            one.item_id, one.objective, one.family, one.objective < "MF-03", NOW
        )
        for one in bank[::2]
    }
    chosen = choose(Wanted(Mode.WEAK, 10), bank, Past(NOW, answers), seed=7)
    assert {one.objective for one in chosen} == {"MF-03", "MF-04", "MF-05"}
    assert answers[chosen[0].item_id].fraction == 0


def test_unseen_questions_come_before_those_that_were_seen():
    bank = [item(n) for n in range(10)]
    answers = {
        one.item_id: LastAnswer(one.item_id, one.objective, one.family, 1, NOW) for one in bank[:5]
    }
    chosen = choose(Wanted(Mode.MIXED, 5), bank, Past(NOW, answers), seed=7)
    assert set(chosen) == set(bank[5:])


def test_the_refresher_asks_critical_families_first_then_the_least_remembered():
    plain = [item(n, family=f"plain-{n}") for n in range(6)]
    risky = [item(n, "MF-05", f"risky-{n}", critical=True) for n in range(3)]
    softened = [item(9, "MF-05", "risky-0")]
    fresh = Review(NOW - timedelta(hours=1), Rating.Easy)
    cards = {key_of(one): card_of([fresh]) for one in (*plain[:4], risky[0])}
    past = Past(NOW, {}, cards)
    chosen = choose(Wanted(Mode.REFRESHER), [*plain, *softened, *risky], past, seed=7)
    assert [one.critical for one in chosen] == [True, True, True, False, False]
    assert chosen[2].family == "risky-0"
    assert {one.family for one in chosen[3:]} == {"plain-4", "plain-5"}
