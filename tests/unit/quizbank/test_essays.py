"""Essays: what a rubric allows, how words are counted, what waits to be marked; descriptions."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from quizbank.items import Misfit
from quizbank.kinds.essay import Essay, count_words
from quizbank.kinds.shown import State
from tests.factories import description, essay


def sound(**changes: Any) -> Essay:
    item = essay(**changes)
    assert isinstance(item, Essay)
    return item


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\t ", 0),
        ("The dermis", 2),
        ("0.5 mm – or 1,5 mm", 5),
        ("well-known  client's\nskin", 3),
        ("a\u00a0b\u2003c\u3000d\ufeffe", 5),
        ("… ! — ?", 0),
        ("皮膚 Haut Ålesund", 3),
        ("one\x1ctwo", 1),
    ],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text(), st.text())
def test_two_texts_have_as_many_words_as_both(one: str, other: str) -> None:
    assert count_words(f"{one}\n{other}") == count_words(one) + count_words(other)


@pytest.mark.parametrize(
    ("response", "state"),
    [
        ({"text": "The dermis."}, State.TO_MARK),
        ({"text": "1. Skin:\n2. Device:"}, State.OMITTED),
        ({"text": " 1. Skin: \n\n2. Device:\n"}, State.OMITTED),
        ({"text": "1. Skin: thin\n2. Device:"}, State.TO_MARK),
        ({"text": "  \n"}, State.OMITTED),
        ({"text": ["The dermis."]}, State.OMITTED),
        ("The dermis.", State.OMITTED),
        (None, State.OMITTED),
    ],
)
def test_a_text_waits_and_an_untouched_template_is_no_answer(
    response: JsonValue, state: State
) -> None:
    item = sound(template="1. Skin:\n2. Device:\n")
    assert item.mark(response).state is state
    assert len(item.manual_parts(response)) == (state is State.TO_MARK)


def test_a_mark_takes_what_people_agreed_on() -> None:
    item, response = sound(), {"text": "The dermis."}
    assert item.mark_with(response, {}).state is State.TO_MARK
    assert item.mark_with(response, {"": 0.7}).fraction == 0.7
    assert item.mark_with(response, {"": 1.0}).state is State.RIGHT
    assert item.mark_with(None, {"": 1.0}).state is State.OMITTED


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ({"layer": 4, "why": 0}, ""),
        ({"layer": 0, "why": 6}, ""),
        ({"layer": 3, "why": 6}, "“Names the layer” cannot earn 3 points."),
        ({"layer": 4, "why": 7}, "“Says why” cannot earn 7 points."),
        ({"layer": 4, "why": -1}, "“Says why” cannot earn -1 points."),
        ({"layer": 4}, "Give points for “Says why”."),
        ({"layer": 4, "why": 1, "style": 1}, "There is no criterion style."),
    ],
)
def test_points_follow_the_rubric(points: dict[str, int], sentence: str) -> None:
    assert sound().problems_of(points) == ([sentence] if sentence else [])


def test_points_are_a_share_of_all_that_the_rubric_gives() -> None:
    assert sound().fraction_of({"layer": 4, "why": 3}) == 0.7


CRITERION: dict[str, Any] = {"id": "a", "text": "Names it", "points": 4}
LEVELS = [{"points": 4, "text": "Yes"}, {"points": 0, "text": "No"}]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rubric": []}, "rubric: choose at least one"),
        ({"rubric": [CRITERION, CRITERION]}, "two criteria have the same id"),
        ({"rubric": [{**CRITERION, "points": 0}]}, "points: write 1 or more"),
        ({"rubric": [{**CRITERION, "levels": LEVELS[:1]}]}, "one level alone"),
        ({"rubric": [{**CRITERION, "points": 5, "levels": LEVELS}]}, "must earn all the points"),
        ({"rubric": [{**CRITERION, "levels": [*LEVELS, LEVELS[1]]}]}, "same points"),
        ({"min_words": 20, "max_words": 10}, "max_words must not be smaller"),
        ({"template": "T", "model_answer": "T"}, "must say more than the template"),
        ({"template": "a\0b"}, "control character"),
        ({"markers": 3}, "markers"),
        ({"model_answer": ""}, "model_answer: write something here"),
    ],
)
def test_unsound_essays_are_refused_with_a_sentence(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Misfit) as refused:
        essay(**changes)
    assert sentence.casefold() in str(refused.value).casefold()


def test_a_description_asks_nothing_and_never_counts() -> None:
    item = description()
    assert item.prompt().stem == "Look at the section first."
    assert item.mark({"text": "anything"}).state is State.NOT_SCORED
    assert item.mark(item.key()).fraction == 0
    assert item.explain(None) == item.scored() == item.option_ids() == ()
