"""Practice sessions: what they ask, what becomes of the answers, and that no exam is in them."""

from datetime import date, timedelta

import pytest
from fsrs import Rating
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from base.errors import Conflict, Invalid, NotAllowed, NotFound
from courses.commands.practice import set_study_plan, start_session
from courses.practice_choice import LENGTHS, Mode, Wanted
from courses.queries.practice import (
    comes_back,
    due_reviews,
    own_past,
    practice_choice,
    refresher_opens,
    study_plan,
)
from courses.scheduling import CardState, Review, card_of
from courses.tables.practice import PracticeSessionRow, ReviewCardRow, ReviewRow
from quizbank.commands.attempts import finish_practice
from quizbank.commands.practice import start_chosen_practice
from quizbank.confidence import Confidence
from quizbank.kinds.item import Pool
from quizbank.practice import family_of
from quizbank.tables.bank import ItemRow
from tests.factories import COURSE, EXAM, PRACTICE, World, single_choice
from tests.practising import begin, go_through, plain

SURE = Confidence.CERTAIN


def pools_of(world: World, attempt: str) -> set[str]:
    names = [item.id for item in world.items_of(attempt).values()]
    with world.looking("system") as tx:
        return {tx.session.get_one(ItemRow, name).pool for name in names}


@pytest.mark.parametrize("mode", [Mode.MIXED, Mode.CRITICAL, Mode.DIAGNOSTIC, Mode.WEAK])
def test_a_session_of_each_mode_runs_on_either_database(any_world: World, mode: Mode) -> None:
    attempt = begin(any_world, mode)
    items = any_world.items_of(attempt).values()
    assert len(items) == 10 or (mode is Mode.CRITICAL and items)
    assert pools_of(any_world, attempt) == {Pool.PRACTICE}
    assert mode is not Mode.CRITICAL or all(one.critical for one in items)
    with any_world.looking("alba") as tx:
        row = tx.session.get_one(PracticeSessionRow, attempt)
    assert (row.mode, row.course_slug) == (mode, COURSE)
    assert int(row.seed) >= 0
    assert begin(any_world, Mode.MIXED) == attempt


@pytest.mark.parametrize("length", LENGTHS)
def test_a_session_is_as_long_as_was_asked(world: World, length: int) -> None:
    assert len(world.items_of(begin(world, Mode.MIXED, length))) == length


def test_a_session_of_one_objective_asks_nothing_else(world: World) -> None:
    items = world.items_of(begin(world, Mode.OBJECTIVE, 5, "MF-05"))
    assert {one.objective for one in items.values()} == {"MF-05"}


def test_what_does_not_fit_is_said(world: World) -> None:
    for wanted, said in (
        (Wanted(Mode.DUE), "Nothing is due"),
        (Wanted(Mode.MISSED), "that you missed"),
        (Wanted(Mode.OBJECTIVE, 5, "ZZ-01"), "no such question"),
        (Wanted(Mode.MIXED, 7), "5, 10 or 20"),
    ):
        with pytest.raises(Invalid, match=said), world.acting("alba") as tx:
            start_session(tx, COURSE, wanted)


def test_cards_are_what_the_reviews_make_of_them(any_world: World) -> None:
    world, said, asked = any_world, [*Confidence], 0
    for day, mode in enumerate((Mode.MIXED, Mode.QUIZ, Mode.WEAK, Mode.MIXED)):
        attempt = begin(world, mode)
        asked += len(world.items_of(attempt))
        go_through(
            world,
            attempt,
            lambda item, day=day: said[(len(item.stem) + day) % 3],
            lambda item, day=day: plain(item) and (len(item.stem) + day) % 4 == 0,
        )
        world.wait(days=3 * day + 1)
    with world.looking("alba") as tx:
        rows = tx.session.exec(select(ReviewRow).order_by(ReviewRow.number)).all()
        cards = tx.session.exec(select(ReviewCardRow)).all()
        rebuilt: dict[tuple[str, str], list[Review]] = {}
        for row in rows:
            review = Review(row.at, Rating(row.rating))
            rebuilt.setdefault((row.objective, row.family), []).append(review)
        stored = {
            (one.objective, one.family): CardState.model_validate_json(one.payload) for one in cards
        }
        due = {(one.objective, one.family): one.due_at for one in cards}
    assert len(rows) == asked
    assert stored == {key: card_of(reviews) for key, reviews in rebuilt.items()}
    assert due == {key: card.due for key, card in stored.items()}
    assert max(card.reviews for card in stored.values()) > 1


def test_what_was_missed_comes_back_first_and_what_was_certain_after_days(world: World) -> None:
    attempt = begin(world, Mode.MIXED)
    missed = next(one for one in world.items_of(attempt).values() if plain(one))
    go_through(world, attempt, wrong=lambda one: one.id == missed.id)
    with world.looking("alba") as tx:
        back = comes_back(tx, COURSE, attempt)
        assert due_reviews(tx, COURSE) == 0
        choice = practice_choice(tx, COURSE)
    assert (back[0].objective, back[0].family) == (missed.objective, family_of(missed))
    assert not back[0].right
    assert back[0].due - world.now < timedelta(hours=1)
    assert all(one.due - world.now > timedelta(days=1) for one in back[1:])
    assert choice.fitting[Mode.MISSED] == 1
    world.wait(minutes=15)
    with world.looking("alba") as tx:
        assert due_reviews(tx, COURSE) == 1
    again = begin(world, Mode.DUE)
    assert [family_of(one) for one in world.items_of(again).values()] == [family_of(missed)]


