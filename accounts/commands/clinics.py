"""Making clinics, inviting people to them, consenting, leaving."""

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select, update

from accounts.clinics import Standing, clinic_name, invitation_letter
from accounts.clinics import staff_number as tidy_number
from accounts.commands.outbox import put_message
from accounts.emails import normal_email
from accounts.queries.clinics import NO_INVITATION, own_clinic
from accounts.tables import ClinicMemberRow, ClinicRow, PersonRow
from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotAllowed, NotFound
from base.ids import code_digest, new_code, new_id, new_token, token_digest
from base.permissions import Permission, needs


@needs(Permission.CLINIC_USE)
def make_clinic(tx: Tx, name: str) -> str:
    """Make a clinic that one looks after oneself, and return its id; raises `Invalid`."""
    clinic = ClinicRow(
        id=new_id(), name=clinic_name(name), created_at=tx.now, created_by=tx.actor.own_id
    )
    tx.session.add(clinic)
    tx.session.flush()
    own = tx.session.get_one(PersonRow, tx.actor.own_id)
    member = _invitation(tx, clinic.id, own.email, Standing.MANAGER)
    member.person_id, member.accepted_at = own.id, tx.now
    tx.session.add(member)
    record(tx, "clinic:make", clinic.id, {})
    return clinic.id


@needs(Permission.CLINIC_USE)
def rename_clinic(tx: Tx, clinic_id: str, name: str) -> None:
    """Call one's own clinic otherwise; what was issued with its old name keeps that."""
    own_clinic(tx, clinic_id)
    tx.session.get_one(ClinicRow, clinic_id).name = clinic_name(name)
    record(tx, "clinic:rename", clinic_id, {})


@needs(Permission.CLINIC_USE)
def invite_member(
    tx: Tx, clinic_id: str, email: str, standing: Standing, staff_number: str = ""
) -> str:
    """Invite somebody to one's own clinic; return the code that they consent with.

    It is mailed to them as well. Only its digest is kept, so it can be shown this once. Raises
    `Conflict` where the clinic has an invitation or a member with this e-mail.
    """
    clinic = own_clinic(tx, clinic_id)
    member = _invitation(tx, clinic_id, normal_email(email), standing)
    member.staff_number = tidy_number(staff_number)
    code = new_code()
    member.code_digest = code_digest(code)
    try:
        with tx.session.begin_nested():
            tx.session.add(member)
    except IntegrityError:
        raise Conflict(
            "This e-mail is invited already, or belongs to the clinic. To send a new code, "
            "withdraw the invitation first."
        ) from None
    _write_invitation(tx, clinic.name, member, code)
    record(tx, "clinic:invite", clinic_id, {"member": member.id, "standing": standing})
    return code


@needs(Permission.ACCOUNT_OWN)
def accept_invitation(tx: Tx, code: str) -> None:
    """Consent to the invitation with this code: the clinic sees one's certificates from now on.

    Raises `NotFound` for an unknown or used code, `NotAllowed` where looking after a clinic needs
    the role, `Conflict` where one belongs to the clinic already.
    """
    member = _answered(tx, code)
    if member.standing == Standing.MANAGER and not tx.actor.may(Permission.CLINIC_USE):
        raise NotAllowed(
            "Looking after a clinic needs the role Clinic. Ask an administrator of the academy "
            "for it, then use this code again."
        )
    if _belongs(tx, member.clinic_id):
        raise Conflict("You belong to this clinic already. Leave it first to join it otherwise.")
    taken = tx.session.exec(
        update(ClinicMemberRow)
        .where(
            col(ClinicMemberRow.id) == member.id,
            col(ClinicMemberRow.accepted_at).is_(None),
            col(ClinicMemberRow.ended_at).is_(None),
        )
        .values(person_id=tx.actor.own_id, accepted_at=tx.now)
        .returning(col(ClinicMemberRow.id))
    ).first()
    if taken is None:
        raise NotFound(NO_INVITATION)
    record(tx, "clinic:accept", member.clinic_id, {"member": member.id})


@needs(Permission.ACCOUNT_OWN)
def decline_invitation(tx: Tx, code: str) -> None:
    """Turn the invitation with this code down; the clinic sees nothing."""
    member = _answered(tx, code)
    _end(tx, member)
    record(tx, "clinic:decline", member.clinic_id, {"member": member.id})


