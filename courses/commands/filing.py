"""Keeping the files of a content folder as they were loaded, so that an export gives them back."""

from collections.abc import Sequence
from pathlib import Path

from base.db import Tx
from courses.content_filed import PICTURES, Layout
from courses.content_folder import CourseContent
from courses.content_writing import WholeCourse, content_to_files
from courses.course import Course
from courses.tables.courses import ContentFileRow
from quizbank.files import Picture, named_files


def file_texts(tx: Tx, contents: Sequence[CourseContent]) -> None:
    """Keep each loaded file beside what an export writes for it now. Part of loading a folder."""
    loaded = {one.course.slug: one for one in contents if one.course}
    courses = [_whole(one, one.course) for one in contents if one.course]
    sources = {key: source for one in contents for key, source in one.sources.items()}
    written = content_to_files(
        courses,
        [sources[key] for key in sorted(sources)],
        contents[0].handbook.handbook,
        {slug: _layout(one) for slug, one in loaded.items()},
    )
    pictures = {
        f"{whole.course.slug}/{PICTURES}/{name}": digest
        for whole in courses
        for digest, name in _layout(loaded[whole.course.slug]).pictures.items()
        if digest in whole.pictures
    }
    for path, held in written.items():
        slug, _, place = path.partition("/")
        own = loaded.get(slug)
        file = Path(own.file).parent / place if own else contents[0].beside / path
        if path in pictures:
            _keep(tx, path, "", pictures[path])
        elif file.is_file():
            _keep(tx, path, file.read_bytes().decode(), held.decode())


def _keep(tx: Tx, path: str, text: str, written: str) -> None:
    row = tx.session.get(ContentFileRow, path)
    if row is None:
        row = ContentFileRow(path=path, text=text, written=written, loaded_at=tx.now)
    elif (row.text, row.written) == (text, written):
        return
    row.text, row.written, row.loaded_at = text, written, tx.now
    tx.session.add(row)


def _layout(content: CourseContent) -> Layout:
    return Layout(
        items={one.item.id: f"items/{Path(one.file).name}" for one in content.items},
        cases={one.case.id: f"cases/{Path(one.file).name}" for one in content.cases},
        pictures={one.digest: name for name, one in content.pictures.items()},
    )


def _whole(content: CourseContent, course: Course) -> WholeCourse:
    read = (content.lessons[slug].read.lesson for slug in course.lesson_slugs)
    lessons = [one for one in read if one]
    items = sorted((one.item for one in content.items), key=lambda one: (one.objective, one.id))
    return WholeCourse(
        course=course,
        lessons=lessons,
        items=items,
        cases=sorted((one.case for one in content.cases), key=lambda one: one.id),
        figures=content.figures,
        pictures={one.digest: one for one in shown_pictures(content)},
    )


def shown_pictures(content: CourseContent) -> list[Picture]:
    """Return the pictures of a folder that an item or a lesson shows."""
    named = frozenset[str]().union(
        *(named_files(place.item) for place in content.items),
        *(place.read.lesson.pictures() for place in content.lessons.values() if place.read.lesson),
    )
    return [picture for picture in content.pictures.values() if picture.digest in named]
