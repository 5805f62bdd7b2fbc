"""Canvas and New Quizzes: every question of another importer's tests, field by field."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue

from quizbank.exchange.formats import Format, format_of, read_file
from quizbank.exchange.items_read import ItemsRead
from quizbank.items import Item
from quizbank.kinds.numbers import typeable
from tests.peers.conftest import FIXTURES, fixture
from tests.peers.test_imports import DEFAULTS

FOLDER = FIXTURES / "canvas-qti12"
FACTS: dict[str, Any] = fixture("canvas-qti12/facts.json") or {}
KINDS = {
    "multiple_choice_question": "single_choice",
    "true_false_question": "true_false",
    "multiple_answers_question": "multiple_response",
    "short_answer_question": "short_answer",
    "fill_in_multiple_blanks_question": "cloze",
    "multiple_dropdowns_question": "cloze",
    "matching_question": "matching",
    "numerical_question": "numeric",
    "essay_question": "essay",
    "text_only_question": "description",
}
# Questions without a type, by what they ask for.
UNTYPED = {
    "QUE_1003": "true_false",
    "QUE_1007": "single_choice",
    "QUE_1022": "multiple_response",
    "if15fb877c2cde9a14437aa7429360ac6": "essay",
    "ia63b6a115fa68a555398a58626a62f81": "numeric",
    "i62e978ad510f5b51f61e1073df6357df": "numeric",
    "IMS_V01_I_BasicExample009b": "ordering",
}
# Files with the sentence that says why one of their questions is not read.
REFUSED = {
    "all_canvas_simple_1.2.xml": ("A premise has no text", "“calculated_question”"),
    "bank_entry_item.xml": ("ge0c6b84f2afc834ec575718bbc1451ff",),
    "formula.xml": ("“calculated_question”",),
    "formula_mvar.xml": ("“calculated_question”",),
    "hot_spot.xml": ("needs the picture",) * 3 + ("Several places",),
    "numeric_precision_decimals.xml": ("by rounding",),
    "upload_with_custom_settings.xml": ("“file_upload_question”",),
}


def read(name: str) -> ItemsRead:
    content = (FOLDER / name).read_bytes()
    assert format_of(name, content) is Format.CANVAS
    return read_file(Format.CANVAS, content, DEFAULTS)


def by_ident(name: str) -> dict[str, Item]:
    return {one.item.origin or one.item.id: one.item for one in read(name).items}


FILES = sorted(FACTS) or ["none"]
QUESTIONS = [(name, place) for name in FACTS for place in range(FACTS[name].get("items", 0))]


@pytest.mark.parametrize("name", FILES)
def test_every_question_is_an_item_or_refused_with_its_sentence(name: str) -> None:
    found = read(name)
    said = [one.message for one in found.errors]
    assert len(said) == len(REFUSED.get(name, ()))
    for message, sentence in zip(said, REFUSED.get(name, ()), strict=True):
        assert sentence in message
    # The tool that made the facts could not read one declaration; its file holds one question.
    questions = FACTS[name].get("items", 1)
    assert len(found.items) == max(questions - len(said), 0)


@pytest.mark.parametrize(("name", "place"), QUESTIONS)
def test_every_field_is_what_the_file_says(name: str, place: int) -> None:
    facts = FACTS[name]["item"][place]
    item = by_ident(name).get(facts["ident"])
    if item is None:
        assert name in REFUSED
        return
    assert item.kind == KINDS.get(facts.get("question_type", "")) or UNTYPED[facts["ident"]]
    _check_choices(item, facts)
    for given, points, best in _answers(item, facts):
        assert item.mark(given).fraction == pytest.approx(float(points / best), abs=1e-6)


def _check_choices(item: Item, facts: dict[str, Any]) -> None:
    offered = [response["choices"] for response in facts["responses"]]
    match item.kind:
        case "single_choice":
            assert len(item.options) == offered[0]  # pyright: ignore[reportAttributeAccessIssue] told apart by kind
        case "ordering":
            assert len(item.option_ids()) == offered[0]
        case "cloze":
            gaps: Any = getattr(item, "gaps", ())
            assert [len(getattr(gap, "options", ()) or gap.answers) for gap in gaps] == offered
        case "matching":
            assert len(getattr(item, "premises", ())) == len(offered)
            assert len(item.option_ids()) == max(offered)
        case _:
            pass


def _answers(item: Item, facts: dict[str, Any]) -> list[tuple[JsonValue, Fraction, Fraction]]:
    """What each tested value earns by itself, as a response here, by the file's own scoring."""
    scoring = [
        (one["tests"], Fraction(one["set"][0]["value"].strip()), one["set"][0]["action"])
        for one in facts["scoring"]
        if one["set"]
    ]
    if item.kind == "multiple_response" and any(test["op"] != "varequal" for test in scoring[0][0]):
        right = [test["value"] for test in scoring[0][0] if test["op"] == "varequal"]
        wrong: list[str] = [one for one in item.option_ids() if one not in right]
        return [
            ({"options": [*right]}, Fraction(1), Fraction(1)),
            ({"options": [*right[1:]]}, Fraction(0), Fraction(1)),
            ({"options": [*right, *wrong]}, Fraction(0), Fraction(1)),
        ]
    best = max((points for _, points, _ in scoring), default=Fraction(0))
    if any(action == "Add" for _, _, action in scoring):
        best = sum((points for _, points, _ in scoring if points > 0), Fraction(0)) or best
    best = max(best, *(points for _, points, action in scoring if action == "Set"), Fraction(0))
    if best <= 0:
        return []
    told: list[tuple[JsonValue, Fraction, Fraction]] = []
    for tests, points, _ in scoring:
        if item.kind == "ordering":
            told.append(({"order": [one["value"].lower() for one in tests]}, points, best))
        elif item.kind == "numeric":
            sound = [one for one in tests if one["op"] != "vargt"]
            typed = (typeable(Decimal(one["value"])) for one in sound)
            told += [({"text": one}, points, best) for one in typed]
        else:
            told += [(_said(item, one), max(points, Fraction(0)), best) for one in tests]
    return told


