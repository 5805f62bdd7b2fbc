"""The item bank: publishing, retiring, importing, searching, and what draws see of it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from sqlalchemy import insert
from sqlmodel import select

from base.audit import audit_entries
from base.errors import Conflict, Invalid, NotFound, Unavailable
from courses.commands.loading import load_folder
from courses.commands.study import start_practice
from quizbank.assembly import Candidate
from quizbank.commands.attempts import start_attempt
from quizbank.commands.bank import (
    import_items,
    load_items,
)
from quizbank.commands.exams import publish_exam
from quizbank.commands.forms import in_form_order
from quizbank.commands.retiring import restore_item, retire_item
from quizbank.exchange.formats import Format
from quizbank.exchange.yaml_items import read_items, write_items
from quizbank.forms import KEY_SPACE, draw_key
from quizbank.items import Item
from quizbank.queries.bank import (
    ItemFilter,
    bank_as_file,
    bank_facets,
    bank_items,
    free_item_id,
    item_at_version,
    item_detail,
)
from quizbank.queries.candidates import Drawing, assembled
from quizbank.queries.exams import exam_offer
from quizbank.queries.sitting import sitting
from quizbank.tables.bank import ItemEnemyRow, ItemRow
from quizbank.tables.exams import FormItemRow, FormRow
from tests.conftest import HOUSE
from tests.content import course_said
from tests.factories import COURSE, World, exam_rules, multiple_response, numeric, single_choice

SMALL = "tt/small"


def small_exam(world: World, ordinary: int = 3, critical: int = 1) -> list[str]:
    """Publish an exam over an objective of its own, and return its items' ids."""
    items = [
        single_choice(f"tt-01-{n:03d}", objective="TT-01", critical=n <= critical)
        for n in range(1, ordinary + critical + 1)
    ]
    world.publish(*items)
    with world.acting("dina") as tx:
        publish_exam(tx, SMALL, exam_rules())
    return [item.id for item in items]


def drawn(world: World, seed: int = 1) -> tuple[set[str], list[str]]:
    with world.looking("system") as tx:
        made = assembled(tx.session, Drawing(exam_rules(), seed, world.now.date()))
    return {one.id for _, one in made.chosen}, [str(one) for one in made.shortages]


def test_a_published_item_is_in_the_bank_with_its_history(any_world: World) -> None:
    any_world.publish(single_choice())
    any_world.publish(single_choice(stem="Which layer?"))
    with any_world.looking("bela") as tx:
        detail = item_detail(tx, "tt-01-001")
        assert [one.number for one in detail.versions] == [2, 1]
        assert detail.item.stem == "Which layer?"
        assert item_at_version(tx, detail.versions[1].id) == single_choice()
    with any_world.looking("audi") as tx:
        said = [one.action for one in audit_entries(tx, "tt-01-001")]
    assert said == ["item:draft", "item:send", "item:publish"] * 2


def test_enemies_and_expected_time_stand_as_the_last_version_says(any_world: World) -> None:
    any_world.publish(single_choice(enemies=["tt-01-002", "tt-09-009"], seconds=40))
    any_world.publish(single_choice(enemies=["tt-09-009", "tt-01-003"]))
    with any_world.looking("system") as tx:
        rows = tx.session.exec(select(ItemEnemyRow.item_id, ItemEnemyRow.enemy_id)).all()
        seconds = tx.session.get_one(ItemRow, "tt-01-001").seconds
    assert sorted(rows) == [("tt-01-001", "tt-01-003"), ("tt-01-001", "tt-09-009")]
    assert seconds is None


def test_an_item_that_cites_an_unknown_source_is_refused(world: World) -> None:
    with pytest.raises(Invalid, match="cites S98, which the academy does not know"):
        world.publish(single_choice(sources=["S13", "S98"]))


def test_an_unknown_item_is_not_found(world: World) -> None:
    for change in (retire_item, restore_item):
        with pytest.raises(NotFound), world.acting("bela") as tx:
            change(tx, "tt-99-999")
    with pytest.raises(NotFound), world.looking("bela") as tx:
        item_detail(tx, "tt-99-999")
    with pytest.raises(NotFound), world.looking("bela") as tx:
        item_at_version(tx, "no version")


