"""A course's outline while it is edited: modules and lessons in order, and what comes before.

What is edited may be unfinished, as a module without lessons is; `as_course` says what is missing.
"""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from base.errors import Invalid
from courses.course import Course, Module, leads_to
from quizbank.kinds.item import Frozen


class DraftModule(Frozen):
    """A module; `id` stays the same while it is edited."""

    id: str
    title: str
    lessons: tuple[str, ...]
    after: tuple[str, ...] = ()


class DraftOutline(Frozen):
    """A course's title, summary, required courses and modules, as edited."""

    title: str
    summary: str
    requires: tuple[str, ...]
    modules: tuple[DraftModule, ...]

    @property
    def lessons(self) -> tuple[str, ...]:
        """Every lesson in the order of study."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)


def outline_of(course: Course) -> DraftOutline:
    """Return a course's outline to be edited."""
    modules = tuple(
        DraftModule(id=f"m{number}", title=one.title, lessons=one.lessons, after=one.after)
        for number, one in enumerate(course.modules, start=1)
    )
    return DraftOutline(
        title=course.title, summary=course.summary, requires=course.requires, modules=modules
    )


def lesson_moved(outline: DraftOutline, lesson: str, by: int) -> DraftOutline:
    """Move a lesson one place up (-1) or down (1), at a module's end into the next module."""
    place = next(n for n, one in enumerate(outline.modules) if lesson in one.lessons)
    own = outline.modules[place].lessons
    at = own.index(lesson)
    if 0 <= at + by < len(own):
        order = [*own]
        order[at], order[at + by] = order[at + by], order[at]
        return _changed(outline, place, lessons=tuple(order))
    if not 0 <= place + by < len(outline.modules):
        return outline
    there = outline.modules[place + by].lessons
    moved = (*there, lesson) if by < 0 else (lesson, *there)
    return _changed(without_lesson(outline, lesson), place + by, lessons=moved)


def without_lesson(outline: DraftOutline, lesson: str) -> DraftOutline:
    """Take a lesson out; nothing waits for it any more."""
    modules = tuple(
        one.model_copy(
            update={
                "lessons": tuple(each for each in one.lessons if each != lesson),
                "after": tuple(each for each in one.after if each != lesson),
            }
        )
        for one in outline.modules
    )
    return outline.model_copy(update={"modules": modules})


def with_lesson(outline: DraftOutline, lesson: str, module_id: str) -> DraftOutline:
    """Put a lesson at the end of a module."""
    place = _place(outline, module_id)
    own = outline.modules[place].lessons
    return _changed(outline, place, lessons=(*own, lesson))


def module_moved(outline: DraftOutline, module_id: str, by: int) -> DraftOutline:
    """Move a module one place up (-1) or down (1)."""
    place = _place(outline, module_id)
    modules = [*outline.modules]
    if 0 <= place + by < len(modules):
        modules[place], modules[place + by] = modules[place + by], modules[place]
    return outline.model_copy(update={"modules": tuple(modules)})


def with_module(outline: DraftOutline, title: str) -> DraftOutline:
    """Add an empty module at the end."""
    number = 1 + max((int(one.id.removeprefix("m")) for one in outline.modules), default=0)
    added = DraftModule(id=f"m{number}", title=title, lessons=())
    return outline.model_copy(update={"modules": (*outline.modules, added)})


def without_module(outline: DraftOutline, module_id: str) -> DraftOutline:
    """Remove a module; its lessons are then in none."""
    kept = outline
    for lesson in outline.modules[_place(outline, module_id)].lessons:
        kept = without_lesson(kept, lesson)
    modules = tuple(one for one in kept.modules if one.id != module_id)
    return kept.model_copy(update={"modules": modules})


def module_changed(
    outline: DraftOutline, module_id: str, title: str, after: Sequence[str]
) -> DraftOutline:
    """Give a module another title, and other lessons that come before it."""
    place = _place(outline, module_id)
    return _changed(outline, place, title=title, after=tuple(after))


def as_course(
    course: Course, outline: DraftOutline, requirements: Mapping[str, Sequence[str]]
) -> Course:
    """Return the course with this outline; `Invalid` with everything that is wrong.

    `requirements` says of every course of the academy which ones it requires.
    """
    problems = [*_problems(course.slug, outline, requirements)]
    if problems:
        raise Invalid(problems)
    modules = tuple(
        Module(title=one.title, lessons=one.lessons, after=one.after) for one in outline.modules
    )
    fields = outline.model_dump(include={"title", "summary", "requires"})
    try:
        return Course.model_validate({**dict(course), **fields, "modules": modules})
    except ValidationError as error:
        said = [one["msg"].removeprefix("Value error, ") for one in error.errors()]
        raise Invalid([f"{one[0].upper()}{one[1:]}." for one in said]) from None


def _problems(
    slug: str, outline: DraftOutline, requirements: Mapping[str, Sequence[str]]
) -> list[str]:
    found = [] if outline.title.strip() else ["Title: write something here."]
    found += [] if outline.summary.strip() else ["Summary: write something here."]
    if not outline.modules:
        found.append("There is no module: add one.")
    for number, one in enumerate(outline.modules, start=1):
        named = f"“{one.title}”" if one.title.strip() else f"number {number}"
        if not one.title.strip():
            found.append(f"Module {named}: give it a title.")
        if not one.lessons:
            found.append(f"Module {named} has no lesson: put one in, or remove the module.")
    for other in outline.requires:
        if other not in requirements:
            found.append(f"There is no course {other} to require; choose another.")
        elif leads_to(other, slug, requirements):
            found.append(f"The course {other} requires this one, so this one cannot require it.")
    return found


def _place(outline: DraftOutline, module_id: str) -> int:
    return next(number for number, one in enumerate(outline.modules) if one.id == module_id)


def _changed(outline: DraftOutline, place: int, **fields: object) -> DraftOutline:
    modules = tuple(
        one.model_copy(update=fields) if number == place else one
        for number, one in enumerate(outline.modules)
    )
    return outline.model_copy(update={"modules": modules})
