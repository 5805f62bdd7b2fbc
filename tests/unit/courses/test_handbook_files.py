"""The glossary's and the contraindications' files: what is read, and every fault on its line."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from courses.content_check import check_content
from courses.content_folder import FileProblem
from courses.handbook import read_handbook
from courses.screening.case import Decision
from tests.conftest import HOUSE

TODAY = date(2026, 11, 23)
GLOSSARY = """\
terms:
- term: Dermis
  also: [dermal layer]
  meaning: The second layer of the skin, which holds most of the collagen [S13].
  sources: [S13]
- term: PIH
  meaning: Dark marks that follow inflammation.
  sources: [S56]
"""
ROWS = """\
rows:
- id: R9
  condition: Isotretinoin now or in the last 6 months
  decisions: [defer]
  action: Wait 6 months after the last dose, or have the prescriber's written clearance [CR].
  why: Healing may be slower.
  ask: ["Acne capsules?", "When was the last dose?"]
  disagreement: Labels say 6 months; panels of 2017 found too little evidence [S39].
  words: [Accutane, acne tablets]
  wait: 6 months
  sources: [S39, CR]
  reviewed: 2026-11-23
  review_due: 2027-11-23
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HOUSE / "content", tmp_path / "content"))


def test_both_files_are_read():
    read = read_handbook(GLOSSARY, ROWS)
    assert not any(read.problems.values())
    assert [one.spellings for one in read.handbook.terms] == [("Dermis", "dermal layer"), ("PIH",)]
    (row,) = read.handbook.rows
    assert row.decisions == (Decision.DEFER,)
    assert row.by_course_rule
    assert read.contraindications.line(("rows", 0, "why")) == 6


def test_a_file_that_is_not_there_is_an_empty_part():
    read = read_handbook(None, ROWS)
    assert read.handbook.terms == ()
    assert len(read.handbook.rows) == 1


def found(folder: Path, glossary: str, rows: str, today: date = TODAY) -> list[FileProblem]:
    (folder / "glossary.yaml").write_text(glossary, encoding="utf-8")
    (folder / "contraindications.yaml").write_text(rows, encoding="utf-8")
    return [
        one
        for one in check_content(folder, today)
        if Path(one.file).name in {"glossary.yaml", "contraindications.yaml"}
    ]


def test_a_sound_handbook_has_no_problems(content: Path):
    assert found(content, GLOSSARY, ROWS) == []


FAULTS = [
    ("term: PIH", "term: dermal layer", 6, "dermal layer is explained already, under Dermis"),
    ("sources: [S56]", "sources: [S99]", 6, "PIH: the source S99 is not in sources.yaml"),
    ("sources: [S56]", "source: [S56]", 6, "terms.1.sources is missing"),
    ("collagen [S13]", "collagen [S12]", 2, "Dermis: S12 is cited but not listed"),
    ("id: R9", "id: Row9", 2, "rows.0.id"),
    ("decisions: [defer]", "decisions: [wait]", 4, "rows.0.decisions.0"),
    ("decisions: [defer]", "decisions: []", 4, "rows.0.decisions"),
    ("sources: [S39, CR]", "sources: [S39]", 2, "R9: CR is cited but not listed"),
    ("review_due: 2027", "review_due: 2025", 2, "review_due must come after reviewed"),
    ("rows:", "rows: [", 1, "not valid YAML"),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), FAULTS, ids=lambda one: str(one)[:30])
def test_a_fault_is_found_on_its_line(content, old, new, line, said):
    assert (GLOSSARY + ROWS).count(old) == 1
    problems = found(content, GLOSSARY.replace(old, new), ROWS.replace(old, new))
    assert any(said in one.message and one.line >= line for one in problems), problems
    assert {one.severity for one in problems} == {"error"}


def test_a_row_that_stands_twice_is_found(content: Path):
    (problem,) = found(content, GLOSSARY, ROWS + ROWS.removeprefix("rows:\n"))
    assert (problem.line, problem.message) == (14, "The row R9 stands twice; rename or drop one.")


def test_an_overdue_row_is_a_warning(content: Path):
    assert found(content, GLOSSARY, ROWS, date(2027, 11, 22)) == []
    (problem,) = found(content, GLOSSARY, ROWS, date(2027, 11, 23))
    assert problem.severity == "warning"