def test_a_retired_item_leaves_the_draws_and_comes_back_when_restored(world: World) -> None:
    ids = small_exam(world, ordinary=3)
    with world.acting("bela") as tx:
        retire_item(tx, ids[1])
        retire_item(tx, ids[1])
    assert all(ids[1] not in drawn(world, seed)[0] for seed in range(10))
    with world.acting("bela") as tx:
        restore_item(tx, ids[1])
    assert any(ids[1] in drawn(world, seed)[0] for seed in range(20))
    with world.looking("audi") as tx:
        actions = [one.action for one in audit_entries(tx, ids[1])]
    assert actions[-3:] == ["item:publish", "item:retire", "item:restore"]


def test_a_blueprint_that_runs_short_names_the_cell_and_starts_nothing(any_world: World) -> None:
    ids = small_exam(any_world, ordinary=2, critical=1)
    with any_world.acting("bela") as tx:
        retire_item(tx, ids[0])
        retire_item(tx, ids[1])
    sentence = "TT-01 has 0 of 1 critical questions; TT-01 has 1 of 2 other questions"
    with pytest.raises(Unavailable, match=sentence), any_world.acting("alba") as tx:
        start_attempt(tx, SMALL, consent=True)
    with any_world.looking("alba") as tx:
        offer = exam_offer(tx, SMALL)
        forms = tx.session.exec(select(FormRow.id)).all()
    assert (offer.running, offer.attempts_used, forms) == (None, 0, [])


def test_an_item_past_its_review_date_leaves_the_draws(world: World) -> None:
    small_exam(world)
    world.now = datetime(2027, 11, 21, 12, tzinfo=UTC)
    assert drawn(world)[1] == []
    world.now = datetime(2027, 11, 22, 0, 0, 1, tzinfo=UTC)
    assert drawn(world)[1] == [
        "TT-01 has 0 of 1 critical questions",
        "TT-01 has 0 of 2 other questions",
    ]


def test_pools_never_mix(world: World) -> None:
    small_exam(world)
    for number, pool in enumerate(("practice", "check"), start=90):
        world.publish(single_choice(f"tt-01-0{number}", objective="TT-01", pool=pool))
    for seed in range(20):
        assert not {"tt-01-090", "tt-01-091"} & drawn(world, seed)[0]


def test_a_running_attempt_keeps_the_version_it_was_drawn_with(any_world: World) -> None:
    ids = small_exam(any_world)
    with any_world.acting("alba") as tx:
        attempt = start_attempt(tx, SMALL, consent=True)
    before = any_world.items_of(attempt)
    for one in ids:
        any_world.publish(single_choice(one, objective="TT-01", stem="Edited."))
        with any_world.acting("bela") as tx:
            retire_item(tx, one)
    assert any_world.items_of(attempt) == before
    with any_world.looking("alba") as tx:
        shown = sitting(tx, attempt, 1).item
    assert shown is not None
    assert shown.prompt.stem == before[1].stem != "Edited."


def test_a_running_attempt_keeps_the_rules_it_was_started_under(world: World) -> None:
    small_exam(world)
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, SMALL, consent=True)
    with world.acting("dina") as tx:
        publish_exam(tx, SMALL, exam_rules(cut=3, minutes=1))
    with world.looking("alba") as tx:
        sat = sitting(tx, attempt)
    assert (sat.rules.cut, sat.rules.minutes) == (2, 10)


@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
def test_a_form_meets_its_quotas_and_its_seed_draws_it_again(any_world: World, seed: int) -> None:
    small_exam(any_world, ordinary=9, critical=4)
    with any_world.looking("system") as tx:
        drawing = Drawing(exam_rules(), seed, any_world.now.date())
        first, again = assembled(tx.session, drawing), assembled(tx.session, drawing)
        order = in_form_order(seed, [one for _, one in first.chosen])
        items = [item_at_version(tx, one) for one in order]
    assert first == again
    assert len({item.id for item in items}) == 3
    assert sum(item.critical for item in items) == 1


def test_cases_come_behind_the_other_questions_of_a_form() -> None:
    kinds = ["case", "numeric", "case", "cloze", "single_choice"]
    chosen = [
        Candidate(f"i{n}", f"v{n}", "TT-01", "apply", kind, critical=False, seconds=75)
        for n, kind in enumerate(kinds)
    ]
    orders = {in_form_order(seed, chosen) for seed in range(20)}
    assert {frozenset(one[3:]) for one in orders} == {frozenset({"v0", "v2"})}
    assert len(orders) > 5


