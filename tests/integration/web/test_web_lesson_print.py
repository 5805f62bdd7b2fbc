"""A lesson as a plain page to be printed."""

import pytest
from web_site import World, sign_in

from base.permissions import Role

LESSON = "/print/lesson/microneedling-fundamentals/02-skin-and-depth"


def test_a_learner_gets_the_whole_lesson_and_its_sources(taught: World) -> None:
    taught.person("alba", (Role.LEARNER,))
    browser = taught.browser()
    sign_in(browser)
    response = browser.get(LESSON)
    assert response.status_code == 200
    assert "<h1>Skin anatomy and depth</h1>" in response.text
    assert "Name the layers a needle meets" in response.text
    assert response.text.count("data:image/svg+xml;base64,") >= 1
    assert 'href="#source-S37"' in response.text
    assert 'id="source-S37"' in response.text
    assert "https://doi.org/10.1093/asj/sjv079" in response.text
    assert "A licensed clinician must review it" in response.text
    assert "{{" not in response.text
    assert response.headers["x-robots-tag"] == "noindex"


def test_who_is_not_signed_in_does_so_first(taught: World) -> None:
    response = taught.browser().get(LESSON)
    assert response.status_code == 303
    assert response.headers["location"] == f"/auth/login?next={LESSON}"


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        (Role.CLINIC, LESSON, 403),
        (Role.LEARNER, f"{LESSON}-x", 404),
        (Role.LEARNER, LESSON.replace("microneedling", "nothing"), 404),
    ],
)
def test_a_refusal_is_a_page(taught: World, role: Role, path: str, status: int) -> None:
    taught.person("alba", (role,))
    browser = taught.browser()
    sign_in(browser)
    assert browser.get(path).status_code == status
