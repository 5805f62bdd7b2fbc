"""QTI: single items, their markings, and what is refused rather than marked otherwise."""

import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.exchange.defaults import NO_REASON
from tests.unit.quizbank.qti_files import CHOICE, ITEM, TEMPLATE, declared, mapping, only, qti

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


RIGHT_A = declared("single", "identifier", ("A",))


def test_a_template_gives_nothing_for_wrong_whatever_the_score_begins_with() -> None:
    begun = 'baseType="float"><defaultValue><value>1</value></defaultValue></outcomeDeclaration>'
    file = ITEM.format(
        declared=RIGHT_A, asked=CHOICE.format(1), marking=TEMPLATE.format("match_correct")
    ).replace('baseType="float"/>', begun)
    assert [one.weight for one in only(qti(file)).options] == [None, None, None]


def test_two_right_values_of_one_are_refused_and_not_the_first_taken() -> None:
    two = declared("single", "identifier", ("A", "B"))
    read = qti(
        ITEM.format(declared=two, asked=CHOICE.format(1), marking=TEMPLATE.format("match_correct"))
    )
    assert read.items == ()
    assert "several correct ones" in read.errors[0].message


def test_what_candidates_are_told_stands_in_the_question() -> None:
    told = '<rubricBlock view="candidate tutor"><p>Use the figure.</p></rubricBlock>'
    hidden = '<rubricBlock view="scorer"><p>Be strict.</p></rubricBlock>'
    file = ITEM.format(
        declared=RIGHT_A,
        asked=told + hidden + CHOICE.format(1),
        marking=TEMPLATE.format("match_correct"),
    )
    assert only(qti(file)).stem == "Which?\n\nUse the figure."


@pytest.mark.parametrize(
    ("declared_more", "asked_more", "named"),
    [
        ('<assessmentStimulusRef identifier="s" href="passage.xml"/>', "", "passage.xml"),
        ("", '<p><printedVariable identifier="SCORE"/> points</p>', "printedVariable"),
    ],
)
def test_what_a_question_shows_from_elsewhere_is_named(
    declared_more: str, asked_more: str, named: str
) -> None:
    file = ITEM.format(
        declared=RIGHT_A + declared_more,
        asked=asked_more + CHOICE.format(1),
        marking=TEMPLATE.format("match_correct"),
    )
    read = qti(file)
    assert only(read).kind == "single_choice"
    assert any(named in one.message for one in read.problems)
