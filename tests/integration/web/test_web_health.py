import pytest
from web_site import World

from base.db import Database


def test_alive(world: World) -> None:
    assert world.browser().get("/healthz").json() == {"status": "alive"}


def test_ready(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.health.schema_problem", lambda _database: None)
    response = world.browser().get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ready"})


def test_old_schema_is_not_ready(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.health.schema_problem", lambda _database: "Run `pinpoint init`.")
    response = world.browser().get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "check": "migrations",
        "problem": "Run `pinpoint init`.",
    }


def test_broken_check_is_not_ready(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_database: Database) -> str | None:
        raise RuntimeError("secret")

    monkeypatch.setattr("web.health.schema_problem", broken)
    response = world.browser().get("/readyz")
    assert response.status_code == 503
    assert "secret" not in response.text