def test_an_exam_day_draws_a_last_look_before_it(world: World) -> None:
    go_through(world, begin(world, Mode.MIXED))
    exam_on = world.now.date() + timedelta(days=6)
    with world.acting("alba") as tx:
        before = own_past(tx, COURSE).cards
        set_study_plan(tx, COURSE, 20, exam_on)
    with world.looking("alba") as tx:
        plan, after = study_plan(tx, COURSE), own_past(tx, COURSE).cards
    assert (plan.daily_goal, plan.exam_on) == (20, exam_on)
    assert any(card.due.date() > exam_on for card in before.values())
    assert all(card.due.date() < exam_on for card in after.values())
    world.wait(days=7)
    with world.looking("alba") as tx:
        assert own_past(tx, COURSE).cards == before


def test_a_plan_is_checked(world: World) -> None:
    for goal, exam_on in ((7, None), (10, date(2020, 1, 1))):
        with pytest.raises(Invalid), world.acting("alba") as tx:
            set_study_plan(tx, COURSE, goal, exam_on)
    with pytest.raises(NotFound), world.acting("alba") as tx:
        set_study_plan(tx, "no-such-course", 10, None)


def test_the_refresher_comes_once_a_month(world: World) -> None:
    with world.looking("alba") as tx:
        assert refresher_opens(tx, COURSE) is None
    attempt = begin(world, Mode.REFRESHER, 20)
    items = world.items_of(attempt)
    assert len(items) == 5
    critical = [one.critical for one in items.values()]
    assert critical[0]
    assert critical == sorted(critical, reverse=True)
    begun = world.now
    go_through(world, attempt)
    with world.looking("alba") as tx:
        assert refresher_opens(tx, COURSE) == begun + timedelta(days=30)
    world.wait(days=30)
    with world.looking("alba") as tx:
        assert refresher_opens(tx, COURSE) is None


def test_an_answer_is_reviewed_once_and_belongs_to_who_gave_it(world: World) -> None:
    attempt = begin(world, Mode.MIXED)
    position, item = next(one for one in world.items_of(attempt).items() if plain(one[1]))
    world.practise("alba", attempt, position, item.key(), SURE)
    with pytest.raises(Conflict, match="answered already"):
        world.practise("alba", attempt, position, item.key(), SURE)
    with world.looking("lena") as tx:
        assert own_past(tx, COURSE).answers == {}
        with pytest.raises(NotFound):
            comes_back(tx, COURSE, attempt)
    with world.looking("alba") as tx:
        assert len(own_past(tx, COURSE).answers) == 1


@pytest.fixture
def shared_families(world: World) -> World:
    """A bank where every practice question has an exam question of its very family."""
    with world.looking("system") as tx:
        rows = tx.session.exec(select(ItemRow).where(ItemRow.pool == Pool.PRACTICE)).all()
        codes = sorted({(row.objective, row.critical) for row in rows})
    twins = [
        single_choice(
            f"tw-{place:02}-{pool}",
            objective=objective,
            critical=critical,
            pool=pool,
            stem=f"Which layer is meant in place {place} of pool {pool}?",
            tags=["shared-family"],
        )
        for place, (objective, critical) in enumerate(codes)
        for pool in ("exam", "practice")
    ]
    world.load_items(*twins)
    return world


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(Mode),
    st.sampled_from(LENGTHS),
    st.sampled_from(("MF-01", "MF-05", "MF-08")),
    st.integers(0, 3),
)
def test_no_mode_ever_asks_a_question_of_an_exam(
    shared_families: World, mode: Mode, length: int, objective: str, days: int
) -> None:
    world = shared_families
    try:
        attempt = begin(world, mode, length, objective)
    except Invalid:
        return
    assert pools_of(world, attempt) == {Pool.PRACTICE}
    assert all(one.pool is Pool.PRACTICE for one in world.items_of(attempt).values())
    go_through(world, attempt, wrong=lambda one: plain(one) and len(one.stem) % 2 == 0)
    world.wait(days=days, minutes=20)


def test_a_list_with_a_question_of_an_exam_is_refused(shared_families: World) -> None:
    world = shared_families
    with world.looking("system") as tx:
        versions = {
            pool: tx.session.get_one(ItemRow, f"tw-00-{pool}").version_id
            for pool in ("exam", "practice")
        }
    with pytest.raises(NotAllowed, match="never practised"), world.acting("alba") as tx:
        start_chosen_practice(tx, PRACTICE, [*versions.values()], 1)
    with pytest.raises(NotAllowed, match="draws its own"), world.acting("alba") as tx:
        start_chosen_practice(tx, EXAM, [versions["practice"]], 1)


def test_a_question_that_moved_to_the_exam_is_not_practised_any_more(world: World) -> None:
    moved = single_choice("tw-01-001", objective="MF-01", pool="practice", tags=["moved"])
    world.publish(moved)
    with world.looking("system") as tx:
        old = tx.session.get_one(ItemRow, moved.id).version_id
    with world.acting("alba") as tx:
        attempt = start_chosen_practice(tx, PRACTICE, [old], 1)
    world.practise("alba", attempt, 1, {"option": "b"}, SURE)
    with world.acting("alba") as tx:
        finish_practice(tx, attempt)
    world.publish(moved.model_copy(update={"pool": Pool.EXAM}))
    world.wait(minutes=20)
    for mode in (Mode.DUE, Mode.MISSED):
        with pytest.raises(Invalid), world.acting("alba") as tx:
            start_session(tx, COURSE, Wanted(mode))
    with world.looking("alba") as tx:
        assert due_reviews(tx, COURSE) == 0
    with pytest.raises(NotAllowed, match="never practised"), world.acting("alba") as tx:
        start_chosen_practice(tx, PRACTICE, [old], 1)