def test_the_order_of_the_options_is_stored_with_the_form(world: World) -> None:
    world.publish(single_choice("tt-01-900"), numeric("tt-01-901"))
    attempt = world.start_exam("alba")
    items = world.items_of(attempt)
    with world.looking("system") as tx:
        rows = tx.session.exec(select(FormItemRow)).all()
        for row in rows:
            ids = items[row.position].option_ids()
            assert sorted(row.option_order.split()) == sorted(ids)
        written = {row.option_order for row in rows if row.option_order}
    assert len(written) > 4


def test_draws_from_ten_thousand_items_are_spread_over_the_whole_bank(world: World) -> None:
    with world.database.writing_connection() as connection:
        connection.execute(insert(ItemRow), [_bare_row(number) for number in range(10_000)])
    rules = exam_rules(cells=[{"objective": "BB-01", "count": 40}], cut=1)
    with world.looking("system") as tx:
        versions = Counter(
            one.version_id
            for seed in range(800)
            for _, one in assembled(tx.session, Drawing(rules, seed, world.now.date())).chosen
        )
    assert sum(versions.values()) == 32_000
    # Drawn one by one, 32,000 draws would meet 9,592 of 10,000; windows cost a little.
    assert len(versions) > 9_000
    assert max(versions.values()) <= 16
    arcs = Counter(draw_key(f"bb-01-{one}") * 10 // KEY_SPACE for one in versions.elements())
    assert len(arcs) == 10
    assert all(1_900 < count < 4_500 for count in arcs.values())


def _bare_row(number: int) -> dict[str, object]:
    return {
        "id": f"bb-01-{number}",
        "kind": "single_choice",
        "pool": "exam",
        "objective": "BB-01",
        "level": "apply",
        "critical": False,
        "status": "approved",
        "review_due": date(2027, 11, 22),
        "draw_key": draw_key(f"bb-01-{number}"),
        "version": 1,
        "version_id": str(number),
        "searchable": "",
    }


def test_items_are_found_by_their_words_in_any_order_and_by_filters(world: World) -> None:
    world.publish(single_choice(stem="Wie tief? ÜBERMUT 100% sicher_heit"))
    world.publish(multiple_response(objective="TT-09", critical=True))
    with world.looking("bela") as tx:

        def ids(**wanted: object) -> list[str]:
            return [one.id for one in bank_items(tx, ItemFilter(**wanted))]  # type: ignore[arg-type]

        assert ids(search="übermut WIE") == ["tt-01-001"]
        assert ids(search="epidermis tief?") == ["tt-01-001"]
        assert ids(search="100%") == ["tt-01-001"]
        assert ids(search="sicher_heit") == ["tt-01-001"]
        assert ids(search="sicherxheit") == []
        assert ids(search="' OR 1=1 --") == []
        assert ids(objective="TT-09") == ["tt-01-002"]
        assert ids(objective="TT-09", critical=False) == []
        assert ids(search="TT-01-002", kind="multiple_response", pool="exam") == ["tt-01-002"]
        assert ids(status="retired") == []
        assert bank_facets(tx).items == len(ids())


def test_the_search_never_reads_the_key_or_the_reasons(world: World) -> None:
    world.publish(single_choice())
    with world.looking("bela") as tx:
        assert bank_items(tx, ItemFilter(search="holds little")) == ()


def test_a_new_item_gets_the_next_free_id(world: World) -> None:
    with world.looking("bela") as tx:
        assert free_item_id(tx, "TT-01") == "tt-01-001"
    world.publish(single_choice("tt-01-041", objective="TT-01"))
    world.publish(single_choice("tt-01-x", objective="TT-01"))
    with world.looking("bela") as tx:
        assert free_item_id(tx, "TT-01") == "tt-01-042"


def test_one_broken_item_of_fifty_leaves_49_in_the_bank(any_world: World) -> None:
    text = write_items([single_choice(f"tt-01-{n:03d}", objective="TT-01") for n in range(50)])
    read = read_items(text.replace("id: tt-01-017\n  kind: single_choice", "id: tt-01-017"))
    with any_world.acting("bela") as tx:
        outcome = import_items(tx, read, strict=False)
    assert outcome.counts.added == 49
    assert len(outcome.problems) == 1
    with any_world.looking("bela") as tx:
        assert len(bank_items(tx, ItemFilter(objective="TT-01"))) == 49


def test_strict_imports_all_or_nothing(world: World) -> None:
    good, bad = single_choice(), single_choice("tt-01-009", sources=["S98"])
    read = read_items(write_items([good, bad]))
    said = r"^Line \d+: tt-01-009 cites S98"
    with pytest.raises(Invalid, match=said), world.acting("bela") as tx:
        import_items(tx, read, strict=True)
    with world.looking("bela") as tx:
        assert bank_items(tx, ItemFilter(search="tt-01-0")) == ()


def test_importing_again_updates_what_changed_and_doubles_nothing(any_world: World) -> None:
    first = [single_choice(), multiple_response(), numeric()]

    def bring(items: list[Item]) -> tuple[int, int, int]:
        with any_world.acting("bela") as tx:
            counts = import_items(tx, read_items(write_items(items)), strict=True).counts
        return counts.added, counts.changed, counts.unchanged

    assert bring(first) == (3, 0, 0)
    assert bring(first) == (0, 0, 3)
    assert bring([single_choice(stem="Another?"), *first[1:]]) == (0, 1, 2)
    with any_world.looking("bela") as tx:
        assert item_detail(tx, "tt-01-001").item.stem == "Another?"
        assert [one.status for one in bank_items(tx, ItemFilter(search="tt-01"))] == ["draft"] * 3


def test_the_whole_bank_leaves_as_a_file_and_comes_back_equal(world: World) -> None:
    with world.acting("bela") as tx:
        retire_item(tx, "mf-01-001")
    with world.looking("bela") as tx:
        text = bank_as_file(tx, ItemFilter(), Format.YAML).content.decode()
        size = bank_facets(tx).items
    read = read_items(text)
    assert (len(read.items), read.problems) == (size, ())
    with world.acting("bela") as tx:
        counts = import_items(tx, read, strict=True).counts
    assert (counts.added, counts.changed, counts.unchanged) == (0, 0, size)


def test_loading_the_course_again_keeps_what_an_author_edited(any_world: World) -> None:
    with any_world.looking("bela") as tx:
        item = item_detail(tx, "mf-01-001").item
    edited = item.model_copy(update={"stem": "Edited in the academy."})
    any_world.publish(edited)
    with any_world.acting("dina") as tx:
        load_folder(tx, HOUSE / "content")
        counts = load_items(tx, [item])
    assert (counts.unchanged, counts.changed) == (1, 0)
    with any_world.acting("dina") as tx:
        changed_file = item.model_copy(update={"stem": "Changed in the file."})
        assert load_items(tx, [changed_file]).kept == 1
    with any_world.looking("bela") as tx:
        detail = item_detail(tx, "mf-01-001")
    assert (detail.item.stem, detail.version) == ("Edited in the academy.", 2)


def test_a_changed_course_file_makes_a_new_version_where_nobody_edited(world: World) -> None:
    with world.looking("bela") as tx:
        item = item_detail(tx, "mf-01-001").item
    changed = item.model_copy(update={"stem": "Changed in the file."})
    with world.acting("dina") as tx:
        assert load_items(tx, [changed]).changed == 1
        assert load_items(tx, [changed]).unchanged == 1
        assert load_items(tx, [item]).changed == 1
    with world.looking("bela") as tx:
        assert item_detail(tx, "mf-01-001").version == 3


def test_practice_keeps_to_its_pool_and_its_blueprint(world: World) -> None:
    with world.acting("alba") as tx:
        attempt = start_practice(tx, COURSE)
        assert start_practice(tx, COURSE) == attempt
    items = world.items_of(attempt)
    assert len(items) == sum(cell.count for cell in course_said().practice.cells)
    assert {item.pool.value for item in items.values()} == {"practice"}


def test_two_starts_at_once_make_one_attempt(any_world: World) -> None:
    small_exam(any_world)
    ready = Barrier(4)

    def start(_: int) -> str | None:
        ready.wait()
        with suppress(Conflict), any_world.acting("alba") as tx:
            return start_attempt(tx, SMALL, consent=True)
        return None

    with ThreadPoolExecutor(4) as pool:
        started = set(pool.map(start, range(4))) - {None}
    assert len(started) == 1
    with any_world.looking("alba") as tx:
        assert len(tx.session.exec(select(FormRow.id)).all()) == 1
