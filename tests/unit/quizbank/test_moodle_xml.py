"""Moodle XML: what its questions become, and what is refused or named with its line."""

from typing import Any

import pytest

from quizbank.items import item_to_data
from tests.unit.quizbank.moodle_xml_files import (
    STATEMENT,
    UNITS,
    answer,
    error_of,
    one_of,
    question,
    quiz,
    read,
)

REFUSED = {
    "no right option": (question(answer(50, "a") + answer(0, "b"), "multichoice"), "No option"),
    "a share above all": (question(answer(150, "a"), "shortanswer"), "more than the whole"),
    "a share of words": (question(answer("all", "a"), "shortanswer"), "is no share"),
    "a word for a number": (question(answer(100, "abc"), "numerical"), "is no number"),
    "a comma": (question(answer(100, "3,14"), "numerical"), "is no number"),
    "a star that is right": (question(answer(100, "*"), "numerical"), "every number"),
    "every answer right": (question(answer(100, "*"), "shortanswer"), "every answer"),
    "both true": (question(answer(100, "true") + answer(100, "false")), "One of true"),
    "neither": (question(answer(100, "yes") + answer(0, "perhaps")), "two answers"),
    "no stem": (question(STATEMENT, stem=""), "question: write something here"),
    "calculated": (question("", "calculated"), "made anew"),
    "random": (question("", "random"), "blueprint"),
    "a gap without a key": (question("", "cloze", stem="{1:MC:a~b}"), "no option earns"),
    "no gap": (question("", "cloze", stem="Nothing."), "There is no gap"),
    "unheard of": (question("", "stack"), "“stack”"),
    "one pair": (
        question(
            "<subquestion><text>a</text><answer><text>b</text></answer></subquestion>", "matching"
        ),
        "at least 2",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_item_is_refused_and_stops_no_other(text: str, sentence: str) -> None:
    found = read(quiz(question(STATEMENT), text, question(STATEMENT, stem="And?")))
    assert len(found.items) == 2
    assert {one.line for one in found.errors} == {3}
    assert sentence in " ".join(one.message for one in found.errors)


@pytest.mark.parametrize(
    ("grading", "shown", "earned"),
    [
        # Of "7.5 mm", "0.75 cm" and "7.5".
        (0, 0, [1, 1, 1]),
        (1, 0, [1, 1, 0.75]),
        (2, 0, [1, 1, 0.75]),
        (0, 3, [1, 0, 1]),
    ],
)
def test_units_come_in_with_their_penalty(grading: int, shown: int, earned: list[float]) -> None:
    item = one_of(quiz(question(UNITS.format(grading, shown), "numerical")))
    typed = ("7.5 mm", "0.75 cm", "7.5")
    assert [item.mark({"text": text}).fraction for text in typed] == earned


def test_units_without_the_answers_own_are_refused() -> None:
    text = UNITS.format(0, 0).replace(">1<", ">2<")
    assert "multiplier 1" in error_of(quiz(question(text, "numerical")))


def test_zero_is_a_number() -> None:
    assert one_of(quiz(question(answer(100, "0"), "numerical"))).key() == {"text": "0"}


def test_capitals_matter_where_the_file_says_so() -> None:
    text = quiz(question("<usecase>1</usecase>" + answer(100, "Botox"), "shortanswer"))
    assert one_of(text).mark({"text": "botox"}).fraction == 0


def test_an_essay_brings_its_limits_points_and_what_markers_look_for() -> None:
    inside = (
        "<defaultgrade>5</defaultgrade><minwordlimit>20</minwordlimit><maxwordlimit>90"
        "</maxwordlimit><graderinfo format='html'><text>Names &lt;b&gt;two&lt;/b&gt;</text>"
        "</graderinfo><responsetemplate><text>First, </text></responsetemplate>"
        "<generalfeedback><text>Both.</text></generalfeedback>"
    )
    data = item_to_data(one_of(quiz(question(inside, "essay"))))
    assert data["rubric"] == [{"id": "a", "text": "Names **two**", "points": 5}]
    assert (data["min_words"], data["max_words"]) == (20, 90)
    assert (data["template"], data["model_answer"]) == ("First,", "Both.")


def test_what_is_lost_is_named_once_with_its_lines() -> None:
    one = question(STATEMENT + "<hint><text>h</text></hint><defaultgrade>3</defaultgrade>")
    said = [one.message for one in read(quiz(one, one.replace("Is it", "Was it"))).problems]
    assert any("hints" in message and "2, 3" in message for message in said)
    assert any("marks other than 1" in message for message in said)


def test_scripts_in_stems_are_left_out_with_a_sentence() -> None:
    stem = "<p onclick=x()>Is <b>it</b>?<script>alert(1)</script><iframe src=//e></iframe></p>"
    found = read(quiz(question(STATEMENT, stem=stem)))
    assert found.items[0].item.stem == "Is **it**?"
    assert any("script, iframe" in one.message for one in found.problems)


def test_html_that_nobody_escaped_is_read_all_the_same() -> None:
    text = quiz(question(STATEMENT)).replace("<![CDATA[Is it?]]>", "<p>Is <em>it</em>?</p>")
    assert one_of(text).stem == "Is *it*?"


def test_categories_become_topics() -> None:
    category = '<question type="category"><category><text>$course$/top/Skin &amp; eye</text>'
    text = quiz(f"{category}</category></question>", question(STATEMENT))
    assert one_of(text).tags == ("skin-eye",)


def test_the_same_identifier_twice_is_an_error() -> None:
    one = question(STATEMENT + "<idnumber>q-1</idnumber>")
    found = read(quiz(one, one))
    assert [one.item.id for one in found.items] == ["q-1"]
    assert "Line 2 has the same identifier" in found.errors[0].message


def pair(premise: str, choice: str, said: str = "") -> str:
    return (
        f'<subquestion format="html"><text><![CDATA[{premise}]]></text>'
        f"<answer{said}><text><![CDATA[{choice}]]></text></answer></subquestion>"
    )


@pytest.mark.parametrize(("kind", "said"), [("ddmatch", ' format="html"'), ("matching", "")])
def test_choices_show_no_tags_and_an_empty_premise_is_none(kind: str, said: str) -> None:
    pairs = [("<p>a</p>", "<p>one &amp; all</p>"), ("b", "&lt;2 mm"), ("<p><br></p>", "<b>3</b>")]
    item: Any = one_of(quiz(question("".join(pair(*one, said) for one in pairs), kind)))
    assert [one.text for one in item.premises] == ["a", "b"]
    assert [one.text for one in item.choices] == ["one & all", "<2 mm", "3"]


def test_what_is_no_number_or_no_type_is_told_in_words_of_this_format() -> None:
    number = '<answer fraction="100"><text>5 mm</text><tolerance>1</tolerance></answer>'
    assert error_of(quiz(question(number, "numerical"))).endswith("write it like 7.5.")
    assert error_of(quiz(question("", ""))) == "This question says no type, and was left out."
