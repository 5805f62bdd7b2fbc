"""Essays marked by people: the queue, two markers and a third, and the decision that waits."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from accounts.commands.people import create_person
from base.audit import audit_entries_of
from base.errors import AppError, Conflict, Invalid, NotAllowed, NotFound
from base.permissions import Actor, Role
from certs.commands.exams import submit_exam
from certs.commands.marking import mark_essay
from certs.queries.own import my_credentials
from quizbank.commands.attempts import start_attempt
from quizbank.exams import Refusal
from quizbank.items import Item, item_to_data
from quizbank.queries.exams import exam_offer, refusal_sentence
from quizbank.queries.marking import ToMark, marking_queue, marking_task
from quizbank.queries.own_results import (
    attempts_of_mine,
    own_verdict,
)
from quizbank.queries.own_results import handed_in as waits
from quizbank.queries.results import result_lines, verdict
from tests.factories import (
    EXAM,
    World,
    case,
    close_overdue_exams,
    essay,
    exam_rules,
    single_choice,
    steps_to,
    true_false,
)

RULES = exam_rules(
    cells=[{"objective": "TT-01", "count": 2}], cut=2, retakes={"max_attempts": 2, "wait_hours": 24}
)
STATEMENT = ("kind", "stem", "answer", "reason_true", "reason_false")
FULL = {"layer": 4, "why": 6}
HALF = {"layer": 2, "why": 3}
NONE = {"layer": 0, "why": 0}


def people(world: World) -> World:
    """The academy with an exam of one essay and one choice, and two more examiners."""
    for name, roles in (
        ("carl", (Role.EXAMINER,)),
        ("cora", (Role.EXAMINER,)),
        ("ella", (Role.EXAMINER, Role.LEARNER)),
    ):
        with world.as_system() as tx:
            person = create_person(tx, name.title(), f"{name}@example.org", None, roles)
        world.cast[name] = Actor(person, name.title(), frozenset(roles))
    world.load_items(essay(objective="TT-01"), single_choice(objective="TT-01"))
    world.give_exam(RULES)
    return world


def handed_in(world: World, name: str = "alba", text: str = "The dermis holds it.") -> str:
    with world.acting(name) as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    for position, item in world.items_of(attempt).items():
        world.answer(name, attempt, position, {"text": text} if asks_text(item) else item.key())
    with world.acting(name) as tx:
        assert submit_exam(tx, attempt) is None
    return attempt


def asks_text(item: Item) -> bool:
    return item.kind == "essay"


def place_of(world: World, attempt: str) -> int:
    return next(place for place, item in world.items_of(attempt).items() if asks_text(item))


def mark(world: World, name: str, attempt: str, points: dict[str, int], comment: str = "") -> None:
    with world.acting(name) as tx:
        mark_essay(tx, attempt, place_of(world, attempt), "", points, comment)


def queue(world: World, name: str) -> tuple[ToMark, ...]:
    with world.looking(name) as tx:
        return marking_queue(tx)


def certificates(world: World, name: str = "alba") -> int:
    with world.looking(name) as tx:
        return len(my_credentials(tx))


def test_two_who_agree_decide_and_award_in_one_transaction(any_world: World) -> None:
    world = people(any_world)
    attempt = handed_in(world)
    with world.looking("alba") as tx:
        assert waits(tx, attempt) is not None
        with pytest.raises(NotFound):
            own_verdict(tx, attempt)
    world.wait(hours=3)
    mark(world, "cato", attempt, FULL, "Sound.")
    assert certificates(world) == 0
    mark(world, "carl", attempt, FULL)
    with world.looking("alba") as tx:
        assert waits(tx, attempt) is None
        result = own_verdict(tx, attempt).result
    assert (result.marks, result.passed) == (2, True)
    assert certificates(world) == 1


def test_the_decision_keeps_who_gave_what(world: World) -> None:
    attempt = handed_in(people(world))
    mark(world, "cato", attempt, FULL, "Sound.")
    mark(world, "carl", attempt, NONE)
    assert certificates(world) == 0
    mark(world, "cora", attempt, HALF)
    with world.looking("audi") as tx:
        (marked,) = verdict(tx, attempt).decision.essays
        entries = list(audit_entries_of(tx, "essay:mark"))
    assert marked.fraction == 0.5
    assert [(one.marker, one.points, one.comment) for one in marked.given] == [
        ("Cato", FULL, "Sound."),
        ("Carl", NONE, ""),
        ("Cora", HALF, ""),
    ]
    assert [one.actor for one in entries] == [
        world.actor(name).person_id for name in ("cato", "carl", "cora")
    ]


def test_a_third_is_asked_only_where_two_differ_and_knows_nothing_of_them(world: World) -> None:
    attempt = handed_in(people(world))
    place = place_of(world, attempt)
    assert [(one.given, one.asked) for one in queue(world, "cora")] == [(0, 2)]
    mark(world, "cato", attempt, FULL, "A secret comment.")
    assert queue(world, "cato") == ()
    mark(world, "carl", attempt, NONE)
    with world.looking("cora") as tx:
        task = marking_task(tx, attempt, place, "")
        assert task is not None
    assert (task.line.given, task.line.asked) == (2, 3)
    for told in ("Alba", "Cato", "Carl", "A secret comment", world.actor("alba").own_id):
        assert told not in repr(task)
    mark(world, "cora", attempt, FULL)
    assert queue(world, "cora") == ()


def test_one_marker_is_enough_where_the_essay_says_so(world: World) -> None:
    people(world)
    world.load_items(essay(objective="TT-01", markers=1))
    attempt = handed_in(world)
    mark(world, "cato", attempt, HALF)
    with world.looking("alba") as tx:
        result = own_verdict(tx, attempt).result
    assert (result.marks, result.passed) == (1.5, False)


def test_the_queue_is_oldest_first_and_never_holds_ones_own(world: World) -> None:
    people(world)
    first = handed_in(world, "alba")
    world.wait(minutes=5)
    second = handed_in(world, "ella")
    assert [one.attempt_id for one in queue(world, "cato")] == [first, second]
    assert [one.attempt_id for one in queue(world, "ella")] == [first]
    with pytest.raises(NotAllowed, match="your own attempt"):
        mark(world, "ella", second, FULL)


def test_a_double_click_changes_nothing_and_a_second_opinion_is_refused(any_world: World) -> None:
    attempt = handed_in(people(any_world))
    for _ in range(2):
        mark(any_world, "cato", attempt, FULL, "Sound.")
    with pytest.raises(Conflict, match="marked this answer already"):
        mark(any_world, "cato", attempt, HALF, "Sound.")
    for _ in range(2):
        mark(any_world, "carl", attempt, FULL)
    assert certificates(any_world) == 1
    with pytest.raises(Conflict, match="Enough people"):
        mark(any_world, "cora", attempt, FULL)


def test_two_at_the_same_moment_make_one_certificate(any_world: World) -> None:
    attempt = handed_in(people(any_world))

    def give(name: str) -> str:
        try:
            mark(any_world, name, attempt, FULL)
        except AppError as error:
            return type(error).__name__
        return "given"

    with ThreadPoolExecutor(6) as pool:
        told = sorted(pool.map(give, ["cato", "carl", "cora"] * 2))
    assert set(told) <= {"given", "Conflict"}
    assert told.count("given") == 4
    assert certificates(any_world) == 1


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ({"layer": 3, "why": 1}, "cannot earn 3 points"),
        ({"layer": 4}, "Give points for “Says why”"),
        ({**FULL, "style": 1}, "no criterion style"),
    ],
)
def test_points_outside_the_rubric_are_refused(
    world: World, points: dict[str, int], sentence: str
) -> None:
    attempt = handed_in(people(world))
    with pytest.raises(Invalid, match=sentence):
        mark(world, "cato", attempt, points)
    assert len(queue(world, "cato")) == 1


def test_meanwhile_no_retake_starts_and_nobody_speaks_of_failing(world: World) -> None:
    attempt = handed_in(people(world))
    world.wait(hours=30)
    with world.looking("alba") as tx:
        offer = exam_offer(tx, EXAM)
        (mine,) = attempts_of_mine(tx, EXAM)
    assert offer.refusal is Refusal.BEING_MARKED
    assert "being marked" in refusal_sentence(offer)
    assert (mine.closed_at is not None, mine.passed, mine.marks) == (True, None, None)
    with pytest.raises(NotAllowed, match="being marked"), world.acting("alba") as tx:
        start_attempt(tx, EXAM, consent=True)
    with world.looking("cato") as tx:
        (line,) = result_lines(tx)
    assert (line.attempt_id, line.passed, line.marks) == (attempt, None, None)


def test_after_a_failed_marking_the_wait_counts_from_the_end_of_the_attempt(world: World) -> None:
    attempt = handed_in(people(world))
    world.wait(hours=25)
    for name in ("cato", "carl"):
        mark(world, name, attempt, NONE)
    with world.looking("alba") as tx:
        assert exam_offer(tx, EXAM).refusal is None


def test_an_essay_in_a_stage_of_a_case_is_marked_by_its_stage(world: World) -> None:
    people(world)
    body = item_to_data(essay(markers=1))
    asked = ("kind", "stem", "rubric", "model_answer")
    stages = [
        {"id": "decide", "item": {name: item_to_data(true_false())[name] for name in STATEMENT}},
        {"id": "record", "item": {name: body[name] for name in asked}},
    ]
    world.load_items(case(objective="TT-02", pool="exam", facts=[], stages=stages))
    world.give_exam(exam_rules(cells=[{"objective": "TT-02", "count": 1}], cut=1))
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    (item,) = world.items_of(attempt).values()
    for response in steps_to(item, item.key()):
        world.answer("alba", attempt, 1, response)
    with world.acting("alba") as tx:
        assert submit_exam(tx, attempt) is None
    (line,) = queue(world, "cato")
    assert line.part == "record"
    with world.looking("cato") as tx:
        task = marking_task(tx, attempt, 1, "record")
    assert task is not None
    assert task.context == item.stem
    with world.acting("cato") as tx:
        mark_essay(tx, attempt, 1, "record", HALF, "")
    with world.looking("alba") as tx:
        assert own_verdict(tx, attempt).result.marks == 0.75


def test_an_essay_left_empty_waits_for_nobody(world: World) -> None:
    people(world)
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    world.answer("alba", attempt, place_of(world, attempt), {"text": " \n"})
    decision = world.submit("alba", attempt).decision
    assert (decision.marks, decision.omitted) == (0, 2)
    assert queue(world, "cato") == ()


def test_an_exam_closed_at_its_deadline_waits_too(world: World) -> None:
    people(world)
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    world.answer("alba", attempt, place_of(world, attempt), {"text": "The dermis."})
    world.wait(minutes=11)
    with world.acting("system") as tx:
        assert close_overdue_exams(tx) == 1
        assert close_overdue_exams(tx) == 0
    assert len(queue(world, "cato")) == 1


def test_a_running_attempt_and_one_that_never_was_are_not_found(world: World) -> None:
    people(world)
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    place = place_of(world, attempt)
    world.answer("alba", attempt, place, {"text": "The dermis."})
    for asked in (attempt, "0" * 32):
        with pytest.raises(NotFound), world.acting("cato") as tx:
            mark_essay(tx, asked, place, "", FULL, "")
