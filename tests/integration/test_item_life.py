"""The life of an item: written by one person, read and published by another, never overwritten."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import select

from base.audit import audit_entries
from base.errors import AppError, Conflict, Invalid, NotAllowed, NotFound
from base.permissions import Role
from quizbank.commands.bank import import_items, load_items
from quizbank.commands.proposals import (
    carry_over,
    drop_draft,
    rename_draft,
    save_draft,
    send_for_review,
    take_back,
)
from quizbank.commands.retiring import restore_item, retire_item, set_pilot
from quizbank.commands.reviews import approve, approve_several, comment_on, return_to_author
from quizbank.exchange.formats import Format
from quizbank.exchange.items_read import ItemsRead
from quizbank.exchange.yaml_items import read_items, write_items
from quizbank.items import Item, item_to_data
from quizbank.proposals import ItemStatus, ReviewAction, Stage
from quizbank.queries.bank import ItemFilter, bank_as_file, bank_items, item_detail, item_exists
from quizbank.queries.proposals import (
    ProposalDetail,
    ProposalSummary,
    open_proposals,
    proposal,
    waiting_reviews,
)
from quizbank.tables.bank import ItemRow, ItemTagRow, ItemVersionRow
from tests.factories import World, multiple_response, single_choice

ITEM = "tt-01-001"


@pytest.fixture
def edda(world: World) -> World:
    """The academy with a second author."""
    return with_edda(world)


def with_edda(world: World) -> World:
    world.join("edda", Role.AUTHOR)
    return world


def status(world: World, item_id: str = ITEM) -> str:
    with world.looking("system") as tx:
        return tx.session.get_one(ItemRow, item_id).status


def version(world: World, item_id: str = ITEM) -> int:
    with world.looking("system") as tx:
        return tx.session.get_one(ItemRow, item_id).version


def save(world: World, fields: dict[str, Any], revision: int) -> int:
    with world.acting("bela") as tx:
        row = tx.session.get(ItemRow, ITEM)
        return save_draft(tx, ITEM, row.version if row else 0, fields, revision)


def shown(world: World, change: ProposalSummary, name: str = "cato") -> ProposalDetail:
    with world.looking(name) as tx:
        return proposal(tx, change.id)


def edited(**changes: Any) -> Item:
    return single_choice(**changes)


def test_from_the_first_word_to_the_second_version(any_world: World) -> None:
    any_world.propose("bela", single_choice())
    assert status(any_world) == "in review"
    assert any_world.approve("cato", ITEM) == 1
    assert status(any_world) == "approved"
    any_world.propose("bela", edited(stem="Which layer bleeds?"))
    assert status(any_world) == "approved"
    with any_world.looking("bela") as tx:
        assert item_detail(tx, ITEM).item == single_choice()
    assert any_world.approve("cato", ITEM) == 2
    with any_world.looking("system") as tx:
        rows = tx.session.exec(select(ItemVersionRow).where(ItemVersionRow.item_id == ITEM)).all()
        assert {one.number: one.published_by for one in rows} == {1: "Bela", 2: "Bela"}
        assert {one.approved_by for one in rows} == {"Cato"}
        assert {one.author_id for one in rows} == {any_world.actor("bela").own_id}
    with any_world.looking("audi") as tx:
        said = [(one.action, one.actor) for one in audit_entries(tx, ITEM)]
    bela, cato = any_world.actor("bela").own_id, any_world.actor("cato").own_id
    assert said == [("item:draft", bela), ("item:send", bela), ("item:publish", cato)] * 2


def test_a_draft_may_be_as_unfinished_as_it_likes(any_world: World) -> None:
    assert save(any_world, {"kind": "single_choice", "stem": "Wh"}, 0) == 1
    assert save(any_world, {"kind": "single_choice", "stem": "Why?\x00", "tags": ["skin"]}, 1) == 2
    assert status(any_world) == "draft"
    with any_world.looking("bela") as tx:
        listed = bank_items(tx, ItemFilter(status="draft"))
        assert [(one.id, one.stem, one.change) for one in listed] == [(ITEM, "Why?", "draft")]
        assert bank_items(tx, ItemFilter(search="why?"))[0].version == 0
        with pytest.raises(NotFound, match="not finished"):
            item_detail(tx, ITEM)
    change = any_world.change_of(ITEM)
    assert shown(any_world, change).fields["stem"] == "Why?\x00"
    with pytest.raises(Invalid) as missing, any_world.acting("bela") as tx:
        send_for_review(tx, change.id, change.revision)
    assert len(missing.value.problems) > 3


@pytest.mark.parametrize(
    ("based_on", "revision", "said"),
    [
        (0, 0, "at version 1 now; you began from version 0"),
        (2, 0, "at version 1 now"),
        (1, 3, "went on in another tab"),
    ],
)
def test_a_draft_of_something_else_overwrites_nothing(
    world: World, based_on: int, revision: int, said: str
) -> None:
    world.publish(single_choice())
    with pytest.raises(Conflict, match=said), world.acting("bela") as tx:
        save_draft(tx, ITEM, based_on, {"stem": "Mine"}, revision)


def test_of_two_tabs_the_second_is_told_and_overwrites_nothing(any_world: World) -> None:
    first = save(any_world, {"stem": "One"}, 0)
    save(any_world, {"stem": "Two"}, first)
    with pytest.raises(Conflict, match="Nothing was overwritten"):
        save(any_world, {"stem": "Three"}, first)
    assert shown(any_world, any_world.change_of(ITEM)).fields["stem"] == "Two"


@pytest.mark.parametrize("published", [False, True])
def test_two_who_begin_at_once_make_one_draft(any_world: World, published: bool) -> None:
    if published:
        any_world.publish(single_choice())
    ready = Barrier(2)

    def begin(stem: str) -> str:
        ready.wait()
        try:
            with any_world.acting("bela") as tx:
                save_draft(tx, ITEM, int(published), {"stem": stem}, 0)
        except Conflict:
            return "conflict"
        return "saved"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(begin, ("One", "Two"))) == ["conflict", "saved"]


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
    assert "is published already" in told[0]
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


def test_a_pilot_is_drawn_unscored_until_somebody_else_lets_it_count(any_world: World) -> None:
    any_world.propose("bela", single_choice())
    any_world.approve("cato", ITEM, ItemStatus.PILOT)
    assert status(any_world) == "pilot"
    with pytest.raises(NotAllowed, match="You wrote this item"), any_world.acting("bela") as tx:
        set_pilot(tx, ITEM, pilot=False)
    with any_world.acting("bela") as tx:
        retire_item(tx, ITEM)
        restore_item(tx, ITEM)
    assert status(any_world) == "pilot"
    with any_world.acting("cato") as tx:
        set_pilot(tx, ITEM, pilot=False)
    assert status(any_world) == "approved"
    with any_world.acting("bela") as tx:
        set_pilot(tx, ITEM, pilot=True)
    assert status(any_world) == "pilot"


def test_a_retired_item_stays_retired_when_a_change_of_it_is_published(world: World) -> None:
    world.publish(single_choice())
    with world.acting("bela") as tx:
        retire_item(tx, ITEM)
    world.propose("bela", edited(stem="Other?"))
    world.approve("cato", ITEM, ItemStatus.PILOT)
    assert (status(world), version(world)) == ("retired", 2)
    with pytest.raises(Conflict, match="Restore it first"), world.acting("cato") as tx:
        set_pilot(tx, ITEM, pilot=True)
    with world.acting("cato") as tx:
        restore_item(tx, ITEM)
    assert status(world) == "pilot"


def test_what_was_never_published_is_not_retired(world: World) -> None:
    save(world, {"stem": "Why?"}, 0)
    for change in (retire_item, restore_item):
        with pytest.raises(Conflict, match="never published"), world.acting("bela") as tx:
            change(tx, ITEM)


def test_a_dropped_draft_keeps_its_words_and_can_be_begun_again(any_world: World) -> None:
    revision = save(any_world, {"stem": "Why?"}, 0)
    change = any_world.change_of(ITEM)
    with any_world.acting("bela") as tx:
        drop_draft(tx, change.id, revision)
    assert status(any_world) == "retired"
    with pytest.raises(Conflict, match="is dropped already"), any_world.acting("bela") as tx:
        drop_draft(tx, change.id, revision)
    assert shown(any_world, change).fields["stem"] == "Why?"
    assert save(any_world, {"stem": "Again?"}, 0) == 1
    assert status(any_world) == "draft"


def test_a_new_item_may_change_its_id_until_it_is_published(any_world: World) -> None:
    revision = save(any_world, item_to_data(single_choice()), 0)
    change = any_world.change_of(ITEM)
    with pytest.raises(Conflict, match="has the id mf-01-001"), any_world.acting("bela") as tx:
        rename_draft(tx, change.id, revision, "mf-01-001")
    with any_world.acting("bela") as tx:
        revision = rename_draft(tx, change.id, revision, "tt-01-777")
        send_for_review(tx, change.id, revision)
    with any_world.looking("bela") as tx:
        assert not item_exists(tx, ITEM)
        assert item_detail(tx, "tt-01-777").item.id == "tt-01-777"
        tags = select(ItemTagRow.item_id).where(ItemTagRow.tag == "test")
        assert tx.session.exec(tags).all() == ["tt-01-777"]
    any_world.approve("cato", "tt-01-777")
    world_change = any_world.propose("bela", edited(item_id="tt-01-777", stem="Other?"))
    with any_world.acting("bela") as tx:
        revision = take_back(tx, world_change.id)
    with pytest.raises(Conflict, match="keeps its id"), any_world.acting("bela") as tx:
        rename_draft(tx, world_change.id, revision, "tt-01-778")


@pytest.mark.parametrize("item_id", ["", "Tt-01", "a b", "x" * 80, "../x"])
def test_an_id_is_small_letters_digits_and_dashes(world: World, item_id: str) -> None:
    with pytest.raises(Invalid, match="Write an id"), world.acting("bela") as tx:
        save_draft(tx, item_id, 0, {}, 0)


def test_a_novel_is_no_item(world: World) -> None:
    with pytest.raises(Invalid, match="too long"), world.acting("bela") as tx:
        save_draft(tx, ITEM, 0, {"stem": "x" * 500_000}, 0)


def loaded(world: World, item: Item) -> None:
    with world.acting("dina") as tx:
        assert load_items(tx, [item]).kept == 0


def test_a_change_that_the_course_file_overtook_goes_back_and_is_carried_over(
    any_world: World,
) -> None:
    loaded(any_world, single_choice())
    change = any_world.propose("bela", edited(stem="Mine?", critical=True))
    loaded(any_world, edited(stem="Which layer holds most collagen?", level="recall"))
    change = any_world.change_of(ITEM)
    assert (change.stage, change.overtaken) == (Stage.RETURNED, True)
    last = shown(any_world, change).events[-1]
    assert (last.action, last.person) == (ReviewAction.OVERTAKEN, "Dina")
    assert last.comment == "Version 2 was published meanwhile. Carry this change over to it."
    with pytest.raises(Conflict, match="began from version 1"), any_world.acting("bela") as tx:
        send_for_review(tx, change.id, change.revision)
    with any_world.acting("bela") as tx:
        revision = carry_over(tx, change.id, change.revision)
        assert carry_over(tx, change.id, revision) == revision
        send_for_review(tx, change.id, revision)
    assert any_world.approve("cato", ITEM) == 3
    with any_world.looking("bela") as tx:
        item = item_detail(tx, ITEM).item
    assert (item.stem, item.critical, item.level.value) == ("Mine?", True, "recall")


def test_the_course_file_publishes_a_new_item_beside_somebodys_draft_of_it(world: World) -> None:
    save(world, {"stem": "Mine?"}, 0)
    loaded(world, single_choice())
    assert (status(world), version(world)) == ("approved", 1)
    assert world.change_of(ITEM).overtaken


def test_a_file_never_overwrites_what_a_person_published(any_world: World) -> None:
    any_world.publish(single_choice())
    with any_world.acting("dina") as tx:
        assert load_items(tx, [edited(stem="From the file")]).kept == 1
    assert version(any_world) == 1


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


def file_of(*items: Item) -> ItemsRead:
    return read_items(write_items(items))


def bring(world: World, read: ItemsRead, name: str = "bela", send: bool = False) -> Any:
    with world.acting(name) as tx:
        return import_items(tx, read, strict=False, send=send)


def test_an_import_makes_drafts_and_again_changes_nothing(any_world: World) -> None:
    any_world.publish(single_choice())
    read = file_of(edited(stem="Changed?"), multiple_response("tt-01-002"))
    counts = bring(any_world, read).counts
    assert (counts.added, counts.changed, counts.unchanged, counts.kept) == (1, 1, 0, 0)
    assert bring(any_world, read).counts.unchanged == 2
    assert (status(any_world), status(any_world, "tt-01-002")) == ("approved", "draft")
    assert any_world.change_of(ITEM).stage is Stage.DRAFT
    assert version(any_world) == 1
    again = file_of(edited(stem="Changed again?"), multiple_response("tt-01-002"))
    assert bring(any_world, again).counts.changed == 1
    assert shown(any_world, any_world.change_of(ITEM)).fields["stem"] == "Changed again?"


def test_an_import_can_go_to_the_reviewers_at_once(any_world: World) -> None:
    bring(any_world, file_of(single_choice(), multiple_response("tt-01-002")), send=True)
    assert (status(any_world), status(any_world, "tt-01-002")) == ("in review", "in review")
    with any_world.acting("cato") as tx:
        found = [(one.id, one.revision) for one in open_proposals(tx)]
        assert [one.version for one in approve_several(tx, found)] == [1, 1]
    assert bring(any_world, file_of(single_choice())).counts.unchanged == 1


def test_what_came_without_a_source_may_be_practised_but_never_decides(any_world: World) -> None:
    uncited = {"sources": ["NONE"]}
    for_exams, for_practice = (
        single_choice(f"tt-01-00{place}", pool=pool, **uncited)
        for place, pool in enumerate(("exam", "practice"), 1)
    )
    bring(any_world, file_of(for_exams, for_practice), send=True)
    with any_world.acting("cato") as tx:
        found = [(one.id, one.revision) for one in open_proposals(tx)]
        outcomes = {one.item_id: one for one in approve_several(tx, found)}
    assert (outcomes["tt-01-001"].version, outcomes["tt-01-002"].version) == (0, 1)
    assert "no source was given in the file that it came from" in outcomes["tt-01-001"].problem
    assert status(any_world) == "in review"
    with any_world.acting("bela") as tx:
        change = any_world.change_of(ITEM, tx)
        take_back(tx, change.id)
    with pytest.raises(Invalid, match="Cite the one that its key rests on"):
        any_world.propose("bela", for_exams)
    any_world.propose("bela", single_choice(sources=["S13", "NONE"]))
    assert any_world.approve("cato", ITEM) == 1


def test_importing_again_takes_ones_own_change_out_of_review(any_world: World) -> None:
    bring(any_world, file_of(single_choice()), send=True)
    bring(any_world, file_of(edited(stem="Corrected?")), send=True)
    detail = shown(any_world, any_world.change_of(ITEM))
    assert [one.action.value for one in detail.events] == ["sent", "taken back", "sent"]
    assert detail.item == edited(stem="Corrected?")


def test_an_import_leaves_alone_what_somebody_else_is_changing(edda: World) -> None:
    edda.propose("bela", single_choice())
    read = file_of(edited(stem="Edda's"), multiple_response("tt-01-002"))
    outcome = bring(edda, read, "edda")
    assert (outcome.counts.added, outcome.counts.kept) == (1, 1)
    assert "tt-01-001 is in review, by Bela, and stays as it is." in outcome.problems[0].message
    with pytest.raises(Invalid, match="is in review, by Bela"), edda.acting("edda") as tx:
        import_items(tx, read, strict=True)
    same = bring(edda, file_of(single_choice()), "edda")
    assert (same.counts.unchanged, same.problems) == (1, ())


def test_an_import_begins_again_what_was_dropped(any_world: World) -> None:
    bring(any_world, file_of(single_choice()))
    change = any_world.change_of(ITEM)
    with any_world.acting("bela") as tx:
        drop_draft(tx, change.id, change.revision)
    assert bring(any_world, file_of(single_choice())).counts.added == 1
    assert status(any_world) == "draft"


def test_an_export_carries_the_newest_text_and_names_what_is_unfinished(world: World) -> None:
    world.publish(single_choice())
    world.propose("bela", edited(stem="Newest?"))
    with world.acting("bela") as tx:
        save_draft(tx, "tt-01-009", 0, {"kind": "numeric", "objective": "MF-01"}, 0)
        save_draft(tx, "mf-01-001", 1, {"kind": "single_choice"}, 0)
    with world.looking("bela") as tx:
        file = bank_as_file(tx, ItemFilter(search="01-0"), Format.YAML)
    text = file.content.decode()
    assert "Newest?" in text
    assert "tt-01-009 is left out: its draft is not finished." in file.losses
    assert "id: mf-01-001" in text


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
