"""QTI: round trips, markings that are taken only where they come out alike, and refusals."""

import re
import zipfile
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.exchange.defaults import NO_REASON, Defaults
from quizbank.exchange.formats import Format, losses, read_file, write_file
from quizbank.exchange.items_read import ItemsRead
from quizbank.files import address_of, read_picture
from quizbank.items import Item, item_to_data, read_item
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
from tests.unit.quizbank.strategies import items, responses

DEFAULTS = Defaults(date(2026, 11, 23), objective="MF-01", sources=("S13",))
ITEM = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="one"
 title="One" adaptive="false" timeDependent="false">{declared}
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<itemBody><p>Which?</p>{asked}</itemBody>{marking}</assessmentItem>"""
CHOICE = (
    '<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{}">'
    '<simpleChoice identifier="A">Dermis</simpleChoice>'
    '<simpleChoice identifier="B">Epidermis</simpleChoice>'
    '<simpleChoice identifier="C">Fat</simpleChoice></choiceInteraction>'
)
TEMPLATE = (
    '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}"/>'
)


def declared(cardinality: str, base: str, correct: tuple[str, ...], mapping: str = "") -> str:
    values = "".join(f"<value>{one}</value>" for one in correct)
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" '
        f'baseType="{base}"><correctResponse>{values}</correctResponse>{mapping}'
        "</responseDeclaration>"
    )


def mapping(bounds: str, **entries: float) -> str:
    said = "".join(
        f'<mapEntry mapKey="{key}" mappedValue="{earned}"/>' for key, earned in entries.items()
    )
    return f"<mapping {bounds}>{said}</mapping>"


def qti(content: str | bytes) -> ItemsRead:
    return read_file(
        Format.QTI, content.encode() if isinstance(content, str) else content, DEFAULTS
    )


def only(read: ItemsRead) -> Any:
    assert read.errors == ()
    (one,) = read.items
    return one.item


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


def carried_by_qti(item: Item) -> Item:
    """The item as it must come back: without what the format is said to leave out."""
    data: Any = item_to_data(item) | DEFAULTS.head()
    for name in ("critical", "unsafe_answer", "tags", "enemies", "seconds"):
        data.pop(name, None)
    for option in data.get("options", ()):
        option.pop("unsafe", None)
        if not option.get("weight"):
            option.pop("weight", None)
    if data.get("rule") == "weights" and _are_alike(data["options"]):
        data |= {"rule": "net_correct"}
        data["options"] = [
            {name: said for name, said in one.items() if name != "weight"}
            for one in data["options"]
        ]
    return read_item(data)


def squeezed(item: Item) -> str:
    """The item as data, with the white space of plain texts as HTML sees it: as one space."""
    data: Any = item_to_data(item)
    for part in (*data.get("premises", ()), *data.get("choices", ())):
        part["text"] = " ".join(part["text"].split())
    return str(data)


def _are_alike(options: list[dict[str, Any]]) -> bool:
    right = {one["weight"] for one in options if one.get("correct")}
    wrong = {one.get("weight", 0) for one in options if not one.get("correct")}
    return len(right) == 1 and wrong == {-max(right)}


EXACT = ("single_choice", "multiple_response", "true_false", "matching")


@given(items.filter(lambda item: item.kind in EXACT))
@settings(max_examples=60, deadline=None)
def test_what_qti_carries_comes_back_equal(item: Item) -> None:
    again = back(item)
    if again:
        assert squeezed(again) == squeezed(carried_by_qti(item))
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


points = st.sampled_from((-2, -1, -0.5, 0, 0.5, 1, 2))


@given(
    st.fixed_dictionaries(dict.fromkeys("ABC", points)),
    points.filter(lambda one: one <= 0),
    st.none() | st.sampled_from((1, 2, 3)),
)
@settings(max_examples=100, deadline=None)
def test_a_mapping_is_taken_only_where_every_mark_comes_out_alike(
    entries: dict[str, float], default: float, upper: float | None
) -> None:
    bound = f' upperBound="{upper}"' if upper else ""
    said = mapping(f'defaultValue="{default}" lowerBound="0"{bound}', **entries)
    content = ITEM.format(
        declared=declared("multiple", "identifier", ("A",), said),
        asked=CHOICE.format(0),
        marking=TEMPLATE.format("map_response"),
    )
    read = qti(content)
    if not read.items:
        assert len(read.errors) == 1
        return
    item = only(read)
    earned = {
        chosen: min(
            Fraction(upper or 99), max(Fraction(0), sum(Fraction(entries[c]) for c in chosen))
        )
        for chosen in ("", "A", "B", "C", "AB", "AC", "BC", "ABC")
    }
    for chosen, score in earned.items():
        fraction = item.mark({"options": [one.lower() for one in chosen]}).fraction
        assert fraction == pytest.approx(float(score / max(earned.values())))


@pytest.mark.parametrize(
    ("asked", "said", "marking", "sentence"),
    [
        (
            CHOICE.format(1),
            declared("single", "identifier", ()),
            "match_correct",
            "No option earns",
        ),
        (
            CHOICE.format(1),
            declared("single", "identifier", ("A",), mapping("", A=1, B=-1)),
            "map_response",
            'lowerBound="0"',
        ),
        (
            CHOICE.format(2),
            declared("multiple", "identifier", ("A", "B"), mapping('lowerBound="0"', A=1, B=1)),
            "map_response",
            "It allows 2 choices",
        ),
        (CHOICE.format(1), declared("single", "identifier", ("A",)), "match_pi", "not known here"),
        (
            CHOICE.format(1) + '<uploadInteraction responseIdentifier="RESPONSE"/>',
            declared("single", "identifier", ("A",)),
            "match_correct",
            "uploadinteraction (a file that is handed in) is not read",
        ),
        (CHOICE.format(1) * 2, declared("single", "identifier", ("A",)), "match_correct", "asks 2"),
        (
            CHOICE.format(1),
            declared("single", "identifier", ("A",), mapping('lowerbond="0"', A=1)),
            "map_response",
            "QTI knows no “lowerbond”",
        ),
        (
            '<textEntryInteraction responseIdentifier="RESPONSE"/>',
            declared("single", "string", ("a",), mapping('defaultValue="1"', a=2)),
            "map_response",
            "Every answer earns something",
        ),
        (
            '<textEntryInteraction responseIdentifier="RESPONSE"/>',
            declared("single", "float", ("1e999999999",)),
            "match_correct",
            "no number",
        ),
        (
            '<orderInteraction responseIdentifier="RESPONSE">'
            '<simpleChoice identifier="A">a</simpleChoice></orderInteraction>',
            declared("ordered", "identifier", ("A", "B")),
            "match_correct",
            "every choice in its place",
        ),
    ],
)
def test_what_cannot_be_an_item_is_refused_with_a_sentence(
    asked: str, said: str, marking: str, sentence: str
) -> None:
    read = qti(ITEM.format(asked=asked, declared=said, marking=TEMPLATE.format(marking)))
    assert read.items == ()
    (problem,) = read.errors
    assert sentence in problem.message
    assert problem.line > 0


INLINE = """<responseProcessing><responseCondition><responseIf>{}
<setOutcomeValue identifier="SCORE"><baseValue baseType="float">{}</baseValue></setOutcomeValue>
</responseIf></responseCondition></responseProcessing>"""
MEMBER = (
    '<member><baseValue baseType="identifier">{}</baseValue><variable identifier="RESPONSE"/>'
    "</member>"
)


def test_marking_of_its_own_is_run_and_recognised() -> None:
    test = f"<and>{MEMBER.format('A')}{MEMBER.format('B')}<not>{MEMBER.format('C')}</not></and>"
    item = only(
        qti(
            ITEM.format(
                declared=declared("multiple", "identifier", ("A", "B")),
                asked=CHOICE.format(0),
                marking=INLINE.format(test, "4"),
            )
        )
    )
    assert item.rule.value == "all_or_nothing"
    assert [one.correct for one in item.options] == [True, True, False]


def test_marking_of_its_own_that_is_no_rule_here_is_refused() -> None:
    test = f"<or>{MEMBER.format('A')}{MEMBER.format('B')}</or>"
    read = qti(
        ITEM.format(
            declared=declared("multiple", "identifier", ("A", "B")),
            asked=CHOICE.format(0),
            marking=INLINE.format(test, "1"),
        )
    )
    assert read.items == ()
    assert "none of the rules" in read.errors[0].message


@pytest.mark.parametrize(
    ("test", "sentence"),
    [
        ("<random/>", "uses “random”"),
        ('<patternMatch pattern="(a+)+"><variable identifier="RESPONSE"/></patternMatch>', "uses"),
    ],
)
def test_marking_with_unknown_words_is_refused_by_name(test: str, sentence: str) -> None:
    read = qti(
        ITEM.format(
            declared=declared("single", "identifier", ("A",)),
            asked=CHOICE.format(1),
            marking=INLINE.format(test, "1"),
        )
    )
    assert sentence in read.errors[0].message


def test_adaptive_items_and_templates_are_refused_by_name() -> None:
    whole = ITEM.format(
        declared=declared("single", "identifier", ("A",)),
        asked=CHOICE.format(1),
        marking=TEMPLATE.format("match_correct"),
    )
    adaptive = qti(whole.replace('adaptive="false"', 'adaptive="true"'))
    assert "Adaptive items" in adaptive.errors[0].message
    drawn = qti(whole.replace("<itemBody>", '<templateDeclaration identifier="T"/><itemBody>'))
    assert "drawn anew" in drawn.errors[0].message


def test_qti_3_reads_as_qti_2_does() -> None:
    whole = ITEM.format(
        declared=declared("single", "identifier", ("A",), mapping("", A=1, B=0.5)),
        asked=CHOICE.format(1),
        marking=TEMPLATE.format("map_response"),
    )
    kebab = re.sub(r"(?<=[a-z])([A-Z])", lambda one: "-" + one.group(1).lower(), whole)
    kebab = re.sub(r"<(/?)(?!p>|p |/)([a-z])", r"<\1qti-\2", kebab)
    first, second = only(qti(whole)), only(qti(kebab))
    assert "qti-simple-choice" in kebab
    assert second == first.model_copy(update={"stem": second.stem})
    prefixed = re.sub(r"<(/?)(?=[a-z])", r"<\1q:", whole).replace("xmlns=", "xmlns:q=")
    assert only(qti(prefixed)) == first


def test_numbers_with_a_tolerance_keep_their_edges() -> None:
    test = (
        '<equal toleranceMode="absolute" tolerance="0.5 0.5"><variable identifier="RESPONSE"/>'
        '<correct identifier="RESPONSE"/></equal>'
    )
    item = only(
        qti(
            ITEM.format(
                declared=declared("single", "float", ("1.5",)),
                asked='<p><textEntryInteraction responseIdentifier="RESPONSE"/> mm</p>',
                marking=INLINE.format(test, "1"),
            )
        )
    )
    assert (item.kind, item.unit) == ("numeric", "mm")
    marks = [item.mark({"text": one}).fraction for one in ("0.99", "1", "2", "2.01")]
    assert marks == [0, 1, 1, 0]


def test_capitals_count_where_the_file_says_so() -> None:
    def asked(case: str) -> Any:
        entry = f'<mapping><mapEntry mapKey="Dermis" mappedValue="1" {case}/></mapping>'
        return only(
            qti(
                ITEM.format(
                    declared=declared("single", "string", ("Dermis",), entry),
                    asked='<textEntryInteraction responseIdentifier="RESPONSE"/>',
                    marking=TEMPLATE.format("map_response"),
                )
            )
        )

    assert asked("").case_sensitive
    assert not asked('caseSensitive="false"').case_sensitive


def test_answers_without_feedback_say_that_no_reason_was_given() -> None:
    read = qti(
        ITEM.format(
            declared=declared("single", "identifier", ("A",)),
            asked=CHOICE.format(1),
            marking=TEMPLATE.format("match_correct"),
        )
    )
    assert {one.reason for one in only(read).options} == {NO_REASON}
    assert any("without a reason: one." in one.message for one in read.problems)


@pytest.mark.parametrize(
    ("root", "sentence"),
    [
        ("<questestinterop/>", "QTI 1.2"),
        ("<assessmentTest/>", "Choose the package"),
        ("<html/>", "no QTI item"),
    ],
)
def test_other_files_are_named(root: str, sentence: str) -> None:
    assert sentence in qti(root).errors[0].message
