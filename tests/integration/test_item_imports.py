"""Imported items are drafts, and overwrite nobody's work; course files neither."""

import pytest

from base.errors import Conflict, Invalid
from quizbank.commands.bank import import_items, load_items
from quizbank.commands.proposals import (
    carry_over,
    drop_draft,
    save_draft,
    send_for_review,
)
from quizbank.commands.reviews import approve_several
from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import Format, read_file
from quizbank.exchange.items_read import errors_of
from quizbank.proposals import ReviewAction, Stage
from quizbank.queries.bank import ItemFilter, bank_as_file, item_detail
from quizbank.queries.proposals import open_proposals
from tests.factories import World, multiple_response, single_choice
from tests.integration.changes import (
    ITEM,
    bring,
    edited,
    file_of,
    loaded,
    save,
    shown,
    status,
    version,
)


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


def test_an_identifier_that_two_systems_use_for_two_questions_is_named(world: World) -> None:
    mine = "// [id:q-1]\nWhich layer holds most collagen?{=Dermis ~Epidermis}\n"
    for text, told in (
        (mine, False),
        (mine.replace("most", "the most"), False),
        ("// [id:q-1]\nHow deep may a home roller go?{=Skin ~Bone}\n", True),
        ("// [id:q-1]\nHow deep may a home roller go?{T}\n", True),
    ):
        with world.acting("bela") as tx:
            read = read_file(Format.GIFT, text.encode(), Defaults(world.now.date()))
            outcome = import_items(tx, read, strict=False)
        assert any("asks something else" in one.message for one in outcome.problems) is told
        assert not errors_of(outcome.problems)


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
    outcome = bring(any_world, file_of(for_exams, for_practice), send=True)
    (told,) = outcome.unsent
    assert outcome.problems == (told,)
    assert (told.line, told.severity) == (2, "warning")
    assert "stays a draft. tt-01-001 is for exams, and no source was given" in told.message
    assert (status(any_world), status(any_world, "tt-01-002")) == ("draft", "in review")
    with any_world.acting("cato") as tx:
        found = [(one.id, one.revision) for one in open_proposals(tx)]
        outcomes = {one.item_id: one for one in approve_several(tx, found)}
    assert (outcomes["tt-01-001"].version, outcomes["tt-01-002"].version) == (0, 1)
    with pytest.raises(Invalid, match="Cite the one that its key rests on"):
        any_world.propose("bela", for_exams)
    any_world.propose("bela", single_choice(sources=["S13", "NONE"]))
    assert any_world.approve("cato", ITEM) == 1


def test_an_import_without_a_source_takes_ones_own_change_out_of_review(any_world: World) -> None:
    bring(any_world, file_of(single_choice(pool="exam")), send=True)
    bring(any_world, file_of(single_choice(pool="exam", sources=["NONE"])), send=True)
    detail = shown(any_world, any_world.change_of(ITEM))
    assert [one.action.value for one in detail.events] == ["sent", "taken back"]
    assert status(any_world) == "draft"


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
