import pytest
from sqlmodel import select
from web_site import PASSWORD, World, sign_in, token_of

from accounts.tables import SignInFailureRow
from base.academy import SESSION_COOKIE
from base.permissions import NOBODY, Role


@pytest.fixture
def alba(world: World) -> World:
    world.person("alba", (Role.LEARNER,))
    return world


def test_right_password_signs_in_and_goes_on(alba: World) -> None:
    browser = alba.browser()
    form = {"csrf": token_of(browser), "email": "alba@example.org", "password": PASSWORD}
    response = browser.post("/auth/login", data={**form, "next": "/exams?course=mf"})
    assert (response.status_code, response.headers["location"]) == (303, "/exams?course=mf")
    cookie = response.headers["set-cookie"]
    assert f"{SESSION_COOKIE}=" in cookie
    for flag in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age=2592000"):
        assert flag in cookie
    assert "Secure" not in cookie


def test_cookie_is_secure_over_https(secure_world: World) -> None:
    secure_world.person("alba", (Role.LEARNER,))
    response = sign_in(secure_world.browser("https://academy.example.org"))
    assert response.status_code == 303
    assert "Secure" in response.headers["set-cookie"]


def test_email_in_other_case_signs_in(alba: World) -> None:
    assert sign_in(alba.browser(), " ALBA@Example.ORG ").status_code == 303


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("alba@example.org", "wrong"),
        ("nobody@example.org", PASSWORD),
        ("not an address", PASSWORD),
        ("alba@example.org", "x" * 100),
        ("alba@example.org", ""),
        ("", ""),
    ],
)
def test_one_sentence_for_whatever_is_wrong(alba: World, email: str, password: str) -> None:
    response = sign_in(alba.browser(), email, password)
    assert response.status_code == 422
    assert "The e-mail or the password is not right." in response.text
    assert SESSION_COOKIE not in response.headers.get("set-cookie", "")
    assert password == "" or password not in response.text


def test_typed_email_stays_and_is_escaped(alba: World) -> None:
    response = sign_in(alba.browser(), '"><script>alert(1)</script>', "wrong")
    assert "<script>alert" not in response.text
    assert "&#34;&gt;&lt;script&gt;alert(1)" in response.text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/ /evil",
        "/a\r\nSet-Cookie: x=1",
        "",
    ],
)
def test_redirect_to_elsewhere_is_refused(alba: World, target: str) -> None:
    browser = alba.browser()
    form = {"csrf": token_of(browser), "email": "alba@example.org", "password": PASSWORD}
    response = browser.post("/auth/login", data={**form, "next": target})
    assert (response.status_code, response.headers["location"]) == (303, "/")


def test_signing_in_again_replaces_the_old_cookie(alba: World) -> None:
    browser = alba.browser()
    sign_in(browser)
    old = browser.cookies[SESSION_COOKIE]
    sign_in(browser)
    assert browser.cookies[SESSION_COOKIE] != old
    assert not _is_signed_in(alba, old)
    assert _is_signed_in(alba, browser.cookies[SESSION_COOKIE])


def test_planted_cookie_is_never_adopted(alba: World) -> None:
    browser = alba.browser()
    browser.cookies.set(SESSION_COOKIE, "planted", domain="localhost.local", path="/")
    response = sign_in(browser)
    assert "planted" not in response.headers["set-cookie"]


def test_too_many_failures_must_wait(alba: World) -> None:
    for _ in range(5):
        assert sign_in(alba.browser(), password="wrong").status_code == 422
    response = sign_in(alba.browser())
    assert response.status_code == 429
    assert "Wait 2 seconds" in response.text
    alba.clock.forward(seconds=3)
    assert sign_in(alba.browser()).status_code == 303


def test_failures_are_kept_as_digests_only(alba: World) -> None:
    sign_in(alba.browser(), password="wrong")
    with alba.academy.database.read(NOBODY, alba.clock(), alba.academy.config) as tx:
        kept = tx.session.exec(select(SignInFailureRow)).one().model_dump_json()
    assert "alba" not in kept
    assert "testclient" not in kept


def test_who_is_signed_in_is_told_on_the_form(alba: World) -> None:
    browser = alba.browser()
    sign_in(browser)
    assert "You are signed in as <strong>Alba</strong>" in browser.get("/auth/login").text


def test_demo_is_offered_in_a_demo_academy_only(alba: World) -> None:
    assert "/auth/demo" not in alba.browser().get("/auth/login").text
    alba.open(demo=True)
    assert "/auth/demo" in alba.browser().get("/auth/login").text


def test_form_suits_password_managers(alba: World) -> None:
    page = alba.browser().get("/auth/login").text
    for part in (
        'autocomplete="username"',
        'autocomplete="current-password"',
        '<label for="email">',
        '<label for="password">',
    ):
        assert part in page


def _is_signed_in(world: World, token: str) -> bool:
    browser = world.browser()
    browser.cookies.set(SESSION_COOKIE, token)
    return browser.get("/auth/password").status_code == 200
