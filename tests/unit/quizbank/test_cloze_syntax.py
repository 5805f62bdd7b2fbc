"""Moodle's texts with gaps: every type, every sign, single mistakes, and the way back."""

import time
from datetime import date
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.exchange.cloze.syntax import TYPES, ClozeRead, read_cloze
from quizbank.exchange.cloze.writer import cloze_cannot_hold, cloze_changes, write_cloze
from quizbank.exchange.defaults import NO_REASON, Defaults
from quizbank.exchange.html_texts import html_as_markdown, html_as_plain
from quizbank.exchange.items_read import errors_of
from quizbank.exchange.texts import as_markdown
from quizbank.items import Item, read_item
from quizbank.kinds.cloze import Cloze
from tests.factories import cloze, single_choice
from tests.unit.quizbank.carried import carried_gaps, gaps_come_back
from tests.unit.quizbank.strategies import texts_with_gaps

HEAD = {**Defaults(date(2026, 11, 23), objective="MF-01").head(), "id": "c-1", "kind": "cloze"}


def item_of(read: ClozeRead) -> Item:
    assert errors_of(read.problems) == ()
    return read_item({**HEAD, "stem": read.stem, "gaps": [*read.gaps]})


def only_gap(text: str) -> dict[str, Any]:
    (gap,) = item_of(read_cloze(text)).model_dump(mode="json")["gaps"]
    return gap


@pytest.mark.parametrize("name", TYPES)
def test_every_type_of_moodle_is_known(name: str) -> None:
    gap = only_gap(f"Say {{3:{name}:=5#Since.~7#Not.}}.")
    assert gap["weight"] == 3
    several = name.startswith(("MULTIRESPONSE", "MR"))
    if gap["kind"] == "choice":
        assert gap["several"] is several
        assert [one["text"] for one in gap["options"]] == ["5", "7"]
        assert [one["reason"] for one in gap["options"]] == ["Since.", "Not."]
    elif gap["kind"] == "text":
        assert gap["case_sensitive"] is name.endswith("C")
    else:
        assert (gap["answer"], gap["others"][0]["answer"]) == ("5", "7")


def test_shares_feedback_and_signs_are_read() -> None:
    text = r"{:MC:%100%a\}\~\#\\~%33,3%b&#39;s#Half \~ \} #1.~c & d~%-50%e}"
    options = only_gap(text)["options"]
    said = [(one["text"], one["correct"], one["weight"], one["reason"]) for one in options]
    assert said == [
        ("a}~#\\", True, None, NO_REASON),
        ("b&#39;s", False, 0.333, "Half ~ } #1."),
        ("c & d", False, None, NO_REASON),
        ("e", False, None, NO_REASON),
    ]


def test_a_first_tilde_and_line_breaks_mean_nothing() -> None:
    gap = only_gap("x {1:SA:~=Paris#Good\n for you!\n~%50%Lyon\n~*#No.}")
    assert [one["text"] for one in gap["answers"]] == ["Paris", "Lyon", "*"]
    assert [one["reason"] for one in gap["answers"]] == ["Good for you!", NO_REASON, "No."]


def test_numbers_have_tolerances_and_a_reason_for_the_rest() -> None:
    gap = only_gap(r"{2:NM:=23,8:0,1#ok~%50%23.8:2#near~%25%-1e2~*#no}")
    assert (gap["answer"], gap["tolerance"], gap["reason_wrong"]) == ("23.8", "0.1", "no")
    said = [(one["answer"], one["tolerance"], one["fraction"]) for one in gap["others"]]
    assert said == [("23.8", "2", 0.5), ("-100", "0", 0.25)]


def test_several_right_options_of_100_percent_share_the_mark_with_a_warning() -> None:
    read = read_cloze("{1:MR:=a~=b~c~%-50%d}")
    item = item_of(read)
    assert item.mark({"gaps": {"g1": ["a"]}}).fraction == 0.5
    assert item.mark({"gaps": {"g1": ["a", "b", "d"]}}).fraction == pytest.approx(0.5)
    (told,) = read.problems
    assert (told.severity, "equal shares" in told.message) == ("warning", True)


def test_html_around_and_inside_the_gaps_is_converted() -> None:
    text = (
        "<p>The <b>dermis</b> {1:MC:=lies &lt; 1#<i>Yes</i> &amp; no~is &#39;above&#39;#No~c}"
        " here</p><script>x</script>"
    )
    read = read_cloze(text, lambda html: html_as_markdown(html)[0], html_as_plain)
    assert read.stem == "The **dermis** [[g1]] here"
    options: Any = read.gaps[0]
    assert [one["text"] for one in options["options"]] == ["lies < 1", "is 'above'", "c"]
    assert [one["reason"] for one in options["options"]] == ["*Yes* & no", "No", NO_REASON]


