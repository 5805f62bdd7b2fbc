"""Courses as the files of a content folder, so that reading these gives the same courses again.

Every file is plain Markdown or YAML; pictures stand in `pictures/` under the first letters of what
they hold.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pydantic import BaseModel, JsonValue

from base.yaml_text import to_yaml
from courses.content_filed import PICTURES, USUAL, Layout
from courses.content_folder import COURSE_FILE, SOURCES_FILE
from courses.content_headers import headed
from courses.course import Course
from courses.figures.facts import FigureFacts, facts_to_data
from courses.handbook import CONTRAINDICATIONS_FILE, GLOSSARY_FILE, Handbook
from courses.lesson_files import file_of
from courses.lessons import Lesson
from courses.screening.case import ScreeningCase
from courses.screening.case_file import case_to_yaml
from quizbank.exchange.yaml_items import item_entry
from quizbank.files import Picture
from quizbank.items import Item
from quizbank.sources import Source

_SHOWN = re.compile(r"(?<=\]\()/files/([0-9a-f]{64})")
# Long enough that two pictures of a course never share it.
_NAME_LENGTH = 16
_ONE_LINE = ("lessons", "sources", "also", "words", "decisions", "rows")


@dataclass(frozen=True)
class WholeCourse:
    """A course with everything that stands in its folder; pictures by digest."""

    course: Course
    lessons: Sequence[Lesson]
    items: Sequence[Item]
    cases: Sequence[ScreeningCase]
    figures: Mapping[str, FigureFacts]
    pictures: Mapping[str, Picture]


def content_to_files(
    courses: Sequence[WholeCourse],
    sources: Sequence[Source],
    handbook: Handbook,
    layouts: Mapping[str, Layout] = MappingProxyType({}),
) -> dict[str, bytes]:
    """Return the files of a content folder, by their path in it.

    `layouts` names courses whose parts stand in other files than usual.
    """
    texts = {SOURCES_FILE: to_yaml({"sources": [*map(_plain, sources)]})}
    if handbook.terms:
        texts[GLOSSARY_FILE] = to_yaml({"terms": [*map(_plain, handbook.terms)]}, _ONE_LINE)
    if handbook.rows:
        texts[CONTRAINDICATIONS_FILE] = to_yaml({"rows": [*map(_plain, handbook.rows)]}, _ONE_LINE)
    files = {path: headed(path, text).encode() for path, text in texts.items()}
    shared = _shared_figures(courses)
    files |= {path: held.encode() for path, held in _figure_texts(shared).items()}
    for one in courses:
        own = {name: facts for name, facts in one.figures.items() if name not in shared}
        course = _course_files(one, layouts.get(one.course.slug, USUAL)) | {
            path: text.encode() for path, text in _figure_texts(own).items()
        }
        files |= {f"{one.course.slug}/{path}": held for path, held in course.items()}
    return files


def _shared_figures(courses: Sequence[WholeCourse]) -> dict[str, FigureFacts]:
    """Return the figures that several courses have, all of them alike; they stand beside them."""
    if len(courses) < 2:
        return {}
    first, *others = [one.figures for one in courses]
    return {
        name: facts
        for name, facts in first.items()
        if all(figures.get(name) == facts for figures in others)
    }


def _figure_texts(figures: Mapping[str, FigureFacts]) -> dict[str, str]:
    return {f"figures/{name}.yaml": _figure_text(name, facts) for name, facts in figures.items()}


def _figure_text(name: str, facts: FigureFacts) -> str:
    return headed(f"{name}.yaml", to_yaml(facts_to_data(facts), _ONE_LINE))


def _course_files(whole: WholeCourse, layout: Layout) -> dict[str, bytes]:
    names = {digest: _name(picture) for digest, picture in whole.pictures.items()}
    names |= {digest: name for digest, name in layout.pictures.items() if digest in names}
    texts = {COURSE_FILE: headed(COURSE_FILE, _course_text(whole.course))}
    for lesson in whole.lessons:
        texts[f"{lesson.slug}.md"] = str(_beside(file_of(lesson), names))
    items: dict[str, list[JsonValue]] = defaultdict(list)
    for item in whole.items:
        usual = f"items/{item.objective.lower()}.yaml"
        items[layout.items.get(item.id, usual)].append(_beside(item_entry(item), names))
    texts |= {path: to_yaml({"items": own}) for path, own in items.items()}
    cases: dict[str, list[ScreeningCase]] = defaultdict(list)
    for case in whole.cases:
        cases[layout.cases.get(case.id, f"cases/{case.id}.yaml")].append(case)
    texts |= {path: case_to_yaml(own) for path, own in cases.items()}
    pictures = {f"{PICTURES}/{names[one.digest]}": one.content for one in whole.pictures.values()}
    return {path: text.encode() for path, text in texts.items()} | pictures


def _course_text(course: Course) -> str:
    data = _plain(course)
    for name in ("practice", "exam"):
        rules = data[name]
        if isinstance(rules, dict):
            # In a course's file the name of the field says what it is for.
            rules.pop("purpose", None)
    return to_yaml(data)


def _plain(model: BaseModel) -> dict[str, JsonValue]:
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _name(picture: Picture) -> str:
    digest, ending = picture.file_name.rsplit(".", 1)
    return f"{digest[:_NAME_LENGTH]}.{ending}"


def _beside(data: JsonValue, names: Mapping[str, str]) -> JsonValue:
    """Return data with stored pictures named as files beside it, which reading turns back."""
    if isinstance(data, str):
        return _SHOWN.sub(lambda found: _place(found, names), data)
    if isinstance(data, list):
        return [_beside(one, names) for one in data]
    if not isinstance(data, dict):
        return data
    said = {name: _beside(value, names) for name, value in data.items()}
    # A figure names its picture without an address.
    file = names.get(str(data.get("file")))
    return said | {"file": f"pictures/{file}"} if file else said


def _place(found: re.Match[str], names: Mapping[str, str]) -> str:
    name = names.get(found[1])
    return f"pictures/{name}" if name else found[0]
