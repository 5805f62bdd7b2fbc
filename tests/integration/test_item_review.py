"""What one person wrote is read and published by another."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from base.errors import AppError, Conflict, Invalid, NotAllowed, NotFound
from base.permissions import Role
from quizbank.commands.proposals import (
    drop_draft,
    save_draft,
    send_for_review,
    take_back,
)
from quizbank.commands.reviews import approve, approve_several, comment_on, return_to_author
from quizbank.items import item_to_data
from quizbank.proposals import ItemStatus, Stage
from quizbank.queries.bank import item_detail
from quizbank.queries.proposals import (
    open_proposals,
    proposal,
    waiting_reviews,
)
from tests.factories import World, single_choice
from tests.integration.changes import ITEM, edited, save, shown, status, version, with_edda


def test_two_reviewers_at_once_make_one_version(any_world: World) -> None:
    any_world.join("emil", Role.EXAMINER)
    change = any_world.propose("bela", single_choice())
    ready = Barrier(2)

    def let_through(name: str) -> str:
        ready.wait()
        try:
            with any_world.acting(name) as tx:
                approve(tx, change.id, change.revision)
        except Conflict as told:
            return str(told)
        return "published"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(let_through, ("cato", "emil")))
    assert told[1] == "published"
    assert told[0] == "This change of tt-01-001 is published already."
    assert version(any_world) == 1


def test_nobody_approves_what_they_wrote(edda: World) -> None:
    change = edda.propose("bela", single_choice())
    with pytest.raises(NotAllowed, match="You wrote some of this"):
        edda.approve("bela", ITEM)
    with pytest.raises(NotAllowed, match="by a person"):
        edda.approve("system", ITEM)
    with edda.acting("bela") as tx:
        revision = take_back(tx, change.id)
    fields = item_to_data(edited(stem="Edda's words"))
    with edda.acting("edda") as tx:
        revision = save_draft(tx, ITEM, 0, fields, revision)
        send_for_review(tx, change.id, revision)
    for name in ("bela", "edda"):
        with pytest.raises(NotAllowed, match="somebody else reads it"):
            edda.approve(name, ITEM)
        with pytest.raises(NotAllowed, match="somebody else"), edda.acting(name) as tx:
            return_to_author(tx, change.id, revision + 1, "No.")
    assert edda.approve("cato", ITEM) == 1
    with edda.looking("bela") as tx:
        assert item_detail(tx, ITEM).versions[0].published_by == "Bela and Edda"


def test_who_did_not_write_a_change_neither_sends_nor_drops_it(edda: World) -> None:
    save(edda, item_to_data(single_choice()), 0)
    change = edda.change_of(ITEM)
    for command in (send_for_review, drop_draft):
        with pytest.raises(NotAllowed, match="Bela wrote this change"), edda.acting("edda") as tx:
            command(tx, change.id, change.revision)


def test_in_review_the_text_stands_still_until_it_is_taken_back(any_world: World) -> None:
    change = any_world.propose("bela", single_choice())
    with pytest.raises(Conflict, match="is in review"):
        save(any_world, {"stem": "Changed"}, change.revision)
    with any_world.acting("bela") as tx:
        revision = take_back(tx, change.id)
        assert take_back(tx, change.id) == revision
    assert status(any_world) == "draft"
    save(any_world, item_to_data(edited(stem="Changed")), revision)
    with (
        pytest.raises(Conflict, match="another than the one on your"),
        any_world.acting("cato") as tx,
    ):
        approve(tx, change.id, change.revision)
    assert version(any_world) == 0


def test_a_returned_change_is_corrected_and_sent_again(any_world: World) -> None:
    change = any_world.propose("bela", single_choice())
    with any_world.acting("cato") as tx:
        comment_on(tx, change.id, "Is it the dermis?")
        return_to_author(tx, change.id, change.revision, "Say which site.")
    change = any_world.change_of(ITEM)
    assert (change.stage, status(any_world)) == (Stage.RETURNED, "draft")
    save(any_world, item_to_data(edited(stem="Which layer of the cheek?")), change.revision)
    with any_world.acting("bela") as tx:
        comment_on(tx, change.id, "It is.")
        send_for_review(tx, change.id, change.revision + 1, "Now with the site.")
    any_world.approve("cato", ITEM)
    events = shown(any_world, change).events
    assert [(one.action.value, one.person, one.comment) for one in events] == [
        ("sent", "Bela", ""),
        ("commented", "Cato", "Is it the dermis?"),
        ("returned", "Cato", "Say which site."),
        ("commented", "Bela", "It is."),
        ("sent", "Bela", "Now with the site."),
        ("published", "Cato", "Version 1, approved."),
    ]


@pytest.mark.parametrize("said", ["", "  \n", "\x00", "x" * 5_000])
def test_a_comment_says_something_and_no_novel(world: World, said: str) -> None:
    change = world.propose("bela", single_choice())
    with pytest.raises(Invalid), world.acting("cato") as tx:
        comment_on(tx, change.id, said)
    with pytest.raises(Invalid), world.acting("cato") as tx:
        return_to_author(tx, change.id, change.revision, said)


def test_a_reviewer_sees_what_differs(world: World) -> None:
    world.publish(single_choice())
    change = world.propose("bela", edited(stem="Which layer holds least collagen?", critical=True))
    found = {one.path: (one.old, one.new) for one in shown(world, change).changes}
    assert found == {
        ("stem",): ("Which layer holds most collagen?", "Which layer holds least collagen?"),
        ("critical",): (None, "yes"),
    }


def test_what_does_not_differ_is_not_sent(world: World) -> None:
    world.publish(single_choice())
    with pytest.raises(Invalid, match="Nothing differs"):
        world.propose("bela", single_choice())


def test_an_unknown_source_is_told_before_anybody_reads(world: World) -> None:
    with pytest.raises(Invalid, match="cites S98, which the academy does not know"):
        world.propose("bela", single_choice(sources=["S13", "S98"]))


def test_several_are_approved_at_once_and_each_is_checked(edda: World) -> None:
    changes = [edda.propose("bela", single_choice(f"tt-01-00{n}")) for n in (1, 2)]
    changes.append(edda.propose("edda", single_choice("tt-01-003")))
    gone = ("0" * 32, 1)
    chosen = [(one.id, one.revision) for one in changes]
    with edda.acting("bela") as tx:
        outcomes = approve_several(tx, [*chosen, gone])
    assert [one.version for one in outcomes] == [0, 0, 1, 0]
    assert "You wrote some of this change of tt-01-001" in outcomes[0].problem
    assert "no such change" in outcomes[3].problem
    with edda.acting("cato") as tx:
        again = approve_several(tx, chosen)
    assert [one.version for one in again] == [1, 1, 0]
    assert status(edda, "tt-01-002") == "approved"


def test_the_queue_tells_mine_from_what_waits_for_me(any_world: World) -> None:
    with_edda(any_world)
    any_world.propose("bela", single_choice("tt-01-001"))
    any_world.wait(minutes=1)
    any_world.propose("edda", single_choice("tt-01-002"))

    def seen(name: str) -> list[tuple[str, bool, bool]]:
        with any_world.looking(name) as tx:
            return [(one.item_id, one.mine, one.may_approve) for one in open_proposals(tx)]

    assert seen("bela") == [("tt-01-001", True, False), ("tt-01-002", False, True)]
    assert seen("cato") == [("tt-01-001", False, True), ("tt-01-002", False, True)]
    assert seen("audi") == [("tt-01-001", False, False), ("tt-01-002", False, False)]
    waiting: dict[str, int] = {}
    for name in ("bela", "edda", "cato"):
        with any_world.looking(name) as tx:
            waiting[name] = waiting_reviews(tx)
    assert waiting == {"bela": 1, "edda": 1, "cato": 2}


def test_an_unknown_change_is_not_found(world: World) -> None:
    nothing = "0" * 32
    calls: list[Any] = [
        lambda tx: take_back(tx, nothing),
        lambda tx: comment_on(tx, nothing, "Hm."),
        lambda tx: approve(tx, nothing, 1),
        lambda tx: proposal(tx, nothing),
    ]
    for call in calls:
        with pytest.raises(NotFound), world.acting("bela") as tx:
            call(tx)


def test_a_change_is_approved_as_something_that_is_drawn(world: World) -> None:
    world.propose("bela", single_choice())
    with pytest.raises(AppError):
        world.approve("cato", ITEM, ItemStatus.RETIRED)