def test_what_looks_like_a_place_in_the_text_stays_text() -> None:
    read = read_cloze("See [[g1]] and {curly} and {1:SA:=a}")
    assert read.stem == r"See \[\[g1]] and {curly} and [[g1]]"
    assert item_of(read)


@pytest.mark.parametrize(
    ("text", "sentence", "line"),
    [
        ("Nothing here.", "There is no gap", 1),
        ("a\nb {1:MC:=a~b", "has no end", 2),
        ("a\nb\n{1:MC:=a}", "at least two options", 3),
        ("{1:MC:a~%50%b}", "no option earns the whole mark", 1),
        ("{1:SA:%50%b}", "no answer earns the whole mark", 1),
        ("{1:NM:5}", "no number earns the whole mark", 1),
        ("{1:NM:=abc}", "“abc” is no number", 1),
        ("{1:NM:=1,500}", "two ways", 1),
        ("{1:NM:=*}", "* would take every number", 1),
        ("{1:RIDDLE:=a}", "RIDDLE is no type of gap; use one of MULTICHOICE", 1),
        ("{1:SA:=a~}", "an answer is empty", 1),
        ("{1:SA:=}", "an answer is empty", 1),
        ("{1:MC:=a~%200%b}", "more than the whole mark", 1),
        ("{1:SA:" + "~".join(f"=a{n}" for n in range(27)) + "}", "more than 26", 1),
    ],
)
def test_a_gap_that_cannot_be_filled_is_an_error_on_its_line(
    text: str, sentence: str, line: int
) -> None:
    (problem,) = errors_of(read_cloze(text).problems)
    assert sentence in problem.message
    assert problem.line == line


@pytest.mark.parametrize("html", [False, True])
@given(texts_with_gaps)
@settings(max_examples=150, deadline=None)
def test_what_is_written_comes_back_equal(html: bool, item: Cloze) -> None:
    if cloze_cannot_hold(item):
        return
    if html:
        read = read_cloze(write_cloze(item, escape, escape), html_as_plain, html_as_plain)
    else:
        read = read_cloze(write_cloze(item, str), str)
    back = item_of(read)
    assert back.mark(back.key()).fraction == 1
    if gaps_come_back(item):
        wanted = read_item(carried_gaps(item))
        assert isinstance(wanted, Cloze)
        assert isinstance(back, Cloze)
        assert back.gaps == wanted.placed


def test_what_cannot_be_said_is_named() -> None:
    assert cloze_cannot_hold(cloze()) == ""
    assert "no text with gaps" in cloze_cannot_hold(single_choice())
    risky = cloze(stem=cloze().stem + " {1:SA:=a}")
    assert "reads as a gap" in cloze_cannot_hold(risky)
    item = cloze()
    assert isinstance(item, Cloze)
    assert cloze_changes(item) == ("what is unsafe",)
    assert write_cloze(item) == (
        "Collagen lies in the {1:MULTICHOICE:=dermis#It holds collagen.~%50%epidermis#It lies "
        "above.~muscle#Far too deep.}; {1:SHORTANSWER:=fibroblast*#They build it.~*#Look at the "
        "cells again.} make it. The sample is {2:NUMERICAL:=7.5:0.5#So.~*#Count.} mm long."
    )


@given(st.text("{}:=~#%*\\1SAMCNR[]g \n&;<>", max_size=80) | st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_whatever_arrives_is_read_or_has_an_error(text: str) -> None:
    for written in (text, f"a {{1:SA:{text}", f"{{1:MC:=a~{text}}} {{2:NM:=1:{text}}}"):
        read = read_cloze(written, as_markdown)
        assert read.gaps or errors_of(read.problems)
        for problem in read.problems:
            assert 1 <= problem.line <= written.count("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        "{1:SA:=a" * 100_000,
        "{1:SA:=a}" * 100_000,
        "{1:SA:=" + "\\" * 500_001 + "}",
        "{1:SA:=a#" + "~" * 500_000,
        "{1:NM:=" + "1" * 500_000 + "}",
        "{1:MC:=a" + "&" * 500_000 + "~b}",
    ],
    ids=lambda text: text[:10],
)
def test_hostile_texts_are_read_at_once(text: str) -> None:
    begin = time.process_time()
    read_cloze(text, str)
    assert time.process_time() - begin < 5
