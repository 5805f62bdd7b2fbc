"""QTI: pairs whose marks add up, places that a file marks without their names, texts to read."""

import base64
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.kinds.shapes import Shape, holds
from tests.factories import png
from tests.unit.quizbank.qti_files import ITEM, TEMPLATE, mapping, only, qti

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


WHOLE = (
    '<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="{}">'
    "<correctResponse>{}</correctResponse></responseDeclaration>"
)
IN_WORDS = """<responseProcessing><responseCondition><responseIf><and>
<member><baseValue baseType="directedPair">P X</baseValue><variable identifier="RESPONSE"/></member>
<member><baseValue baseType="directedPair">Q Y</baseValue><variable identifier="RESPONSE"/></member>
</and><setOutcomeValue identifier="SCORE"><baseValue baseType="float">3</baseValue>
</setOutcomeValue></responseIf></responseCondition></responseProcessing>"""
GAPS = (
    '<gapMatchInteraction responseIdentifier="RESPONSE"><prompt>Fill in.</prompt>'
    '<gapText identifier="X" matchMax="1">dermis</gapText>'
    '<gapText identifier="Y" matchMax="1">fat</gapText>'
    '<gapText identifier="Z" matchMax="1">muscle</gapText>'
    '<p>First <gap identifier="P"/> then <gap identifier="Q"/>.</p></gapMatchInteraction>'
)
ASSOCIATE = (
    '<associateInteraction responseIdentifier="RESPONSE" maxAssociations="2">'
    + "".join(
        f'<simpleAssociableChoice identifier="{one}" matchMax="1">Part {one}'
        "</simpleAssociableChoice>"
        for one in "PQXY"
    )
    + "</associateInteraction>"
)


def whole(asked: str, base: str, *correct: str, marking: str = "") -> Any:
    values = "".join(f"<value>{one}</value>" for one in correct)
    return qti(
        ITEM.format(
            declared=WHOLE.format(base, values),
            asked=asked,
            marking=marking or TEMPLATE.format("match_correct"),
        )
    )


@pytest.mark.parametrize(
    ("asked", "base", "correct", "marking"),
    [
        (MATCH, "directedPair", ("P X", "Q Y"), ""),
        (MATCH, "directedPair", ("P X", "Q Y"), IN_WORDS),
        (GAPS, "directedPair", ("X P", "Y Q"), ""),
        (ASSOCIATE, "pair", ("X P", "Q Y"), ""),
    ],
    ids=["match", "match in words", "gap match", "associate"],
)
def test_pairs_that_earn_nothing_alone_are_all_or_nothing(
    asked: str, base: str, correct: tuple[str, ...], marking: str
) -> None:
    item = only(whole(asked, base, *correct, marking=marking))
    assert (item.kind, item.rule) == ("matching", "all_or_nothing")
    assert item.key() == {"pairs": {"p": "x", "q": "y"}}
    offered = (None, *item.option_ids())
    for said in product(offered, repeat=2):
        pairs = {one: choice for one, choice in zip("pq", said, strict=True) if choice}
        assert item.mark({"pairs": pairs}).fraction == (said == ("x", "y"))


def test_gaps_of_a_text_are_numbered_where_all_must_be_right() -> None:
    item = only(whole(GAPS, "directedPair", "X P", "Y Q"))
    assert item.stem.endswith("First (1) _____ then (2) _____.")
    assert [one.text for one in item.premises] == ["Gap 1", "Gap 2"]


def test_the_side_that_is_paired_whole_is_the_one_to_match() -> None:
    once = MATCH.replace('matchMax="0"', 'matchMax="1"')
    spare = '<simpleAssociableChoice identifier="R" matchMax="1">Three</simpleAssociableChoice>'
    asked = once.replace("</simpleMatchSet><", f"{spare}</simpleMatchSet><", 1)
    item = only(whole(asked, "directedPair", "P X", "Q Y"))
    assert item.key() == {"pairs": {"x": "p", "y": "q"}}
    assert item.option_ids() == ("p", "q", "r")


@pytest.mark.parametrize(
    ("asked", "correct"),
    [
        (MATCH, ("P X",)),
        (MATCH.replace('matchMax="1"', 'matchMax="0"'), ("P X", "P Y")),
        (MATCH, ("P X", "P Y", "Q Y")),
        (MATCH, ("P X", "Q Z")),
        (GAPS, ("X P",)),
        (GAPS, ("X P", "X Q")),
    ],
    ids=["one left out", "both for many", "two for one", "unknown", "a gap empty", "used up"],
)
def test_pairs_without_one_choice_each_are_refused(asked: str, correct: tuple[str, ...]) -> None:
    read = whole(asked, "directedPair", *correct)
    assert read.items == ()
    assert len(read.errors) == 1


def test_an_item_that_asks_nothing_is_a_text_to_read() -> None:
    read = qti(ITEM.format(declared="", asked="<p>Look at it.</p>", marking=""))
    assert (only(read).kind, only(read).stem) == ("description", "Which?\n\nLook at it.")
