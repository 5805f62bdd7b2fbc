"""What stands open to strangers over HTTP on the real server, and what does not."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message

import pytest

from base.academy import SESSION_COOKIE
from tests.server import Server


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    text: str


class _Stay(urllib.request.HTTPRedirectHandler):
    def http_error_303(self, *_: object) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] not followed
        return None


def ask(
    server: Server, path: str, method: str = "GET", data: bytes | None = None, **headers: str
) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(server.url + path, data, named, method=method)
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=10) as answer:
            return Answer(answer.status, answer.headers, answer.read().decode())
    except urllib.error.HTTPError as refused:
        with refused:
            return Answer(refused.code, refused.headers, refused.read().decode())


def test_strangers_cannot_upload(server: Server) -> None:
    path = "/_stcore/upload_file/no-session/no-file"
    assert ask(server, path, "PUT", b"x" * 1000).status == 403
    trainee = f"{SESSION_COOKIE}={server.world.sign_in('alba')}"
    assert ask(server, path, "PUT", b"x" * 1000, Cookie=trainee).status == 403


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent", "/_stcore/agent/openapi"])
def test_inner_doors_are_closed(server: Server, path: str) -> None:
    assert ask(server, path).status == 404


@pytest.mark.parametrize("path", ["/", "/verify", "/auth/login", "/_stcore/stream"])
def test_a_foreign_host_name_is_refused(server: Server, path: str) -> None:
    assert ask(server, path, Host="evil.example").status == 400


def test_pages_carry_their_policies(server: Server) -> None:
    app, plain = ask(server, "/"), ask(server, "/verify")
    assert "unsafe-eval" not in app.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in app.headers["Content-Security-Policy"]
    assert "default-src 'none'" in plain.headers["Content-Security-Policy"]
    for answer in (app, plain):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_sign_in_cookie_is_out_of_reach(server: Server) -> None:
    answer = ask(server, "/auth/demo?role=learner", "POST", b"", Sec_Fetch_Site="same-origin")
    assert answer.status == 303
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{SESSION_COOKIE}=")
    assert {"httponly", "samesite=lax", "path=/"} <= {
        part.strip().lower() for part in cookie.split(";")
    }


def test_another_site_cannot_press_our_buttons(server: Server) -> None:
    for path in ("/auth/demo?role=learner", "/auth/logout", "/auth/login", "/auth/signup"):
        answer = ask(server, path, "POST", b"", Sec_Fetch_Site="cross-site")
        assert answer.status == 403, path
        assert "Set-Cookie" not in answer.headers or SESSION_COOKIE not in str(answer.headers)


def test_the_source_and_the_settings_are_not_served(server: Server) -> None:
    for path in (
        "/streamlit_app.py",
        "/.streamlit/config.toml",
        "/var/pinpoint.db",
    ):
        text = ask(server, path).text
        assert "import streamlit" not in text
        assert "SQLite format" not in text
        assert "[server]" not in text


def test_the_interface_knows_no_such_certificate(server: Server) -> None:
    answer = ask(server, "/api/v1/credentials/PP-00000-00000-00000-00000")
    assert answer.status == 404
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert json.loads(answer.text)["status"] == 404
