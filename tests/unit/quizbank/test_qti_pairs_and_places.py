"""QTI: pairs whose marks add up, places that a file marks without their names, texts to read."""

import base64
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.kinds.shapes import Shape, holds
from tests.factories import png
from tests.unit.quizbank.test_qti import ITEM, TEMPLATE, mapping, only, qti

POINTS = """<responseDeclaration identifier="RESPONSE" cardinality="{}" baseType="point">
<correctResponse><value>20 20</value></correctResponse><areaMapping defaultValue="0">
<areaMapEntry shape="circle" coords="20,20,8" mappedValue="1"/>
<areaMapEntry shape="rect" coords="60,40,80,50" mappedValue="1"/></areaMapping>
</responseDeclaration>"""
PICTURE = base64.b64encode(png(100, 60)).decode()
SELECT = (
    '<selectPointInteraction responseIdentifier="RESPONSE" maxChoices="{}">'
    f'<object type="image/png" data="data:image/png;base64,{PICTURE}">Skin</object>'
    "</selectPointInteraction>"
)
MATCH = (
    '<matchInteraction responseIdentifier="RESPONSE" maxAssociations="0"><simpleMatchSet>'
    '<simpleAssociableChoice identifier="P" matchMax="1">One</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="Q" matchMax="1">Two</simpleAssociableChoice>'
    "</simpleMatchSet><simpleMatchSet>"
    '<simpleAssociableChoice identifier="X" matchMax="0">Dermis</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="Y" matchMax="0">Fat</simpleAssociableChoice>'
    "</simpleMatchSet></matchInteraction>"
)


@pytest.mark.parametrize(("cardinality", "choose"), [("single", 1), ("multiple", 2)])
def test_no_name_of_a_place_tells_which_one_is_right(cardinality: str, choose: int) -> None:
    read = qti(
        ITEM.format(
            declared=POINTS.format(cardinality),
            asked=SELECT.format(choose),
            marking=TEMPLATE.format("map_response_point"),
        )
    )
    item: Any = only(read)
    assert item.choose == choose
    assert [one.label for one in item.regions] == [
        "20 % across, 33 % down",
        "70 % across, 75 % down",
        "25 % across, 25 % down",
        "75 % across, 25 % down",
        "25 % across, 75 % down",
        "75 % across, 75 % down",
    ]
    assert any("four quarters" in one.message for one in read.problems)
    for x, y in product(range(0, 101, 4), range(0, 61, 4)):
        right = holds(Shape.CIRCLE, (20, 20, 8), x, y) or holds(Shape.RECT, (60, 40, 20, 10), x, y)
        assert item.mark({"points": [[x, y]]}).fraction == right / choose


def test_places_with_the_same_middle_have_names_of_their_own() -> None:
    same = POINTS.replace('"60,40,80,50"', '"10,10,30,30"').format("multiple")
    asked = SELECT.format(2)
    marking = TEMPLATE.format("map_response_point")
    item: Any = only(qti(ITEM.format(declared=same, asked=asked, marking=marking)))
    assert [one.label for one in item.regions[:2]] == [
        "20 % across, 33 % down",
        "20 % across, 33 % down (2)",
    ]


earned = st.sampled_from((-1, 0, 0, 1, 1, 2))
PAIRS = [f"{slot} {choice}" for slot in "PQ" for choice in "XY"]


@given(
    st.fixed_dictionaries(dict.fromkeys(PAIRS, earned)), st.none() | st.sampled_from((1, 2, 3, 4))
)
@settings(max_examples=120, deadline=None)
def test_pairs_are_taken_only_where_every_mark_comes_out_alike(
    entries: dict[str, float], upper: int | None
) -> None:
    bound = f' upperBound="{upper}"' if upper else ""
    declared = (
        '<responseDeclaration identifier="RESPONSE" cardinality="multiple" '
        f'baseType="directedPair">{mapping(f"""lowerBound="0"{bound}""", **entries)}'
        "</responseDeclaration>"
    )
    marking = TEMPLATE.format("map_response")
    read = qti(ITEM.format(declared=declared, asked=MATCH, marking=marking))
    if not read.items:
        assert read.errors
        return
    item = only(read)
    points = {
        said: min(
            upper or 99,
            max(0, sum(entries[f"{s} {c}"] for s, c in zip("PQ", said, strict=True) if c)),
        )
        for said in product(("", "X", "Y"), repeat=2)
    }
    for said, score in points.items():
        ids = ("p", "q") if item.kind == "matching" else ("g1", "g2")
        named = {one: choice.lower() for one, choice in zip(ids, said, strict=True) if choice}
        response = {"pairs" if item.kind == "matching" else "gaps": named}
        assert item.mark(response).fraction == pytest.approx(score / max(points.values()))


def test_an_item_that_asks_nothing_is_a_text_to_read() -> None:
    read = qti(ITEM.format(declared="", asked="<p>Look at it.</p>", marking=""))
    assert (only(read).kind, only(read).stem) == ("description", "Which?\n\nLook at it.")
