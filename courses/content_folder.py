"""Reads content from disk, whole, without judging it as a whole: that is `content_check`.

A content folder holds `sources.yaml`, perhaps `glossary.yaml` and `contraindications.yaml`, and a
folder for every course: `course.yaml`, lessons `NN-slug.md`, `items/*.yaml`, `pictures/*` that
items show, `figures/*.yaml`, and screening cases in `cases/*.yaml`. The `figures` beside the
courses belong to all of them; a course's own figure of the same name comes first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from base.errors import Invalid
from base.lined_yaml import Document, Problem, parse
from courses.course import Course, read_course
from courses.figures.facts import FigureFacts, read_facts
from courses.handbook import (
    CONTRAINDICATIONS_FILE,
    GLOSSARY_FILE,
    HandbookRead,
    read_handbook,
)
from courses.lessons import LessonRead, read_lesson
from courses.misfits import fit
from courses.screening.case import ScreeningCase
from courses.screening.case_file import read_cases
from quizbank.exchange.yaml_items import read_items
from quizbank.files import NoPicture, Picture, read_picture
from quizbank.items import Item
from quizbank.sources import Source

COURSE_FILE = "course.yaml"
SOURCES_FILE = "sources.yaml"


@dataclass(frozen=True)
class FileProblem:
    """Something wrong with a file: where, and a sentence. A warning does not stop a load."""

    file: str
    line: int
    message: str
    severity: str = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True)
class ItemPlace:
    """An item, its file and its line."""

    item: Item
    file: str
    line: int


@dataclass(frozen=True)
class CasePlace:
    """A screening case, its file and its line."""

    case: ScreeningCase
    file: str
    line: int


@dataclass(frozen=True)
class LessonPlace:
    """A lesson file as read, and its name."""

    file: str
    read: LessonRead


@dataclass(frozen=True)
class CourseContent:
    """Everything readable of one course folder, and everything that was not."""

    folder: str
    file: str
    course: Course | None
    document: Document
    lessons: Mapping[str, LessonPlace]
    items: tuple[ItemPlace, ...]
    cases: tuple[CasePlace, ...]
    pictures: Mapping[str, Picture]
    figures: Mapping[str, FigureFacts]
    sources: Mapping[str, Source]
    beside: Path
    handbook: HandbookRead
    problems: tuple[FileProblem, ...]


class _SourceList(BaseModel):
    sources: tuple[Source, ...]


def course_folders(folder: Path) -> tuple[Path, ...]:
    """Return the course folders in a content folder, or the folder itself where it is one.

    Raises `Invalid` where there is none.
    """
    if (folder / COURSE_FILE).is_file():
        return (folder,)
    found = tuple(sorted(path.parent for path in folder.glob(f"*/{COURSE_FILE}")))
    if not found:
        raise Invalid([f"There is no course in {folder}: no {COURSE_FILE}. Name another folder."])
    return found


def read_course_folder(folder: Path) -> CourseContent:
    """Read one course folder; what cannot be read becomes problems, never an exception."""
    problems: list[FileProblem] = []
    course, document = _course(folder / COURSE_FILE, problems)
    pictures = _pictures(folder, problems)
    lessons = {
        path.stem: LessonPlace(str(path), read_lesson(path.stem, text, pictures))
        for path, text in _texts(sorted(folder.glob("*.md")), problems)
    }
    for place in lessons.values():
        problems += _placed(place.file, place.read.problems)
    return CourseContent(
        folder=folder.name,
        file=str(folder / COURSE_FILE),
        course=course,
        document=document,
        lessons=lessons,
        items=_items(folder, pictures, problems),
        cases=_cases(folder, problems),
        pictures=pictures,
        figures=_figures(folder.parent, problems) | _figures(folder, problems),
        sources=_sources(folder.parent / SOURCES_FILE, problems),
        beside=folder.parent,
        handbook=_handbook(folder.parent, problems),
        problems=tuple(problems),
    )


def _course(path: Path, problems: list[FileProblem]) -> tuple[Course | None, Document]:
    for _, text in _texts([path], problems):
        read = read_course(text)
        if isinstance(read[0], Course) and isinstance(read[1], Document):
            return read[0], read[1]
        problems += _placed(str(path), [one for one in read if isinstance(one, Problem)])
    return None, Document(None, {})


def _pictures(folder: Path, problems: list[FileProblem]) -> dict[str, Picture]:
    pictures: dict[str, Picture] = {}
    for path in sorted(folder.glob("pictures/*")):
        try:
            pictures[path.name] = read_picture(path.read_bytes())
        except NoPicture as problem:
            problems.append(FileProblem(str(path), 1, str(problem)))
        except OSError as error:
            problems.append(FileProblem(str(path), 1, _unreadable(error)))
    return pictures


def _items(
    folder: Path, pictures: Mapping[str, Picture], problems: list[FileProblem]
) -> tuple[ItemPlace, ...]:
    places: list[ItemPlace] = []
    for path, text in _texts(sorted(folder.glob("items/*.yaml")), problems):
        read = read_items(text, pictures)
        problems += _placed(str(path), read.problems)
        places += [ItemPlace(lined.item, str(path), lined.line) for lined in read.items]
    return tuple(places)


def _cases(folder: Path, problems: list[FileProblem]) -> tuple[CasePlace, ...]:
    places: list[CasePlace] = []
    for path, text in _texts(sorted(folder.glob("cases/*.yaml")), problems):
        read = read_cases(text)
        problems += _placed(str(path), read.problems)
        places += [CasePlace(lined.case, str(path), lined.line) for lined in read.cases]
    return tuple(places)


def _figures(folder: Path, problems: list[FileProblem]) -> dict[str, FigureFacts]:
    figures: dict[str, FigureFacts] = {}
    for path, text in _texts(sorted(folder.glob("figures/*.yaml")), problems):
        read = read_facts(path.stem, text)
        if isinstance(read, tuple):
            problems += _placed(str(path), read)
        else:
            figures[path.stem] = read
    return figures


def _sources(path: Path, problems: list[FileProblem]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for _, text in _texts([path], problems):
        document = parse(text)
        read = (document,) if isinstance(document, Problem) else fit(_SourceList, document, {})
        if isinstance(read, tuple):
            problems += _placed(str(path), read)
            continue
        for place, source in enumerate(read.sources):
            if source.key in found and isinstance(document, Document):
                line = document.line(("sources", place))
                message = f"The source {source.key} stands twice; rename or drop one."
                problems.append(FileProblem(str(path), line, message))
            found[source.key] = source
    return found


def _handbook(folder: Path, problems: list[FileProblem]) -> HandbookRead:
    paths = [folder / name for name in (GLOSSARY_FILE, CONTRAINDICATIONS_FILE)]
    texts = dict(_texts([path for path in paths if path.is_file()], problems))
    read = read_handbook(*(texts.get(path) for path in paths))
    for name, found in read.problems.items():
        problems += _placed(str(folder / name), found)
    return read


def _texts(paths: Iterable[Path], problems: list[FileProblem]) -> list[tuple[Path, str]]:
    texts: list[tuple[Path, str]] = []
    for path in paths:
        try:
            texts.append((path, path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            problems.append(FileProblem(str(path), 1, "This file is missing; add it."))
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            problems.append(
                FileProblem(str(path), line, "This is not UTF-8; save the file as UTF-8.")
            )
        except OSError as error:
            problems.append(FileProblem(str(path), 1, _unreadable(error)))
    return texts


def _unreadable(error: OSError) -> str:
    return f"This cannot be read ({error.strerror}); check the file."


def _placed(file: str, problems: Iterable[Problem]) -> list[FileProblem]:
    return [FileProblem(file, one.line, one.message, one.severity) for one in problems]
