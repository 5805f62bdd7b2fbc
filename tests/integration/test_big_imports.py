"""Many items in one file: in bulk, in one transaction, and beside somebody else's import."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import select

from base.audit import audit_break, audit_entries_of
from base.errors import Conflict
from quizbank.commands.bank import ImportOutcome, import_items
from quizbank.commands.proposals import save_draft
from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import Format, read_file
from quizbank.exchange.items_read import ItemsRead
from quizbank.items import item_to_data
from quizbank.proposals import Stage
from quizbank.queries.proposals import proposal
from quizbank.tables.bank import ItemTagRow
from tests.factories import World

# More than two rounds of what is written at once.
SEVERAL = 1_001
AUTHORED = Defaults(date(2026, 11, 23), sources=("S13",))


def gift(items: int, layer: str = "layer-a") -> ItemsRead:
    questions = (
        f"// [id:big-{n}] [tag:{layer}]\nWhich layer lies at {n}? {{={layer}#So it is. ~fat#No.}}"
        for n in range(items)
    )
    return read_file(Format.GIFT, "\n\n".join(questions).encode(), AUTHORED)


def bring(world: World, read: ItemsRead, send: bool = False) -> ImportOutcome:
    with world.acting("bela") as tx:
        return import_items(tx, read, strict=True, send=send)


def topic(world: World, tag: str) -> int:
    with world.looking("bela") as tx:
        return len(tx.session.exec(select(ItemTagRow).where(ItemTagRow.tag == tag)).all())


def test_ten_thousand_items_come_in_and_again_in_seconds(world: World) -> None:
    read, told = gift(10_000), list[float]()
    begin = time.process_time()
    with world.acting("bela") as tx:
        counts = import_items(tx, read, strict=True, progress=told.append).counts
    assert (counts.added, counts.unchanged) == (10_000, 0)
    assert told == sorted(told)
    assert told[-1] == 1
    assert len(told) >= 20
    assert bring(world, read).counts.unchanged == 10_000
    # Far above what it takes (4 s), far below one query or two for each item.
    assert time.process_time() - begin < 20


def test_many_items_are_changed_in_review_in_bulk(any_world: World) -> None:
    assert bring(any_world, gift(SEVERAL), send=True).counts.added == SEVERAL
    assert bring(any_world, gift(SEVERAL), send=True).counts.unchanged == SEVERAL
    assert topic(any_world, "layer-a") == SEVERAL
    assert bring(any_world, gift(SEVERAL, "layer-b"), send=True).counts.changed == SEVERAL
    assert (topic(any_world, "layer-a"), topic(any_world, "layer-b")) == (0, SEVERAL)
    change = any_world.change_of(gift(SEVERAL).items[-1].item.id)
    with any_world.looking("bela") as tx:
        detail = proposal(tx, change.id)
    assert [one.action.value for one in detail.events] == ["sent", "taken back", "sent"]
    assert (change.stage, change.revision) == (Stage.IN_REVIEW, 2)


def test_a_file_is_one_entry_of_the_log_that_tells_of_each_item(any_world: World) -> None:
    digests: list[str] = []
    for read in (gift(3), gift(3, "layer-b"), gift(4)):
        bring(any_world, read)
        with any_world.looking("system") as tx:
            facts = [json.loads(one.facts) for one in audit_entries_of(tx, "item:import")]
            assert audit_break(tx) is None
        digests.append(facts[-1]["items"])
        assert len(facts) == len(digests)
    assert len({*digests}) == 3


def test_two_imports_of_the_same_new_items_at_once_are_one_and_a_sentence(
    postgres_world: World,
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with postgres_world.acting("bela") as tx:
            import_items(tx, gift(SEVERAL), strict=True)
            # Waits for the first, which has not committed what it wrote.
            second = pool.submit(bring, postgres_world, gift(SEVERAL))
            time.sleep(0.5)
            assert not second.done()
        with pytest.raises(Conflict, match="at the same moment, so nothing was imported"):
            second.result(timeout=60)
    assert topic(postgres_world, "layer-a") == SEVERAL
    assert bring(postgres_world, gift(SEVERAL)).counts.unchanged == SEVERAL


def test_a_draft_that_goes_on_while_its_file_comes_in_is_not_overwritten(
    postgres_world: World,
) -> None:
    bring(postgres_world, gift(2))
    item = gift(1).items[0].item

    def write_on(share: float) -> None:
        if share < 1:
            change = postgres_world.change_of(item.id)
            typed = item_to_data(item) | {"title": "Typed meanwhile"}
            with postgres_world.acting("bela") as other:
                save_draft(other, item.id, 0, typed, change.revision)

    with pytest.raises(Conflict, match="went on with one"), postgres_world.acting("bela") as tx:
        import_items(tx, gift(2, "layer-b"), strict=True, progress=write_on)
    assert topic(postgres_world, "layer-b") == 0
