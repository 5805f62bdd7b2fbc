import pytest
from web_site import World, sign_in

from base.permissions import SYSTEM, Role
from quizbank.commands.files import add_picture
from tests.factories import png


def stored(world: World) -> str:
    with world.academy.database.write(SYSTEM, world.clock(), world.academy.config) as tx:
        return add_picture(tx, png()).digest


@pytest.mark.parametrize("role", [Role.LEARNER, Role.CLINIC])
def test_whoever_is_signed_in_gets_a_picture_and_nothing_but_a_picture(
    world: World, role: Role
) -> None:
    digest = stored(world)
    world.person("alba", (role,))
    browser = world.browser()
    sign_in(browser)
    response = browser.get(f"/files/{digest}")
    assert (response.status_code, response.content) == (200, png())
    assert response.headers["content-type"] == "image/png"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert response.headers["cache-control"] == "private, max-age=31536000, immutable"


def test_a_stranger_learns_nothing(world: World) -> None:
    known, unknown = (world.browser().get(f"/files/{one}") for one in (stored(world), "0" * 64))
    assert known.status_code == unknown.status_code == 403
    assert known.text == unknown.text == "Sign in first, then try again."
    assert known.headers["cache-control"] == "no-store"


def test_unknown_and_malformed_digests_are_answered_alike(world: World) -> None:
    world.person("alba", (Role.LEARNER,))
    browser = world.browser()
    sign_in(browser)
    asked = ["0" * 64, "0" * 63, "F" * 64, "x.png", "..%5c..%5cetc", "%00", "é", "0" * 64 + "%0a"]
    answers = {(one.status_code, one.text) for one in (browser.get(f"/files/{a}") for a in asked)}
    assert answers == {(404, "There is no such picture here. Reload the page that showed it.")}
