import pytest
from web_site import World, token_of

from base.academy import SESSION_COOKIE
from base.permissions import Role


def test_one_click_enters_as_a_learner(world: World) -> None:
    world.open(demo=True)
    browser = world.browser()
    form = {"csrf": token_of(browser, "/auth/demo"), "role": "learner"}
    response = browser.post("/auth/demo", data=form)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert "Alba Demo" in browser.get("/auth/logout").text


def test_button_of_a_streamlit_page_enters_too(world: World) -> None:
    world.open(demo=True)
    browser = world.browser()
    same = {"Sec-Fetch-Site": "same-origin"}
    assert browser.post("/auth/demo?role=learner", headers=same).status_code == 303
    assert SESSION_COOKIE in browser.cookies


def test_the_examiner_is_somebody_else_than_the_instructor(world: World) -> None:
    world.open(demo=True)
    for role, name in (("author", "Bela Demo"), ("examiner", "Cato Demo")):
        browser = world.browser()
        browser.post("/auth/demo", data={"csrf": token_of(browser, "/auth/demo"), "role": role})
        assert name in browser.get("/auth/logout").text


@pytest.mark.parametrize("role", ["", "system", "auditor", "Learner", "x"])
def test_other_roles_are_not_offered(world: World, role: str) -> None:
    world.open(demo=True)
    browser = world.browser()
    form = {"csrf": token_of(browser, "/auth/demo"), "role": role}
    assert browser.post("/auth/demo", data=form).status_code == 422


@pytest.mark.parametrize("opened", [True, False])
def test_refused_where_there_is_no_demo(world: World, opened: bool) -> None:
    if opened:
        world.open(demo=False)
    world.person("alba", (Role.LEARNER,))
    browser = world.browser()
    form = {"csrf": token_of(browser), "role": "learner"}
    response = browser.post("/auth/demo", data=form)
    assert response.status_code == 403
    assert "There is no demo here." in response.text
    assert browser.get("/auth/demo").status_code == 403
