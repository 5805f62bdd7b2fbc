"""GIFT as written: our reading against Moodle's, field by field."""

from decimal import Decimal
from typing import Any

import pytest

from base.lined_yaml import Problem
from quizbank.exchange.gift.syntax import GiftQuestion, read_questions
from quizbank.exchange.gift.text import Said, idnumber_in, tags_in
from tests.peers.conftest import FIXTURES, fixture

EDGES = fixture("gift-edge/cases.json")
PEG = sorted((FIXTURES / "gift-peg").glob("*.gift"))
UNITS = fixture("gift-moodle/unit_import.json")


def formatted(said: Said) -> dict[str, str]:
    return {"text": said.text, "format": said.format}


def as_moodle(one: GiftQuestion) -> dict[str, Any]:
    """The question in the shape of the stored results of Moodle's reader."""
    if one.kind == "category":
        return {"type": "category", "category": one.text.text}
    data: dict[str, Any] = {"type": one.kind, "name": one.name, "text": one.text.text}
    data |= {"text_format": one.text.format}
    optional: dict[str, Any] = {
        "general_feedback": one.general.text and formatted(one.general),
        "idnumber": one.idnumber,
        "tags": list(one.tags),
        "feedback_if_true_chosen": one.if_true.text and formatted(one.if_true),
        "feedback_if_false_chosen": one.if_false.text and formatted(one.if_false),
        "pairs": [{"question": formatted(p), "answer": c} for p, c in one.pairs],
        "answers": [answer_as_moodle(one.kind, answer) for answer in one.answers],
    }
    data |= {name: value for name, value in optional.items() if value}
    if one.kind == "multichoice":
        data["single"] = one.single
    return data | ({"correct": one.correct} if one.kind == "truefalse" else {})


def answer_as_moodle(kind: str, answer: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"fraction": pytest.approx(float(answer.fraction), abs=1e-6)}
    if kind == "multichoice":
        data["answer"] = formatted(answer.text)
    elif kind == "numerical":
        star = answer.number is None
        data["answer"] = "*" if star else pytest.approx(float(answer.number))
        data["tolerance"] = None if star else pytest.approx(float(answer.tolerance))
    else:
        data["answer"] = answer.text.text
    if answer.feedback.text:
        data["feedback"] = formatted(answer.feedback)
    return data


def compare(text: str, expected: list[dict[str, Any]]) -> None:
    read = list(read_questions(text))
    assert [one for one in read if isinstance(one, Problem)] == []
    ours = [as_moodle(one) for one in read if isinstance(one, GiftQuestion)]
    assert ours == expected


def test_there_are_cases() -> None:
    assert len(EDGES) == 46
    assert len(PEG) == 26
    assert UNITS


@pytest.mark.parametrize("case", EDGES, ids=lambda case: case["id"])
def test_edge_cases_are_read_as_recommended(case: dict[str, Any]) -> None:
    read = list(read_questions(case["gift"]))
    if case["id"] == "num-zero":
        (zero,) = read
        assert isinstance(zero, GiftQuestion)
        assert zero.answers[0].number == Decimal(0)
    elif case["recommended"] in {"same", "warn"}:
        compare(case["gift"], case["moodle"]["questions"])
        warned = any(one.warnings for one in read if isinstance(one, GiftQuestion))
        assert warned == (case["recommended"] == "warn")
    elif case["id"] != "mc-no-correct":
        # That one is read here, and refused as an item.
        (problem,) = read
        assert isinstance(problem, Problem)
        assert problem.severity == "error"


@pytest.mark.parametrize("path", PEG, ids=lambda path: path.stem)
def test_the_grammars_examples(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    compare(text, fixture(f"gift-peg/{path.stem}.moodle.json")["questions"])


def test_moodles_own_file() -> None:
    text = (FIXTURES / "gift-moodle/questions.gift.txt").read_text(encoding="utf-8")
    compare(text, fixture("gift-moodle/questions.gift.expected.json")["questions"])


@pytest.mark.parametrize("case", UNITS, ids=lambda case: case["test"])
def test_moodles_unit_tests(case: dict[str, Any]) -> None:
    (one,) = read_questions(case["gift"])
    assert isinstance(one, GiftQuestion)
    expected = case["expectedq"]
    assert (one.kind, one.name, one.text.text) == (
        expected["qtype"],
        expected["name"],
        expected["questiontext"],
    )
    assert one.text.format == expected["questiontextformat"]
    assert [float(answer.fraction) for answer in one.answers] == expected.get("fraction", [])
    assert list(one.tags) == expected.get("tags", [])
    assert one.idnumber == expected.get("idnumber", "")
    feedback = [formatted(answer.feedback) for answer in one.answers]
    wanted = expected.get("feedback", [])
    assert feedback == [{"text": said["text"], "format": said["format"]} for said in wanted]
    if one.kind == "truefalse":
        assert one.correct == bool(expected["correctanswer"])
        assert one.if_true.text == expected["feedbacktrue"]["text"]
        assert one.if_false.text == expected["feedbackfalse"]["text"]


@pytest.mark.parametrize("case", fixture("gift-moodle/comment_tags.json"), ids=lambda c: c["name"])
def test_identifiers_and_tags_in_comments(case: dict[str, Any]) -> None:
    assert idnumber_in(case["comment"]) == case["idnumber"]
    assert list(tags_in(case["comment"])) == case["tags"]
