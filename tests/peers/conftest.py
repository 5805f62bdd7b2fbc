"""Where other systems' files and results are: beside the checkout, in `shared/fixtures`."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import skip_unless_ci

# Not PINPOINT_…: the app refuses settings under its own prefix that it does not know.
FIXTURES = Path(
    os.environ.get("PEER_FIXTURES") or Path(__file__).parents[3] / "shared" / "fixtures"
)


def fixture(name: str) -> Any:
    """Return the data of one JSON file; an empty list where the files are not here."""
    path = FIXTURES / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


@pytest.fixture(autouse=True, scope="session")
def fixtures_are_here() -> None:
    """Skip where the files are missing; under continuous integration that is a failure."""
    if not FIXTURES.is_dir():
        skip_unless_ci(f"other systems' files are not in {FIXTURES}; set PEER_FIXTURES")
