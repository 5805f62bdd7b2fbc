"""The command in this process, on the test's academy and at its time."""

import pytest
from typer.testing import CliRunner, Result

from manage import app
from tests.factories import World
from tests.integration.cli.shell import Run


@pytest.fixture(autouse=True)
def clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command read the test's clock."""
    chosen = next(one for one in ("world", "empty_world") if one in request.fixturenames)
    world: World = request.getfixturevalue(chosen)
    for module in ("cli.shell", "cli.bank", "cli.seals"):
        monkeypatch.setattr(f"{module}.utc_now", lambda: world.now)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `pinpoint …` in this process, on the test's academy."""
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words: object, typed: str | None = None) -> Result:
        result = CliRunner().invoke(app, [str(word) for word in words], input=typed)
        # Anything but an exit is a traceback on somebody's screen.
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        return result

    return call
