"""Lessons, outlines and cases are read by somebody else before learners meet them."""

import pytest

from base.audit import audit_entries_of
from base.errors import Conflict, Invalid, NotAllowed
from courses.commands.content_reviews import (
    approve_content,
    comment_on_content,
    drop_content,
    return_content,
    send_content,
    take_content_back,
)
from courses.commands.course_writing import save_outline_draft
from courses.commands.screening_cases import load_cases
from courses.content_changes import Subject, a_case, a_lesson, an_outline
from courses.outline_edit import lesson_moved
from courses.queries.content_reviews import content_change, open_content, waiting_content
from courses.queries.course_writing import course_sheet
from quizbank.item_diff import Piece
from quizbank.proposals import ReviewAction, Stage
from tests.content_life import approve, begin_lesson_change, publish, saved, send, write_case
from tests.factories import COURSE, World
from tests.screening import client

FIRST = "01-what-needling-is"
LESSON = a_lesson(COURSE, FIRST)
CASE = a_case(COURSE, "tt-tablets")
OUTLINE = an_outline(COURSE)


def write_outline(world: World) -> None:
    with world.acting("bela") as tx:
        sheet = course_sheet(tx, COURSE)
        moved = lesson_moved(sheet.outline, sheet.outline.lessons[0], 1)
        save_outline_draft(tx, COURSE, sheet.version, moved, 0)


def write(world: World, subject: Subject) -> None:
    """Let bela write a change of one of the three."""
    if subject == CASE:
        with world.as_system() as tx:
            load_cases(tx, COURSE, [client()])
        write_case(world, client(debrief="Ask in writing."), 1)
    elif subject == OUTLINE:
        write_outline(world)
    else:
        begin_lesson_change(world)


@pytest.mark.parametrize("subject", [LESSON, CASE, OUTLINE], ids=["lesson", "case", "outline"])
def test_who_wrote_a_change_never_publishes_it(any_world: World, subject: Subject) -> None:
    world = any_world
    write(world, subject)
    sent = send(world, subject)
    with pytest.raises(NotAllowed, match="some of this change, so"), world.acting("bela") as tx:
        approve_content(tx, sent.id, sent.revision)
    with pytest.raises(NotAllowed, match="by a person"), world.as_system() as tx:
        approve_content(tx, sent.id, sent.revision)
    number = approve(world, subject)
    with world.looking("cato") as tx:
        found = content_change(tx, sent.id)
    assert found.summary.stage is Stage.PUBLISHED
    assert found.summary.standing == number == sent.based_on + 1
    actions = [(one.action, one.person) for one in found.events]
    assert actions == [(ReviewAction.SENT, "Bela"), (ReviewAction.PUBLISHED, "Cato")]


def test_who_typed_into_anothers_draft_is_an_author_of_it(world: World) -> None:
    begin_lesson_change(world)
    begin_lesson_change(world, title="What needles really do", who="dina")
    assert saved(world, LESSON).authors == ("Bela", "Dina")
    sent = send(world, LESSON, "dina")
    with pytest.raises(NotAllowed), world.acting("bela") as tx:
        approve_content(tx, sent.id, sent.revision)
    assert approve(world, LESSON) == 2


def test_in_review_the_text_stands_still_until_it_is_taken_back(any_world: World) -> None:
    begin_lesson_change(any_world)
    sent = send(any_world, LESSON)
    with pytest.raises(Conflict, match="in review"):
        begin_lesson_change(any_world, title="Later")
    with pytest.raises(NotAllowed, match="Bela wrote"), any_world.acting("dina") as tx:
        take_content_back(tx, sent.id)
    with any_world.acting("bela") as tx:
        take_content_back(tx, sent.id)
    with pytest.raises(Conflict, match="another than the one"), any_world.acting("cato") as tx:
        approve_content(tx, sent.id, sent.revision)
    begin_lesson_change(any_world, title="Later")
    assert publish(any_world, LESSON) == 2


def test_a_returned_change_says_why_and_is_sent_again(any_world: World) -> None:
    world = any_world
    begin_lesson_change(world)
    sent = send(world, LESSON)
    with pytest.raises(Invalid, match="Write a comment"), world.acting("cato") as tx:
        return_content(tx, sent.id, sent.revision, "  ")
    with world.acting("cato") as tx:
        comment_on_content(tx, sent.id, "Which layer?")
        return_content(tx, sent.id, sent.revision, "Say which layer.")
    back = saved(world, LESSON)
    assert (back.stage, back.mine) == (Stage.RETURNED, True)
    said = [one.comment for one in back.events if one.comment]
    assert said == ["Which layer?", "Say which layer."]
    begin_lesson_change(world, title="What needles do to the dermis")
    assert publish(world, LESSON) == 2
    with world.looking("system") as tx:
        kinds = ("content:draft", "content:send", "content:return")
        counts = [len([*audit_entries_of(tx, one)]) for one in kinds]
    assert counts == [1, 2, 1]


def test_the_reviewer_sees_what_changes_word_by_word(world: World) -> None:
    begin_lesson_change(world, title="What needling is and does")
    write_outline(world)
    write(world, CASE)
    seen: dict[Subject, list[str]] = {}
    with world.looking("cato") as tx:
        for one in open_content(tx):
            found = content_change(tx, one.id)
            seen[one.subject] = [change.where for change in found.changes]
            if one.subject == LESSON:
                (title,) = found.changes
                assert (Piece.ADDED, "does") in title.pieces
    assert seen == {
        LESSON: ["Title"],
        CASE: ["Debrief"],
        OUTLINE: ["Module 1: lessons"],
    }


def test_the_queue_tells_each_what_waits_for_them(world: World) -> None:
    begin_lesson_change(world)
    send(world, LESSON)
    waiting: dict[str, tuple[int, list[bool]]] = {}
    for name in ("bela", "cato", "dina"):
        with world.looking(name) as tx:
            waiting[name] = waiting_content(tx), [one.may_approve for one in open_content(tx)]
    # An administrator writes lessons, and publishes none: as with items.
    assert waiting == {"bela": (0, [False]), "cato": (1, [True]), "dina": (1, [False])}


def test_what_was_published_meanwhile_keeps_a_change_from_being_published(world: World) -> None:
    write(world, CASE)
    sent = send(world, CASE)
    with world.as_system() as tx:
        load_cases(tx, COURSE, [client(title="Better said")])
    with world.looking("cato") as tx:
        assert content_change(tx, sent.id).summary.overtaken
    with pytest.raises(Conflict, match="published since"):
        approve(world, CASE)
    with world.acting("bela") as tx:
        revision = take_content_back(tx, sent.id)
        drop_content(tx, sent.id, revision)
    with (
        pytest.raises(Conflict, match=r"^This change is dropped already\. Reload"),
        world.acting("bela") as tx,
    ):
        send_content(tx, sent.id, revision + 1)
    write_case(world, client(title="Better said", debrief="Ask in writing."), 2)
    assert publish(world, CASE) == 3
