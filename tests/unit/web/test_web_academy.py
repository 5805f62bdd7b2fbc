from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from base import academy as module
from base.academy import Academy, academy, use_academy
from base.config import Config
from base.db import Database
from base.errors import Invalid


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_slot", module._Slot())


def test_built_once_for_every_thread(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PINPOINT_DATABASE_URL", f"sqlite:///{tmp_path}/a.db")
    with ThreadPoolExecutor(8) as pool:
        built = list(pool.map(lambda _: academy(), range(32)))
    assert len({id(one) for one in built}) == 1
    assert built[0].config.database_url.endswith("/a.db")


def test_bad_settings_are_told_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINPOINT_PUBLIC_URL", "nowhere")
    for _ in range(2):
        with pytest.raises(Invalid, match="PUBLIC_URL"):
            academy()


def test_another_one_for_a_while(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a.db")
    first, second = (Academy(Config(), database) for _ in range(2))
    with use_academy(first):
        with use_academy(second):
            assert academy() is second
        assert academy() is first
