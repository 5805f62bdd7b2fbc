"""Issuing by hand: one administrator asks with a reason, another agrees or refuses.

For what no exam can decide: a certificate earned before this academy, and a wrong name. Nothing
that was issued is changed: a corrected certificate is a new one, and the old says so.
"""

import json
from dataclasses import dataclass

from pydantic import JsonValue
from sqlmodel import col, select, update

from accounts.queries.people import person_by_email
from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotAllowed, NotFound
from base.ids import new_id, new_serial
from base.permissions import Permission, needs
from certs.commands.events import append_event
from certs.commands.records import Ground, append_certificate, fresh_facts
from certs.printable import printable
from certs.queries.standing import standing_of
from certs.status import Status, StatusChange
from certs.tables.credentials import CredentialRow
from certs.tables.issuing import ManualIssueRow
from certs.terms import Facts
from certs.typefaces import unprintable
from courses.queries.terms import awarded_by

SHORTEST_REASON = 20
LONGEST_NAME = 120
BY_HAND = "Issued by decision of the academy, without an exam taken here."


@dataclass(frozen=True)
class _Asked:
    """What is asked for, before it has an id."""

    person_id: str
    course: str
    reason: str
    supersedes: str | None = None
    changes: dict[str, JsonValue] | None = None


@needs(Permission.CREDENTIAL_ISSUE)
def ask_to_issue(tx: Tx, email: str, slug: str, reason: str) -> str:
    """Ask for a certificate of a course that rests on no exam; returns the id of the request.

    Raises `NotFound` where nobody has an account with this e-mail, or there is no such course.
    """
    if awarded_by(tx, slug) is None:
        raise NotFound("There is no such course. Choose one from the list.")
    return _ask(tx, _Asked(person_by_email(tx, email).id, slug, reason))


@needs(Permission.CREDENTIAL_ISSUE)
def ask_to_correct(tx: Tx, serial: str, name: str, reason: str) -> str:
    """Ask for a certificate with another name in place of this one; returns the request's id.

    Everything else, its end too, stays as it is.
    """
    said = printable(" ".join(name.split()))
    wrong = unprintable(said)
    if not said or len(said) > LONGEST_NAME or wrong:
        raise Invalid([f"Write the name as it should be printed, in up to {LONGEST_NAME} letters."])
    row = _correctable(tx, serial)
    facts = Facts.model_validate_json(row.facts)
    if facts.holder == said:
        raise Invalid(["This is the name that it carries already. Write the corrected name."])
    asked = _Asked(row.person_id, facts.course, reason, serial, {"holder": said})
    return _ask(tx, asked)


@needs(Permission.CREDENTIAL_ISSUE)
def answer_request(tx: Tx, issue_id: str, agree: bool, answer: str) -> str | None:
    """Agree to a request, or refuse it; returns the new certificate's serial.

    Never by who asked: two people answer for what no exam has decided. Raises `Conflict` where it
    was answered before.
    """
    row = tx.session.get(ManualIssueRow, issue_id)
    if row is None:
        raise NotFound("There is no such request. Reload the page.")
    if row.asked_by == tx.actor.own_id:
        raise NotAllowed("Another administrator must answer: you asked for it yourself.")
    said = " ".join(answer.split())
    if not agree and len(said) < SHORTEST_REASON:
        raise Invalid(["Say in a sentence why not, so that who asked knows what to do."])
    _close(tx, issue_id, agree, said)
    record(tx, "credential:answer", issue_id, {"agreed": agree, "answer": said})
    return _issue(tx, row) if agree else None


def _ask(tx: Tx, asked: _Asked) -> str:
    reason = " ".join(asked.reason.split())
    if len(reason) < SHORTEST_REASON:
        raise Invalid([f"Give the reason in a sentence of at least {SHORTEST_REASON} letters."])
    open_one = select(ManualIssueRow.id).where(
        ManualIssueRow.person_id == asked.person_id,
        ManualIssueRow.course == asked.course,
        col(ManualIssueRow.answered_at).is_(None),
    )
    if tx.session.exec(open_one).first():
        raise Conflict("Something is asked for this person and course already. Answer that first.")
    issue_id = new_id()
    tx.session.add(
        ManualIssueRow(
            id=issue_id,
            person_id=asked.person_id,
            course=asked.course,
            supersedes=asked.supersedes,
            changes=json.dumps(asked.changes or {}, ensure_ascii=False),
            reason=reason,
            asked_at=tx.now,
            asked_by=tx.actor.own_id,
        )
    )
    subject = asked.supersedes or asked.person_id
    record(tx, "credential:ask", subject, {"request": issue_id, "reason": reason})
    return issue_id


def _close(tx: Tx, issue_id: str, agree: bool, answer: str) -> None:
    # One statement decides, so that no two people answer the same request.
    closed = (
        update(ManualIssueRow)
        .where(col(ManualIssueRow.id) == issue_id, col(ManualIssueRow.answered_at).is_(None))
        .values(
            answered_at=tx.now, answered_by=tx.actor.own_id, approved=agree, answer=answer or None
        )
    )
    if tx.session.exec(closed).rowcount == 0:
        raise Conflict("This request was answered already. Reload the page to see how.")


def _issue(tx: Tx, request: ManualIssueRow) -> str:
    facts = _corrected(tx, request) if request.supersedes else _granted(tx, request)
    ground = Ground(grant_id=request.id, supersedes=request.supersedes)
    append_certificate(tx, request.person_id, facts, ground)
    if request.supersedes:
        said = f"A corrected certificate takes its place: {facts.serial}."
        append_event(tx, request.supersedes, StatusChange.REVOKED, said)
    return facts.serial


def _granted(tx: Tx, request: ManualIssueRow) -> Facts:
    terms = awarded_by(tx, request.course)
    if terms is None:
        raise NotFound("The course of this request is gone. Refuse it.")
    facts = fresh_facts(tx, request.person_id, terms, tx.now)
    return facts.model_copy(update={"limits": (*facts.limits, BY_HAND)})


def _corrected(tx: Tx, request: ManualIssueRow) -> Facts:
    old = Facts.model_validate_json(_correctable(tx, request.supersedes or "").facts)
    serial = new_serial()
    changed = {"serial": serial, "verify_url": f"{tx.config.public_url}/verify/{serial}"}
    return Facts.model_validate(
        old.model_dump() | json.loads(request.changes) | changed | {"issued_at": tx.now}
    )


def _correctable(tx: Tx, serial: str) -> CredentialRow:
    """The certificate, which stands and has not been corrected before."""
    row = tx.session.get(CredentialRow, serial)
    if row is None:
        raise NotFound("There is no certificate with this serial. Check it and try again.")
    if standing_of(tx, Facts.model_validate_json(row.facts)).status is Status.REVOKED:
        raise Conflict("This certificate is withdrawn, so there is nothing left to correct.")
    return row