def _said(item: Item, test: dict[str, Any]) -> JsonValue:
    value, response = test["value"], test["resp"]
    key = value.lower().replace("_", "-")
    match item.kind:
        case "single_choice":
            return {"option": key}
        case "multiple_response":
            return {"options": [key]}
        case "true_false":
            # The second label of these files is False.
            return {"option": "false" if key.endswith("a2") else "true"}
        case "cloze":
            name = response.removeprefix("response_").lower()
            gap: Any = next(one for one in getattr(item, "gaps", ()) if one.id == name)
            return {"gaps": {name: gap.answers[0].text if gap.kind == "text" else key}}
        case "matching":
            return {"pairs": {response.replace("_", "-"): key}}
        case _:
            return {"text": value}


@pytest.mark.skipif(not FACTS, reason="the files are not here")
def test_feedback_limits_and_labels_are_kept() -> None:
    choice: Any = by_ident("mc_feedback.xml").popitem()[1]
    reasons = [one.reason for one in choice.options]
    assert reasons[0] == "Answer A Feedback\n\nGeneral Correct Feedback\n\nGeneral Feedback"
    assert reasons[1] == "Answer B Feedback\n\nGeneral Incorrect Feedback"
    limits: Any = by_ident("essay_custom_settings.xml").popitem()[1]
    assert (limits.min_words, limits.max_words) == (140, 500)
    assert limits.rubric[0].text == "this is the remix"
    order = by_ident("ordering_with_labels.xml").popitem()[1]
    assert order.stem.endswith("Top: This is the top label\n\nBottom: This is the bottom label")


@pytest.mark.skipif(not FACTS, reason="the files are not here")
def test_numbers_keep_their_ranges() -> None:
    item = by_ident("all_canvas_simple_1.2.xml")["ic72ec957ee36c87bb8774a0798ea9d2d"]
    for typed, right in (("41.5", 1), ("42.5", 1), ("41.4", 0), ("42.6", 0), ("0", 1), ("1", 0)):
        assert item.mark({"text": typed}).fraction == right
    percent = by_ident("numeric_margin_error_percent.xml").popitem()[1]
    assert getattr(percent, "tolerance_type", "") == "relative"
    for typed, right in (("160", 1), ("240", 1), ("159.99", 0), ("240.01", 0)):
        assert percent.mark({"text": typed}).fraction == right


@pytest.mark.skipif(not FACTS, reason="the files are not here")
def test_a_malformed_declaration_is_read_and_said() -> None:
    found = read("choice_vary_points_by_answer_zero_points.xml")
    said = [one.message for one in found.problems]
    assert any("XML declaration" in one for one in said)
    assert any("earns 0 points" in one for one in said)
    assert (
        found.items[0].item.mark({"option": "3cd6d311-07cd-4ec0-b2db-3048e6cf1128"}).fraction == 1
    )


def test_files_are_all_covered() -> None:
    assert {one.name for one in Path(FOLDER).glob("*.xml")} == {*FACTS}
