import pytest
from web_site import World, sign_in, token_of

from base.academy import SESSION_COOKIE
from base.permissions import Role


@pytest.fixture
def alba(world: World) -> World:
    world.person("alba", (Role.LEARNER,))
    return world


def test_signing_out_kills_the_cookie(alba: World) -> None:
    browser = alba.browser()
    sign_in(browser)
    token = browser.cookies[SESSION_COOKIE]
    response = browser.post("/auth/logout", data={"csrf": token_of(browser, "/auth/logout")})
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert SESSION_COOKIE not in browser.cookies
    browser.cookies.set(SESSION_COOKIE, token)
    assert browser.get("/auth/password").status_code == 303


def test_a_link_does_not_sign_out(alba: World) -> None:
    browser = alba.browser()
    sign_in(browser)
    assert "Sign out of this browser" in browser.get("/auth/logout").text
    assert browser.get("/auth/password").status_code == 200


def test_everywhere_means_every_browser(alba: World) -> None:
    phone, laptop = alba.browser(), alba.browser()
    sign_in(phone)
    sign_in(laptop)
    token = token_of(phone, "/auth/logout")
    assert phone.post("/auth/logout-everywhere", data={"csrf": token}).status_code == 303
    assert laptop.get("/auth/password").status_code == 303


def test_everywhere_needs_somebody(alba: World) -> None:
    browser = alba.browser()
    response = browser.post("/auth/logout-everywhere", data={"csrf": token_of(browser)})
    assert response.status_code == 403
    assert "Sign in first" in response.text


def test_a_button_on_a_streamlit_page_needs_no_token(alba: World) -> None:
    browser = alba.browser()
    sign_in(browser)
    response = browser.post("/auth/logout", headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 303
    assert browser.get("/auth/password").status_code == 303
