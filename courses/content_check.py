"""What is wrong with a course as a whole: nothing may point at what is not there.

Every check takes content as read and yields problems; `check_content` alone touches the disk.
A warning (an overdue review) is reported, but does not stop a course from being loaded: an
academy must come back after a restart on any date.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from base.errors import Invalid
from courses.content_across import problems_together
from courses.content_folder import (
    CourseContent,
    FileProblem,
    ItemPlace,
    course_folders,
    read_course_folder,
)
from courses.handbook_check import handbook_problems
from courses.lesson_check import Known, lesson_problems, overdue
from courses.screening.links import case_problems
from quizbank.assembly import Candidate, Wanted, assemble
from quizbank.exams import Cell, ExamRules
from quizbank.expected_time import expected_seconds
from quizbank.files import named_files
from quizbank.forms import quotas
from quizbank.items import Item, item_to_data
from quizbank.kinds.item import Pool
from quizbank.linting import ABSENT_ALT, lint

Check = Callable[[CourseContent, date], Iterator[FileProblem]]


def check_content(folder: Path, today: date) -> tuple[FileProblem, ...]:
    """Return every problem of a course folder, or of all courses in a content folder."""
    try:
        contents = [read_course_folder(course) for course in course_folders(folder)]
    except Invalid as error:
        return (FileProblem(str(folder), 1, str(error)),)
    return problems_of(contents, today)


def problems_of(contents: Sequence[CourseContent], today: date) -> tuple[FileProblem, ...]:
    """Return every problem of these courses, by file and line."""
    found = [problem for content in contents for problem in content.problems]
    found += [one for content in contents for check in _CHECKS for one in check(content, today)]
    found += problems_together(contents)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.file, one.line, one.message)))


def _course_itself(content: CourseContent, today: date) -> Iterator[FileProblem]:
    course = content.course
    if course is None:
        return
    if course.slug != content.folder:
        message = f"The slug must be the folder's name, {content.folder}."
        yield FileProblem(content.file, content.document.line(("slug",)), message)
    if today >= course.review_due:
        line = content.document.line(("review_due",))
        yield FileProblem(content.file, line, overdue("The course", course.review_due), "warning")


def _modules(content: CourseContent, _today: date) -> Iterator[FileProblem]:
    if content.course is None:
        return
    for number, module in enumerate(content.course.modules):
        for place, slug in enumerate(module.lessons):
            if slug not in content.lessons:
                line = content.document.line(("modules", number, "lessons", place))
                message = f"The lesson file {slug}.md is missing; add it or drop it here."
                yield FileProblem(content.file, line, message)
    for slug in content.lessons.keys() - set(content.course.lesson_slugs):
        message = "No module of course.yaml names this lesson; add it there."
        yield FileProblem(content.lessons[slug].file, 1, message)


def _lessons(content: CourseContent, today: date) -> Iterator[FileProblem]:
    known = Known(
        objectives={one.code for one in content.course.objectives} if content.course else None,
        checks={place.item.id for place in content.items if place.item.pool is Pool.CHECK},
        figures=content.figures,
        sources=content.sources,
        pictures={picture.digest for picture in content.pictures.values()},
    )
    for place in content.lessons.values():
        for one in lesson_problems(place.read, known, today):
            yield FileProblem(place.file, one.line, one.message, one.severity)


def _item_links(content: CourseContent, today: date) -> Iterator[FileProblem]:
    codes = {one.code for one in content.course.objectives} if content.course else None
    for place in content.items:
        item = place.item
        for key in item.sources:
            if key not in content.sources:
                message = f"Item {item.id}: the source {key} is not in sources.yaml."
                yield FileProblem(place.file, place.line, message)
        if codes is not None and item.objective not in codes:
            message = f"Item {item.id}: the objective {item.objective} is not in course.yaml."
            yield FileProblem(place.file, place.line, message)
        if today >= item.review_due:
            message = overdue(f"Item {item.id}", item.review_due)
            yield FileProblem(place.file, place.line, message, "warning")


def _item_pictures(content: CourseContent, _today: date) -> Iterator[FileProblem]:
    there = {picture.digest for picture in content.pictures.values()}
    for place in content.items:
        if named_files(place.item) - there:
            message = f"Item {place.item.id}: it shows a picture that is not in pictures/; add it."
            yield FileProblem(place.file, place.line, message)


def _case_links(content: CourseContent, today: date) -> Iterator[FileProblem]:
    codes = {one.code for one in content.course.objectives} if content.course else None
    for place in content.cases:
        for sentence in case_problems(place.case, codes, content.sources):
            yield FileProblem(place.file, place.line, f"Case {place.case.id}: {sentence}")
        if today >= place.case.review_due:
            message = overdue(f"Case {place.case.id}", place.case.review_due)
            yield FileProblem(place.file, place.line, message, "warning")


def _remarks(content: CourseContent, _today: date) -> Iterator[FileProblem]:
    for place in content.items:
        for remark in lint(item_to_data(place.item)):
            message = f"Item {place.item.id}: {remark.sentence}"
            severity = "error" if remark.rule == ABSENT_ALT else "warning"
            yield FileProblem(place.file, place.line, message, severity)


def _blueprints(content: CourseContent, _today: date) -> Iterator[FileProblem]:
    if content.course is None:
        return
    codes = {one.code for one in content.course.objectives}
    for name, rules in (("practice", content.course.practice), ("exam", content.course.exam)):
        for number, cell in enumerate(rules.cells):
            line = content.document.line((name, "cells", number))
            if cell.objective not in codes:
                message = f"The objective {cell.objective} is not among the course's objectives."
                yield FileProblem(content.file, line, message)
            for sentence in _shortfalls(content.items, rules, cell):
                yield FileProblem(content.file, line, sentence)
        yield from _descriptions(content, name, rules)
        line = content.document.line((name, "cells"))
        for sentence in _no_form(content.items, rules):
            yield FileProblem(content.file, line, sentence)


def _descriptions(content: CourseContent, name: str, rules: ExamRules) -> Iterator[FileProblem]:
    texts = {place.item.id for place in content.items if place.item.kind == "description"}
    for number, one in enumerate(rules.descriptions):
        if one not in texts:
            line = content.document.line((name, "descriptions", number))
            message = f"There is no item {one} of kind description; write it or drop its name."
            yield FileProblem(content.file, line, message)


def _shortfalls(items: Sequence[ItemPlace], rules: ExamRules, cell: Cell) -> Iterator[str]:
    own = [place.item for place in items if place.item.pool is rules.pool]
    for quota in quotas([cell]):
        there = sum(quota.takes(item) for item in own)
        if there < quota.count:
            kind = "critical" if quota.critical else "other"
            yield (
                f"{quota.name}: the blueprint asks for {quota.count} {kind} items of pool "
                f"{rules.pool}, the bank has {there}; write more or ask for fewer."
            )


def _no_form(items: Sequence[ItemPlace], rules: ExamRules) -> Iterator[str]:
    """Say what keeps a form from being put together where every cell alone has enough."""
    own = [place.item for place in items if place.item.pool is rules.pool]
    wanted = quotas(rules.cells)
    if any(sum(quota.takes(item) for item in own) < quota.count for quota in wanted):
        return
    budget = rules.time_budget * 60 if rules.time_budget else None
    for shortage in assemble(map(_candidate, own), Wanted(wanted, budget), 0).shortages:
        yield f"No form can be put together: {shortage}; write more or ask for fewer."


def _candidate(item: Item) -> Candidate:
    return Candidate(
        id=item.id,
        version_id="",
        objective=item.objective,
        level=item.level,
        kind=item.kind,
        critical=item.critical,
        seconds=expected_seconds(item.kind, item.seconds),
        tags=frozenset(item.tags),
        enemies=frozenset(item.enemies),
    )


_CHECKS: tuple[Check, ...] = (
    _course_itself,
    _modules,
    _lessons,
    _item_links,
    _item_pictures,
    _case_links,
    _remarks,
    _blueprints,
    handbook_problems,
)
