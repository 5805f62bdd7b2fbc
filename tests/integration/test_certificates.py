"""Certificates: frozen at issue, valid for a time, revoked once."""

import hashlib
from uuid import UUID

import pytest
from sqlmodel import select

from accounts.commands.people import rename_own_account
from base.audit import audit_entries
from base.errors import Conflict, Invalid, NotFound
from certs.commands.revocation import revoke_credential
from certs.commands.statuses import reinstate_credential, suspend_credential
from certs.queries.history import credential_history
from certs.queries.own import my_credentials, own_credential_pdf
from certs.queries.standing import CredentialStanding, credential_standing, credentials
from certs.status import Status, StatusChange
from certs.tables.credentials import CredentialFileRow, CredentialRow
from certs.terms import Facts
from courses.commands.loading import load_course
from courses.content_folder import read_course_folder
from tests.conftest import HOUSE
from tests.factories import COURSE, World, close_overdue_exams

REASON = "The identity could not be confirmed."


def standing(world: World, serial: str) -> CredentialStanding:
    with world.looking("nobody") as tx:
        found = credential_standing(tx, serial)
    assert found is not None
    return found


def as_issued(world: World, serial: str) -> tuple[str, bytes]:
    with world.looking("system") as tx:
        facts = tx.session.get_one(CredentialRow, serial).facts
        return facts, tx.session.get_one(CredentialFileRow, serial).pdf


def test_anyone_reads_what_a_certificate_says_and_nobody_its_owner(any_world: World) -> None:
    own = any_world.earn("alba").standing
    told = standing(any_world, own.serial)
    assert told == own
    assert (told.holder, told.status, told.issuer) == ("Alba", Status.VALID, "Pinpoint Academy")
    assert told.issued_at == any_world.now
    assert (told.expires_at.year, told.expires_at.month) == (2028, 11)
    assert any("practical skill not assessed" in one for one in told.limits)
    for private in ("example.org", any_world.actor("alba").own_id, "marks"):
        assert private not in repr(told)


def test_a_certificate_ends_by_itself_and_stays_to_be_seen(any_world: World) -> None:
    serial = any_world.earn("alba").standing.serial
    any_world.wait(days=730)
    assert standing(any_world, serial).status is Status.VALID
    any_world.wait(days=1)
    assert standing(any_world, serial).status is Status.EXPIRED
    with any_world.looking("alba") as tx:
        assert own_credential_pdf(tx, serial).startswith(b"%PDF-")


def test_a_certificate_is_revoked_once_and_for_good(any_world: World) -> None:
    serial = any_world.earn("alba").standing.serial
    any_world.wait(days=1)
    with any_world.acting("dina") as tx:
        revoke_credential(tx, serial, f"  {REASON}\n")
    told = standing(any_world, serial)
    assert (told.status, told.reason) == (Status.REVOKED, REASON)
    assert told.revoked_at == any_world.now
    any_world.wait(days=1)
    with pytest.raises(Conflict, match="revoked already"), any_world.acting("dina") as tx:
        revoke_credential(tx, serial, "Another reason altogether.")
    again = standing(any_world, serial)
    assert (again.reason, again.revoked_at) == (told.reason, told.revoked_at)
    any_world.wait(days=1_000)
    assert standing(any_world, serial).status is Status.REVOKED


def test_a_suspension_holds_until_it_is_lifted_and_is_never_erased(any_world: World) -> None:
    serial = any_world.earn("alba").standing.serial
    frozen = as_issued(any_world, serial)
    any_world.wait(days=1)
    with any_world.acting("dina") as tx:
        suspend_credential(tx, serial, "A complaint is being looked into.")
    told = standing(any_world, serial)
    assert (told.status, told.suspended_at) == (Status.SUSPENDED, any_world.now)
    assert told.reason == "A complaint is being looked into."
    with pytest.raises(Conflict, match="suspended already"), any_world.acting("dina") as tx:
        suspend_credential(tx, serial, "Another complaint came in.")
    any_world.wait(hours=1)
    with any_world.acting("dina") as tx:
        reinstate_credential(tx, serial, "The complaint was groundless.")
    told = standing(any_world, serial)
    assert (told.status, told.since, told.reason) == (Status.VALID, None, None)
    with pytest.raises(Conflict, match="not suspended"), any_world.acting("dina") as tx:
        reinstate_credential(tx, serial, "The complaint was groundless.")
    with any_world.looking("dina") as tx:
        assert [entry.action for entry in audit_entries(tx, serial)][-2:] == [
            "credential:suspend",
            "credential:reinstate",
        ]
        history = credential_history(tx, serial)
    assert [(line.change, line.by) for line in history] == [
        (StatusChange.REINSTATED, "Dina"),
        (StatusChange.SUSPENDED, "Dina"),
    ]
    assert as_issued(any_world, serial) == frozen


def test_a_suspended_certificate_can_still_be_revoked_and_an_ended_one_not_suspended(
    any_world: World,
) -> None:
    serial = any_world.earn("alba").standing.serial
    with any_world.acting("dina") as tx:
        suspend_credential(tx, serial, "A complaint is being looked into.")
        revoke_credential(tx, serial, REASON)
    assert standing(any_world, serial).status is Status.REVOKED
    with pytest.raises(Conflict, match="revoked already"), any_world.acting("dina") as tx:
        reinstate_credential(tx, serial, "The complaint was groundless.")
    other = any_world.earn("lena").standing.serial
    any_world.wait(days=1_000)
    with pytest.raises(Conflict, match="has ended"), any_world.acting("dina") as tx:
        suspend_credential(tx, other, "A complaint is being looked into.")


