"""QTI of other systems: every score of a scoring engine, and every fact of its items."""

import zipfile
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue

from quizbank.exchange.formats import Format, read_file
from quizbank.exchange.items_read import ItemsRead
from quizbank.items import KINDS as KINDS_HERE
from quizbank.items import Item
from tests.factories import png
from tests.peers.conftest import FIXTURES, fixture
from tests.peers.test_imports import DEFAULTS

FACTS: dict[str, Any] = fixture("qti-facts.json") or {}
SCORES: list[dict[str, Any]] = fixture("qti-cito/scoring.json")
MANIFEST = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M"><resources>
<resource identifier="R" type="imsqti_item_xmlv2p2" href="item.xml"><file href="item.xml"/>
</resource></resources></manifest>"""
PICTURES = {"uk": (206, 280), "ukair": (206, 280), "ukairtags": (206, 280), "airport": (16, 16)}
# The items of the engine's tests that nobody could answer here, and the sentence that says so.
REFUSED = {
    "2x_ResponseProcessing_112505-MR.xml": "The item has no interaction",
    "2x_ResponseProcessing_IMS-examples_graphic_gap_match.xml": "dragged onto a picture",
}
if "hotspot" not in KINDS_HERE:
    REFUSED |= {
        f"2x_ResponseProcessing_IMS-examples_{name}.xml": "kind must be one of"
        for name in ("hotspot", "position_object")
    }


def in_a_package(path: Path) -> ItemsRead:
    """Read an item with pictures of the right size beside it, which the fixtures leave out."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("imsmanifest.xml", MANIFEST)
        package.writestr("item.xml", path.read_bytes())
        for name, size in PICTURES.items():
            package.writestr(f"images/{name}.png", png(*size))
    return read_file(Format.QTI, packed.getvalue(), DEFAULTS)


def only(read: ItemsRead) -> Item:
    (one,) = read.items
    return one.item


def key_of(item: Item, identifier: str) -> str:
    return identifier.lower()


# What the engine's tests answer; the fixtures keep only the answers that are identifiers.
PAIRS = "IMS_ExampleMatchInteractionResponseProcessing_"
GRAPHIC = "IMS_ExampleGraphicGapMatchInteractionResponseProcessing_"
ORDER = "IMS_ExampleOrderInteractionResponseProcessing_"
POINTS = "IMS_ExamplePositionObject"
ANSWERS: dict[str, JsonValue] = {
    f"{PAIRS}Correct": {"gaps": {"g1": "w", "g2": "su"}},
    f"{PAIRS}Party_Correct": {"gaps": {"g1": "sp", "g2": "su"}},
    f"{PAIRS}Missing": None,
    f"{PAIRS}Incorrect": {"gaps": {"g1": "a", "g2": "sp"}},
    f"{GRAPHIC}Correct": {"gaps": {"g1": "gla", "g2": "edi", "g3": "man"}},
    f"{GRAPHIC}Correct2": {"gaps": {"g3": "man", "g1": "gla", "g2": "edi"}},
    f"{GRAPHIC}Partly_Correct": {"gaps": {"g1": "gla", "g2": "edi", "g3": "ebg"}},
    f"{GRAPHIC}Incorrect": {"gaps": {"g1": "gla", "g2": "mch", "g3": "ebg"}},
    "IMS_ExampleHotspotResponseProcessing_Correct": {"regions": ["a"]},
    "IMS_ExampleHotspotResponseProcessing_Inorrect": {"regions": ["b"]},
    "IMS_ExampleChoiceInlineResponseProcessing_Correct": {"gaps": {"g1": "y"}},
    "IMS_ExampleChoiceInlineResponseProcessing_Incorrect": {"gaps": {"g1": "g"}},
    "IMS_ExampleChoiceInlineResponseProcessing_Missing": None,
    f"{ORDER}Correct": {"order": ["driverc", "drivera", "driverb"]},
    f"{ORDER}Incorrect": {"order": ["drivera", "driverc", "driverb"]},
    f"{ORDER}Incorrect2": {"order": ["drivera", "driverb"]},
    f"{ORDER}Incorrect3": {"order": ["drivera", "drivera", "drivera"]},
    f"{POINTS}ResponseProcessing_Correct": {"points": [[118, 184], [150, 235], [96, 114]]},
    f"{POINTS}Processing_Partly_Correct": {"points": [[118, 184], [150, 235]]},
    f"{POINTS}ResponseProcessing_Incorrect": {"points": [[0, 0], [0, 0], [0, 0]]},
    "IMS_ExampleSliderResponseProcessing_Correct": {"text": "16"},
    "IMS_ExampleSliderResponseProcessing_Partly_Correct": {"text": "20"},
    "IMS_ExampleSliderResponseProcessing_Partly_Incorrect": {"text": "21"},
}


