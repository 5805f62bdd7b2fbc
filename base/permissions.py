"""Who may do what, once: permissions, roles, grants, and the mark on every command and query."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from base.errors import NotAllowed


class Permission(StrEnum):
    """One thing that somebody may do; `area:verb`."""

    ACCOUNT_OWN = "account:own"
    COURSE_STUDY = "course:study"
    EXAM_SIT = "exam:sit"
    EXAM_WRITE = "exam:write"
    EXAM_RATE = "exam:rate"
    CREDENTIAL_OWN = "credential:own"
    ITEM_READ = "item:read"
    ITEM_WRITE = "item:write"
    ITEM_PUBLISH = "item:publish"
    ITEM_RETIRE = "item:retire"
    RESULT_READ = "result:read"
    RESULT_MARK = "result:mark"
    KEY_CORRECT = "key:correct"
    APPEAL_ANSWER = "appeal:answer"
    DOSSIER_READ = "dossier:read"
    RESULT_RELEASE = "result:release"
    CREDENTIAL_READ = "credential:read"
    CREDENTIAL_REVOKE = "credential:revoke"
    CREDENTIAL_COUNT = "credential:count"
    CREDENTIAL_ISSUE = "credential:issue"
    CREDENTIAL_SEAL = "credential:seal"
    CERTIFICATE_DESIGN = "certificate:design"
    PERSON_MANAGE = "person:manage"
    AUDIT_READ = "audit:read"
    CONTENT_LOAD = "content:load"
    CONTENT_WRITE = "content:write"
    CONTENT_PUBLISH = "content:publish"
    ATTEMPT_CLOSE = "attempt:close"
    ACCOMMODATION_GRANT = "accommodation:grant"
    EXAM_SCHEDULE = "exam:schedule"
    EXAM_INVIGILATE = "exam:invigilate"
    CLINIC_USE = "clinic:use"
    SIGNING_MANAGE = "signing:manage"
    MAIL_READ = "mail:read"
    MAIL_SEND = "mail:send"


class Role(StrEnum):
    """What a person is here; one person may hold several."""

    LEARNER = "learner"
    AUTHOR = "author"
    EXAMINER = "examiner"
    CLINIC = "clinic"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    # Held by no person: the academy's own background work and the command line.
    SYSTEM = "system"


_EVERYBODY = frozenset({Permission.ACCOUNT_OWN})

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.LEARNER: _EVERYBODY
    | {Permission.COURSE_STUDY, Permission.EXAM_SIT, Permission.CREDENTIAL_OWN},
    Role.AUTHOR: _EVERYBODY
    | {
        Permission.COURSE_STUDY,
        Permission.EXAM_RATE,
        Permission.ITEM_READ,
        Permission.ITEM_WRITE,
        Permission.ITEM_PUBLISH,
        Permission.ITEM_RETIRE,
        Permission.CONTENT_WRITE,
        Permission.CONTENT_PUBLISH,
    },
    Role.EXAMINER: _EVERYBODY
    | {
        Permission.COURSE_STUDY,
        Permission.EXAM_WRITE,
        Permission.EXAM_SCHEDULE,
        Permission.EXAM_INVIGILATE,
        Permission.EXAM_RATE,
        Permission.ITEM_READ,
        Permission.ITEM_PUBLISH,
        Permission.CONTENT_PUBLISH,
        Permission.RESULT_READ,
        Permission.RESULT_MARK,
        Permission.KEY_CORRECT,
        Permission.APPEAL_ANSWER,
        Permission.DOSSIER_READ,
        Permission.RESULT_RELEASE,
    },
    Role.CLINIC: _EVERYBODY | {Permission.CLINIC_USE},
    Role.AUDITOR: _EVERYBODY
    | {
        Permission.ITEM_READ,
        Permission.RESULT_READ,
        Permission.CREDENTIAL_READ,
        Permission.AUDIT_READ,
        Permission.DOSSIER_READ,
    },
    Role.ADMINISTRATOR: _EVERYBODY
    | {
        Permission.COURSE_STUDY,
        Permission.EXAM_WRITE,
        Permission.EXAM_SCHEDULE,
        Permission.EXAM_INVIGILATE,
        Permission.EXAM_RATE,
        Permission.ITEM_READ,
        Permission.RESULT_READ,
        Permission.RESULT_RELEASE,
        Permission.CREDENTIAL_READ,
        Permission.CREDENTIAL_REVOKE,
        Permission.CREDENTIAL_ISSUE,
        Permission.CREDENTIAL_SEAL,
        Permission.CERTIFICATE_DESIGN,
        Permission.PERSON_MANAGE,
        Permission.AUDIT_READ,
        Permission.CONTENT_LOAD,
        Permission.CONTENT_WRITE,
        Permission.ACCOMMODATION_GRANT,
        Permission.MAIL_READ,
        Permission.KEY_CORRECT,
        Permission.APPEAL_ANSWER,
        Permission.DOSSIER_READ,
        Permission.SIGNING_MANAGE,
    },
    Role.SYSTEM: frozenset(Permission),
}

# Roles that an administrator may give; the system's own is not among them.
ASSIGNABLE = tuple(role for role in Role if role is not Role.SYSTEM)


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in person, nobody, or the system itself."""

    person_id: str | None
    name: str
    roles: frozenset[Role]

    def may(self, permission: Permission) -> bool:
        """Tell whether any of the actor's roles grants this permission."""
        return any(permission in GRANTS[role] for role in self.roles)

    @property
    def own_id(self) -> str:
        """The person's id; raises `NotAllowed` where nobody is signed in."""
        if self.person_id is None:
            raise NotAllowed("Sign in first, then try again.")
        return self.person_id


NOBODY = Actor(person_id=None, name="nobody", roles=frozenset())
SYSTEM = Actor(person_id=None, name="system", roles=frozenset({Role.SYSTEM}))


class HasActor(Protocol):
    """Anything that knows who acts: in practice a `Tx`."""

    @property
    def actor(self) -> Actor:
        """Who acts."""
        ...


T = TypeVar("T", bound=HasActor)
P = ParamSpec("P")
R = TypeVar("R")


def needs(
    permission: Permission,
) -> Callable[[Callable[Concatenate[T, P], R]], Callable[Concatenate[T, P], R]]:
    """Mark a command or query with the permission it needs, and enforce it at every call."""

    def mark(function: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
        @wraps(function)
        def guarded(tx: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not tx.actor.may(permission):
                raise NotAllowed(_refusal(tx.actor))
            return function(tx, *args, **kwargs)

        guarded.__dict__["permission"] = permission
        return guarded

    return mark


def public(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a command or query that anyone, signed in or not, may call."""
    function.__dict__["permission"] = "PUBLIC"
    return function


def _refusal(actor: Actor) -> str:
    if actor.person_id is None:
        return "Sign in first, then try again."
    return "Your account may not do this. Ask an administrator of the academy for the role."
