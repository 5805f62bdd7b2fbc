"""`pinpoint user …`: accounts and roles from a shell."""

import sys
from getpass import getpass
from typing import Annotated

import typer

from accounts.commands.people import create_person, give_role, set_password, withdraw_role
from accounts.emails import normal_email
from accounts.passwords import hash_password, password_problems
from accounts.queries.people import people, person_by_email
from base.errors import Invalid
from base.permissions import ASSIGNABLE, Role
from certs.printable import unprintable_sentence
from cli.shell import AsJson, group, reading, say, say_json, say_table, sentences, writing

app = group("People and their roles.")
Email = Annotated[str, typer.Argument(help="The person's e-mail address.")]
RoleName = Annotated[str, typer.Argument(help="One of: " + ", ".join(ASSIGNABLE))]


@app.command("add")
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="The name as certificates print it.")],
    role: Annotated[list[str] | None, typer.Option(help="A role; may be repeated.")] = None,
) -> None:
    """Make an account. The password is asked for, or read from standard input."""
    with sentences():
        roles = tuple(_role(one) for one in role or [Role.LEARNER])
        _refuse_unprintable(name)
        hashed = hash_password(_new_password((email, name)))
    with writing() as tx:
        create_person(tx, name, email, hashed, roles)
    say(f"{name} can sign in as {email}.")


@app.command("list")
def list_people(search: str = "", as_json: AsJson = False) -> None:
    """List people with their roles."""
    with reading() as tx:
        found = people(tx, search, limit=100_000)
    if as_json:
        say_json([{"email": one.email, "name": one.name, "roles": [*one.roles]} for one in found])
    else:
        say_table(
            ("E-mail", "Name", "Roles"),
            [(one.email, one.name, ", ".join(one.roles)) for one in found],
        )


@app.command("role")
def change_role(
    email: Email,
    role: RoleName,
    remove: Annotated[bool, typer.Option("--remove", help="Take the role back.")] = False,
) -> None:
    """Give a person a role, or take it back."""
    with sentences():
        wanted = _role(role)
    with writing() as tx:
        person = person_by_email(tx, normal_email(email))
        change = withdraw_role if remove else give_role
        change(tx, person.id, wanted)
    say(f"{person.name} {'no longer is' if remove else 'is'} {wanted}.")


@app.command("password")
def change_password(email: Email) -> None:
    """Give a person a new password, and sign them out everywhere."""
    with reading() as tx:
        person = person_by_email(tx, normal_email(email))
    with sentences():
        hashed = hash_password(_new_password((email, person.name)))
    with writing() as tx:
        set_password(tx, person.id, hashed)
    say(f"{person.name} has a new password and is signed out everywhere.")


def _role(name: str) -> Role:
    if name not in ASSIGNABLE:
        raise Invalid([f"There is no role {name}. Use one of: {', '.join(ASSIGNABLE)}."])
    return Role(name)


def _refuse_unprintable(name: str) -> None:
    sentence = unprintable_sentence(name)
    if sentence:
        raise Invalid([sentence])


def _new_password(personal: tuple[str, ...]) -> str:
    # A pipe may feed it, so that scripts need no password on their command line.
    typed = getpass("New password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    problems = password_problems(typed, personal)
    if problems:
        raise Invalid(problems)
    return typed