def answer_to(case: dict[str, Any], item: Item) -> JsonValue:
    """The engine's response as it is given here."""
    if case["test"] in ANSWERS:
        return ANSWERS[case["test"]]
    said = case["responses"]["RESPONSE"]
    chosen = [key_of(item, one) for one in said["values"]]
    return {"options": chosen} if said["cardinality"] == "multiple" else {"option": chosen[0]}


def most_of(case: dict[str, Any]) -> Fraction:
    return max(Fraction(one["expected"]) for one in SCORES if one["item"] == case["item"])


@pytest.mark.parametrize("case", SCORES, ids=lambda one: f"{one['test']}-{one['expected']}")
def test_every_score_of_the_scoring_engine(case: dict[str, Any]) -> None:
    read = in_a_package(FIXTURES / "qti-cito" / case["item"])
    if case["item"] in REFUSED:
        assert read.items == ()
        assert REFUSED[case["item"]] in read.errors[0].message
        return
    assert read.errors == ()
    item = only(read)
    fraction = item.mark(answer_to(case, item)).fraction
    assert fraction * float(most_of(case)) == pytest.approx(float(case["expected"]))


KINDS = {
    "qti21-items/Example02-feedbackInline.xml": "true_false",
    "qti21-items/choice.xml": "single_choice",
    "qti21-items/extended_text_rubric.xml": "essay",
    "qti21-items/match.xml": "cloze",
    "qti21-items/order.xml": "ordering",
    "qti22-package/choice.xml": "single_choice",
}


@pytest.mark.parametrize("name", KINDS)
def test_facts_of_the_items(name: str) -> None:
    fact = FACTS[name]
    (one,) = read_file(Format.QTI, (FIXTURES / name).read_bytes(), DEFAULTS).items
    assert one.item.kind == KINDS[name]
    assert (one.item.origin or one.item.id, one.name) == (fact["identifier"], fact["title"])
    (response,) = fact["responses"]
    said = str(one.item.key()).lower()
    if response["base_type"] == "identifier":
        assert all(value.lower() in said for value in response["correct"])


def test_the_weights_of_pairs_are_those_of_the_mapping() -> None:
    (one,) = read_file(
        Format.QTI, (FIXTURES / "qti21-items/match.xml").read_bytes(), DEFAULTS
    ).items
    marks = {
        place: one.item.mark({"gaps": {f"g{place}": choice}}).fraction
        for place, choice in ((1, "p"), (2, "m"), (3, "l"))
    }
    assert marks == {1: 0.5, 2: 0.25, 3: 0.25}


def test_feedback_becomes_the_reason() -> None:
    content = (FIXTURES / "qti21-items/Example02-feedbackInline.xml").read_bytes()
    item: Any = only(read_file(Format.QTI, content, DEFAULTS))
    assert (item.reason_true, item.reason_false) == ("That's correct", "That's not correct")


def test_the_rubric_comes_along() -> None:
    content = (FIXTURES / "qti21-items/extended_text_rubric.xml").read_bytes()
    item: Any = only(read_file(Format.QTI, content, DEFAULTS))
    assert "-1 for each missing" in item.rubric[0].text


def test_the_package_brings_its_item_and_its_picture() -> None:
    packed = BytesIO()
    folder = FIXTURES / "qti22-package"
    with zipfile.ZipFile(packed, "w") as package:
        for path in folder.rglob("*.*"):
            package.write(path, path.relative_to(folder).as_posix())
    read = read_file(Format.QTI, packed.getvalue(), DEFAULTS)
    assert read.errors == ()
    ((digest, picture),) = read.files.items()
    assert f"![NEVER LEAVE LUGGAGE UNATTENDED](/files/{digest})" in only(read).stem
    assert picture.content == (folder / "images/sign.png").read_bytes()


@pytest.mark.parametrize(
    ("name", "line", "sentence"),
    [
        ("empty.xml", 1, "empty"),
        ("malformed.xml", 28, "not well-formed"),
        ("xsdinvalid.xml", 9, "QTI knows no “foo”"),
    ],
)
def test_invalid_files_end_in_one_sentence(name: str, line: int, sentence: str) -> None:
    read = read_file(Format.QTI, (FIXTURES / "qti-invalid" / name).read_bytes(), DEFAULTS)
    assert read.items == ()
    (problem,) = read.errors
    assert problem.line == line
    assert sentence in problem.message