@needs(Permission.ACCOUNT_OWN)
def leave_clinic(tx: Tx, member_id: str) -> None:
    """Belong to a clinic no longer: it sees one's certificates no more; raises `NotFound`."""
    member = tx.session.get(ClinicMemberRow, member_id)
    if member is None or member.ended_at or member.person_id != tx.actor.own_id:
        raise NotFound("You do not belong to this clinic. Reload the page.")
    _end(tx, member)
    record(tx, "clinic:leave", member.clinic_id, {"member": member.id})


@needs(Permission.CLINIC_USE)
def end_membership(tx: Tx, clinic_id: str, member_id: str) -> None:
    """Take somebody out of one's own clinic, or an invitation back; twice changes nothing."""
    own_clinic(tx, clinic_id)
    member = tx.session.get(ClinicMemberRow, member_id)
    if member is None or member.clinic_id != clinic_id:
        raise NotFound("There is nobody like this in the clinic. Reload the page.")
    if member.ended_at is None:
        _end(tx, member)
        record(tx, "clinic:end", clinic_id, {"member": member.id})


@needs(Permission.CLINIC_USE)
def make_calendar_address(tx: Tx, clinic_id: str) -> str:
    """Return a new secret for the clinic's calendar feed; an older one stops working.

    Only its digest is kept, so it can be shown this once.
    """
    own_clinic(tx, clinic_id)
    token = new_token()
    tx.session.get_one(ClinicRow, clinic_id).calendar_digest = token_digest(token)
    record(tx, "clinic:calendar", clinic_id, {"open": True})
    return token


@needs(Permission.CLINIC_USE)
def withdraw_calendar_address(tx: Tx, clinic_id: str) -> None:
    """Let the address of the clinic's calendar feed stop working."""
    own_clinic(tx, clinic_id)
    tx.session.get_one(ClinicRow, clinic_id).calendar_digest = None
    record(tx, "clinic:calendar", clinic_id, {"open": False})


def _invitation(tx: Tx, clinic_id: str, email: str, standing: Standing) -> ClinicMemberRow:
    return ClinicMemberRow(
        id=new_id(),
        clinic_id=clinic_id,
        email=email,
        standing=standing,
        invited_at=tx.now,
        invited_by=tx.actor.own_id,
    )


def _write_invitation(tx: Tx, clinic: str, member: ClinicMemberRow, code: str) -> None:
    put_message(
        tx,
        f"clinic-invitation:{member.id}",
        member.email,
        f"{clinic} invites you",
        invitation_letter(clinic, Standing(member.standing), tx.config.public_url, code),
    )


def _answered(tx: Tx, code: str) -> ClinicMemberRow:
    member = tx.session.exec(
        select(ClinicMemberRow).where(
            ClinicMemberRow.code_digest == code_digest(code),
            col(ClinicMemberRow.accepted_at).is_(None),
            col(ClinicMemberRow.ended_at).is_(None),
        )
    ).first()
    if member is None:
        raise NotFound(NO_INVITATION)
    return member


def _belongs(tx: Tx, clinic_id: str) -> bool:
    return (
        tx.session.exec(
            select(ClinicMemberRow.id).where(
                ClinicMemberRow.clinic_id == clinic_id,
                ClinicMemberRow.person_id == tx.actor.own_id,
                col(ClinicMemberRow.ended_at).is_(None),
            )
        ).first()
        is not None
    )


def _end(tx: Tx, member: ClinicMemberRow) -> None:
    if member.standing == Standing.MANAGER and member.accepted_at and _managers(tx, member) < 2:
        raise Invalid(
            ["Nobody else looks after this clinic. Invite another manager first, then try again."]
        )
    member.ended_at, member.ended_by = tx.now, tx.actor.own_id


def _managers(tx: Tx, member: ClinicMemberRow) -> int:
    # The clinic is locked, so that two managers who leave at once do not both count the other.
    tx.session.exec(
        select(ClinicRow.id).where(ClinicRow.id == member.clinic_id).with_for_update()
    ).all()
    return tx.session.exec(
        select(func.count()).where(
            ClinicMemberRow.clinic_id == member.clinic_id,
            ClinicMemberRow.standing == Standing.MANAGER,
            col(ClinicMemberRow.accepted_at).is_not(None),
            col(ClinicMemberRow.ended_at).is_(None),
        )
    ).one()
