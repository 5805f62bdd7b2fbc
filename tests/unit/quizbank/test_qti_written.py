"""QTI: what is written comes back with its marks, and what is lost is named before."""

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.exchange.formats import Format, losses, write_file
from quizbank.files import address_of, read_picture
from quizbank.items import Item, item_to_data
from tests.factories import (
    FIGURE,
    case,
    cloze,
    description,
    hotspot,
    matching,
    numeric,
    ordering,
    png,
    short_answer,
    single_choice,
)
from tests.unit.quizbank.carried import carried_in_a_package
from tests.unit.quizbank.qti_files import DEFAULTS, only, qti
from tests.unit.quizbank.strategies import items, responses


def back(item: Item) -> Item | None:
    read = qti(write_file(Format.QTI, [item], {FIGURE.digest: FIGURE}))
    assert read.errors == () or read.items == ()
    return read.items[0].item if read.items else None


def with_a_figure(item: Any) -> Any:
    """The item with a picture that there is, where it shows one."""
    if item.kind != "hotspot":
        return item
    return item.model_copy(
        update={"figure": item.figure.model_copy(update={"file": FIGURE.digest})}
    )


def squeezed(item: Item) -> str:
    """The item as data, with the white space of plain texts as HTML sees it: as one space."""
    data: Any = item_to_data(item)
    for part in (*data.get("premises", ()), *data.get("choices", ())):
        part["text"] = " ".join(part["text"].split())
    return str(data)


EXACT = ("single_choice", "multiple_response", "true_false", "matching")


@given(items.filter(lambda item: item.kind in EXACT))
@settings(max_examples=60, deadline=None)
def test_what_qti_carries_comes_back_equal(item: Item) -> None:
    again = back(item)
    if again:
        assert squeezed(again) == squeezed(carried_in_a_package(item, DEFAULTS.head()))
    else:
        assert "is left out" in losses(Format.QTI, [item])[0]


WRITTEN = (*EXACT, "numeric", "short_answer", "ordering", "essay", "cloze", "hotspot")


def answered(item: Any) -> list[Any]:
    """Responses that an item was made for: each part of it by itself, and several together."""
    if item.kind == "hotspot":
        ids = item.option_ids()
        return [{"regions": [*ids[:many]]} for many in range(len(ids) + 1)]
    if item.kind == "matching":
        right = item.key()["pairs"]
        one = item.premises[0].id
        return [{"pairs": right | {one: other}} for other in (None, *item.option_ids())]
    if item.kind != "cloze":
        return []
    said: list[Any] = []
    for gap in item.gaps:
        known = [one.id for one in gap.options] if gap.kind == "choice" else []
        known += [one.text for one in gap.answers] if gap.kind == "text" else []
        known += [f"{one.answer:f}" for one in gap.others] if gap.kind == "number" else []
        said += [{"gaps": {gap.id: one}} for one in known]
        said += [{"gaps": item.key()["gaps"] | {gap.id: one}} for one in known]
    return said


@given(items.filter(lambda item: item.kind in WRITTEN), st.lists(responses, max_size=8))
@settings(max_examples=60, deadline=None)
def test_no_mark_changes_on_the_way(item: Item, given_: list[Any]) -> None:
    item = with_a_figure(item)
    again = back(item)
    if again is None:
        assert "is left out" in losses(Format.QTI, [item])[0]
        return
    assert again.mark(item.key()).fraction == item.mark(item.key()).fraction
    for response in [*given_, *answered(item)]:
        assert again.mark(response).fraction == pytest.approx(item.mark(response).fraction)


@pytest.mark.parametrize("name", [Format.GIFT, Format.MOODLE_XML, Format.CANVAS])
def test_a_rule_of_pairs_that_a_format_has_no_words_for_is_named(name: Format) -> None:
    lost = "the rule: each pair earns its share elsewhere"
    assert any(lost in one for one in losses(name, [matching(rule="all_or_nothing")]))
    assert not any(lost in one for one in losses(name, [matching()]))


def with_gaps() -> Item:
    """A text with a list, words and a number, in a table, their reasons and weights."""
    gaps: Any = item_to_data(cloze())["gaps"]
    gaps[0]["options"][2].pop("unsafe")
    gaps[1]["answers"][0]["text"] = "Fibroblasts"
    gaps[2] |= {"id": "3rd", "weight": 4}
    stem = "| Where | Who |\n|---|---|\n| [[g1]] | *[[g2]]* |\n\nIt is [[3rd]] mm."
    return cloze(gaps=gaps, stem=stem)


