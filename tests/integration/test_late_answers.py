"""An answer after the end is refused, and that it came stays known."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from base.errors import Conflict, Expired
from quizbank.commands.attempts import save_answer, set_flag
from quizbank.commands.late_answers import MOST_KEPT
from quizbank.queries.attempts import last_number
from quizbank.queries.late_answers import LateAnswer, late_answers
from quizbank.tables.attempts import LateAnswerRow
from tests.factories import World


def kept(world: World, attempt: str) -> tuple[LateAnswer, ...]:
    with world.looking("cato") as tx:
        return late_answers(tx, attempt)


def over_time(world: World) -> str:
    attempt = world.start_exam("alba")
    world.wait(minutes=60, seconds=1)
    return attempt


def test_a_late_answer_is_refused_and_kept_with_its_time_and_words(any_world: World) -> None:
    attempt = over_time(any_world)
    place, item = next(
        one for one in any_world.items_of(attempt).items() if one[1].kind == "single_choice"
    )
    with pytest.raises(Expired, match="too late"):
        any_world.answer("alba", attempt, place, item.key())
    (late,) = kept(any_world, attempt)
    assert (late.question, late.at) == (place, any_world.now)
    assert late.words in {one.text for one in item.explain(item.key(), ()) if one.correct}
    with any_world.looking("alba") as tx:
        assert last_number(tx, attempt) == 1


def test_after_submitting_too(any_world: World) -> None:
    attempt = any_world.start_exam("alba")
    any_world.submit("alba", attempt)
    with pytest.raises(Conflict, match="has ended"):
        any_world.answer("alba", attempt, 3, {"option": "from nowhere"})
    assert [one.question for one in kept(any_world, attempt)] == [3]


def test_the_same_late_answer_sent_twenty_times_is_kept_once(any_world: World) -> None:
    attempt = over_time(any_world)

    def send(number: int) -> None:
        response = {"option": "b"} if number % 2 else {"option": "a"}
        with pytest.raises(Expired), any_world.acting("alba") as tx:
            save_answer(tx, attempt, 1, 1 + number % 2, dict(response))

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(send, range(20)))
    assert sorted(one.question for one in kept(any_world, attempt)) == [1, 2]


def test_what_is_no_late_answer_leaves_nothing(world: World) -> None:
    attempt = world.start_exam("alba")
    assert world.answer("alba", attempt, 1, {"option": "a"}) == 2
    with pytest.raises(Conflict), world.acting("alba") as tx:
        save_answer(tx, attempt, 1, 2, {"option": "stale"})
    world.wait(minutes=61)
    with world.acting("alba") as tx:
        # It was acknowledged in time; this is the same click once more.
        assert save_answer(tx, attempt, 1, 1, {"option": "a"}) == 2
    with pytest.raises(Expired), world.acting("alba") as tx:
        set_flag(tx, attempt, 2, 1, True)
    for nowhere in (0, -1, 41, 2**70):
        with pytest.raises(Expired), world.acting("alba") as tx:
            save_answer(tx, attempt, 2, nowhere, {"option": "a"})
    assert kept(world, attempt) == ()


def test_a_flood_of_late_answers_is_refused_and_its_beginning_kept(world: World) -> None:
    attempt = over_time(world)
    with world.as_system() as tx:
        for number in range(1, MOST_KEPT + 1):
            late = LateAnswerRow(
                attempt_id=attempt, number=number, at=tx.now, position=1, response=None, actor="x"
            )
            tx.session.add(late)
    with pytest.raises(Expired):
        world.answer("alba", attempt, 1, {"option": "one more"})
    with world.looking("cato") as tx:
        assert len(tx.session.exec(select(LateAnswerRow)).all()) == MOST_KEPT


@pytest.mark.parametrize("forged", [[1, 2], {"option": ["a"]}, "x", {"stages": 7}, True, {}])
def test_staff_can_read_whatever_was_sent_late(world: World, forged: object) -> None:
    attempt = over_time(world)
    for position in world.items_of(attempt):
        with pytest.raises(Expired):
            world.answer("alba", attempt, position, forged)  # type: ignore[arg-type]
    assert len(kept(world, attempt)) == 40
