"""Accounts and roles.

Passwords arrive hashed: bcrypt is slow on purpose and must not run inside a transaction.
"""

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from accounts.emails import normal_email
from accounts.names import clean_name
from accounts.tables import AcademyRow, PersonRow, RoleGrantRow, revoke_sign_ins
from base.audit import record
from base.db import Tx
from base.errors import Conflict, Invalid, NotAllowed, NotFound
from base.ids import new_id
from base.permissions import ASSIGNABLE, Permission, Role, needs, public


@public
def sign_up(tx: Tx, name: str, email: str, password_hash: str) -> str:
    """Make a learner's account and return the person's id; raises `Invalid`, `Conflict`."""
    return _add_person(tx, name, email, password_hash, (Role.LEARNER,), demo=False)


@needs(Permission.ACCOUNT_OWN)
def rename_own_account(tx: Tx, name: str) -> None:
    """Change the signed-in person's name; issued certificates keep the old one."""
    person = _person(tx, tx.actor.own_id)
    person.name = clean_name(name)
    record(tx, "account:rename", person.id, {})


@needs(Permission.ACCOUNT_OWN)
def change_own_password(tx: Tx, password_hash: str) -> None:
    """Give the signed-in person a new password and sign them out everywhere."""
    _change_password(tx, tx.actor.own_id, password_hash)


@needs(Permission.PERSON_MANAGE)
def create_person(
    tx: Tx, name: str, email: str, password_hash: str | None, roles: tuple[Role, ...]
) -> str:
    """Make an account with these roles and return its id; raises `Invalid`, `Conflict`."""
    try:
        return _add_person(tx, name, email, password_hash, roles, demo=False)
    except Conflict:
        raise Conflict(
            "This e-mail already has an account. Search for it, and change its roles instead."
        ) from None


@needs(Permission.PERSON_MANAGE)
def create_demo_person(tx: Tx, name: str, email: str, roles: tuple[Role, ...]) -> str:
    """Make a demo person, who has no password and enters by the landing page's buttons."""
    if tx.config.production:
        raise NotAllowed("Demo people are refused in production. Leave out --demo.")
    return _add_person(tx, name, email, None, roles, demo=True)


@needs(Permission.PERSON_MANAGE)
def open_academy(tx: Tx, demo: bool) -> None:
    """Set the academy up, once; a demo academy stays one, so that no mark is ever lost."""
    if demo and tx.config.production:
        raise NotAllowed("A demo academy is refused in production. Leave out --demo.")
    standing = tx.session.get(AcademyRow, 1)
    if standing is None:
        tx.session.add(AcademyRow(id=1, demo=demo))
    elif demo and not standing.demo:
        raise Conflict(
            "This database holds a real academy; it cannot become a demo. "
            "Point PINPOINT_DATABASE_URL at a new file and run `pinpoint init --demo` again."
        )


@needs(Permission.PERSON_MANAGE)
def set_password(tx: Tx, person_id: str, password_hash: str) -> None:
    """Give a person a new password and sign them out everywhere."""
    _change_password(tx, person_id, password_hash)


@needs(Permission.PERSON_MANAGE)
def give_role(tx: Tx, person_id: str, role: Role) -> None:
    """Give a role; giving one that the person has changes nothing."""
    _refuse_unassignable(role)
    person = _person(tx, person_id)
    if _standing_grant(tx, person.id, role) is None:
        _grant(tx, person.id, role)
        record(tx, "person:give-role", person.id, {"role": role})


@needs(Permission.PERSON_MANAGE)
def withdraw_role(tx: Tx, person_id: str, role: Role) -> None:
    """Take a role back; the last administrator keeps theirs."""
    grant = _standing_grant(tx, _person(tx, person_id).id, role)
    if grant is None:
        return
    if role is Role.ADMINISTRATOR and _is_last(tx, role):
        raise Invalid(
            ["This is the last administrator. Give somebody else the role first, then try again."]
        )
    grant.withdrawn_at = tx.now
    grant.withdrawn_by = tx.actor.person_id or tx.actor.name
    record(tx, "person:withdraw-role", person_id, {"role": role})


def _add_person(
    tx: Tx, name: str, email: str, password_hash: str | None, roles: tuple[Role, ...], demo: bool
) -> str:
    for role in roles:
        _refuse_unassignable(role)
    person = PersonRow(
        id=new_id(),
        email=normal_email(email),
        name=clean_name(name),
        password_hash=password_hash,
        created_at=tx.now,
        demo=demo,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(person)
    except IntegrityError:
        raise Conflict("This e-mail already has an account. Sign in instead.") from None
    for role in dict.fromkeys(roles):
        _grant(tx, person.id, role)
    record(tx, "person:create", person.id, {"roles": [*roles], "demo": demo})
    return person.id


def _change_password(tx: Tx, person_id: str, password_hash: str) -> None:
    person = _person(tx, person_id)
    if person.demo:
        raise Invalid(["A demo person has no password; use the buttons on the first page."])
    person.password_hash = password_hash
    revoke_sign_ins(tx.session, person_id, tx.now)
    record(tx, "person:password", person_id, {})


def _grant(tx: Tx, person_id: str, role: Role) -> None:
    tx.session.add(
        RoleGrantRow(
            id=new_id(),
            person_id=person_id,
            role=role,
            given_at=tx.now,
            given_by=tx.actor.person_id or tx.actor.name,
        )
    )


def _refuse_unassignable(role: Role) -> None:
    if role not in ASSIGNABLE:
        raise Invalid([f"The role {role} cannot be given to a person."])


def _person(tx: Tx, person_id: str) -> PersonRow:
    row = tx.session.get(PersonRow, person_id)
    if row is None:
        raise NotFound("There is no such person. Go back to the list and try again.")
    return row


def _standing_grant(tx: Tx, person_id: str, role: Role) -> RoleGrantRow | None:
    return tx.session.exec(
        select(RoleGrantRow).where(
            RoleGrantRow.person_id == person_id,
            RoleGrantRow.role == role,
            col(RoleGrantRow.withdrawn_at).is_(None),
        )
    ).first()


def _is_last(tx: Tx, role: Role) -> bool:
    # Locked, so that two who take each other's role at once do not both count the other.
    standing = tx.session.exec(
        select(RoleGrantRow.id)
        .where(RoleGrantRow.role == role, col(RoleGrantRow.withdrawn_at).is_(None))
        .order_by(RoleGrantRow.id)
        .with_for_update()
    ).all()
    return len(standing) < 2
