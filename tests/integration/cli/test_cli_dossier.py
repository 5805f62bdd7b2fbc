"""`pinpoint dossier` as a shell uses it."""

from pathlib import Path

from tests.factories import World
from tests.integration.cli.shell import Run
from tests.integration.test_dossier import checked


def test_a_dossier_is_written_and_agrees(world: World, run: Run, tmp_path: Path) -> None:
    attempt = world.earn("alba").attempt_id
    out = tmp_path / "alba.zip"
    told = run("dossier", attempt, "--out", str(out))
    assert told.exit_code == 0, told.stderr
    assert "python3 verify.py" in told.stdout
    assert checked(tmp_path, out.read_bytes())[0] == 0


def test_an_unknown_attempt_is_told(world: World, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "none.zip"
    told = run("dossier", "0" * 32, "--out", str(out))
    assert (told.exit_code, out.exists()) == (1, False)
    assert "no decided exam" in told.stderr
