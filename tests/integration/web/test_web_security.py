import re

import pytest
from starlette.websockets import WebSocketDisconnect
from structlog.testing import capture_logs
from web_site import PASSWORD, World, sign_in, token_of

from base.errors import Conflict, Expired, Invalid, NotAllowed, NotFound, Throttled, Unavailable
from base.permissions import Role
from web.handling import status_of

LOGIN = {"email": "alba@example.org", "password": PASSWORD}


def test_headers_stand_on_everything(world: World) -> None:
    browser = world.browser()
    for path in ("/", "/auth/login", "/verify", "/healthz", "/assets/site.css", "/assets/none"):
        headers = browser.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] in {"same-origin", "no-referrer"}
        assert "camera=()" in headers["permissions-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "strict-transport-security" not in headers


def test_https_is_remembered(secure_world: World) -> None:
    headers = secure_world.browser("https://academy.example.org").get("/").headers
    assert headers["strict-transport-security"].startswith("max-age=")


def test_streamlit_pages_have_the_verified_policy(world: World) -> None:
    policy = world.browser().get("/").headers["content-security-policy"]
    assert re.sub(r"('sha256-[\w+/=]{44}' ?)+", "HASHES", policy) == (
        "default-src 'self'; script-src 'self' blob: HASHES; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "frame-ancestors 'none'"
    )


@pytest.mark.parametrize("host", ["http://localhost:8501", "http://127.0.0.1", "http://[::1]:8501"])
def test_nearby_hosts_are_known_in_development(world: World, host: str) -> None:
    assert world.browser(host).get("/").status_code == 200


def test_only_the_public_host_is_known_in_production(secure_world: World) -> None:
    assert secure_world.browser("https://academy.example.org:443").get("/").status_code == 200
    assert secure_world.browser("https://ACADEMY.example.org").get("/").status_code == 200
    for host in ("http://localhost", "https://evil.example", "https://academy.example.org.evil"):
        refused = secure_world.browser(host).get("/")
        assert refused.status_code == 400
        assert "does not answer to that host name" in refused.text


@pytest.mark.parametrize("host", ["", "a b", "[", "user@", "evil.example#localhost"])
def test_odd_hosts_are_refused(world: World, host: str) -> None:
    assert world.browser().get("/", headers={"Host": host}).status_code == 400


def test_probes_may_use_any_address(secure_world: World) -> None:
    assert secure_world.browser("http://10.0.0.7:8501").get("/healthz").status_code == 200


def test_websocket_of_an_unknown_host_is_refused(world: World) -> None:
    browser = world.browser("http://evil.example")
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        browser.websocket_connect("/_stcore/stream"),
    ):
        pass
    assert refused.value.code == 1008


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
    ],
)
def test_closed_doors(world: World, path: str) -> None:
    browser = world.browser()
    assert browser.get(path).status_code == 404
    assert browser.post(path).status_code == 404


def test_only_those_upload_whose_work_it_is(world: World) -> None:
    world.person("alba", (Role.LEARNER,))
    world.person("bela", (Role.AUTHOR,))
    world.person("dina", (Role.ADMINISTRATOR,))
    path = "/_stcore/upload_file/session/file"
    nobody, alba, bela, dina = (world.browser() for _ in range(4))
    sign_in(alba)
    sign_in(dina, "dina@example.org")
    assert dina.put(path, content=b"x").text == "reached"
    sign_in(bela, "bela@example.org")
    assert nobody.put(path, content=b"x").status_code == 403
    assert alba.put(path, content=b"x").status_code == 403
    assert bela.put(path, content=b"x").text == "reached"
    bela.post("/auth/logout", data={"csrf": token_of(bela, "/auth/logout")})
    assert bela.put(path, content=b"x").status_code == 403
    assert nobody.put(path, headers={"Cookie": "pinpoint_session=\x00;=;"}).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/auth/login",
        "/auth/signup",
        "/auth/password",
        "/auth/logout",
        "/auth/logout-everywhere",
        "/auth/demo",
        "/auth/strength",
    ],
)
def test_posts_need_token_and_same_site(world: World, path: str) -> None:
    world.open(demo=True)
    assert world.browser().post(path, data=LOGIN).status_code == 403
    browser = world.browser()
    form = {"csrf": token_of(browser), **LOGIN, "role": "learner"}
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ):
        response = browser.post(path, data=form, headers=headers)
        assert response.status_code == 403, headers
    mismatch = {**form, "csrf": "A" * 43}
    assert browser.post(path, data=mismatch).status_code == 403


def test_empty_token_and_empty_cookie_do_not_match(world: World) -> None:
    browser = world.browser()
    browser.cookies.set("pinpoint_csrf", "")
    assert browser.post("/auth/login", data={"csrf": "", **LOGIN}).status_code == 403


def test_own_origin_is_fine(world: World) -> None:
    world.person("alba", (Role.LEARNER,))
    for headers in (
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
    ):
        browser = world.browser()
        form = {"csrf": token_of(browser), **LOGIN}
        assert browser.post("/auth/login", data=form, headers=headers).status_code == 303


def test_token_cookie_is_strict_and_narrow(world: World) -> None:
    cookie = world.browser().get("/auth/login").headers["set-cookie"]
    for flag in ("HttpOnly", "SameSite=strict", "Path=/auth"):
        assert flag in cookie


def test_large_bodies_are_refused(world: World) -> None:
    browser = world.browser()
    form = {"csrf": token_of(browser), "email": "x" * 70_000}
    assert browser.post("/auth/login", data=form).status_code == 413


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a=1&" * 60, b"csrf", b""])
def test_odd_bodies_are_refused_politely(world: World, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    response = world.browser().post("/auth/login", content=body, headers=headers)
    assert response.status_code == 403
    assert "<h1>This is not open to you</h1>" in response.text


def test_errors_have_their_status() -> None:
    statuses = {
        Invalid(["x"]): 422,
        NotFound("x"): 404,
        NotAllowed("x"): 403,
        Conflict("x"): 409,
        Expired("x"): 410,
        Throttled("x"): 429,
        Unavailable("x"): 503,
    }
    assert {error: status_of(error) for error in statuses} == statuses


def test_defect_shows_only_its_incident(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_tx: object, _serial: str) -> None:
        raise RuntimeError("secret dsn")

    monkeypatch.setattr("web.standing.kept_credential", broken)
    with capture_logs() as logs:
        page = world.browser().get("/verify/PP-7K2M9-QX4TD-0ABCN-8RHJP")
    (entry,) = (log for log in logs if log["event"] == "incident")
    assert page.status_code == 500
    assert entry["incident"] in page.text
    assert "secret" not in page.text
    assert str(entry["exc_info"]) == "secret dsn"


def test_database_that_is_not_there_is_503(world: World) -> None:
    with world.academy.database.engine.connect() as connection:
        connection.exec_driver_sql("DROP TABLE sign_in")
        connection.commit()
    response = world.browser().get("/auth/login")
    assert response.status_code == 200
    browser = world.browser()
    browser.cookies.set("pinpoint_session", "x")
    response = browser.get("/auth/login")
    assert response.status_code == 503
    assert "The database is not up to date." in response.text


def test_assets(world: World) -> None:
    browser = world.browser()
    for name, kind in (("site.css", "text/css"), ("password.js", "text/javascript")):
        response = browser.get(f"/assets/{name}")
        assert response.headers["content-type"].startswith(kind)
        assert "immutable" in response.headers["cache-control"]
    assert browser.get("/assets/site.py").status_code == 404
