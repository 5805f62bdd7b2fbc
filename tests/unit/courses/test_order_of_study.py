"""Courses stand behind those that they require, whatever their names."""

from itertools import permutations

from courses.course import Course, in_order_of_study, read_course
from tests.conftest import HOUSE

TEXT = (HOUSE / "content" / "microneedling-fundamentals" / "course.yaml").read_text("utf-8")


def course(slug: str, *requires: str) -> Course:
    read = read_course(TEXT)
    assert isinstance(read[0], Course)
    return read[0].model_copy(update={"slug": slug, "requires": requires})


def slugs(*courses: Course) -> set[str]:
    """Name the order of study, which is the same however the courses come."""
    return {" ".join(one.slug for one in in_order_of_study(way)) for way in permutations(courses)}


def test_a_refresher_stands_behind_what_it_refreshes() -> None:
    refresher = course("annual", "fundamentals")
    assert slugs(refresher, course("fundamentals"), course("screening")) == {
        "fundamentals screening annual"
    }


def test_a_chain_is_followed_to_its_beginning() -> None:
    chain = course("a", "b"), course("b", "c"), course("c")
    assert slugs(*chain) == {"c b a"}


def test_a_course_that_is_not_there_holds_nothing_back() -> None:
    assert slugs(course("a", "gone"), course("b")) == {"a b"}


def test_two_that_require_each_other_are_listed_all_the_same() -> None:
    assert slugs(course("a", "b"), course("b", "a"), course("c", "a")) == {"a b c"}


def test_what_only_renews_comes_last() -> None:
    """A newcomer has nothing to renew, so that course never stands between others."""
    refresher = course("annual", "fundamentals").model_copy(update={"renews": "fundamentals"})
    scars = course("scars", "fundamentals")
    assert slugs(refresher, course("fundamentals"), scars) == {"fundamentals scars annual"}
