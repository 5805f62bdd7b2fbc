"""QTI 1.2 of Canvas: what its questions become, and what is refused by a sentence."""

import time
import zipfile
from io import BytesIO

import pytest

from quizbank.exchange.defaults import NO_REASON
from quizbank.exchange.formats import Format, write_file
from tests.factories import (
    cloze,
    essay,
    numeric,
    png,
)
from tests.unit.quizbank.canvas_files import (
    FIELD,
    GAPS,
    SEVERAL,
    bounds,
    equal,
    lid,
    only,
    question,
    read,
    refused,
    scored,
)
from tests.unit.quizbank.mutations import mutants


def test_points_that_vary_by_answer_become_shares() -> None:
    marking = scored(equal("a"), "10") + scored(equal("b"), "5") + scored(equal("c"), "0")
    points = "<qtimetadatafield><fieldlabel>points_possible</fieldlabel><fieldentry>10</fieldentry>"
    item = only(
        read(question(lid("a", "b", "c"), marking, settings=f"{points}</qtimetadatafield>"))
    )
    assert [(one.correct, one.weight) for one in item.options] == [
        (True, None),
        (False, 0.5),
        (False, None),
    ]


def test_a_best_answer_below_the_whole_mark_is_named() -> None:
    found = read(question(lid("a", "b", "c"), scored(equal("a"), "50")))
    assert only(found).mark({"option": "a"}).fraction == 1
    assert any("earns 50 of 100" in one.message for one in found.problems)


@pytest.mark.parametrize(
    ("asked", "marking", "sentence"),
    [
        (lid("a", "b", "c"), scored(equal("a"), "-5"), "less than 0"),
        (lid("a", "b", "c"), scored("<other/>"), "without an answer"),
        (lid("a", "b", "c"), scored(equal("z")), "No answer earns anything"),
        (lid("a", "a", "c"), scored(equal("a")), "the identifier a"),
        (lid("a", "b", "c"), scored(equal("a"), "ten"), "is no score"),
        (lid("a", "b", "c"), scored(equal("a"), "2", "Multiply"), "not “multiply”"),
        (lid("a", "b", "c"), scored("<varinside respident='r'>1</varinside>"), "is not read"),
        (lid("a", "b", "c", how=SEVERAL), scored(equal("a") + equal("b")), "write <not>"),
        (lid("a", "b", "c", how=SEVERAL), scored(f"<or>{equal('a')}{equal('b')}</or>"), "whole"),
        (lid("a", "b", how='rcardinality="Ordered"'), scored(equal("a")), "one right order"),
        (FIELD.format('fibtype="Decimal"'), scored(bounds("1", "2", "vargt")), "rounding"),
        (FIELD.format('fibtype="Decimal"'), scored(bounds("2", "1")), "ends before it begins"),
        (FIELD.format('fibtype="Decimal"'), scored(equal("abc")), "is no number"),
        (FIELD.format(""), scored(f"<not>{equal('a')}</not>"), "earns something"),
        (lid("a", "b") + lid("a", "b", ident="s", how=SEVERAL), "", "categor"),
        ('<response_grp ident="r"/>', "", "is not known here"),
    ],
)  # fmt: skip
def test_what_cannot_be_marked_alike_is_refused_with_a_sentence(
    asked: str, marking: str, sentence: str
) -> None:
    outcome = 'varname="SCORE"'
    assert sentence in refused(question(asked, marking, outcome=outcome))


@pytest.mark.parametrize(
    "named", ["calculated_question", "file_upload_question", "categorization_question", "my_own"]
)
def test_types_without_a_place_are_refused_by_name(named: str) -> None:
    assert f"“{named}”" in refused(question("", "", type=named))


def test_parts_that_are_added_keep_their_costs() -> None:
    marking = "".join(
        scored(equal(name), points, "Add")
        for name, points in (("a", "50"), ("b", "50"), ("c", "-25"))
    )
    item = only(read(question(lid("a", "b", "c", how=SEVERAL), marking)))
    assert item.rule == "weights"
    assert item.mark({"options": ["a", "c"]}).fraction == pytest.approx(0.25)


def test_a_range_and_a_margin_keep_their_edges() -> None:
    margin = equal("200", more='margintype="percent" margin="20"')
    marking = scored(f"<or>{margin}{bounds('160', '240')}</or>") + scored(bounds("1", "2"), "50")
    item = only(read(question(FIELD.format('fibtype="Decimal"'), marking)))
    assert item.tolerance_type == "relative"
    for typed, share in (("160", 1), ("240", 1), ("159.9", 0), ("1", 0.5), ("2", 0.5), ("2.1", 0)):
        assert item.mark({"text": typed}).fraction == share


