"""Windows: when an exam may be begun, by whom, and what a closing room does to the clock."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from base.audit import audit_entries_of
from base.errors import Conflict, Expired, Invalid, NotAllowed, NotFound, Throttled
from base.throttle import TRIES_PER_SITTING
from courses.commands.study import start_final_exam
from quizbank.commands.accommodations import grant_accommodation
from quizbank.commands.admission import knows_password, use_code
from quizbank.commands.breaks import take_break
from quizbank.commands.windows import (
    WindowPlan,
    cancel_window,
    invite,
    make_codes,
    move_window,
    plan_window,
    withdraw_invitation,
)
from quizbank.exams import Refusal
from quizbank.queries.exams import ExamOffer, exam_offer, refusal_sentence
from quizbank.queries.sitting import sitting
from quizbank.queries.windows import invitations_to, planned_window
from quizbank.sittings import Adjustment
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.sittings import InvitationRow, SecretFailureRow
from tests.factories import COURSE, EXAM, World


def plan(
    world: World, begins: float = 0, ends: float = 120, title: str = "Room 1", **said: Any
) -> str:
    """Let the exam be sat in a window that opens and closes so many minutes from now."""
    world.change_exam(windowed=True)
    opens, closes = (world.now + timedelta(minutes=one) for one in (begins, ends))
    with world.acting("cato") as tx:
        return plan_window(tx, WindowPlan(EXAM, title, opens, closes, **said))


def start(world: World, name: str, password: str = "") -> str:
    with world.acting(name) as tx:
        return start_final_exam(tx, COURSE, True, None, password)


def offer(world: World, name: str) -> ExamOffer:
    with world.looking(name) as tx:
        return exam_offer(tx, EXAM)


def give_code(world: World, name: str, code: str) -> bool:
    with world.acting(name) as tx:
        return use_code(tx, EXAM, code)


def test_a_windowed_exam_starts_in_its_window_and_at_no_other_time(any_world: World) -> None:
    any_world.study("alba")
    plan(any_world, begins=60, ends=180)
    told = offer(any_world, "alba")
    assert told.refusal is Refusal.NO_WINDOW
    assert "opens for you on 23 November 2026, 10:00 UTC" in refusal_sentence(told)
    with pytest.raises(NotAllowed, match="opens for you"):
        start(any_world, "alba")
    any_world.wait(minutes=60)
    attempt = start(any_world, "alba")
    with any_world.looking("alba") as tx:
        assert tx.session.get_one(AttemptRow, attempt).window_id is not None
    any_world.study("lena")
    any_world.wait(minutes=120)
    with pytest.raises(NotAllowed, match="none is planned"):
        start(any_world, "lena")


def test_nobody_sits_longer_than_the_room_is_open(any_world: World) -> None:
    any_world.study("alba")
    with any_world.acting("dina") as tx:
        grant_accommodation(tx, any_world.actor("alba").own_id, Adjustment(2), "A letter.", 0)
    plan(any_world, ends=100)
    attempt = start(any_world, "alba")
    with any_world.looking("alba") as tx:
        assert sitting(tx, attempt).deadline == any_world.now + timedelta(minutes=100)


def test_the_password_of_the_room_opens_it_and_a_wrong_one_is_slowed_down(world: World) -> None:
    world.study("alba")
    plan(world, password="Blue Heron")
    with pytest.raises(NotAllowed, match="not right"):
        start(world, "alba", "grey heron")

    def tell(password: str) -> bool:
        with world.acting("alba") as tx:
            return knows_password(tx, EXAM, password)

    assert not any(tell("grey heron") for _ in range(5))
    with pytest.raises(Throttled, match="Wait 2 seconds"):
        tell("Blue Heron")
    world.wait(seconds=3)
    assert tell(" blue  heron")
    assert start(world, "alba", "blueheron")


def test_many_who_guess_at_one_sitting_are_slowed_down_together(any_world: World) -> None:
    plan(any_world, password="Blue Heron")

    def tell(name: str, password: str) -> bool:
        with any_world.acting(name) as tx:
            return knows_password(tx, EXAM, password)

    # A hundred accounts that each stay below what slows one person down.
    with any_world.as_system() as tx:
        guessers = [any_world.actor(name).own_id for name in ("bela", "cato")]
        for number in range(TRIES_PER_SITTING - 1):
            tx.session.add(
                SecretFailureRow(
                    id=f"guess-{number}", person_id=guessers[number % 2], exam_id=EXAM, at=tx.now
                )
            )
    assert not tell("alba", "grey heron")
    with pytest.raises(Throttled, match=r"Too many wrong passwords or codes\. Wait 2 seconds"):
        tell("alba", "Blue Heron")
    # Who has given nothing wrong comes in all the same.
    assert tell("lena", "Blue Heron")
    any_world.wait(seconds=3)
    assert tell("alba", "Blue Heron")


def test_a_code_admits_the_first_who_gives_it_and_nobody_after(any_world: World) -> None:
    for name in ("alba", "lena"):
        any_world.study(name)
    window = plan(any_world, invited_only=True)
    with any_world.acting("cato") as tx:
        (code,) = make_codes(tx, window, 1)
    assert offer(any_world, "alba").refusal is Refusal.NO_WINDOW
    assert give_code(any_world, "alba", code.lower().replace("-", " "))
    assert give_code(any_world, "alba", code)
    assert not give_code(any_world, "lena", code)
    assert start(any_world, "alba")
    with pytest.raises(NotAllowed, match="none is planned for you"):
        start(any_world, "lena")
    with any_world.looking("cato") as tx:
        told = planned_window(tx, window)
        (invitation,) = invitations_to(tx, window)
    assert (told.codes, told.used, told.running) == (1, 1, 1)
    assert invitation.person_id == any_world.actor("alba").own_id


def test_a_code_leads_to_its_window_though_another_is_open_to_everybody(world: World) -> None:
    for name in ("alba", "lena"):
        world.study(name)
    plan(world, title="Room A", ends=180, password="heron")
    room_b = plan(world, title="Room B", invited_only=True)
    with world.acting("cato") as tx:
        (code,) = make_codes(tx, room_b, 1)
    found = offer(world, "alba")
    assert (found.refusal, found.window and found.window.title) == (None, "Room A")
    assert found.takes_code
    assert give_code(world, "alba", code)
    found = offer(world, "alba")
    assert (found.window and found.window.title, found.takes_code) == ("Room B", False)
    attempt = start(world, "alba")
    with world.looking("system") as tx:
        assert tx.session.get_one(AttemptRow, attempt).window_id == room_b


def test_ten_people_who_give_one_code_at_once_are_one_person_let_in(any_world: World) -> None:
    window = plan(any_world, invited_only=True)
    with any_world.acting("cato") as tx:
        (code,) = make_codes(tx, window, 1)

    def give(name: str) -> bool:
        return give_code(any_world, name, code)

    with ThreadPoolExecutor(10) as pool:
        told = list(pool.map(give, ["alba", "lena"] * 5))
    # Who has it may give it again; the other never gets in.
    assert told.count(True) == 5


def test_a_code_is_kept_as_its_digest_only(world: World) -> None:
    window = plan(world, invited_only=True)
    with world.acting("cato") as tx:
        codes = make_codes(tx, window, 3)
        kept = set(tx.session.exec(select(InvitationRow.code)))
    assert len(kept) == 3
    assert not kept & {*codes, *(code.replace("-", "") for code in codes)}


def test_invited_by_name_one_needs_no_code_until_the_invitation_is_withdrawn(world: World) -> None:
    world.study("alba")
    window = plan(world, invited_only=True)
    people = [world.actor("alba").own_id, world.actor("lena").own_id]
    with world.acting("cato") as tx:
        assert invite(tx, window, people) == 2
        assert invite(tx, window, people) == 0
    assert offer(world, "alba").refusal is None
    with world.acting("cato") as tx:
        for one in invitations_to(tx, window):
            withdraw_invitation(tx, one.id)
    assert offer(world, "alba").refusal is Refusal.NO_WINDOW


def test_cancelling_lets_who_sits_go_on_and_nobody_else_begin(world: World) -> None:
    for name in ("alba", "lena"):
        world.study(name)
    window = plan(world)
    attempt = start(world, "alba")
    with world.acting("cato") as tx:
        cancel_window(tx, window)
        cancel_window(tx, window)
        with pytest.raises(Conflict, match="cancelled"):
            make_codes(tx, window, 1)
    assert world.answer("alba", attempt, 1, None) == 2
    with pytest.raises(NotAllowed):
        start(world, "lena")


def test_waiting_times_and_attempts_hold_in_windows_too(world: World) -> None:
    plan(world, ends=60 * 24 * 30)
    attempt = world.start_exam("alba")
    world.answer_all("alba", attempt, frozenset(range(1, 30)))
    world.submit("alba", attempt)
    assert offer(world, "alba").refusal is Refusal.WAIT
    with pytest.raises(NotAllowed, match="next attempt opens"):
        start(world, "alba")


def test_what_cannot_be_planned_is_named_all_at_once(world: World) -> None:
    with world.acting("cato") as tx, pytest.raises(Invalid) as told:
        plan_window(tx, WindowPlan(EXAM, " ", world.now, world.now, "x" * 61))
    assert [one.split(" ")[0] for one in told.value.problems] == [
        "Choose",
        "Give",
        "The",
        "Shorten",
    ]


def test_a_window_that_is_over_takes_nobody_any_more(world: World) -> None:
    window = plan(world, ends=30)
    world.wait(minutes=31)
    with world.acting("cato") as tx:
        with pytest.raises(Expired):
            cancel_window(tx, window)
        with pytest.raises(Expired):
            invite(tx, window, [])
        with pytest.raises(NotFound):
            cancel_window(tx, "no such window")


def test_who_is_not_here_cannot_be_invited(any_world: World) -> None:
    window = plan(any_world)
    with any_world.acting("cato") as tx, pytest.raises(NotFound, match="no longer here"):
        invite(tx, window, ["nobody"])


def move(world: World, window: str, begins: float, ends: float) -> int:
    opens, closes = (world.now + timedelta(minutes=one) for one in (begins, ends))
    with world.acting("cato") as tx:
        return move_window(tx, window, opens, closes)


def deadline(world: World, attempt: str) -> datetime:
    with world.looking("system") as tx:
        found = tx.session.get_one(AttemptRow, attempt).deadline
    assert found is not None
    return found


def test_a_window_is_moved_before_it_opens(any_world: World) -> None:
    any_world.study("alba")
    window = plan(any_world, begins=60, ends=180)
    assert move(any_world, window, 10, 100) == 0
    any_world.wait(minutes=10)
    start(any_world, "alba")
    with any_world.looking("system") as tx:
        (entry,) = audit_entries_of(tx, "window:move")
    said = json.loads(entry.facts)
    assert said["opens"] == any_world.now.isoformat()
    assert said["opened"] == (any_world.now + timedelta(minutes=50)).isoformat()


def test_an_open_window_closes_later_and_everybody_in_it_has_what_is_theirs(
    any_world: World,
) -> None:
    any_world.change_exam(break_minutes=10)
    for name in ("alba", "lena"):
        any_world.study(name)
    window = plan(any_world, ends=50)
    opened, early = any_world.now, start(any_world, "alba")
    any_world.wait(minutes=10)
    late = start(any_world, "lena")
    with any_world.acting("lena") as tx:
        take_break(tx, late, 1)
    closing = opened + timedelta(minutes=50)
    assert (deadline(any_world, early), deadline(any_world, late)) == (closing, closing)
    # 60 minutes each; lena began 10 minutes later, and is on a break that may last 10 minutes.
    assert move(any_world, window, -10, 60) == 2
    assert deadline(any_world, early) == opened + timedelta(minutes=60)
    assert deadline(any_world, late) == opened + timedelta(minutes=70)
    assert move(any_world, window, -10, 600) == 1
    assert deadline(any_world, late) == opened + timedelta(minutes=80)
    with any_world.looking("system") as tx:
        moved = [one.subject for one in audit_entries_of(tx, "attempt:extend")]
    assert moved.count(late) == 2
    assert moved.count(early) == 1


def test_an_open_window_neither_begins_otherwise_nor_ends_earlier(world: World) -> None:
    window = plan(world, begins=0, ends=100)
    world.wait(minutes=10)
    for begins, ends in ((0, 200), (-10, 90), (-10, 60), (-20, 200)):
        with pytest.raises(Invalid, match="only close later"):
            move(world, window, begins, ends)
    assert move(world, window, -10, 200) == 0
    world.wait(minutes=200)
    with pytest.raises(Expired):
        move(world, window, -210, 300)


def test_times_that_no_window_may_have_are_refused_in_moving_too(world: World) -> None:
    window = plan(world, begins=60, ends=100)
    with pytest.raises(Invalid, match="close after it opens"):
        move(world, window, 90, 80)
    with pytest.raises(Invalid, match="over already"):
        move(world, window, -90, -80)
    with world.acting("cato") as tx:
        cancel_window(tx, window)
    with pytest.raises(Conflict):
        move(world, window, 60, 200)
