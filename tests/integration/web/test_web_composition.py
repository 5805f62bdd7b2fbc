import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from web_site import World

import streamlit_app

with warnings.catch_warnings():
    # Starlette would rather have httpx2.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient


@pytest.fixture
def browser(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr("web.lifespan.keep_what_is_loaded", lambda: None)
    with TestClient(
        streamlit_app.app, base_url="http://localhost", follow_redirects=False
    ) as client:
        yield client


def test_both_faces_are_one_app(browser: Any, world: World) -> None:
    assert browser.get("/healthz").json() == {"status": "alive"}
    assert browser.get("/verify").status_code == 200
    shell = browser.get("/")
    assert '<div id="root">' in shell.text
    assert "window.__streamlit" in shell.text
    assert "window.__streamlit" in browser.get("/lesson?course=one&lesson=two").text
    assert "script-src 'self' blob: 'sha256-" in shell.headers["content-security-policy"]
    assert browser.get("/_stcore/health").status_code == 200
    assert browser.get("/_stcore/metrics").status_code == 404
    assert browser.get("/_stcore/agent/openapi.json").status_code == 404
    assert browser.put("/_stcore/upload_file/a/b", content=b"x").status_code == 403
    foreign = {"Host": "evil.example"}
    assert browser.get("/", headers=foreign).status_code == 400
