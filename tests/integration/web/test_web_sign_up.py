import pytest
from web_site import PASSWORD, World, sign_in, token_of

from base.academy import SESSION_COOKIE
from base.permissions import Role

GOOD = {"name": "Zoë Müller", "email": "zoe@example.org", "password": PASSWORD, "next": "/"}


def sign_up(world: World, **changes: str):
    browser = world.browser()
    form = {"csrf": token_of(browser, "/auth/signup"), **GOOD, **changes}
    return browser.post("/auth/signup", data=form)


def test_account_is_made_and_signed_in(world: World) -> None:
    response = sign_up(world, next="/certificates")
    assert (response.status_code, response.headers["location"]) == (303, "/certificates")
    assert SESSION_COOKIE in response.headers["set-cookie"]
    assert sign_in(world.browser(), "zoe@example.org").status_code == 303


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "  "}, "Write your name as it should stand"),
        ({"name": "x" * 121}, "longer than 120 characters"),
        ({"name": "Zoë \U00013000"}, "(U+13000)"),
        ({"name": "Zoë\u200bM"}, "the invisible character U+200B"),
        ({"name": "\u202eëoZ"}, "the invisible character U+202E"),
        ({"email": "zoe"}, "The e-mail address does not look right"),
        ({"password": "short"}, "Use at least 10 characters"),
        ({"password": "password1234"}, "too easy to guess"),
        ({"password": "é" * 37}, "The password is 74 bytes long"),
        ({"password": "zoe@example.org"}, "too easy to guess"),
    ],
)
def test_each_problem_stands_beside_its_field(
    world: World, changes: dict[str, str], sentence: str
) -> None:
    response = sign_up(world, **changes)
    (field,) = changes
    assert response.status_code == 422
    assert f'<a href="#{field}">' in response.text
    assert f'id="{field}-problem-1"' in response.text
    assert sentence in response.text.replace("&#39;", "'")
    assert response.text.count('aria-invalid="true"') == 1


def test_all_problems_come_at_once_and_the_password_never_back(world: World) -> None:
    response = sign_up(world, name="", email="x", password="hunter2-abc"[:7])
    assert response.text.count('aria-invalid="true"') == 3
    assert 'role="alert" tabindex="-1" autofocus' in response.text
    assert 'value="x"' in response.text
    assert "hunter2" not in response.text
    assert "The password you typed is" in response.text


def test_taken_email_is_a_conflict(world: World) -> None:
    sign_up(world)
    response = sign_up(world, email="ZOE@example.org")
    assert response.status_code == 409
    assert "already has an account" in response.text
    assert "Zoë Müller" in response.text


def test_signing_up_signs_the_former_person_out(world: World) -> None:
    world.person("alba", (Role.LEARNER,))
    browser = world.browser()
    sign_in(browser)
    old = browser.cookies[SESSION_COOKIE]
    browser.post("/auth/signup", data={"csrf": token_of(browser, "/auth/signup"), **GOOD})
    other = world.browser()
    other.cookies.set(SESSION_COOKIE, old)
    assert other.get("/auth/password").status_code == 303


class TestStrength:
    def ask(self, world: World, body: object, **headers: str):
        browser = world.browser()
        token = token_of(browser, "/auth/signup")
        return browser.post("/auth/strength", json=body, headers={"X-CSRF-Token": token, **headers})

    def test_score_word_and_advice(self, world: World) -> None:
        answer = self.ask(world, {"password": "password"}).json()
        assert answer["score"] == 0
        assert answer["word"] == "very weak"
        assert answer["problems"] == ["Use at least 10 characters in the password."]
        assert self.ask(world, {"password": PASSWORD}).json()["problems"] == []

    def test_personal_words_weaken_it(self, world: World) -> None:
        about = {"name": "Wilhelmina Featherstone", "email": ""}
        alone = self.ask(world, {"password": "wilhelminafeatherstone"}).json()
        known = self.ask(world, {"password": "wilhelminafeatherstone", **about}).json()
        assert known["score"] < alone["score"]

    def test_token_is_needed(self, world: World) -> None:
        response = world.browser().post("/auth/strength", json={"password": "x"})
        assert response.status_code == 403
        assert response.headers["content-type"] == "application/problem+json"

    def test_cross_site_is_refused(self, world: World) -> None:
        headers = {"Sec-Fetch-Site": "cross-site"}
        assert self.ask(world, {"password": "x"}, **headers).status_code == 403

    @pytest.mark.parametrize("body", [{}, [], {"password": 7}, {"password": "x", "more": 1}, "x"])
    def test_other_json_is_refused(self, world: World, body: object) -> None:
        response = self.ask(world, body)
        assert response.status_code == 422
        assert "Send" in response.json()["detail"]

    def test_large_question_is_refused(self, world: World) -> None:
        assert self.ask(world, {"password": "x" * 3000}).status_code == 413

    def test_form_instead_of_json_is_refused(self, world: World) -> None:
        browser = world.browser()
        form = {"csrf": token_of(browser), "password": "x"}
        assert browser.post("/auth/strength", data=form).status_code == 422


def test_only_password_pages_may_ask_the_server(world: World) -> None:
    browser = world.browser()
    asking = browser.get("/auth/signup").headers["content-security-policy"]
    assert "connect-src 'self'" in asking
    assert "connect-src" not in browser.get("/auth/login").headers["content-security-policy"]
