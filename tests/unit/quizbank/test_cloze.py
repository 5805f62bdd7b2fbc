"""Texts with gaps: what each gap earns, how the whole is weighed, and what is refused."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from quizbank.items import Misfit, item_to_data, read_item
from quizbank.kinds.cloze import Cloze
from quizbank.kinds.shown import State
from tests.factories import cloze
from tests.unit.quizbank.strategies import json_values, texts_with_gaps

BODY: dict[str, Any] = cloze().model_dump(mode="json")
CHOICE, WORD, NUMBER = BODY["gaps"]


@pytest.mark.parametrize(
    ("said", "fraction", "state", "unsafe"),
    [
        ({"g1": "a", "g2": "Fibroblasts", "g3": "7,5"}, 1, State.RIGHT, False),
        ({"g1": "a"}, 0.25, State.PARTLY, False),
        ({"g1": "b"}, 0.125, State.PARTLY, False),
        ({"g1": "c", "g2": "cells", "g3": "9"}, 0, State.WRONG, True),
        ({"g3": "7"}, 0.5, State.PARTLY, False),
        ({"g3": "1,500"}, 0, State.WRONG, False),
        ({"g1": ["a"], "g2": " ", "g3": 7.5, "g9": "a"}, 0, State.OMITTED, False),
        (["a"], 0, State.OMITTED, False),
    ],
)
def test_the_mark_is_the_mean_of_the_gaps_by_weight(
    said: JsonValue, fraction: float, state: State, unsafe: bool
) -> None:
    mark = cloze().mark({"gaps": said})
    assert (mark.fraction, mark.state, mark.unsafe) == (fraction, state, unsafe)


def several(**weights: float | None) -> Cloze:
    options: list[JsonValue] = [
        {"id": one, "text": one.upper(), "correct": one in "ab", "reason": "So.", "weight": weight}
        for one, weight in weights.items()
    ]
    gap = {"kind": "choice", "id": "g1", "several": True, "options": options}
    item = cloze(stem="Choose: [[g1]]", gaps=[gap])
    assert isinstance(item, Cloze)
    return item


def test_several_options_are_marked_net_or_by_their_weights() -> None:
    net, weighted = several(a=None, b=None, c=None), several(a=0.75, b=0.25, c=-0.5)
    said: list[list[JsonValue]] = [["a", "b"], ["a"], ["a", "c"], ["c"], []]
    assert [net.mark({"gaps": {"g1": one}}).fraction for one in said] == [1, 0.5, 0, 0, 0]
    assert [weighted.mark({"gaps": {"g1": one}}).fraction for one in said] == [1, 0.75, 0.25, 0, 0]
    assert net.mark({"gaps": {"g1": "a"}}).state is State.OMITTED


@given(st.lists(st.tuples(st.integers(1, 1000), st.booleans()), min_size=1, max_size=30))
@settings(max_examples=100, deadline=None)
def test_the_weighted_mean_is_exact(gaps: list[tuple[int, bool]]) -> None:
    names = [f"g{place}" for place in range(len(gaps))]
    made = [{**WORD, "id": name, "weight": gaps[place][0]} for place, name in enumerate(names)]
    item = cloze(stem=" ".join(f"[[{name}]]" for name in names), gaps=made)
    right = [name for name, (_, is_right) in zip(names, gaps, strict=True) if is_right]
    mark = item.mark({"gaps": dict.fromkeys(right, "fibroblast")})
    earned = sum(weight for weight, is_right in gaps if is_right)
    assert mark.fraction == float(Fraction(earned, sum(weight for weight, _ in gaps)))
    assert (mark.fraction == 1) == (len(right) == len(gaps))


@given(st.dictionaries(st.sampled_from(("g1", "g2", "g3")), json_values))
@settings(max_examples=200, deadline=None)
def test_whatever_is_said_is_marked(said: dict[str, JsonValue]) -> None:
    mark = cloze().mark({"gaps": said})
    assert 0 <= mark.fraction <= 1
    assert (mark.state is State.RIGHT) == (mark.fraction == 1)
    assert len(cloze().explain({"gaps": said})) >= 5


@given(texts_with_gaps, st.randoms())
@settings(max_examples=60, deadline=None)
def test_a_prompt_shows_the_gaps_in_the_order_of_the_text_and_no_key(
    item: Cloze, chance: Any
) -> None:
    order = [*item.option_ids()]
    chance.shuffle(order)
    prompt = item.prompt(order)
    places = [prompt.stem.index(f"[[{gap.id}]]") for gap in prompt.gaps]
    assert places == sorted(places)
    shown = [f"{gap.id}/{choice.id}" for gap in prompt.gaps for choice in gap.choices]
    assert sorted(shown) == sorted(order)
    for gap in prompt.gaps:
        assert {*vars(gap)} == {"id", "kind", "choices", "several"}
        ranks = [order.index(f"{gap.id}/{choice.id}") for choice in gap.choices]
        assert ranks == sorted(ranks)


def test_every_gap_is_explained_under_its_number() -> None:
    told = cloze().explain({"gaps": {"g1": "c", "g2": "cells"}})
    parts = [(one.part, one.text, one.correct, one.chosen) for one in told]
    assert parts == [
        ("Gap 1", "dermis", True, False),
        ("Gap 1", "epidermis", False, False),
        ("Gap 1", "muscle", False, True),
        ("Gap 2", "fibroblast*", True, False),
        ("Gap 2", "cells", False, True),
        ("Gap 3", "7.5", True, False),
    ]


def test_what_every_answer_earns_is_its_share_of_the_item() -> None:
    earned = {one.text: one.fraction for one in cloze().scored()}
    assert earned["(1) dermis"] == 0.25
    assert earned["(1) epidermis"] == 0.125
    assert earned["(3) 7.5"] == 0.5


def test_plain_data_keeps_the_kind_of_every_gap() -> None:
    data: Any = item_to_data(cloze())
    assert [gap["kind"] for gap in data["gaps"]] == ["choice", "text", "number"]
    assert read_item(data) == cloze()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"stem": "A text."}, "the gap g1 must stand in the text once, as [[g1]], not 0 times"),
        ({"stem": BODY["stem"] + " [[g1]]"}, "not 2 times"),
        ({"stem": BODY["stem"] + " [[g4]]"}, "names [[g4]], but there is no such gap"),
        ({"gaps": [CHOICE, WORD, NUMBER, CHOICE]}, "two gaps have the same id"),
        ({"gaps": [CHOICE, WORD, {**NUMBER, "weight": 0}]}, "weight"),
        (
            {"gaps": [{**CHOICE, "options": CHOICE["options"][:1]}]},
            "gaps.0.options: there must be at least 2",
        ),
        ({"gaps": [{**CHOICE, "options": CHOICE["options"][1:]}]}, "exactly one option"),
        ({"gaps": [{**WORD, "answers": WORD["answers"][1:]}]}, "earn the whole mark"),
        ({"gaps": [{**NUMBER, "answer": 0, "tolerance_type": "relative"}]}, "a share of 0 is 0"),
        (
            {"gaps": [{**NUMBER, "kind": "riddle"}]},
            "gaps.0.kind must be one of choice, text, number",
        ),
        ({"gaps": []}, "gaps: choose at least one"),
    ],
)
def test_texts_that_cannot_be_filled_are_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Misfit) as refused:
        cloze(**changes)
    assert sentence.casefold() in str(refused.value).casefold()
