"""Whether a certificate is somebody's: told to whoever knows the name, and not to be guessed."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from web_site import NOW, SERIAL, World, kept_as, standing

from certs.checking.kept import Kept, Signed
from certs.checking.names import hashed
from certs.queries.standing import CredentialStanding
from web.site import GUESSES_A_MINUTE

Put = Callable[[CredentialStanding | None], None]
PAGE, API = f"/verify/{SERIAL}", f"/api/v1/credentials/{SERIAL}"


def test_a_name_that_somebody_knew_is_not_told_to_the_next(world: World, certificates: Put) -> None:
    certificates(standing())
    assert "Alba Serrano" in world.browser().post(PAGE, data={"holder": "Alba Serrano"}).text
    assert "Alba Serrano" not in world.browser().get(PAGE).text


@pytest.mark.parametrize("typed", ["Alba Serrano", " alba  SERRANO ", "Álba Serrano"])
def test_whoever_knows_the_name_sees_it(world: World, certificates: Put, typed: str) -> None:
    certificates(standing())
    browser = world.browser()
    assert "Serrano" not in browser.get(PAGE).text
    told = browser.post(PAGE, data={"holder": typed})
    assert 'It was issued to <strong dir="auto">Alba Serrano</strong>' in told.text
    assert told.headers["cache-control"] == "no-store"


def test_a_wrong_name_is_refused_and_not_shown_again(world: World, certificates: Put) -> None:
    certificates(standing())
    text = world.browser().post(PAGE, data={"holder": "Mallory Quick"}).text
    assert "neither the name nor the e-mail on this certificate" in text
    assert "Mallory" not in text
    assert "Serrano" not in text


def test_the_email_is_compared_by_the_hash_that_was_signed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.verify.kept_of", lambda _visit, _serial: _with_email())
    browser = world.browser()
    told = browser.post(PAGE, data={"holder": "Alba@Example.org "}).text
    assert "Alba Serrano" in told
    assert "example.org" not in told.lower()
    assert "Serrano" not in browser.post(PAGE, data={"holder": "bela@example.org"}).text


def test_names_cannot_be_guessed_in_bulk(world: World, certificates: Put) -> None:
    certificates(standing())
    browser = world.browser()
    for _ in range(GUESSES_A_MINUTE):
        assert browser.post(PAGE, data={"holder": "Somebody"}).status_code == 200
    last = browser.post(PAGE, data={"holder": "Alba Serrano"})
    assert last.status_code == 429
    assert "Serrano" not in last.text


def test_page_and_api_share_their_guesses(world: World, certificates: Put) -> None:
    certificates(standing())
    browser = world.browser()
    for _ in range(GUESSES_A_MINUTE):
        assert browser.get(API, params={"holder": "Somebody"}).status_code == 200
    last = browser.get(API, params={"holder": "Alba Serrano"})
    assert last.status_code == 429
    assert last.headers["content-type"] == "application/problem+json"
    assert "Serrano" not in last.text
    assert browser.post(PAGE, data={"holder": "Alba Serrano"}).status_code == 429
    assert browser.get(API).status_code == 200


def test_a_comparison_at_an_unknown_serial_answers_as_the_page_does(world: World) -> None:
    browser = world.browser()
    asked, compared = browser.get(PAGE), browser.post(PAGE, data={"holder": "Alba Serrano"})
    assert (asked.status_code, asked.text) == (compared.status_code, compared.text)


@pytest.mark.parametrize("typed", ["Alba Serrano", " alba  SERRANO ", "alba@example.org"])
def test_api_names_the_holder_to_whoever_knows_them(
    world: World, monkeypatch: pytest.MonkeyPatch, certificates: Put, typed: str
) -> None:
    certificates(standing())
    monkeypatch.setattr("web.api_credential.kept_of", lambda _visit, _serial: _with_email())
    browser = world.browser()
    for other in ("", " ", "Mallory Quick", "A. S.", "bela@example.org"):
        told = browser.get(API, params={"holder": other})
        assert (told.json()["name"], told.json()["name_shown"]) == ("A. S.", "initials")
        assert "Serrano" not in told.text
        assert "Mallory" not in told.text
    told = browser.get(API, params={"holder": typed})
    assert (told.json()["name"], told.json()["name_shown"]) == ("Alba Serrano", "full")
    assert "example.org" not in told.text


def _with_email() -> Kept:
    identity = {
        "type": "IdentityObject",
        "hashed": True,
        "identityType": "emailAddress",
        "identityHash": hashed("alba@example.org", "pepper"),
        "salt": "pepper",
    }
    document = json.dumps({"credentialSubject": {"identifier": [identity]}})
    return replace(kept_as(standing()), signed=Signed(document, NOW, 0, "", ()))
