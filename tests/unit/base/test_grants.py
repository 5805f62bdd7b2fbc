"""Who may do what, frozen as a table; changing it means changing it here too."""

from dataclasses import dataclass

import pytest

from base.errors import NotAllowed
from base.permissions import (
    ASSIGNABLE,
    GRANTS,
    NOBODY,
    SYSTEM,
    Actor,
    Permission,
    Role,
    needs,
    public,
)

#                    lear auth exam clin audi admi syst
TABLE = {
    "account:own": "     x    x    x    x    x    x    x",
    "course:study": "    x    x    x    .    .    x    x",
    "exam:sit": "        x    .    .    .    .    .    x",
    "exam:write": "      .    .    x    .    .    x    x",
    "exam:rate": "       .    x    x    .    .    x    x",
    "credential:own": "  x    .    .    .    .    .    x",
    "item:read": "       .    x    x    .    x    x    x",
    "item:write": "      .    x    .    .    .    .    x",
    "item:publish": "    .    x    x    .    .    .    x",
    "item:retire": "     .    x    .    .    .    .    x",
    "result:read": "     .    .    x    .    x    x    x",
    "result:mark": "     .    .    x    .    .    .    x",
    "key:correct": "     .    .    x    .    .    x    x",
    "appeal:answer": "   .    .    x    .    .    x    x",
    "result:release": "  .    .    x    .    .    x    x",
    "dossier:read": "    .    .    x    .    x    x    x",
    "credential:read": " .    .    .    .    x    x    x",
    "credential:revoke": ".    .    .    .    .    x    x",
    "credential:count": " .    .    .    .    .    .    x",
    "credential:issue": " .    .    .    .    .    x    x",
    "credential:seal": " .    .    .    .    .    x    x",
    "certificate:design": " .    .    .    .    .    x    x",
    "person:manage": "   .    .    .    .    .    x    x",
    "audit:read": "      .    .    .    .    x    x    x",
    "content:load": "    .    .    .    .    .    x    x",
    "content:write": "   .    x    .    .    .    x    x",
    "content:publish": " .    x    x    .    .    .    x",
    "attempt:close": "   .    .    .    .    .    .    x",
    "exam:schedule": "   .    .    x    .    .    x    x",
    "exam:invigilate": " .    .    x    .    .    x    x",
    "clinic:use": "      .    .    .    x    .    .    x",
    "mail:read": "       .    .    .    .    .    x    x",
    "mail:send": "       .    .    .    .    .    .    x",
    "accommodation:grant": ". .    .    .    .    x    x",
    "signing:manage": "   .    .    .    .    .    x    x",
}


def test_the_table_of_roles_and_permissions_stands_as_it_was_agreed() -> None:
    told = {
        str(permission): ["x" if permission in GRANTS[role] else "." for role in Role]
        for permission in Permission
    }
    assert told == {name: row.split() for name, row in TABLE.items()}


def test_the_system_is_no_role_that_a_person_can_be_given() -> None:
    assert Role.SYSTEM not in ASSIGNABLE
    assert set(ASSIGNABLE) == set(Role) - {Role.SYSTEM}


def test_nobody_may_nothing_and_the_system_everything() -> None:
    assert not any(NOBODY.may(permission) for permission in Permission)
    assert all(SYSTEM.may(permission) for permission in Permission)


def test_several_roles_add_up() -> None:
    both = Actor("p", "Bela", frozenset({Role.LEARNER, Role.AUTHOR}))
    assert both.may(Permission.EXAM_SIT)
    assert both.may(Permission.ITEM_PUBLISH)
    assert not both.may(Permission.PERSON_MANAGE)


def test_who_is_nobody_has_no_id_and_is_told_to_sign_in() -> None:
    with pytest.raises(NotAllowed, match="Sign in first"):
        _ = NOBODY.own_id


@dataclass(frozen=True)
class Acting:
    actor: Actor


@needs(Permission.EXAM_SIT)
def sit(tx: Acting, answer: str = "a") -> str:
    """Answer."""
    return answer


@public
def look(tx: Acting) -> str:
    """Look."""
    return "seen"


def test_the_mark_guards_every_call_and_keeps_the_function_as_it_was() -> None:
    learner = Acting(Actor("p", "Alba", frozenset({Role.LEARNER})))
    assert sit(learner, answer="b") == "b"
    assert sit.__name__ == "sit"
    assert sit.__doc__ == "Answer."
    with pytest.raises(NotAllowed, match="Sign in first"):
        sit(Acting(NOBODY))
    with pytest.raises(NotAllowed, match="Ask an administrator"):
        sit(Acting(Actor("p", "Cleo", frozenset({Role.CLINIC}))))


def test_what_is_public_is_marked_so() -> None:
    assert look(Acting(NOBODY)) == "seen"
    assert look.__dict__["permission"] == "PUBLIC"
    assert sit.__dict__["permission"] is Permission.EXAM_SIT
