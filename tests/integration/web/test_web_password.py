import pytest
from web_site import PASSWORD, World, sign_in, token_of

from base.academy import SESSION_COOKIE
from base.permissions import Role

NEW = "forty brisk umbrellas"


@pytest.fixture
def alba(world: World) -> World:
    world.person("alba", (Role.LEARNER,))
    return world


def change(browser, current: str = PASSWORD, new: str = NEW):
    form = {"csrf": token_of(browser, "/auth/password"), "current": current, "password": new}
    return browser.post("/auth/password", data=form)


def test_strangers_sign_in_first(alba: World) -> None:
    response = alba.browser().get("/auth/password")
    assert (response.status_code, response.headers["location"]) == (
        303,
        "/auth/login?next=/auth/password",
    )


def test_posting_needs_somebody(alba: World) -> None:
    browser = alba.browser()
    form = {"csrf": token_of(browser), "current": PASSWORD, "password": NEW}
    assert browser.post("/auth/password", data=form).status_code == 403


def test_new_password_works_and_other_browsers_are_out(alba: World) -> None:
    here, there = alba.browser(), alba.browser()
    sign_in(here)
    sign_in(there)
    old = here.cookies[SESSION_COOKIE]
    assert change(here).status_code == 303
    assert here.cookies[SESSION_COOKIE] != old
    assert "Your password is changed." in here.get("/auth/password?changed=1").text
    assert there.get("/auth/password").status_code == 303
    assert sign_in(alba.browser()).status_code == 422
    assert sign_in(alba.browser(), password=NEW).status_code == 303


def test_wrong_current_password_changes_nothing(alba: World) -> None:
    browser = alba.browser()
    sign_in(browser)
    response = change(browser, current="wrong")
    assert response.status_code == 422
    assert "This is not your current password." in response.text
    assert sign_in(alba.browser()).status_code == 303


def test_guessing_the_current_password_is_slowed(alba: World) -> None:
    browser = alba.browser()
    sign_in(browser)
    for _ in range(5):
        change(browser, current="wrong")
    response = change(browser)
    assert response.status_code == 429
    assert "Too many failed sign-ins" in response.text


def test_weak_new_password_is_refused(alba: World) -> None:
    browser = alba.browser()
    sign_in(browser)
    response = change(browser, new="é" * 40)
    assert response.status_code == 422
    assert "80 bytes long" in response.text


def test_demo_person_has_none(world: World) -> None:
    world.open(demo=True)
    browser = world.browser()
    token = token_of(browser, "/auth/demo")
    browser.post("/auth/demo", data={"csrf": token, "role": "learner"})
    page = browser.get("/auth/password")
    assert "This account has no password." in page.text
    form = {"csrf": token, "current": "", "password": NEW}
    assert browser.post("/auth/password", data=form).status_code == 422
