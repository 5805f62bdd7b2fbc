"""Every command and query says what it needs, and holds everybody to it."""

import pkgutil
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import accounts
import certs
import courses
import quizbank
from base import audit
from base.config import Config
from base.db import Database, Tx
from base.errors import AppError, NotAllowed, NotFound
from base.permissions import GRANTS, NOBODY, Actor, Permission, Role
from certs.commands.award import award
from quizbank.queries.results import Verdict
from tests.conftest import HOUSE, NOW
from tests.factories import EXAM, World
from tests.integration.permission_arguments import plausible_arguments
from tests.integration.permission_parts import PARTS

REFUSALS = ("Your account may not do this", "Sign in first")


def modules() -> Iterator[ModuleType]:
    yield audit
    for package in (accounts, quizbank, courses, certs):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if {"commands", "queries"} & set(found.name.split(".")):
                yield import_module(found.name)


def functions() -> dict[str, Callable[..., Any]]:
    return {
        f"{module.__name__}.{name}": value
        for module in modules()
        for name, value in vars(module).items()
        if callable(value)
        and not name.startswith("_")
        and getattr(value, "__module__", "") == module.__name__
        and _takes_tx(value)
    }


def _takes_tx(function: Callable[..., Any]) -> bool:
    if isinstance(function, type):
        return False
    first = next(iter(signature(function).parameters.values()), None)
    return first is not None and first.annotation is Tx


ALL = functions()
GUARDED = {name: one for name, one in ALL.items() if name not in PARTS}


def test_reflection_finds_the_commands_and_queries() -> None:
    assert len(ALL) > 60
    for name in (
        "quizbank.commands.attempts.save_answer",
        "certs.queries.standing.credential_standing",
    ):
        assert name in ALL


def test_every_command_and_query_says_what_it_needs() -> None:
    unmarked = {name for name, one in ALL.items() if not hasattr(one, "permission")}
    assert unmarked == set(PARTS)


def test_every_permission_guards_something() -> None:
    assert {vars(one)["permission"] for one in GUARDED.values()} == {*Permission, "PUBLIC"}


@pytest.fixture(scope="module")
def shared(course_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One academy for all tests here: whatever they call is undone."""
    path = tmp_path_factory.mktemp("permissions") / "pinpoint.db"
    shutil.copyfile(course_file, path)
    url = f"sqlite:///{path}"
    world = World(Database(url), Config(database_url=url, content_dir=HOUSE / "content"), NOW)
    world.gather_cast()
    yield world
    world.database.dispose()


@pytest.fixture(scope="module")
def arguments(shared: World) -> Callable[[Parameter], Any]:
    return plausible_arguments(shared)


class _Undone(Exception):
    """Ends a call without keeping what it did."""


@contextmanager
def undone(world: World, actor: Actor) -> Generator[Tx, None, None]:
    try:
        with world.database.write(actor, world.now, world.config) as tx:
            yield tx
            raise _Undone
    except _Undone:
        pass


def call(
    world: World, actor: Actor, function: Callable[..., Any], value: Callable[[Parameter], Any]
) -> AppError | None:
    """Call a function with plausible arguments; return the `AppError` that it raised, if any."""
    _, *asked = signature(function).parameters.values()
    passed = {one.name: value(one) for one in asked if one.default is Parameter.empty}
    try:
        with undone(world, actor) as tx:
            function(tx, **passed)
    except AppError as error:
        return error
    return None


@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_each_role_is_refused_exactly_what_it_was_not_granted(
    shared: World, arguments: Callable[[Parameter], Any], role: Role | None
) -> None:
    # A clinic manager without any role of her own: nobody else's data is hers by accident.
    somebody = replace(shared.actor("cleo"), roles=frozenset({role} if role else ()))
    surprises: list[str] = []
    for name, function in GUARDED.items():
        permission = vars(function)["permission"]
        granted = permission == "PUBLIC" or (role is not None and permission in GRANTS[role])
        error = call(shared, somebody, function, arguments)
        refused = isinstance(error, NotAllowed) and str(error).startswith(REFUSALS)
        if refused == granted:
            surprises.append(f"{name} needs {permission}; {role} got {error!r}")
    assert surprises == []


def test_nobody_gets_only_what_is_public(
    shared: World, arguments: Callable[[Parameter], Any]
) -> None:
    for name, function in GUARDED.items():
        error = call(shared, NOBODY, function, arguments)
        refused = isinstance(error, NotAllowed) and "Sign in first" in str(error)
        assert refused == (vars(function)["permission"] != "PUBLIC"), (name, error)


OWN = {
    name: one
    for name, one in GUARDED.items()
    if vars(one)["permission"] in {Permission.EXAM_SIT, Permission.CREDENTIAL_OWN}
    and {"attempt_id", "serial"} & set(signature(one).parameters)
}


@pytest.mark.parametrize("name", OWN)
def test_what_is_somebody_elses_is_not_found(
    shared: World, arguments: Callable[[Parameter], Any], name: str
) -> None:
    error = call(shared, shared.actor("lena"), OWN[name], arguments)
    if name == "certs.queries.own.credential_of_attempt":
        # Asks whether there is one; another person's is none.
        with shared.looking("lena") as tx:
            assert OWN[name](tx, arguments(signature(OWN[name]).parameters["attempt_id"])) is None
        return
    assert isinstance(error, NotFound), error


@pytest.mark.parametrize("name", OWN)
def test_somebody_elses_answers_like_one_that_never_was(
    shared: World, arguments: Callable[[Parameter], Any], name: str
) -> None:
    def nowhere(parameter: Parameter) -> Any:
        return "0" * 32 if parameter.name in {"attempt_id", "serial"} else arguments(parameter)

    foreign = call(shared, shared.actor("lena"), OWN[name], arguments)
    unknown = call(shared, shared.actor("lena"), OWN[name], nowhere)
    assert repr(foreign) == repr(unknown)


def test_own_lists_hold_nothing_of_others(world: World) -> None:
    world.earn("alba")
    with world.looking("lena") as tx:
        mine = ("certs.queries.own.my_credentials", "quizbank.queries.own_results.attempts_of_mine")
        for name in mine:
            asked = (EXAM,) if "attempts" in name else ()
            assert GUARDED[name](tx, *asked) == ()


def test_an_award_needs_a_verdict_that_passed(world: World) -> None:
    attempt = world.start_exam("alba")
    world.answer_all("alba", attempt, frozenset(range(1, 30)))
    with world.acting("alba") as tx:
        verdict = GUARDED["certs.commands.exams.submit_exam"](tx, attempt)
        assert isinstance(verdict, Verdict)
        award(tx, verdict)
        assert GUARDED["certs.queries.own.my_credentials"](tx) == ()
