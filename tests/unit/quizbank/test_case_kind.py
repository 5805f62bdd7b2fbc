"""Cases: what is seen when, what may follow what, and what it earns."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from quizbank.items import Item, Misfit, item_from_json, item_to_data, item_to_json, read_item
from quizbank.kinds.case import NO_ANSWER, NOT_OPEN, SEALED, STAYS_ASKED, Case
from quizbank.kinds.plain_items import PLAIN_KINDS
from quizbank.kinds.shown import State
from tests.factories import case, description, essay, single_choice, steps_to
from tests.unit.quizbank.strategies import cases, responses

DEFER: dict[str, JsonValue] = {"option": "defer"}
PROCEED: dict[str, JsonValue] = {"option": "proceed"}
BOTH: dict[str, JsonValue] = {"options": ["date", "talk"]}
HALF: dict[str, JsonValue] = {"options": ["date"]}


def at(
    asked: tuple[str, ...] = (), done: tuple[str, ...] = (), **answers: JsonValue
) -> dict[str, JsonValue]:
    return {"asked": [*asked], "stages": {**answers}, "done": [*done]}


@pytest.mark.parametrize(
    ("response", "fraction", "state", "unsafe"),
    [
        (at(("medicines",), ("decide", "record"), decide=DEFER, record=BOTH), 1.0, "right", False),
        (at(decide=DEFER, record=BOTH), 1.0, "right", False),
        (at(decide=DEFER), 0.5, "partly right", False),
        (at(decide=DEFER, record=HALF), 0.75, "partly right", False),
        (at(decide=PROCEED, record=HALF), 0.25, "partly right", True),
        (at(decide=PROCEED), 0.0, "wrong", True),
        (at(("medicines", "work"), ("decide", "record")), 0.0, "not answered", False),
        (at(decide="defer"), 0.0, "not answered", False),
        (None, 0.0, "not answered", False),
        ({"stages": [], "done": {}, "asked": 7}, 0.0, "not answered", False),
    ],
)
def test_a_case_earns_the_mean_of_its_stages(
    response: JsonValue, fraction: float, state: str, unsafe: bool
) -> None:
    mark = case().mark(response)
    assert (mark.fraction, mark.state.value, mark.unsafe) == (fraction, state, unsafe)


def test_thirds_add_up() -> None:
    thirds = {"kind": "matching", "stem": "Match.", "choices": [], "premises": []}
    thirds["choices"] = [{"id": one, "text": one} for one in "abc"]
    thirds["premises"] = [{"id": n, "text": n, "choice": "a", "reason": "So."} for n in "xyz"]
    stages = [{"id": f"s{place}", "item": thirds} for place in range(1, 4)]
    item = case(stages=stages)
    shares = [{"x": "a"}, {"x": "a", "y": "a"}, {"x": "b"}]
    answers = {f"s{n}": {"pairs": pairs} for n, pairs in enumerate(shares, start=1)}
    assert item.mark(at(**answers)).fraction == 1 / 3


def essay_stage() -> dict[str, Any]:
    return {"id": "why", "item": written(essay())}


def written(item: Item) -> Any:
    """An item as a stage of a case is written."""
    head = {"id", "pool", "objective", "level", "tags", "sources", "reviewed", "review_due"}
    return {name: value for name, value in item_to_data(item).items() if name not in head}


def test_a_written_stage_waits_for_its_markers_under_its_own_name() -> None:
    item = case(stages=[STAGE, essay_stage()])
    response = at(decide=DEFER, why={"text": "It holds collagen."})
    assert item.mark(response).state is State.TO_MARK
    (part,) = item.manual_parts(response)
    assert (part.part, part.text) == ("why", "It holds collagen.")
    assert item.mark_with(response, {"": 1.0}).state is State.TO_MARK
    assert item.mark_with(response, {"why": 0.5}).fraction == 0.75
    unwritten = at(decide=DEFER)
    assert (item.manual_parts(unwritten), item.mark(unwritten).fraction) == ((), 0.5)


def test_a_stage_to_read_does_not_count() -> None:
    item = case(stages=[STAGE, {"id": "next", "item": written(description())}])
    assert item.mark(at(decide=DEFER)).state is State.RIGHT
    assert item.mark(at(done=("decide", "next"))).state is State.OMITTED
    assert refusal(stages=[{"id": "next", "item": written(description())}]) == [
        ((), "No stage asks anything; add one that does.")
    ]


def test_an_answer_appears_once_its_fact_was_asked() -> None:
    before, after = case().prompt(), case().prompt((), at(("medicines",)))
    assert [fact.answer for fact in before.facts] == [None, None]
    assert [fact.answer for fact in after.facts] == [
        "Capsules for acne, until six weeks ago.",
        None,
    ]


def test_a_stage_appears_once_the_one_before_is_done() -> None:
    def shown(response: JsonValue) -> list[tuple[str, bool]]:
        return [(stage.id, stage.done) for stage in case().prompt((), response).stages]

    assert shown(None) == [("decide", False)]
    assert shown(at(decide=DEFER)) == [("decide", False)]
    assert shown(at(done=("record",))) == [("decide", False)]
    assert shown(at(done=("decide",))) == [("decide", True), ("record", False)]
    assert shown(case().key()) == [("decide", True), ("record", True)]
    assert case().prompt().stages_in_all == 2


ASKED = at(("medicines",))
ONE_DONE = at(("medicines",), ("decide",), decide=DEFER)
ALL_DONE = at(("medicines",), ("decide", "record"), decide=DEFER, record=HALF)


@pytest.mark.parametrize(
    ("standing", "response"),
    [
        (None, at()),
        (None, ASKED),
        (None, at(decide=DEFER)),
        (None, at(done=("decide",))),
        (ASKED, at(("medicines", "work"), decide=PROCEED)),
        (at(decide=PROCEED), at(decide=DEFER)),
        (at(decide=PROCEED), at()),
        (at(("medicines",), decide=DEFER), ONE_DONE),
        (ONE_DONE, at(("medicines", "work"), ("decide",), decide=DEFER, record=HALF)),
        (ONE_DONE, ALL_DONE),
        (ALL_DONE, ALL_DONE),
    ],
)
def test_a_case_goes_on_step_by_step(standing: JsonValue, response: JsonValue) -> None:
    assert case().follows(standing, response) is None


@pytest.mark.parametrize(
    ("standing", "response", "why"),
    [
        (ASKED, at(), STAYS_ASKED),
        (at(("work", "medicines")), at(("medicines", "work")), STAYS_ASKED),
        (ONE_DONE, at(("medicines",), ("decide",), decide=PROCEED), SEALED),
        (ONE_DONE, at(("medicines",), ("decide",)), SEALED),
        (ONE_DONE, at(("medicines",), decide=DEFER), SEALED),
        (ALL_DONE, at(("medicines",), ("decide", "record"), decide=DEFER, record=BOTH), SEALED),
        (ALL_DONE, ALL_DONE | {"asked": ["medicines", "work"]}, SEALED),
        (None, at(record=BOTH), NOT_OPEN),
        (None, at(done=("decide", "record")), NOT_OPEN),
        (at(decide=DEFER), at(done=("decide",), decide=DEFER, record=BOTH), NOT_OPEN),
        (None, case().key(), NOT_OPEN),
        (None, at(done=("record",)), NO_ANSWER),
        (ONE_DONE, None, NO_ANSWER),
        (None, {"option": "defer"}, NO_ANSWER),
        (None, at(("nonsense",)), NO_ANSWER),
        (None, at(("work", "work")), NO_ANSWER),
        (None, at(nonsense=DEFER), NO_ANSWER),
        (None, {"asked": {}, "stages": [], "done": None}, NO_ANSWER),
    ],
)
def test_nobody_goes_back_or_skips_ahead(
    standing: JsonValue, response: JsonValue, why: str
) -> None:
    assert case().follows(standing, response) == why


@given(cases, responses, responses)
@settings(max_examples=150, deadline=None)
def test_what_follows_never_shows_less_and_never_changes_what_is_done(
    item: Case, standing: JsonValue, response: JsonValue
) -> None:
    if item.follows(standing, response) is not None:
        return
    before, after = item.prompt((), standing), item.prompt((), response)
    for earlier, later in zip(before.facts, after.facts, strict=True):
        assert later.answer in {earlier.answer, item.facts[before.facts.index(earlier)].answer}
        assert earlier.answer is None or later.answer == earlier.answer
    assert len(before.stages) <= len(after.stages) <= len(before.stages) + 1
    assert item.follows(response, response) is None


@given(cases)
@settings(max_examples=100, deadline=None)
def test_the_key_is_reached_step_by_step_and_shows_nothing_early(item: Case) -> None:
    standing: JsonValue = None
    for step in steps_to(item, item.key()):
        assert item.follows(standing, step) is None
        assert item.complete(standing) is False
        standing = step
    assert item.complete(standing)
    waits = bool(item.manual_parts(standing))
    assert item.mark(standing).state is (State.TO_MARK if waits else State.RIGHT)
    given = dict.fromkeys((part.part for part in item.manual_parts(standing)), 1.0)
    assert item.mark_with(standing, given).state is State.RIGHT


@given(cases, st.randoms())
@settings(max_examples=100, deadline=None)
def test_every_stage_has_its_own_order(item: Case, chance: Any) -> None:
    order = [*item.option_ids()]
    chance.shuffle(order)
    for stage, shown in zip(item.stages, item.prompt(order, item.key()).stages, strict=True):
        own = [one.removeprefix(f"{stage.id}:") for one in order if one.startswith(f"{stage.id}:")]
        assert sorted(own) == sorted(stage.item.option_ids())
        assert shown.prompt == stage.item.prompt(own)


def test_the_debrief_tells_consequences_and_what_was_not_asked() -> None:
    told = case().debrief(at(("work",), ("decide", "record"), decide=PROCEED))
    assert told is not None
    assert [stage.consequences for stage in told.stages] == [
        ("Her cheeks heal slowly, with marks.",),
        (),
    ]
    assert [stage.mark.state for stage in told.stages] == [State.WRONG, State.OMITTED]
    assert [(fact.question, fact.reason) for fact in told.missed] == [
        ("Do you take any medicines?", "Isotretinoin in the last months means waiting.")
    ]
    asked = case().debrief(ALL_DONE)
    assert asked is not None
    assert asked.missed == ()
    assert asked.stages[0].consequences == ("She comes back in May, and all goes well.",)


def test_a_stage_is_written_without_what_it_has_from_its_case() -> None:
    item = case()
    assert isinstance(item, Case)
    stage = item.stages[0].item
    assert (stage.id, stage.objective, stage.sources) == (item.id, item.objective, item.sources)
    written = item_to_data(item)
    assert set(written["stages"][0]["item"]) == {"kind", "stem", "options"}  # type: ignore[index,call-overload]
    assert read_item(written) == item == item_from_json(item_to_json(item))


STAGE: dict[str, Any] = case().model_dump(mode="json")["stages"][0]
OPTIONS: list[Any] = STAGE["item"]["options"]


def refusal(**changes: Any) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(Misfit) as refused:
        case(**changes)
    return refused.value.problems


@pytest.mark.parametrize(
    ("changes", "path", "sentence"),
    [
        ({"stem": ""}, ("stages", 0, "item", "stem"), "stages.0.item.stem: write something here."),
        (
            {"options": [{**OPTIONS[0], "text": ""}, OPTIONS[1]]},
            ("stages", 0, "item", "options", 0, "text"),
            "stages.0.item.options.0.text: write something here.",
        ),
        (
            {"options": [OPTIONS[0]]},
            ("stages", 0, "item", "options"),
            "stages.0.item.options: there must be at least 2.",
        ),
        (
            {"options": [OPTIONS[0], {**OPTIONS[1], "correct": False}]},
            ("stages", 0, "item"),
            "stages.0.item: exactly one option must be correct, not 0.",
        ),
        (
            {"pool": "exam", "tags": []},
            ("stages", 0, "item"),
            "stages.0.item: leave out pool, tags: a stage has this from its case.",
        ),
        (
            {"kind": "case"},
            ("stages", 0, "item", "kind"),
            f"stages.0.item.kind must be one of {', '.join(PLAIN_KINDS)}.",
        ),
    ],
)
def test_what_is_wrong_in_a_stage_has_its_place(
    changes: dict[str, Any], path: tuple[str | int, ...], sentence: str
) -> None:
    stage = STAGE | {"item": STAGE["item"] | changes}
    assert refusal(stages=[stage]) == [(path, sentence)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"stages": []}, "stages: choose at least one."),
        ({"stages": [STAGE, STAGE]}, "Two stages have the same id; give each its own."),
        ({"stages": [{"id": "a"}]}, "stages.0.item is missing."),
        ({"stages": [{"id": "a:b", "item": STAGE["item"]}]}, "stages.0.id: use small letters"),
        (
            {"stages": [STAGE | {"consequences": [{"when": "maybe", "text": "Hm."}]}]},
            "stages.0: nothing here is called “maybe”; a consequence follows from right, ",
        ),
        (
            {"stages": [STAGE | {"consequences": [{"when": "wrong", "text": "Hm."}] * 2}]},
            "stages.0: two consequences follow from the same; put them together.",
        ),
        (
            {"facts": [{"id": "a", "question": "Q?", "answer": "A.", "essential": True}]},
            "facts.0: an essential fact says why it matters; write the reason.",
        ),
        ({"facts": [{"id": "a", "question": "Q?", "answer": "A."}] * 2}, "Two facts have the same"),
        ({"pool": "check"}, "A case is too long for a lesson check; choose exam or practice."),
        ({"sources": []}, "sources: choose at least one."),
    ],
)
def test_an_unsound_case_is_refused_with_one_sentence(
    changes: dict[str, Any], sentence: str
) -> None:
    problems = refusal(**changes)
    assert len(problems) == 1
    assert problems[0][1].startswith(sentence)


def test_other_kinds_are_answered_at_once() -> None:
    item: Item = single_choice()
    assert item.follows({"option": "a"}, {"option": "b"}) is None
    assert (item.complete(None), item.complete({"option": "b"})) == (False, True)
    assert item.debrief({"option": "b"}) is None
