"""Moodle XML: our reading against Moodle's own files, and what they become as items."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import Format, read_file
from quizbank.exchange.gift.syntax import GiftAnswer, GiftQuestion
from quizbank.exchange.gift.text import Said
from quizbank.exchange.items_read import ItemsRead
from quizbank.exchange.moodle.xml_syntax import (
    category_of,
    is_true,
    kind_of,
    read_question,
    value_of,
)
from quizbank.exchange.moodle.xml_texts import raw_text, said_in
from quizbank.exchange.texts import as_plain
from quizbank.exchange.xml_reading import Element, read_parts
from tests.peers.conftest import FIXTURES, fixture

DEFAULTS = Defaults(date(2026, 11, 23), objective="MF-01", sources=("S01",))
FACTS = fixture("moodle-xml/facts.json")
UNITS = fixture("moodle-xml/unit_import.json")
SAMPLES = fixture("moodle-xml/unit_export_samples.json")
FILES = sorted((FIXTURES / "moodle-xml").glob("*.xml"))
KINDS = {
    "truefalse": {"true_false"},
    "multichoice": {"single_choice", "multiple_response"},
    "shortanswer": {"short_answer"},
    "numerical": {"numeric"},
    "match": {"matching"},
    "ordering": {"ordering"},
    "essay": {"essay"},
    "description": {"description"},
    "gapselect": {"cloze"},
    "cloze": {"cloze"},
    "ddmarker": {"hotspot", "matching"},
}


def parts(content: bytes) -> list[Element]:
    read = list(read_parts(content, "question"))
    assert all(isinstance(one, Element) for one in read)
    return [one for one in read if isinstance(one, Element)]


def facts_of(element: Element) -> dict[str, Any]:
    """One question of a file, in the shape of `facts.json`."""
    if kind_of(element) == "category":
        return {"type": "category", "category": category_of(element)}
    text = element.first("questiontext")
    data: dict[str, Any] = {"type": element.get("type"), "name": value_of(element, "name")}
    data["format"] = text.get("format") if text else ""
    answers = [[one.get("fraction"), raw_text(one)[:60]] for one in element.all("answer")]
    counted = {
        "answers": answers,
        "hints": len(element.all("hint")),
        "embedded_files": sum(one.name == "file" for one in element.walk()),
    }
    settings = ("idnumber", "defaultgrade", "penalty", "single", "shuffleanswers", "usecase")
    written = {name: value_of(element, name) for name in settings if element.first(name)}
    return data | written | {name: value for name, value in counted.items() if value}


def test_there_are_files() -> None:
    assert len(FILES) == len(FACTS) == 12
    assert len(UNITS) == len(SAMPLES) == 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_hold_what_moodle_says(path: Any) -> None:
    expected = FACTS[f"moodle-xml/{path.name}"]
    found = parts(path.read_bytes())
    assert Counter(one.get("type") for one in found) == expected["counts"]
    assert [facts_of(one) for one in found] == expected["questions"]


def shared(said: Said) -> dict[str, str]:
    return {"text": said.text, "format": said.format}


def as_moodle(element: Element, one: GiftQuestion) -> dict[str, Any]:
    """A question in the shape of Moodle's unit tests."""
    data: dict[str, Any] = {
        "qtype": one.kind,
        "name": one.name,
        "questiontext": one.text.text,
        "questiontextformat": one.text.format,
        "generalfeedback": one.general.text,
        "generalfeedbackformat": one.general.format,
        "defaultmark": number(value_of(element, "defaultgrade")),
        "penalty": number(value_of(element, "penalty")),
        "length": int(one.kind != "description"),
        "tags": list(one.tags),
    }
    hints = element.all("hint")
    data["hint"] = [shared(said_in(hint, one.text.format)) for hint in hints]
    data["hintshownumcorrect"] = [hint.first("shownumcorrect") is not None for hint in hints]
    data["hintclearwrong"] = [hint.first("clearwrong") is not None for hint in hints]
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        data[name] = shared(said_in(element.first(name), one.text.format))
    data["shownumcorrect"] = element.first("shownumcorrect") is not None
    data["shuffleanswers"] = int(is_true(element, "shuffleanswers", True))
    return data | of_kind(element, one)


def of_kind(element: Element, one: GiftQuestion) -> dict[str, Any]:
    if one.kind == "match":
        texts = [shared(premise) for premise, _ in one.pairs]
        return {"subquestions": texts, "subanswers": [choice for _, choice in one.pairs]}
    if one.kind == "truefalse":
        feedback = {"feedbacktrue": shared(one.if_true), "feedbackfalse": shared(one.if_false)}
        return {**feedback, "correctanswer": one.correct}
    if one.kind == "essay":
        counts = ("responserequired", "responsefieldlines", "attachments", "attachmentsrequired")
        texts = ("graderinfo", "responsetemplate")
        limits = {name: value_of(element, name) for name in ("minwordlimit", "maxwordlimit")}
        return {
            "responseformat": value_of(element, "responseformat"),
            "filetypeslist": value_of(element, "filetypeslist") or None,
            "maxbytes": number(value_of(element, "maxbytes") or "0"),
            "minwordenabled": bool(limits["minwordlimit"]),
            "maxwordenabled": bool(limits["maxwordlimit"]),
            **{name: limit or None for name, limit in limits.items()},
            **{name: number(value_of(element, name)) for name in counts},
            **{name: shared(said_in(element.first(name), "html")) for name in texts},
        }
    return {
        "answer": [answer.text.text for answer in one.answers],
        "fraction": [float(answer.fraction) for answer in one.answers],
        "feedback": [shared(answer.feedback) for answer in one.answers],
        "tolerance": [tolerance(answer) for answer in one.answers],
    }


