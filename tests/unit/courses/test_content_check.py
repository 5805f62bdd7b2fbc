"""Every way in which a course can be wrong, on a copy of the real one."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from courses.content_check import check_content
from courses.content_folder import FileProblem, course_folders, read_course_folder
from tests.conftest import HOUSE
from tests.factories import COURSE

TODAY = date(2026, 11, 23)
REFRESHER = "annual-safety-refresher"
FIRST = "01-what-needling-is.md"
CLIENT = "risk-screening-in-practice/cases/fine-lines.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HOUSE / "content", tmp_path / "content"))


def change(content: Path, name: str, old: str, new: str, times: int = 1) -> None:
    path = content / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, times), encoding="utf-8")


def found(content: Path, today: date = TODAY) -> list[FileProblem]:
    return list(check_content(content, today))


def test_the_real_content_has_no_problems():
    assert found(HOUSE / "content") == []


CASES = [
    (f"{COURSE}/{FIRST}", "[S12]", "[S99]", "S99 is cited but not listed"),
    (f"{COURSE}/{FIRST}", "sources: [S01, ", "sources: [S01, S99, ", "never cited; cite or drop"),
    (f"{COURSE}/{FIRST}", "sources: [S01, ", "sources: [S01, S99, ", "not in sources.yaml"),
    (f"{COURSE}/{FIRST}", "[MF-01]", "[MF-99]", "objective MF-99 is not in course.yaml"),
    (f"{COURSE}/{FIRST}", "mf-01-016]", "mf-01-999]", "mf-01-999 is no item of pool check"),
    (f"{COURSE}/{FIRST}", "mf-01-016]", "mf-01-001]", "mf-01-001 is no item of pool check"),
    (f"{COURSE}/{FIRST}", "minutes: 9", "minutes: 9\nmood: good", "mood: there is no such field"),
    (f"{COURSE}/{FIRST}", "## A client", "# A client", "level-1 heading"),
    (f"{COURSE}/02-skin-and-depth.md", "figure: skin-section", "figure: bones", "no figure bones"),
    (f"{COURSE}/course.yaml", "- 01-what-needling-is", "- 01-lost", "01-lost.md is missing"),
    (f"{REFRESHER}/course.yaml", "renews: micro", "renews: macro", "no course macroneedling-fund"),
    (f"{REFRESHER}/course.yaml", f"renews: {COURSE}\n", "", "either a certificate or the course"),
    (f"{REFRESHER}/course.yaml", f"renews: {COURSE}", f"renews: {REFRESHER}", "renew its own"),
    (f"{REFRESHER}/course.yaml", "requires: [micro", "requires: [macro", "no course macroneedling"),
    (f"{COURSE}/course.yaml", "language: en", f"language: en\nrequires: [{REFRESHER}]", "drop one"),
    (f"{COURSE}/course.yaml", "language: en", f"language: en\nrequires: [{COURSE}]", "itself"),
    (f"{COURSE}/course.yaml", "- 01-what-needling-is", "- 01-lost", "No module of course.yaml"),
    (f"{COURSE}/course.yaml", "slug: microneedling", "slug: needling", "must be the folder's name"),
    (f"{COURSE}/course.yaml", "language: en", "language: en\nlevel: 1", "level: there is no such"),
    (f"{COURSE}/course.yaml", "count: 5, critical: 2", "count: 88, critical: 3", "asks for 85"),
    (f"{COURSE}/course.yaml", "count: 5, critical: 2", "count: 40, critical: 32", "32 critical"),
    (
        f"{COURSE}/items/mf-01.yaml",
        "sources: [S01, S02]",
        "sources: [S77]",
        "the source S77 is not",
    ),
    (
        f"{COURSE}/items/mf-01.yaml",
        "objective: MF-01",
        "objective: MF-77",
        "objective MF-77 is not",
    ),
    (f"{COURSE}/items/mf-01.yaml", "id: mf-01-002", "id: mf-01-001", "same id"),
    (f"{COURSE}/items/mf-02.yaml", "id: mf-02-001", "id: mf-01-001", "the same id stands in"),
    (f"{COURSE}/items/mf-01.yaml", "correct: true", "correct: maybe", "Item mf-01-001"),
    (f"{COURSE}/items/mf-01.yaml", "items:", "things:", "one list under `items:`"),
    (f"{COURSE}/figures/skin-section.yaml", "low: 0.80", "low: thin", "sites.2.readings.0.low"),
    (f"{COURSE}/figures/skin-section.yaml", "sources: [S37]", "sources: [S62]", "by a figure"),
    ("figures/scar-atlas.yaml", "shape: keloid", "shape: moon", "scars.4.shape"),
    (f"{COURSE}/10-length-and-endpoints.md", "S36, ", "", "S36 is cited by a figure"),
    (
        "needling-for-scars/course.yaml",
        'title: "Final exam: needling for scars"',
        "title: Final exam",
        "The title Final exam stands in",
    ),
    (CLIENT, "  - S24", "  - S99", "Case fine-lines: the source S99 is not in"),
    (CLIENT, "  - RS-05", "  - RS-99", "Case fine-lines: the objective RS-99 is not"),
    (CLIENT, "id: fine-lines", "id: crusted-lip", "Case crusted-lip: the same id stands in"),
    (CLIENT, "decision: proceed", "decision: perhaps", "Case fine-lines: decision"),
    ("sources.yaml", "- key: S02", "- key: S01", "The source S01 stands twice"),
    ("sources.yaml", "seen: excerpt", "seen: dimly", "sources.0.seen"),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), CASES, ids=lambda one: str(one)[:40])
def test_every_fault_is_found(content, name, old, new, said):
    change(content, name, old, new)
    hits = [one for one in found(content) if said in one.message]
    assert hits
    assert all(one.severity == "error" and one.line >= 1 for one in hits)


def test_a_fault_in_a_figure_of_all_courses_is_told_once(content):
    change(content, "figures/depth-explorer.yaml", "low: 0.80", "low: thin")
    hits = [one for one in found(content) if "dermis.0.low" in one.message]
    assert [one.file for one in hits] == [str(content / "figures" / "depth-explorer.yaml")]


def test_a_courses_own_figure_comes_before_the_one_of_all(content):
    shared = (content / "figures" / "skin-types.yaml").read_text(encoding="utf-8")
    own = content / COURSE / "figures" / "skin-types.yaml"
    own.write_text(shared.replace("title: Skin types", "title: Our skin types"), encoding="utf-8")
    titles = {
        folder.name: read_course_folder(folder).figures["skin-types"].title
        for folder in course_folders(content)
    }
    assert titles.pop(COURSE).startswith("Our skin types")
    assert not any(title.startswith("Our") for title in titles.values())


def test_a_problem_reads_as_file_line_sentence(content):
    change(content, f"{COURSE}/{FIRST}", "mf-01-016]", "mf-01-999]")
    (problem,) = found(content)
    assert str(problem) == f"{content}/{COURSE}/{FIRST}:16: {problem.message}"


def test_stems_that_are_nearly_equal_are_found_across_pools(content):
    source = content / COURSE / "items" / "mf-01.yaml"
    entry = source.read_text(encoding="utf-8").removeprefix("items:\n").split("\n\n")[0]
    copy = entry.replace("mf-01-001", "mf-01-901").replace("pool: exam", "pool: practice")
    with source.open("a", encoding="utf-8") as file:
        file.write("\n" + copy.replace("A client has", "A new client has") + "\n")
    (problem,) = found(content)
    assert "nearly that of mf-01-001 (pools exam and practice)" in problem.message


def test_an_overdue_review_is_a_warning(content):
    late = found(content, today=date(2028, 12, 31))
    courses = [read_course_folder(folder) for folder in course_folders(content)]
    assert {one.severity for one in late} == {"warning"}
    rows = courses[0].handbook.handbook.rows
    dated = [1 + len(one.lessons) + len(one.items) + len(one.cases) for one in courses]
    assert len(late) == len(rows) + sum(dated)


def test_a_file_that_is_not_utf8_says_its_line(content):
    path = content / COURSE / FIRST
    lines = path.read_bytes().split(b"\n")
    lines[40] = b"caf\xe9"
    path.write_bytes(b"\n".join(lines))
    hits = [one for one in found(content) if "UTF-8" in one.message]
    assert [(Path(one.file).name, one.line) for one in hits] == [(FIRST, 41)]


def test_a_missing_source_register_is_a_problem(content):
    (content / "sources.yaml").unlink()
    assert any("missing; add it" in one.message for one in found(content))


def test_a_folder_without_a_course_is_a_problem(tmp_path):
    (problem,) = found(tmp_path)
    assert "There is no course" in problem.message


def test_one_course_folder_alone_can_be_checked():
    assert check_content(HOUSE / "content" / COURSE, TODAY) == ()


def test_what_the_linter_would_remark_is_found(content: Path):
    change(content, f"{COURSE}/items/mf-01.yaml", "does **not** cure", "does not cure")
    (problem,) = found(content)
    assert "Item mf-01-016: “not” turns the question round" in problem.message
