"""Who is who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from accounts.tables import AcademyRow, PersonRow, RoleGrantRow, SignInRow
from base.db import Tx
from base.errors import NotFound
from base.ids import token_digest
from base.permissions import NOBODY, Actor, Permission, Role, needs, public
from base.prepared import Prepared

_NAMES_AT_ONCE = 1_000


@dataclass(frozen=True)
class Person:
    """Somebody with an account, as an administrator sees them."""

    id: str
    email: str
    name: str
    roles: tuple[Role, ...]
    created_at: datetime
    demo: bool


@dataclass(frozen=True)
class OwnAccount:
    """The signed-in person's own account."""

    name: str
    email: str
    roles: tuple[Role, ...]
    has_password: bool
    open_sign_ins: int


# Asked at every click, so it is prepared.
_HOLDER = Prepared(
    select(PersonRow.id, PersonRow.name, RoleGrantRow.role)
    .join(SignInRow, col(SignInRow.person_id) == col(PersonRow.id))
    .outerjoin(
        RoleGrantRow,
        (col(RoleGrantRow.person_id) == col(PersonRow.id))
        & col(RoleGrantRow.withdrawn_at).is_(None),
    )
    .where(
        col(SignInRow.token_digest) == bindparam("digest"),
        col(SignInRow.revoked_at).is_(None),
        col(SignInRow.expires_at) > bindparam("now"),
    )
)


@public
def signed_in(tx: Tx, token: str | None) -> Actor:
    """Return who holds this cookie, or `NOBODY` when it is unknown, expired or revoked."""
    if not token:
        return NOBODY
    asked = {"digest": token_digest(token), "now": tx.now}
    found = _HOLDER.rows(tx.connection, asked)
    if not found:
        return NOBODY
    person_id, name, _ = found[0]
    return Actor(person_id, name, frozenset(Role(role) for _, _, role in found if role))


@public
def is_demo_academy(tx: Tx) -> bool:
    """Tell whether this is a demo academy, whose people and certificates are all marked DEMO."""
    return bool(tx.session.exec(select(AcademyRow.demo)).first())


@needs(Permission.ACCOUNT_OWN)
def own_account(tx: Tx) -> OwnAccount:
    """Return the signed-in person's account."""
    person = tx.session.get(PersonRow, tx.actor.own_id)
    if person is None:
        raise NotFound("This account is no longer here. Sign in again.")
    count = tx.session.exec(
        select(func.count())
        .select_from(SignInRow)
        .where(
            SignInRow.person_id == person.id,
            col(SignInRow.revoked_at).is_(None),
            SignInRow.expires_at > tx.now,
        )
    ).one()
    roles = tuple(sorted(tx.actor.roles))
    return OwnAccount(person.name, person.email, roles, person.password_hash is not None, count)


@needs(Permission.PERSON_MANAGE)
def people(tx: Tx, search: str = "", limit: int = 200) -> tuple[Person, ...]:
    """Return people by name, those whose name or e-mail contains `search`."""
    rows = tx.session.exec(_named(select(PersonRow), search).limit(limit)).all()
    roles = _standing_roles(tx, [row.id for row in rows])
    return tuple(_person(row, roles.get(row.id, ())) for row in rows)


@needs(Permission.EXAM_SCHEDULE)
def learners(tx: Tx, search: str, limit: int = 50) -> tuple[Person, ...]:
    """Return who sits exams, by name: those whose name or e-mail contains `search`."""
    query = (
        select(PersonRow)
        .join(RoleGrantRow, col(RoleGrantRow.person_id) == col(PersonRow.id))
        .where(RoleGrantRow.role == Role.LEARNER, col(RoleGrantRow.withdrawn_at).is_(None))
    )
    rows = tx.session.exec(_named(query, search).limit(limit)).all()
    return tuple(_person(row, (Role.LEARNER,)) for row in rows)


@needs(Permission.PERSON_MANAGE)
def person_detail(tx: Tx, person_id: str) -> Person:
    """Return one person; raises `NotFound`."""
    row = tx.session.get(PersonRow, person_id)
    if row is None:
        raise NotFound("There is no such person. Go back to the list and try again.")
    return _person(row, _standing_roles(tx, [row.id]).get(row.id, ()))


@needs(Permission.PERSON_MANAGE)
def person_by_email(tx: Tx, email: str) -> Person:
    """Return the person with this e-mail in normal form; raises `NotFound`."""
    row = tx.session.exec(select(PersonRow).where(PersonRow.email == email)).first()
    if row is None:
        raise NotFound(f"Nobody here has the e-mail {email}. Check its spelling.")
    return _person(row, _standing_roles(tx, [row.id]).get(row.id, ()))


def printed_name(tx: Tx, person_id: str) -> str:
    """Return the name that a certificate prints; for commands that have checked who asks."""
    return tx.session.get_one(PersonRow, person_id).name


def sign_in_email(tx: Tx, person_id: str) -> str:
    """Return a person's e-mail in normal form; for commands that have checked who asks."""
    return tx.session.get_one(PersonRow, person_id).email


@needs(Permission.RESULT_READ)
def names_of(tx: Tx, person_ids: Sequence[str]) -> dict[str, str]:
    """Return the names of these people by id."""
    asked, names = sorted({*person_ids}), dict[str, str]()
    for start in range(0, len(asked), _NAMES_AT_ONCE):
        some = asked[start : start + _NAMES_AT_ONCE]
        query = select(PersonRow.id, PersonRow.name).where(col(PersonRow.id).in_(some))
        names |= dict(tx.session.exec(query).all())
    return names


@needs(Permission.RESULT_READ)
def people_named(tx: Tx, part: str) -> frozenset[str]:
    """Return the ids of everybody whose name has this part; capitals do not matter."""
    wanted = part.casefold()
    # Compared here: SQLite knows the capitals of plain letters only.
    everybody = tx.session.exec(select(PersonRow.id, PersonRow.name))
    return frozenset(person for person, name in everybody if wanted in name.casefold())


def _named(query: SelectOfScalar[PersonRow], search: str) -> SelectOfScalar[PersonRow]:
    wanted = search.strip().casefold()
    if wanted:
        query = query.where(
            func.lower(PersonRow.name).contains(wanted, autoescape=True)
            | col(PersonRow.email).contains(wanted, autoescape=True)
        )
    return query.order_by(col(PersonRow.name), col(PersonRow.id))


def _standing_roles(tx: Tx, person_ids: list[str]) -> dict[str, tuple[Role, ...]]:
    found: dict[str, tuple[Role, ...]] = {}
    grants = tx.session.exec(
        select(RoleGrantRow.person_id, RoleGrantRow.role)
        .where(
            col(RoleGrantRow.person_id).in_(person_ids), col(RoleGrantRow.withdrawn_at).is_(None)
        )
        .order_by(col(RoleGrantRow.role))
    )
    for person_id, role in grants:
        found[person_id] = (*found.get(person_id, ()), Role(role))
    return found


def _person(row: PersonRow, roles: tuple[Role, ...]) -> Person:
    return Person(row.id, row.email, row.name, roles, row.created_at, row.demo)
