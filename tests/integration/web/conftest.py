import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from web_site import World, kept_as

import migrations.tables
from base.academy import Academy, use_academy
from base.config import Config
from base.db import Database
from certs.queries.standing import CredentialStanding


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    yield from _world(Config(database_url=f"sqlite:///{tmp_path}/academy.db"))


@pytest.fixture
def taught(course_file: Path, tmp_path: Path) -> Iterator[World]:
    """The site of an academy that has the courses."""
    shutil.copyfile(course_file, tmp_path / "academy.db")
    yield from _world(Config(database_url=f"sqlite:///{tmp_path}/academy.db"))


@pytest.fixture
def secure_world(tmp_path: Path) -> Iterator[World]:
    config = Config(
        database_url=f"sqlite:///{tmp_path}/secure.db",
        environment="production",
        public_url="https://academy.example.org",
        secret_key="k" * 40,
        signing_secret="s" * 40,
    )
    yield from _world(config)


@pytest.fixture
def certificates(monkeypatch: pytest.MonkeyPatch) -> Callable[[CredentialStanding | None], None]:
    def put(found: CredentialStanding | None) -> None:
        kept = kept_as(found) if found else None
        monkeypatch.setattr("web.standing.credential_standing", lambda _tx, _serial: found)
        monkeypatch.setattr("web.standing.kept_credential", lambda _tx, _serial: kept)

    return put


def _world(config: Config) -> Iterator[World]:
    database = Database(config.database_url)
    migrations.tables.METADATA.create_all(database.engine)
    with use_academy(Academy(config, database)) as academy:
        yield World(academy)
    database.dispose()
