"""What is wrong between courses: each is sound alone, and they do not fit together."""

from collections.abc import Iterable, Iterator, Sequence

from courses.content_folder import CasePlace, CourseContent, FileProblem, ItemPlace
from courses.course import leads_to
from quizbank.likeness import alike_pairs


def problems_together(contents: Sequence[CourseContent]) -> Iterator[FileProblem]:
    """Yield what no course shows alone: ids and exam titles twice, stems alike, empty renewals."""
    places = [place for content in contents for place in content.items]
    cases = [place for content in contents for place in content.cases]
    yield from _doubled((f"Item {place.item.id}", place) for place in places)
    yield from _doubled((f"Case {place.case.id}", place) for place in cases)
    yield from _similar_stems(places)
    yield from _doubled_titles(contents)
    yield from _renewals(contents)
    yield from _requirements(contents)


def _requirements(contents: Sequence[CourseContent]) -> Iterator[FileProblem]:
    # As with renewals, one course folder alone cannot tell.
    required = {one.course.slug: one.course.requires for one in contents if one.course}
    for content in contents if len(contents) > 1 else ():
        course = content.course
        for place, other in enumerate(course.requires) if course else ():
            message = ""
            if other not in required:
                message = f"There is no course {other} to require; check its spelling."
            elif course and leads_to(other, course.slug, required):
                message = f"The course {other} requires this one; drop one of the two."
            if message:
                line = content.document.line(("requires", place))
                yield FileProblem(content.file, line, message)


def _renewals(contents: Sequence[CourseContent]) -> Iterator[FileProblem]:
    # One course folder alone cannot tell; the whole content folder can.
    courses = [one.course for one in contents if one.course]
    awarding = {one.slug for one in courses if one.certificate}
    for content in contents if len(contents) > 1 else ():
        renews = content.course.renews if content.course else None
        if renews and renews not in awarding:
            message = f"There is no course {renews} with a certificate to renew; name one."
            yield FileProblem(content.file, content.document.line(("renews",)), message)


def _doubled(named: Iterable[tuple[str, ItemPlace | CasePlace]]) -> Iterator[FileProblem]:
    first: dict[str, ItemPlace | CasePlace] = {}
    for name, place in named:
        earlier = first.setdefault(name, place)
        if earlier is not place:
            where = f"{earlier.file}:{earlier.line}"
            message = f"{name}: the same id stands in {where}; rename one."
            yield FileProblem(place.file, place.line, message)


def _doubled_titles(contents: Sequence[CourseContent]) -> Iterator[FileProblem]:
    # Lists of results show an exam's title alone.
    first: dict[str, str] = {}
    for content in contents:
        course = content.course
        for name, rules in (("practice", course.practice), ("exam", course.exam)) if course else ():
            where = first.setdefault(rules.title, content.file)
            if where != content.file:
                message = f"The title {rules.title} stands in {where} too; choose another."
                yield FileProblem(content.file, content.document.line((name, "title")), message)


def _similar_stems(places: Sequence[ItemPlace]) -> Iterator[FileProblem]:
    for earlier, later in alike_pairs([place.item.stem for place in places]):
        one, other = places[earlier], places[later]
        if one.item.id != other.item.id:
            message = (
                f"Item {other.item.id}: its stem is nearly that of {one.item.id} "
                f"(pools {one.item.pool} and {other.item.pool}); ask something else."
            )
            yield FileProblem(other.file, other.line, message)