@pytest.mark.parametrize("reason", ["", "   ", "no", "too short", "\n\n\n\n\n\n\n\n\n\n\n"])
def test_a_revocation_says_why_in_a_sentence(world: World, reason: str) -> None:
    serial = world.earn("alba").standing.serial
    with pytest.raises(Invalid, match="Write the reason"), world.acting("dina") as tx:
        revoke_credential(tx, serial, reason)
    assert standing(world, serial).status is Status.VALID


def test_an_unknown_serial_is_not_found_and_stands_as_none(world: World) -> None:
    with pytest.raises(NotFound, match="Check it"), world.acting("dina") as tx:
        revoke_credential(tx, "PP-00000-00000-00000-00000", REASON)
    with world.looking("nobody") as tx:
        assert credential_standing(tx, "PP-00000-00000-00000-00000") is None


def test_the_file_is_kept_byte_for_byte_and_its_digest_is_in_the_audit_log(world: World) -> None:
    serial = world.earn("alba").standing.serial
    _, pdf = as_issued(world, serial)
    with world.looking("alba") as tx:
        assert own_credential_pdf(tx, serial) == own_credential_pdf(tx, serial) == pdf
    with world.looking("audi") as tx:
        assert hashlib.sha256(pdf).hexdigest() in audit_entries(tx, serial)[-1].facts


def test_a_later_name_changes_neither_facts_nor_bytes(any_world: World) -> None:
    serial = any_world.earn("alba").standing.serial
    before = as_issued(any_world, serial)
    with any_world.acting("alba") as tx:
        rename_own_account(tx, "Alba Moreno-Ruiz")
    assert as_issued(any_world, serial) == before
    assert standing(any_world, serial).holder == "Alba"


def test_a_later_edit_of_the_course_changes_neither_facts_nor_bytes(world: World) -> None:
    serial = world.earn("alba").standing.serial
    before = as_issued(world, serial)
    content = read_course_folder(HOUSE / "content" / COURSE)
    assert content.course is not None
    terms = content.course.certificate.model_copy(
        update={"achievement": "Something grander", "valid_months": 120}
    )
    lessons = [one.read.lesson for one in content.lessons.values() if one.read.lesson]
    with world.acting("dina") as tx:
        changed = content.course.model_copy(update={"certificate": terms})
        load_course(tx, changed, lessons, content.figures)
    assert as_issued(world, serial) == before
    assert standing(world, serial).achievement == "Microneedling fundamentals"
    assert world.earn("lena").standing.achievement == "Something grander"


@pytest.mark.parametrize(
    "name",
    ["สมชาย", "Alba 🧡 Moreno", "<b>Alba</b>", "x" * 120, "\u202eablA", "王小明 محمد कृष्ण", "#1"],
)
def test_no_name_ever_blocks_an_award(world: World, name: str) -> None:
    with world.acting("alba") as tx:
        rename_own_account(tx, name)
    own = world.earn("alba")
    assert own.standing.holder == name
    assert as_issued(world, own.standing.serial)[1].startswith(b"%PDF-")


def test_an_exam_closed_days_later_earns_a_certificate_dated_from_its_end(world: World) -> None:
    attempt = world.start_exam("alba")
    world.answer_all("alba", attempt)
    end = world.now.replace(hour=10)
    world.wait(days=3)
    with world.acting("system") as tx:
        assert close_overdue_exams(tx) == 1
    with world.looking("alba") as tx:
        (own,) = my_credentials(tx)
    assert own.standing.issued_at == end


def test_a_late_submission_counts_from_the_deadline(world: World) -> None:
    attempt = world.start_exam("alba")
    world.answer_all("alba", attempt)
    world.wait(minutes=90)
    verdict = world.submit("alba", attempt)
    assert verdict.closed_at == world.now.replace(hour=10, minute=0)
    assert verdict.decision.passed


def test_a_failed_exam_earns_nothing(world: World) -> None:
    attempt = world.start_exam("alba")
    verdict = world.submit("alba", attempt)
    assert (verdict.decision.passed, verdict.decision.omitted) == (False, 40)
    with world.looking("system") as tx:
        assert tx.session.exec(select(CredentialRow.serial)).all() == []


def test_certificates_are_found_by_serial_and_holder(any_world: World) -> None:
    with any_world.acting("alba") as tx:
        rename_own_account(tx, "Émilie Ørsted")
    serial = any_world.earn("alba").standing.serial
    any_world.earn("lena")
    with any_world.looking("audi") as tx:
        assert len(credentials(tx)) == 2
        assert [one.serial for one in credentials(tx, "ØRSTED")] == [serial]
        assert [one.serial for one in credentials(tx, serial.lower())] == [serial]
        assert credentials(tx, "%") == ()
        assert credentials(tx, "nobody") == ()


def test_what_earned_it_is_frozen_with_it_and_shown_to_nobody(any_world: World) -> None:
    own = any_world.earn("alba").standing
    with any_world.looking("system") as tx:
        row = tx.session.get_one(CredentialRow, own.serial)
        earned = Facts.model_validate_json(row.facts).earned
    assert earned is not None
    assert (earned.exam, earned.marks, earned.most, earned.cut) == ("Final exam", 40, 40, 32)
    assert sum(one.most for one in earned.objectives) == 40
    assert earned.objectives[0].title == "What needling is and is not"
    assert row.uuid is not None
    assert UUID(row.uuid).version == 4
    assert row.status_index is not None
    assert 0 <= row.status_index < 131_072
    assert "marks" not in repr(own)