def tolerance(answer: GiftAnswer) -> Any:
    return "" if answer.number is None else float(answer.tolerance)


def number(text: str) -> float:
    return float(Decimal(text))


@pytest.mark.parametrize("case", UNITS, ids=lambda case: case["test"])
def test_moodles_unit_tests(case: dict[str, Any]) -> None:
    (element,) = parts(f"<quiz>{case['xml']}</quiz>".encode())
    ours = as_moodle(element, read_question(element, said_in))
    expected = case["expectedq"]
    assert {name: ours[name] for name in expected} == expected


def read(content: bytes) -> ItemsRead:
    return read_file(Format.MOODLE_XML, content, DEFAULTS)


def check_items(found: ItemsRead, kinds: list[str]) -> None:
    assert len(found.items) == len(kinds)
    for one, kind in zip(found.items, kinds, strict=True):
        assert one.item.kind in KINDS[kind]
        if kind not in {"essay", "description"}:
            assert one.item.mark(one.item.key()).fraction == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_become_items(path: Any) -> None:
    found = read(path.read_bytes())
    kinds = [kind_of(one) for one in parts(path.read_bytes()) if kind_of(one) != "category"]
    check_items(found, kinds)
    assert found.errors == ()


MARKERS = (FIXTURES / "moodle-xml/qtype_ddmarker.xml").read_text()
DRAGS = re.findall(r"<drag>.*?</drag>", MARKERS, re.DOTALL)
DROPS = re.findall(r"<drop>.*?</drop>", MARKERS, re.DOTALL)


def test_moodles_landmarks_and_stations_are_names_for_places_on_its_map() -> None:
    found = read(MARKERS.encode())
    item = found.items[0].item
    (picture,) = found.files.values()
    assert (picture.width, picture.height) == (544, 389)
    assert f"](/files/{picture.digest})" in item.stem
    assert [one.text for one in item.scored()] == [
        "Place 1 → Railway station",
        "Place 2 → Railway station",
        "Place 3 → OU",
        "Place 4 → Railway station",
    ]
    # In Moodle each of the four places earns a quarter as well.
    assert item.mark({"pairs": {"p3": "c1"}}).fraction == 0.25


@pytest.mark.parametrize("kept", [1, 2])
def test_one_of_moodles_markers_is_a_place_to_find_on_its_map(kept: int) -> None:
    text = MARKERS
    for part in [one for one in DRAGS if f"<no>{kept}<" not in one]:
        text = text.replace(part, "")
    for part in [one for one in DROPS if f"<choice>{kept}<" not in one]:
        text = text.replace(part, "")
    found = read(text.encode())
    assert found.errors == ()
    item = found.items[0].item
    (picture,) = found.files.values()
    assert (picture.width, picture.height) == (544, 389)
    right = [[322, 213]] if kept == 1 else [[144, 84], [195, 180], [267, 302]]
    assert item.mark({"points": [*right]}).fraction == 1
    assert item.mark({"points": right[:1]}).fraction == pytest.approx(1 / len(right))
    assert item.mark({"points": [[5, 5]]}).fraction == 0


@pytest.mark.parametrize("case", [*UNITS, *SAMPLES], ids=lambda case: case["test"])
def test_what_moodle_reads_and_writes_becomes_items(case: dict[str, Any]) -> None:
    content = f"<quiz>{case['xml']}</quiz>".encode()
    found = read(content)
    assert found.errors == ()
    check_items(found, [kind_of(one) for one in parts(content)])


def test_gaps_have_the_answers_and_reasons_of_moodles_own_sample() -> None:
    (case,) = (one for one in SAMPLES if "multianswer" in one["test"])
    (one,) = read(f"<quiz>{case['xml']}</quiz>".encode()).items
    assert one.item.mark({"gaps": {"g1": "owl", "g2": "c"}}).fraction == 1
    assert one.item.mark({"gaps": {"g1": "cat", "g2": "c"}}).fraction == 0.5
    told = [(part.text, part.reason.partition("\n")[0]) for part in one.item.scored()]
    assert told == [
        ("(1) Dog", "Wrong, silly!"),
        ("(1) Owl", "Well done!"),
        ("(1) *", "Wrong answer"),
        ("(2) Bow-wow", "You seem to have a dog obsessions!"),
        ("(2) Wiggly worm", "Now you are just being ridiculous!"),
        ("(2) Pussy-cat", "Well done!"),
    ]


def test_an_identifier_with_signs_of_xml_is_kept_as_origin() -> None:
    (one,) = read((FIXTURES / "moodle-xml/html_chars_in_idnumbers.xml").read_bytes()).items
    assert (one.item.origin, one.item.id) == ("T & F", "t-f-8ad718")
    assert one.item.tags == ("alpha",)


def test_pictures_of_answers_come_in_and_a_sound_is_left_out_with_its_line() -> None:
    found = read((FIXTURES / "moodle-xml/multichoice.xml").read_bytes())
    (one,) = found.items
    assert len(found.files) == 4
    assert {picture.media_type for picture in found.files.values()} == {"image/jpeg"}
    assert all("![" in as_plain(answer.text) for answer in one.item.scored())
    (said,) = (problem for problem in found.problems if "bonjour.mp3" in problem.message)
    assert said.severity == "warning"
