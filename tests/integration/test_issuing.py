"""Issuing by hand: two administrators and a reason; a correction takes the place of the old."""

import pytest

from base.audit import audit_entries
from base.errors import Conflict, Invalid, NotAllowed, NotFound
from base.permissions import Role
from certs.commands.issuing import BY_HAND, answer_request, ask_to_correct, ask_to_issue
from certs.commands.revocation import revoke_credential
from certs.queries.issuing import issue_requests
from certs.queries.own import my_credentials
from certs.queries.standing import credential_standing
from certs.status import Status
from tests.factories import COURSE, World

WHY = "Certified by the academy before it used this system; paper on file."
MISSPELT = "The name was misspelt in the account; identity card seen."


@pytest.fixture
def academy(any_world: World) -> World:
    """An academy with two administrators: dina and rita."""
    any_world.join("rita", Role.ADMINISTRATOR)
    return any_world


def _ask(world: World, name: str = "dina", email: str = "lena@example.org") -> str:
    with world.acting(name) as tx:
        return ask_to_issue(tx, email, COURSE, WHY)


def _answer(
    world: World, request: str, name: str = "rita", agree: bool = True, said: str = ""
) -> str | None:
    with world.acting(name) as tx:
        return answer_request(tx, request, agree, said)


def test_two_administrators_issue_what_no_exam_decided(academy: World) -> None:
    serial = _answer(academy, _ask(academy))
    with academy.looking("lena") as tx:
        (own,) = my_credentials(tx)
    assert (own.standing.serial, own.attempt_id) == (serial, None)
    assert own.standing.status is Status.VALID
    assert own.standing.limits[-1] == BY_HAND
    with academy.looking("dina") as tx:
        (request,) = issue_requests(tx)
    assert (request.agreed, request.serial, request.answered_by) == (True, serial, "Rita")
    assert academy.seal() == 1


def test_nobody_answers_their_own_request(academy: World) -> None:
    request = _ask(academy)
    with pytest.raises(NotAllowed, match="Another administrator"):
        _answer(academy, request, "dina")
    with academy.looking("lena") as tx:
        assert my_credentials(tx) == ()


def test_a_request_is_answered_once(academy: World) -> None:
    request = _ask(academy)
    _answer(academy, request)
    academy.join("mona", Role.ADMINISTRATOR)
    with pytest.raises(Conflict, match="answered already"):
        _answer(academy, request, "mona")
    with academy.looking("lena") as tx:
        assert len(my_credentials(tx)) == 1


def test_a_refusal_says_why_and_issues_nothing(academy: World) -> None:
    request = _ask(academy)
    with pytest.raises(Invalid, match="why not"):
        _answer(academy, request, agree=False, said="No.")
    assert _answer(academy, request, agree=False, said="The paper is of another person.") is None
    with academy.looking("lena") as tx:
        assert my_credentials(tx) == ()


def test_the_same_is_not_asked_twice_at_once(academy: World) -> None:
    _ask(academy)
    with pytest.raises(Conflict, match="already"):
        _ask(academy, "rita")


@pytest.mark.parametrize(
    ("email", "course", "reason", "problem"),
    [
        ("nobody@example.org", COURSE, WHY, NotFound),
        ("lena@example.org", "no-such-course", WHY, NotFound),
        ("lena@example.org", COURSE, "Because.", Invalid),
    ],
)
def test_a_request_names_person_course_and_reason(
    world: World, email: str, course: str, reason: str, problem: type[Exception]
) -> None:
    with pytest.raises(problem), world.acting("dina") as tx:
        ask_to_issue(tx, email, course, reason)


def test_a_corrected_name_makes_a_new_certificate_and_withdraws_the_old(academy: World) -> None:
    old = academy.earn("alba").standing
    academy.wait(days=3)
    with academy.acting("dina") as tx:
        request = ask_to_correct(tx, old.serial, "  Alba  Serrano ", MISSPELT)
    serial = _answer(academy, request)
    assert serial is not None
    with academy.looking("nobody") as tx:
        new, before = credential_standing(tx, serial), credential_standing(tx, old.serial)
    assert new is not None
    assert before is not None
    assert (new.holder, new.expires_at, new.status) == (
        "Alba Serrano",
        old.expires_at,
        Status.VALID,
    )
    assert (before.holder, before.status) == (old.holder, Status.REVOKED)
    assert serial in (before.reason or "")
    with academy.looking("system") as tx:
        entries = audit_entries(tx, serial)
    assert old.serial in entries[0].facts


def test_a_correction_can_be_corrected_again_but_not_the_old_one(world: World) -> None:
    world.join("rita", Role.ADMINISTRATOR)
    old = world.earn("alba").standing.serial
    with world.acting("dina") as tx:
        first = ask_to_correct(tx, old, "Alba Serano", MISSPELT)
    second = _answer(world, first)
    assert second is not None
    with pytest.raises(Conflict, match="withdrawn"), world.acting("dina") as tx:
        ask_to_correct(tx, old, "Alba Serrano", MISSPELT)
    with world.acting("dina") as tx:
        again = ask_to_correct(tx, second, "Alba Serrano", MISSPELT)
    assert _answer(world, again) is not None


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "Alba"])
def test_a_correction_needs_another_name_that_can_be_printed(world: World, name: str) -> None:
    serial = world.earn("alba").standing.serial
    with pytest.raises(Invalid), world.acting("dina") as tx:
        ask_to_correct(tx, serial, name, MISSPELT)


def test_what_was_withdrawn_meanwhile_is_not_corrected(world: World) -> None:
    world.join("rita", Role.ADMINISTRATOR)
    serial = world.earn("alba").standing.serial
    with world.acting("dina") as tx:
        request = ask_to_correct(tx, serial, "Alba Serrano", MISSPELT)
    with world.acting("dina") as tx:
        revoke_credential(tx, serial, "The exam was taken by another person.")
    with pytest.raises(Conflict, match="withdrawn"):
        _answer(world, request)
    with world.looking("dina") as tx:
        (waiting,) = issue_requests(tx)
    assert waiting.agreed is None
