"""A real server and a real browser: the walls around the journeys."""

import re
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from accounts.commands.people import create_person
from base.permissions import Actor, Role
from tests.browser.screens import CHROMIUM, CHROMIUM_ARGUMENTS, PATIENCE, Walker, sign_in
from tests.conftest import skip_unless_ci
from tests.server import HOUSE, Server, demo_database, served

expect.set_options(timeout=PATIENCE)

DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=360, height=740)
Open = Callable[..., BrowserContext]
Walk = Callable[..., Walker]
_FAILURES = HOUSE / "var" / "browser-failures"
_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


# These two last while other packages' tests come between; the browser does not, because its loop
# would run around theirs.
@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo academy's database, made by the command line."""
    return demo_database(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def server(
    demo_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Server, None, None]:
    """The academy that most tests share, with the cast beside the demo people."""
    with served(demo_file, tmp_path_factory.mktemp("server")) as server:
        server.world.gather_cast()
        yield server


@pytest.fixture
def newcomer(server: Server) -> str:
    """The name of a trainee who has done nothing yet."""
    name = f"trainee{len(server.world.cast)}"
    with server.world.as_system() as tx:
        person_id = create_person(tx, name.title(), f"{name}@example.org", None, (Role.LEARNER,))
    server.world.cast[name] = Actor(person_id, name.title(), frozenset({Role.LEARNER}))
    return name


@pytest.fixture(scope="package")
def browser() -> Generator[Browser, None, None]:
    program = shutil.which(CHROMIUM)
    if program is None:
        skip_unless_ci("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_context(
    browser: Browser, server: Server, request: pytest.FixtureRequest
) -> Generator[Open, None, None]:
    """Open a browser profile of its own: `open_context("bela", PHONE)` is signed in as bela."""
    opened: list[BrowserContext] = []

    def open_one(name: str = "nobody", size: ViewportSize = DESKTOP) -> BrowserContext:
        context = browser.new_context(viewport=size, base_url=server.url)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        if name != "nobody":
            sign_in(context, server, name)
        return context

    yield open_one
    if request.node.stash.get(_FAILED, False):
        _keep_pictures(request.node.nodeid, opened)
    for context in opened:
        context.close()


@pytest.fixture
def page(open_context: Open) -> Page:
    """A page of somebody who is not signed in."""
    return open_context().new_page()


@pytest.fixture
def phone_page(open_context: Open) -> Page:
    """The same on a phone."""
    return open_context(size=PHONE).new_page()


@pytest.fixture
def walk(open_context: Open) -> Walk:
    """Open the app as one of the cast: `walk("dina").to("/people")`."""

    def walker(name: str = "nobody", size: ViewportSize = DESKTOP) -> Walker:
        return Walker(open_context(name, size).new_page())

    return walker


def _keep_pictures(test: str, contexts: list[BrowserContext]) -> None:
    _FAILURES.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"[^A-Za-z0-9]+", "-", test).strip("-")[-120:]
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages, start=1):
        page.screenshot(path=_FAILURES / f"{stem}-{number}.png", full_page=True)