def regions() -> Any:
    """Regions of every shape, the sides of one in tenths, two of them right."""
    made: Any = item_to_data(hotspot())["regions"]
    made[2].pop("unsafe")
    made[0]["coords"] = [0.1, 0.2, 0.2, 99.9]
    ellipse = {"shape": "ellipse", "coords": [150, 200, 20, 30.5], "correct": True}
    return [*made, {"id": "d", "label": "A vessel <1>", "reason": "Yes."} | ellipse]


REGIONS = regions()


@pytest.mark.parametrize(
    "item",
    [
        description(stem="Look at **this** first."),
        with_gaps(),
        hotspot(regions=REGIONS),
        hotspot(regions=REGIONS, choose=2),
        numeric(unit="mm", others=[]),
        numeric(tolerance="0.1", tolerance_type="relative"),
        ordering(grading="all_or_nothing"),
        ordering(),
        matching(),
        matching(rule="all_or_nothing"),
        short_answer(
            answers=[
                {"id": "a", "text": "50 % \\* of it", "reason": "So."},
                {"id": "b", "text": "half", "fraction": 0.5, "reason": "Nearly."},
                {"id": "c", "text": "*", "fraction": 0, "reason": "Read again."},
            ],
            case_sensitive=True,
        ),
        single_choice(
            stem="**One**\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |", origin="Q 1 & <2>"
        ),
    ],
    ids=lambda item: item.kind,
)
def test_kinds_that_come_back_whole(item: Item) -> None:
    again = back(item)
    assert again is not None
    left = {"tags", "pool", "level", "reviewed", "review_due", "objective", "sources", "id"}
    before, after = item_to_data(item), item_to_data(again)
    if item.kind == "single_choice":
        before["options"] = after["options"]
    assert {k: v for k, v in before.items() if k not in left} == {
        k: v for k, v in after.items() if k not in left
    }


def test_pictures_go_along_and_come_back() -> None:
    picture = read_picture(png(8, 6))
    item = single_choice(stem=f"Look: ![A section]({address_of(picture.digest)})")
    content = write_file(Format.QTI, [item], {picture.digest: picture})
    read = qti(content)
    assert only(read).stem == item.stem
    assert read.files == {picture.digest: picture}
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert f"items/pictures/{picture.file_name}" in package.namelist()


def test_a_text_that_was_changed_elsewhere_counts_and_not_its_old_source() -> None:
    with zipfile.ZipFile(
        BytesIO(write_file(Format.QTI, [single_choice(stem="**Old** text?")]))
    ) as p:
        (name,) = [one for one in p.namelist() if one.startswith("items/")]
        xml = p.read(name).decode()
    assert only(qti(xml)).stem == "**Old** text?"
    changed = re.sub(r"<strong>Old</strong>", "<strong>New</strong>", xml)
    assert only(qti(changed)).stem == "**New** text?"


SEVERAL = {"id": "b", "text": "collagen", "correct": True, "reason": "So."}
COSTS = {"id": "b", "text": "epidermis", "weight": -0.5, "reason": "It lies above."}


def with_a_choice(option: dict[str, Any], **changes: Any) -> Item:
    """A text with one list to choose from, this option beside the right one."""
    right = {"id": "a", "text": "dermis", "correct": True, "reason": "So."}
    gap = {"kind": "choice", "id": "g1", "options": [right, option, WRONG], **changes}
    return cloze(stem="It lies in the [[g1]].", gaps=[gap])


WRONG = {"id": "c", "text": "fat", "reason": "Too deep."}


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (case(), "this kind of item is not written as QTI"),
        (cloze(), "an answer has a star that stands for any characters"),
        (with_a_choice(SEVERAL, several=True), "a gap takes several options"),
        (with_a_choice(COSTS), "a wrong option takes from what other gaps earn"),
    ],
    ids=["case", "stars", "several in one gap", "an option that costs"],
)
def test_what_is_not_written_is_named_before_the_export(item: Item, why: str) -> None:
    assert losses(Format.QTI, [item]) == (f"{item.id} is left out: {why}.",)
    assert back(item) is None
