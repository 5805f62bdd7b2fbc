"""Moodle XML: what is written comes back, and what is lost is named before."""

from typing import Any

from hypothesis import given, settings

from quizbank.exchange.formats import Format, losses, write_file
from quizbank.items import Item, item_to_data, read_item
from quizbank.kinds.cloze import Cloze
from quizbank.kinds.essay import Essay
from quizbank.kinds.hotspot import Hotspot
from quizbank.kinds.single_choice import SingleChoice
from tests.factories import (
    cloze,
    numeric,
    true_false,
)
from tests.unit.quizbank.carried import (
    carried_gaps,
    gaps_come_back,
    rematched,
    unexplained,
    with_plain_parts,
)
from tests.unit.quizbank.moodle_xml_files import ALL, DEFAULTS, read
from tests.unit.quizbank.strategies import items_without_stages as items
from tests.unit.quizbank.strategies import texts_with_gaps


def carried(item: Item) -> Item:
    """The item as it must come back: without what `losses` and `LEAVES_OUT` name."""
    data: Any = item_to_data(item) | DEFAULTS.head() | {"tags": [*dict.fromkeys(item.tags)]}
    lost = ("critical", "unsafe_answer", "enemies", "seconds", "markers")
    for name in lost + (("tolerance",) if item.kind == "essay" else ()):
        data.pop(name, None)
    if isinstance(item, Cloze):
        data |= {name: carried_gaps(item)[name] for name in ("stem", "gaps")}
    if data.get("unit_rule") == "optional":
        for name in {"unit_penalty", "penalty_of"} & {*data}:
            data.pop(name)
    data = unexplained(with_plain_parts(data))
    return read_item(rematched(data) if item.kind == "matching" else data)


def sayable(item: Item) -> bool:
    """Whether Moodle XML says the item's marking as it is; the others are named."""
    rule = getattr(item, "rule", "weights")
    nominal = getattr(item, "tolerance_type", "nominal") == "nominal"
    if isinstance(item, Cloze):
        return gaps_come_back(item)
    if isinstance(item, Hotspot):
        return False
    one_key = not isinstance(item, SingleChoice) or all(one.weight != 1 for one in item.options)
    return rule in {"weights", "share"} and nominal and one_key


@given(items.filter(sayable) | texts_with_gaps.filter(sayable))
@settings(max_examples=120, deadline=None)
def test_what_moodle_xml_carries_comes_back_equal(item: Item) -> None:
    back = read(write_file(Format.MOODLE_XML, [item]))
    if back.items:
        assert back.errors == ()
        expected = carried(item)
        theirs = item_to_data(back.items[0].item)
        if isinstance(item, Essay) and isinstance(back.items[0].item, Essay):
            # Its criteria become one text for markers.
            expected = read_item(item_to_data(expected) | {"rubric": theirs["rubric"]})
            assert back.items[0].item.total == item.total
        assert back.items[0].item == expected
    else:
        (said,) = losses(Format.MOODLE_XML, [item])
        assert "is left out" in said


@given(items)
@settings(max_examples=100, deadline=None)
def test_what_comes_back_has_the_same_key(item: Item) -> None:
    for one in read(write_file(Format.MOODLE_XML, [item])).items:
        if item.kind not in {"essay", "description"}:
            assert one.item.mark(one.item.key()).fraction == 1
            assert len(one.item.scored()) == len(item.scored())


def test_a_file_of_all_kinds_comes_back_whole_and_again() -> None:
    found = read(write_file(Format.MOODLE_XML, ALL))
    assert [one.item.kind for one in found.items] == [item.kind for item in ALL]
    again = read(write_file(Format.MOODLE_XML, [one.item for one in found.items]))
    assert [one.item for one in again.items] == [one.item for one in found.items]


def test_what_is_unsafe_is_named_before_the_export() -> None:
    unsafe = read_item(item_to_data(true_false()) | {"answer": True, "unsafe_answer": False})
    assert "what is unsafe" in losses(Format.MOODLE_XML, [unsafe])[0]


def test_line_breaks_in_gaps_are_named_before_the_export() -> None:
    data: Any = item_to_data(cloze())
    data["gaps"][0]["options"][0]["reason"] = "One.\n\nTwo."
    assert "line breaks" in losses(Format.MOODLE_XML, [read_item(data)])[0]


def test_what_a_wrong_unit_costs_is_named_where_it_is_optional() -> None:
    units = {"unit": "mm", "unit_rule": "optional"}
    cheap = numeric("n-1", **units, unit_penalty=0.25)
    assert "what a wrong unit costs" in losses(Format.MOODLE_XML, [cheap])[0]
    assert not any("wrong unit" in one for one in losses(Format.MOODLE_XML, [numeric(**units)]))
