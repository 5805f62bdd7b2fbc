"""What an experienced reviewer would say while an item is being written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.items import item_to_data
from quizbank.likeness import alike, alike_pairs
from quizbank.linting import Likeness, lint
from tests.factories import case, numeric, single_choice, true_false
from tests.unit.quizbank.strategies import json_values


def rules(fields: dict[str, Any]) -> set[str]:
    return {one.rule for one in lint(fields)}


def choice(stem: str, *texts: str, **changes: Any) -> dict[str, Any]:
    """Fields as typed: the first option is the key."""
    options = [
        {"id": chr(97 + place), "text": text, "reason": "So it is.", "correct": place == 0}
        for place, text in enumerate(texts)
    ]
    return {
        "kind": "single_choice",
        "stem": stem,
        "options": options,
        "sources": ["S13"],
    } | changes


def test_sound_items_are_left_alone() -> None:
    for item in (single_choice(), true_false(), numeric()):
        assert lint(item_to_data(item)) == ()


def test_a_key_that_is_longest_by_far() -> None:
    key = "The dermis, because it holds most of the collagen and the small vessels"
    found = lint(choice("Which layer?", key, "The epidermis", "The fat"))
    assert [one.rule for one in found] == ["key longest by far"]
    assert "right option A" in found[0].sentence
    assert not lint(choice("Which layer?", "The epidermis", key, "The fat"))


@pytest.mark.parametrize(
    "text", ["All of the above", "None of these", "Both A and B", "neither of the above"]
)
def test_options_that_speak_of_other_options(text: str) -> None:
    assert rules(choice("Which layer?", "The dermis", "The fat", text)) == {"all of the above"}


@pytest.mark.parametrize(
    ("stem", "warned"),
    [
        ("Which of these is not a layer?", True),
        ("Which of these is **not** a layer?", False),
        ("Which of these is NOT a layer?", False),
        ("All of these are layers except which?", True),
        ("A client says “I do not bruise.” What do you ask?", False),
        ("It does not bleed. Which layer was reached?", False),
        ("Why wouldn’t you treat today?", True),
    ],
)
def test_a_negative_question_must_be_stressed(stem: str, warned: bool) -> None:
    said = rules(choice(stem, "One thing", "Another"))
    assert ("negative stem" in said) is warned


def test_a_negative_statement_must_be_stressed() -> None:
    fields = item_to_data(true_false(stem="Retinoids need not be paused."))
    assert rules(fields) == {"negative stem"}


def test_the_only_option_without_an_absolute_word_gives_itself_away() -> None:
    fields = choice("What holds?", "It often heals", "It always heals", "It never heals")
    assert rules(fields) == {"gives itself away"}


def test_the_only_option_that_repeats_the_question_gives_itself_away() -> None:
    stem = "Which instrument moves perpendicular to tissue?"
    fields = choice(stem, "A stamp, perpendicular", "A roller", "A comb")
    assert "“perpendicular”" in lint(fields)[0].sentence
    assert not lint(choice(stem, "A stamp, perpendicular", "A perpendicular comb"))


def test_an_article_that_only_fits_some_options() -> None:
    found = lint(choice("This is an", "epidermis", "dermis"))
    assert [one.rule for one in found] == ["gives itself away"]
    assert "option B" in found[0].sentence


def test_what_is_missing_is_named_where_it_is_missing() -> None:
    fields = choice("Which layer?", "The dermis", "The fat", sources=[])
    fields["options"][1]["reason"] = " "
    fields["stem"] = "Which layer? ![](/files/abc)"
    found = {one.rule: one.field for one in lint(fields)}
    assert found == {
        "missing reason": "options",
        "absent alt text": "stem",
        "no source": "sources",
    }


@pytest.mark.parametrize("alt", ["", " ", "image.png", "IMG_0042.jpg", "figure 1"])
def test_a_file_name_is_no_description(alt: str) -> None:
    assert rules({"stem": f"Look: ![{alt}](/files/abc)", "sources": ["S1"]}) == {"absent alt text"}


def test_a_described_picture_is_fine() -> None:
    assert not lint({"stem": "![Section through a cheek](/files/abc)", "sources": ["S1"]})


def test_the_same_question_in_other_words_is_found() -> None:
    bank = {
        "mf-01-001": "Which layer of the skin holds most of its collagen?",
        "mf-01-002": "How long may a needle be used?",
    }
    found = alike("Which layer of the skin holds most collagen?", bank)
    assert [one.item_id for one in found] == ["mf-01-001"]
    assert alike("Which?", bank) == ()


def test_emphasis_and_pictures_make_no_question_another() -> None:
    bank = {"mf-01-001": "Which layer of the skin is **not** a living one?"}
    found = alike("![Skin](/files/ab) Which layer of the skin is not a living one?", bank)
    assert [one.share for one in found] == [1.0]
    said = lint(choice("Which?", "a b", "c d"), found)[0].sentence
    assert "the same question as mf-01-001" in said


def test_any_two_stems_that_are_alike_are_found() -> None:
    one = "A client arrives with a crusted sore on the lip today. What do you do?"
    same = "A client arrives with a crusted sore on the lip. What do you do?"
    other = "Which layer of the skin holds most of the collagen?"
    assert list(alike_pairs([one, other, same])) == [(0, 2)]
    assert list(alike_pairs(["Yes?", "Yes?", "No?"])) == [(0, 1)]


def test_likeness_is_told_in_words() -> None:
    near = Likeness("mf-01-001", "Which layer?", 0.9)
    assert "nearly the same question as mf-01-001" in lint({"sources": ["S1"]}, [near])[0].sentence


NAMES = st.sampled_from(
    ["kind", "stem", "options", "answers", "reason", "figure", "sources", "stages"]
)


@given(st.dictionaries(NAMES, json_values, max_size=4))
def test_whatever_was_typed_so_far_it_never_raises(fields: dict[str, Any]) -> None:
    assert lint(fields) == lint(fields)


def test_a_stage_of_a_case_is_read_like_a_question_of_its_own() -> None:
    fields: dict[str, Any] = item_to_data(case())
    assert lint(fields) == ()
    first, second = fields["stages"]
    first["item"]["stem"] = "What do you not decide?"
    first["consequences"][0]["text"] = "![](/files/abc) Her cheeks heal slowly."
    second["item"]["options"][2]["reason"] = ""
    found = lint(fields)
    assert [(one.field, one.rule) for one in found] == [
        ("stages", "negative stem"),
        ("stages", "absent alt text"),
        ("stages", "missing reason"),
    ]
    assert [one.sentence[:8] for one in found] == ["Stage 1:", "Stage 1:", "Stage 2:"]
    assert "Option C has no reason" in found[2].sentence


def test_a_case_names_its_missing_sources_once() -> None:
    found = lint(item_to_data(case()) | {"sources": []})
    assert [one.rule for one in found] == ["no source"]