def test_a_rounded_number_within_a_range_changes_nothing() -> None:
    marking = scored(bounds("41", "43")) + scored(bounds("41.5", "42.5", "vargt"))
    item = only(read(question(FIELD.format('fibtype="Decimal"'), marking)))
    assert (item.answer, item.tolerance, item.others) == (42, 1, ())


def test_fields_between_texts_become_gaps() -> None:
    asked = FIELD.format("") + "<material><mattext>and</mattext></material>"
    asked += FIELD.format("").replace('"r"', '"s"')
    marking = scored(equal("one"), "50", "Add") + scored(equal("two", "s"), "50", "Add")
    item = only(read(question(asked, marking, stem="Say")))
    assert item.stem == "Say [[g1]] and [[g2]]"
    assert item.mark({"gaps": {"g1": "ONE", "g2": "x"}}).fraction == 0.5


def test_brackets_that_are_no_gaps_stay_text() -> None:
    asked = lid("a", "b", ident="response_x", how="")
    marking = scored(equal("a", "response_x"), "100", "Add")
    text = question(asked, marking, type="multiple_dropdowns_question", stem="[[y]] [1] [x]")
    assert only(read(text)).stem == "\\[\\[y]] [1] [[x]]"


def test_feedback_becomes_reasons() -> None:
    said = "".join(
        f'<itemfeedback ident="{name}"><flow_mat><material><mattext>{text}</mattext></material>'
        "</flow_mat></itemfeedback>"
        for name, text in (
            ("a_fb", "Own."),
            ("general_fb", "All."),
            ("general_incorrect_fb", "No."),
        )
    )
    item = only(read(question(lid("a", "b", "c"), scored(equal("a")), feedback=said)))
    assert [one.reason for one in item.options] == ["Own.\n\nAll.", "No.", "No."]


def test_scripts_are_left_out_with_a_sentence() -> None:
    stem = "&lt;p onclick='x()'&gt;Which&lt;script&gt;alert(1)&lt;/script&gt;?&lt;/p&gt;"
    found = read(question(lid("a", "b", "c"), scored(equal("a")), stem=stem))
    assert only(found).stem == "Which?"
    assert any("script" in one.message for one in found.problems)


def test_an_empty_answer_is_left_out_where_it_earns_nothing() -> None:
    asked = lid("a", "b", "c", "d").replace("<mattext>d<", "<mattext><")
    found = read(question(asked, scored(equal("a"))))
    assert len(only(found).options) == 3
    assert any("were left out" in one.message for one in found.problems)
    assert "has no text" in refused(question(asked, scored(equal("d"))))


def test_a_place_on_a_picture_needs_the_picture() -> None:
    asked = (
        '<response_xy ident="r"><render_hotspot><material><matimage '
        'uri="$IMS-CC-FILEBASE$/Uploaded%20Media/skin.png"/></material><response_label ident="a" '
        'rarea="rectangle">0.25,0.5,0.75,1</response_label></render_hotspot></response_xy>'
    )
    text = question(asked, "")
    assert "needs the picture" in refused(text)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("quiz/quiz.xml", text)
        package.writestr("web_resources/Uploaded Media/skin.png", png(100, 80))
    item = only(read(packed.getvalue()))
    assert item.regions[0].coords == (25, 40, 50, 40)
    assert item.mark({"points": [[50, 60]]}).fraction == 1
    assert item.mark({"points": [[10, 10]]}).fraction == 0


def test_banks_give_topics_and_references_are_named() -> None:
    inside = question(lid("a", "b", "c"), scored(equal("a"))).removeprefix("<questestinterop>")
    title = (
        "<qtimetadata><qtimetadatafield><fieldlabel>bank_title</fieldlabel>"
        "<fieldentry>Skin care</fieldentry></qtimetadatafield></qtimetadata>"
    )
    text = f"<questestinterop><objectbank>{title}{inside}"
    text = text.replace("</questestinterop>", "</objectbank></questestinterop>")
    assert only(read(text)).tags == ("skin-care",)
    named = '<questestinterop><section><bankentry_item item_ref="x1"/></section></questestinterop>'
    assert "(x1)" in refused(named)


def test_one_broken_question_stops_no_other() -> None:
    sound = question(lid("a", "b", "c"), scored(equal("a")))
    inside = sound.removeprefix("<questestinterop>").removesuffix("</questestinterop>")
    broken = inside.replace('ident="q"', 'ident="p"').replace("</presentation>", "")
    found = read(
        f"<questestinterop><assessment>\n{broken}\n{inside}</assessment></questestinterop>"
    )
    assert [one.item.id for one in found.items] == ["q"]
    assert [one.line for one in found.errors] == [2]


