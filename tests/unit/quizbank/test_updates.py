"""A file brought in again: what its format can say is followed, the rest stays as it is here."""

from base64 import b64encode
from datetime import date
from typing import Any

import pytest

from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import Format, read_file, write_file
from quizbank.exchange.updates import as_update
from quizbank.items import Item, item_to_data, read_item
from tests.factories import (
    cloze,
    essay,
    matching,
    multiple_response,
    numeric,
    png,
    short_answer,
)
from tests.unit.quizbank.moodle_xml_files import FAT, MARKER, marked, place, quiz

UNITS = {"unit": "mm", "units": [{"text": "cm", "factor": "10"}], "unit_rule": "required"}
LIMITS = {"min_words": 20, "max_words": 90, "template": "First, "}


def brought_again(file_format: Format, written: Item, standing: Item) -> Item:
    content = write_file(file_format, [written])
    (lined,) = read_file(file_format, content, Defaults(date(2026, 11, 23))).items
    return as_update(lined.item, standing, lined.says)


@pytest.mark.parametrize("written", [True, False])
def test_capitals_follow_a_moodle_file_whichever_way_it_changed(written: bool) -> None:
    standing = short_answer(case_sensitive=not written)
    again = brought_again(Format.MOODLE_XML, short_answer(case_sensitive=written), standing)
    assert item_to_data(again) == item_to_data(short_answer(case_sensitive=written))


def test_capitals_stay_where_the_format_cannot_say_them() -> None:
    standing = short_answer(case_sensitive=True)
    assert brought_again(Format.GIFT, standing, standing) == standing


def test_units_follow_a_moodle_file_that_has_none_any_more() -> None:
    item = numeric(unit="", others=[])
    assert brought_again(Format.MOODLE_XML, item, numeric(**UNITS, others=[])) == item


def test_units_stay_where_the_format_cannot_say_them() -> None:
    standing = numeric(**UNITS, others=[])
    assert brought_again(Format.GIFT, standing, standing) == standing


@pytest.mark.parametrize("rule", ["all_or_nothing", "net_correct", "coverage", "each_answer"])
@pytest.mark.parametrize("file_format", [Format.GIFT, Format.MOODLE_XML])
def test_a_rule_stays_where_the_weights_are_those_that_stand_for_it(
    file_format: Format, rule: str
) -> None:
    standing = multiple_response(rule=rule)
    assert brought_again(file_format, standing, standing) == standing


def test_other_weights_than_those_of_the_rule_follow_the_file() -> None:
    options: Any = item_to_data(multiple_response())["options"]
    weights = (0.5, 0.25, 0.25, -0.5, 0)
    mended = [one | {"weight": share} for one, share in zip(options, weights, strict=True)]
    again = brought_again(
        Format.MOODLE_XML, multiple_response(rule="weights", options=mended), multiple_response()
    )
    assert item_to_data(again)["rule"] == "weights"


def test_how_pairs_are_marked_stays_where_the_format_cannot_say_it() -> None:
    standing, sharing = matching(rule="all_or_nothing"), matching()
    for file_format in (Format.GIFT, Format.MOODLE_XML):
        assert brought_again(file_format, standing, standing) == standing
    assert brought_again(Format.QTI, sharing, standing) == sharing


def test_limits_of_words_follow_a_moodle_file_and_stay_for_gift() -> None:
    rubric: Any = [{"id": "a", "text": "Two layers", "points": 3}]
    free, limited = essay(rubric=rubric), essay(rubric=rubric, **LIMITS)
    plain = {name: item_to_data(free).get(name) for name in LIMITS}
    again = item_to_data(brought_again(Format.MOODLE_XML, free, limited))
    assert {name: again.get(name) for name in LIMITS} == plain
    again = item_to_data(brought_again(Format.GIFT, free, limited))
    assert {name: again[name] for name in LIMITS} == LIMITS


def test_what_is_unsafe_in_a_gap_stays() -> None:
    standing = cloze()
    assert brought_again(Format.MOODLE_XML, standing, standing) == standing


def test_places_that_a_file_cannot_mark_stay_as_somebody_drew_them() -> None:
    drop = "<drop><shape>circle</shape><coords>9,9;5</coords><choice>1</choice></drop>"
    encoded = b64encode(png()).decode()
    text = (
        '<quiz><question type="ddmarker"><name><text>Q</text></name><questiontext><text>Where?'
        "</text></questiontext><generalfeedback><text>So.</text></generalfeedback>"
        f'<file name="a.png" encoding="base64">{encoded}</file>'
        f"<drag><no>1</no><text>Pore</text></drag>{drop}</question></quiz>"
    )
    defaults = Defaults(date(2026, 11, 23))
    (lined,) = read_file(Format.MOODLE_XML, text.encode(), defaults).items
    data: Any = item_to_data(lined.item)
    data["figure"]["alt"] = "Skin from above"
    data["regions"][0] |= {"label": "Upper left", "reason": "Why it is."}
    wrong = {"label": "Right", "shape": "rect", "coords": [30, 0, 9, 9], "reason": "A hair."}
    data["regions"][1:] = [{"id": "r2", "correct": False, "unsafe": True, **wrong}]
    again: Any = item_to_data(as_update(lined.item, read_item(data), lined.says))
    assert again["figure"] == data["figure"]
    assert again["regions"][1] == item_to_data(read_item(data))["regions"][1]
    assert again["regions"][0] == data["regions"][0] | {"reason": "So."}
    (moved,) = read_file(Format.MOODLE_XML, text.replace("9,9", "8,8").encode(), defaults).items
    again = item_to_data(as_update(moved.item, read_item(data), moved.says))
    fresh: Any = item_to_data(moved.item)
    assert [one["label"] for one in again["regions"]] == [one["label"] for one in fresh["regions"]]


def test_what_a_numbered_picture_shows_stays_as_somebody_wrote_it() -> None:
    places = place("circle", "10,10;5"), place("circle", "40,30;5", 2)
    text = quiz(marked(*places, times=2, marker=MARKER + FAT)).encode()
    (lined,) = read_file(Format.MOODLE_XML, text, Defaults(date(2026, 11, 23))).items
    before, _, behind = lined.item.stem.partition("![")
    described = f"{before}![A section, two \\[numbered\\] places]{behind.partition(']')[2]}"
    standing = lined.item.model_copy(update={"stem": described})
    assert as_update(lined.item, standing, lined.says) == standing


def test_a_right_answer_that_was_unsafe_follows_the_file() -> None:
    data: Any = item_to_data(short_answer())
    data["answers"][2] |= {"fraction": 1, "unsafe": False}
    again = brought_again(Format.MOODLE_XML, read_item(data), short_answer())
    assert again.mark({"text": "dermis"}).fraction == 1
    assert not again.mark({"text": "dermis"}).unsafe
