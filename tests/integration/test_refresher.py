"""A refresher's exam renews what another course's exam earned: new serial, same certificate."""

import pytest

from base.errors import Invalid
from certs.commands.exams import start_exam
from certs.commands.statuses import suspend_credential
from certs.queries.own import my_credentials
from certs.queries.renewal import renewal_need
from courses.commands.loading import load_course
from courses.content_folder import read_course_folder
from courses.queries.stored import manifest_of
from courses.queries.terms import awarded_by
from tests.factories import COURSE, World

REFRESHER = "refresher"


@pytest.fixture
def academy(any_world: World) -> World:
    """An academy with a course of its first lesson alone, whose exam renews the certificate."""
    content = read_course_folder(any_world.config.content_dir / COURSE)
    assert content.course
    course = content.course
    shown = course.modules[0].model_copy(update={"lessons": course.lesson_slugs[:1]})
    rules = course.exam.model_copy(update={"title": "Renewal exam"})
    changes = {
        "slug": REFRESHER, "title": "Refresher", "certificate": None, "renews": COURSE,
        "modules": (shown,), "exam": rules,
    }  # fmt: skip
    lesson = content.lessons[course.lesson_slugs[0]].read.lesson
    assert lesson
    with any_world.as_system() as tx:
        load_course(tx, course.model_copy(update=changes), [lesson], content.figures)
    return any_world


def _pass(world: World, name: str) -> None:
    world.study(name, REFRESHER)
    with world.acting(name) as tx:
        attempt = start_exam(tx, REFRESHER, consent=True)
    world.answer_all(name, attempt)
    world.submit(name, attempt)
    world.seal()


def test_passing_makes_a_new_certificate_of_the_course_that_is_renewed(academy: World) -> None:
    first = academy.earn("alba").standing
    academy.wait(days=100)
    _pass(academy, "alba")
    with academy.looking("alba") as tx:
        renewed, old = (one.standing for one in my_credentials(tx))
        terms = manifest_of(tx.session, COURSE).course.certificate
    assert terms
    assert old == first
    assert (renewed.achievement, renewed.course) == (terms.achievement, COURSE)
    assert renewed.scope == terms.scope
    assert (renewed.expires_at - first.expires_at).days == 100
    assert renewed.serial != first.serial


def test_nobody_sits_it_without_a_certificate_to_renew(academy: World) -> None:
    academy.study("alba", REFRESHER)
    with pytest.raises(Invalid, match="renews a certificate of “Microneedling fundamentals”"):
        _start(academy)
    academy.earn("alba")
    with academy.looking("alba") as tx:
        assert renewal_need(tx, REFRESHER) == ""
        assert renewal_need(tx, COURSE) == ""
    academy.wait(days=2000)
    with academy.looking("alba") as tx:
        assert "you hold none that is valid" in renewal_need(tx, REFRESHER)


def test_a_suspended_certificate_is_not_renewed(academy: World) -> None:
    """Suspended while its holder sits: the pass stands, and earns nothing."""
    first = academy.earn("alba").standing
    academy.wait(days=100)
    academy.study("alba", REFRESHER)
    attempt = _start(academy)
    with academy.acting("dina") as tx:
        suspend_credential(tx, first.serial, "A complaint is looked into")
    academy.answer_all("alba", attempt)
    assert academy.submit("alba", attempt).decision.passed
    with academy.looking("alba") as tx:
        assert [one.standing.serial for one in my_credentials(tx)] == [first.serial]


def test_a_refresher_has_no_certificate_of_its_own(academy: World) -> None:
    with academy.looking("dina") as tx:
        assert awarded_by(tx, REFRESHER) is None
        assert awarded_by(tx, COURSE) is not None


def _start(world: World) -> str:
    with world.acting("alba") as tx:
        return start_exam(tx, REFRESHER, consent=True)
