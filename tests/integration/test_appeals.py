"""Appeals: filed on a released result, answered by somebody else, linked with what came of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from base.audit import audit_entries
from base.errors import AppError, Conflict, Invalid, NotAllowed, NotFound
from base.permissions import Role
from certs.commands.marking import mark_essay
from quizbank.appeals import AppealState
from quizbank.commands.appeals import answer_appeal, file_appeal
from quizbank.commands.attempts import start_attempt
from quizbank.queries.appeals import AppealDetail, appeal, appeals, own_appeals
from quizbank.tables.corrections import AppealRow
from tests.factories import EXAM, World
from tests.integration.corrected import WRONG, academy, proposed, sat
from tests.integration.test_marking import FULL, handed_in, people, place_of

WORDS = "The text of lesson 3 says that b is right as well."
ANSWER = "You are right; the key is being corrected."


def filed(world: World, attempt: str, position: int | None = None, name: str = "alba") -> str:
    with world.acting(name) as tx:
        return file_appeal(tx, attempt, position, WORDS)


def place_with_wrong_key(world: World, attempt: str) -> int:
    return next(at for at, item in world.items_of(attempt).items() if item.id == WRONG)


def read(world: World, one: str, name: str = "cato") -> AppealDetail:
    with world.looking(name) as tx:
        return appeal(tx, one)


def test_an_appeal_about_a_question_is_read_with_key_and_marking_and_upheld(
    any_world: World,
) -> None:
    world = academy(any_world)
    attempt = sat(world, "alba", "b")
    place = place_with_wrong_key(world, attempt)
    one = filed(world, attempt, place)
    correction = proposed(world, by="carl")
    found = read(world, one)
    assert found.question is not None
    assert found.question.response == {"option": "b"}
    assert found.question.item.key() == {"option": "a"}
    assert (found.question.fraction, found.question.state) == (0, "wrong")
    assert [each for each, _ in found.corrections] == [correction]
    world.wait(hours=5)
    with world.acting("cato") as tx:
        answer_appeal(tx, one, True, ANSWER, correction)
    with world.looking("alba") as tx:
        (mine,) = own_appeals(tx, attempt)
    assert (mine.position, mine.state, mine.answer) == (place, AppealState.UPHELD, ANSWER)
    with world.looking("system") as tx:
        row = tx.session.exec(select(AppealRow)).one()
        assert (row.attempt_id, row.correction_id) == (attempt, correction)
        told = [each.action for each in audit_entries(tx, attempt)]
    assert told[-2:] == ["appeal:file", "appeal:answer"]


def test_an_appeal_about_the_whole_may_be_rejected(world: World) -> None:
    academy(world)
    attempt = sat(world, "alba", "b")
    one = filed(world, attempt)
    with world.looking("cato") as tx:
        (line,) = appeals(tx)
    assert (line.id, line.state, line.position) == (one, AppealState.OPEN, None)
    assert read(world, one).question is None
    with world.acting("cato") as tx:
        answer_appeal(tx, one, False, "All answers were marked by the key.")
    with world.acting("cato") as tx, pytest.raises(Conflict, match="answered meanwhile"):
        answer_appeal(tx, one, True, ANSWER)


def test_one_about_the_same_is_open_at_a_time(any_world: World) -> None:
    world = academy(any_world)
    attempt = sat(world, "alba", "b")

    def file(position: int | None) -> str:
        try:
            return filed(world, attempt, position)
        except Conflict:
            return ""

    with ThreadPoolExecutor(6) as pool:
        told = list(pool.map(file, [None, 1, None, 1, None, 1]))
    assert sum(bool(one) for one in told) == 2
    with world.acting("cato") as tx:
        answer_appeal(tx, next(one for one in told if one), False, "All was marked by the key.")
    assert [file(None), file(1)].count("") == 1


@pytest.mark.parametrize(
    ("position", "text", "error", "sentence"),
    [
        (3, WORDS, NotFound, "no question with this"),
        (0, WORDS, NotFound, "no question with this"),
        (1, " no ", Invalid, "what you think is wrong"),
        (1, "x" * 4_001, Invalid, "Shorten"),
    ],
)
def test_an_appeal_needs_words_and_a_question_that_was_asked(
    world: World, position: int, text: str, error: type[AppError], sentence: str
) -> None:
    academy(world)
    attempt = sat(world, "alba", "b")
    with world.acting("alba") as tx, pytest.raises(error, match=sentence):
        file_appeal(tx, attempt, position, text)


def test_there_is_nothing_to_appeal_before_the_result_and_on_foreign_attempts(
    world: World,
) -> None:
    academy(world)
    with world.acting("alba") as tx:
        running = start_attempt(tx, EXAM, consent=True)
        with pytest.raises(NotAllowed, match="about a result"):
            file_appeal(tx, running, None, WORDS)
    with world.acting("lena") as tx, pytest.raises(NotFound):
        file_appeal(tx, running, None, WORDS)


def test_nobody_answers_about_an_own_attempt(world: World) -> None:
    academy(world)
    world.join("ella", Role.EXAMINER, Role.LEARNER)
    one = filed(world, sat(world, "ella", "a"), None, "ella")
    assert read(world, one, "ella").line.mine
    with world.acting("ella") as tx, pytest.raises(NotAllowed, match="your own attempt"):
        answer_appeal(tx, one, True, ANSWER)


def test_who_marked_is_told_so_and_a_colleague_is_not(world: World) -> None:
    people(world)
    attempt = handed_in(world)
    for name in ("cato", "carl"):
        with world.acting(name) as tx:
            mark_essay(tx, attempt, place_of(world, attempt), "", FULL, "")
    one = filed(world, attempt, place_of(world, attempt))
    assert read(world, one, "cato").took_part
    found = read(world, one, "cora")
    assert (found.took_part, found.decided_by) == (False, ("Carl", "Cato"))


@pytest.mark.parametrize(("upheld", "linked"), [(False, True), (True, False)])
def test_only_an_upheld_one_names_a_correction_that_exists(
    world: World, upheld: bool, linked: bool
) -> None:
    academy(world)
    one = filed(world, sat(world, "alba", "b"))
    correction = proposed(world) if linked else "0" * 32
    with world.acting("cato") as tx, pytest.raises(Invalid, match="names a key correction"):
        answer_appeal(tx, one, upheld, ANSWER, correction)
