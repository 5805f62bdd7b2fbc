"""Renewing a certificate: the exam once more near its end, a new serial, the old one kept."""

import pytest

from base.errors import NotAllowed
from certs.queries.own import my_credentials, own_credential_pdf
from courses.commands.study import start_final_exam
from courses.queries.outline import course_outline
from quizbank.exams import Refusal, RetakePolicy
from quizbank.queries.exams import exam_offer, refusal_sentence
from tests.factories import COURSE, EXAM, World

# Items leave new draws a year after their review, so these academies renew earlier than the course.
_DAYS = 100


def _renewable(world: World) -> None:
    world.change_exam(retakes=RetakePolicy(max_attempts=3, wait_hours=24, renew_after_days=_DAYS))


def test_a_certificate_is_renewed_in_its_last_months(any_world: World) -> None:
    _renewable(any_world)
    first = any_world.earn("alba")
    any_world.wait(days=_DAYS - 1)
    with any_world.looking("alba") as tx:
        offer = exam_offer(tx, EXAM)
    assert offer.refusal is Refusal.PASSED
    assert offer.opens_at is not None
    assert "You can renew it from " in refusal_sentence(offer)
    with pytest.raises(NotAllowed), any_world.acting("alba") as tx:
        start_final_exam(tx, COURSE, consent=True)
    any_world.wait(days=1)
    second = any_world.earn("alba")
    with any_world.looking("alba") as tx:
        serials = [one.standing.serial for one in my_credentials(tx)]
    assert serials == [second.standing.serial, first.standing.serial]
    assert second.standing.serial != first.standing.serial
    assert second.standing.expires_at > first.standing.expires_at


def test_the_old_certificate_stays_as_it_was(world: World) -> None:
    _renewable(world)
    first = world.earn("alba")
    with world.looking("alba") as tx:
        before = own_credential_pdf(tx, first.standing.serial)
    world.wait(days=_DAYS)
    world.earn("alba")
    with world.looking("alba") as tx:
        after = own_credential_pdf(tx, first.standing.serial)
        standing = my_credentials(tx)[1].standing
    assert after == before
    assert standing == first.standing


def test_a_renewal_that_is_failed_takes_nothing_away(world: World) -> None:
    _renewable(world)
    first = world.earn("alba")
    world.wait(days=_DAYS)
    attempt = world.start_exam("alba")
    assert world.submit("alba", attempt).decision.passed is False
    with world.looking("alba") as tx:
        assert [one.standing.serial for one in my_credentials(tx)] == [first.standing.serial]
        offer = exam_offer(tx, EXAM)
    assert (offer.refusal, offer.attempts_used) == (Refusal.WAIT, 1)


def test_the_course_says_from_when_on(world: World) -> None:
    world.earn("alba")
    with world.looking("alba") as tx:
        offer = course_outline(tx, COURSE).exam
    assert offer is not None
    assert offer.opens_at is not None
    assert (offer.opens_at - world.now).days == 640