def test_a_document_type_of_elements_is_not_read_and_one_with_entities_is_refused() -> None:
    text = question(lid("a", "b", "c"), scored(equal("a")))
    types = "<!DOCTYPE q SYSTEM \"a.dtd\" [<!-- - --><!ELEMENT x (y+)><!ATTLIST x y (A|B) 'A'>]>"
    found = read(f"{types}{text}")
    assert only(found).kind == "single_choice"
    assert any("declares elements" in one.message for one in found.problems)
    assert "declares entities" in refused(f'<!DOCTYPE q [<!ELEMENT x ANY><!ENTITY l "x">]>{text}')


@pytest.mark.parametrize("content", [b"", b"<a/>", b"<questestinterop/>", b"PK\x03\x04x", b"\xff"])
def test_what_holds_no_question_is_named(content: bytes) -> None:
    assert read(content).errors


def test_questions_that_would_take_long_are_refused_at_once() -> None:
    names = [f"n{place}" for place in range(2_000)]
    each = "".join(scored(equal(name)) for name in names)
    numbers = "".join(scored(bounds(str(place), str(place))) for place in range(450))
    begin = time.process_time()
    assert "more than 100 answers" in refused(question(lid(*names), each))
    assert "more than 500 conditions" in refused(question(FIELD.format(""), each))
    assert "more than 100" in refused(question(FIELD.format('fibtype="Decimal"'), numbers))
    assert time.process_time() - begin < 10


def test_no_reason_is_named_once() -> None:
    found = read(question(lid("a", "b", "c"), scored(equal("a"))))
    assert {one.reason for one in only(found).options} == {NO_REASON}
    assert sum("without a reason" in one.message for one in found.problems) == 1


def test_mutated_files_end_in_a_report() -> None:
    numbers = scored(f"<or>{equal('200')}{bounds('160', '240')}</or>")
    all_of = scored(f"<and>{equal('a')}<not>{equal('b')}</not></and>")
    seeds = [
        question(lid("a", "b", "c"), scored(equal("a"), "10") + scored(equal("b"), "5")),
        question(lid("a", "b", how=SEVERAL), all_of),
        question(lid("a", "b", how=SEVERAL), scored(equal("a"), "50", "Add")),
        question(FIELD.format('fibtype="Decimal"'), numbers),
        question(FIELD.format(""), scored(equal("x") + equal("X"))),
        question(lid("a", "b", ident="response_x"), scored(equal("a", "response_x"), "100", "Add"),
                 type="multiple_dropdowns_question", stem="The [x]"),
        question(lid("a", "b", more="<material><mattext>p</mattext></material>") + lid("a", "b",
                 ident="s", more="<material><mattext>q</mattext></material>"),
                 scored(equal("a"), "50", "Add") + scored(equal("b", "s"), "50", "Add")),
        question(lid("a", "b", how='rcardinality="Ordered"'), scored(equal("a") + equal("b"))),
    ]  # fmt: skip
    contents = [one.encode() for one in seeds]
    contents += [
        write_file(Format.CANVAS, [one])
        for one in (cloze(stem="A [[g1]] [[two]]", gaps=GAPS), essay(), numeric())
    ]
    words = [b"<", b">", b"&", b"<![CDATA[", b"]]>", b"</item>", b"<item>", b"\x00", b'"', b"<not>",
             b"</and>", b"\xff", b"&#0;", b"&nbsp;", b"<!DOCTYPE", b"100", b"-1", b"1e9", b"Add",
             b"Multiple", b"[x]", b"<other/>", b"<material>"]  # fmt: skip
    for content in mutants(contents, words):
        found = read(content)
        assert found.items or found.problems
        for one in found.items:
            assert 0 <= one.item.mark(one.item.key()).fraction <= 1


def test_a_bank_that_questions_are_drawn_from_is_named_where_it_is_missing() -> None:
    drawn = "<selection_ordering><selection><sourcebank_ref>{}</sourcebank_ref></selection>"
    inside = question(lid("a", "b"), scored(equal("a")))
    for bank, missing in (("here", False), ("gone", True)):
        group = f"<section>{drawn.format(bank)}</selection_ordering></section>"
        text = f'<questestinterop><objectbank ident="here">{inside}</objectbank>{group}'
        found = read(f"{text}</questestinterop>")
        assert len(found.items) == 1
        assert any("drawn from the bank gone" in one.message for one in found.problems) == missing
