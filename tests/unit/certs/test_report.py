"""The printed report: everything stands on it, whatever the name and however much it is."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from certs.report import ReportFace, report_pdf
from quizbank.objective_lines import ObjectiveLine

WEAK = ObjectiveLine("TT-01", "Skin anatomy", 1, 4, 0.25, 0.05, 0.7, 0.8, 0.5, True)
SOUND = ObjectiveLine("TT-02", "Consent", 30, 30, 1, 0.88, 1, 0.8, None, False)
FACE = ReportFace(
    holder="Alba Moreno",
    exam="Final exam",
    version=3,
    sat_on=date(2026, 11, 23),
    issuer="Pinpoint Academy",
    passed=False,
    reached="31 of 34 marks; the cut score is 27.",
    failures=("Skin anatomy: 25% of its marks reached, at least 50% needed.",),
    rule="To pass, you need 27 of 34 marks.",
    lines=(WEAK, SOUND),
    printed_on=date(2026, 11, 24),
    demo=False,
)


def printed(face: ReportFace) -> str:
    (page,) = PdfReader(io.BytesIO(report_pdf(face))).pages
    return " ".join(page.extract_text().split())


def test_it_is_read_aloud_by_headings_and_lists() -> None:
    root = PdfReader(io.BytesIO(report_pdf(FACE))).trailer["/Root"]["/StructTreeRoot"]["/K"]
    tags = [str(kid.get_object()["/S"])[1:] for kid in root["/K"]]
    assert (tags[0], tags.count("H2"), tags.count("L")) == ("H1", 1, 1)
    listed = next(one for kid in root["/K"] if (one := kid.get_object())["/S"] == "/L")
    assert len(listed["/K"]) == len(FACE.lines)


def test_the_same_report_is_the_same_bytes() -> None:
    assert report_pdf(FACE) == report_pdf(replace(FACE))
    assert report_pdf(FACE) != report_pdf(replace(FACE, passed=True))


def test_everything_that_was_decided_stands_on_it() -> None:
    said = printed(FACE)
    for text in (
        "Alba Moreno",
        "Final exam, version 3, 23 November 2026",
        "Not passed. 31 of 34 marks; the cut score is 27.",
        "Skin anatomy: 25% of its marks reached, at least 50% needed.",
        "To pass, you need 27 of 34 marks.",
        "below its minimum of 50%",
        "1 of 4 marks",
        "likely 5 to 70%",
        "above the cut",
        "likely 88 to 100%",
        "Knowledge assessment; practical skill not assessed. This report is not a certificate.",
        "Pinpoint Academy, printed 24 November 2026",
    ):
        assert text in said
    assert "DEMO" not in said


def test_a_demo_says_so() -> None:
    assert "DEMO" in printed(replace(FACE, demo=True)).upper()


def test_what_is_hidden_leaves_no_gap() -> None:
    said = printed(replace(FACE, reached="", failures=("Marks: too few, 27 needed.",), lines=()))
    assert "Not passed. " in f"{said} "
    assert "31" not in said
    assert "By objective" not in said


@pytest.mark.parametrize(
    "name",
    [
        "محمد بن عبد الله",
        "שרה בן־דוד Müller",
        "欧阳小明",
        "Екатерина Щукина",
        "Wolfeschlegelsteinhausenbergerdorff " * 8,
        "W" * 200,
    ],
    ids=["Arabic", "Hebrew and Latin", "Chinese", "Cyrillic", "long", "one long word"],
)
def test_a_name_of_any_script_and_length_is_printed_whole(name: str) -> None:
    content = report_pdf(replace(FACE, holder=name))
    (page,) = PdfReader(io.BytesIO(content)).pages
    letters = {char for char in name if char.isalpha()}
    assert letters <= {*page.extract_text()}
    assert "Final exam" in page.extract_text()


def test_a_name_that_nothing_prints_costs_nobody_the_report() -> None:
    assert "Alba ?" in printed(replace(FACE, holder="Alba \U0001f489"))


def test_ever_so_many_objectives_stay_on_the_page() -> None:
    many = tuple(replace(SOUND, title=f"Objective {place}") for place in range(60))
    said = printed(replace(FACE, lines=many))
    assert "Objective 0" in said
    assert "Objective 59" in said
    assert "practical skill not assessed" in said
