"""May she do this, on the public page: a form without script, and one word first."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from web_site import NOW, SERIAL, World, standing

from certs.queries.standing import CredentialStanding
from certs.status import Status
from courses.coverage import Coverage

Put = Callable[[CredentialStanding | None], None]
PAGE = f"/verify/{SERIAL}/covers"
ASKED = {"site": "cheek", "depth": "0.5", "device": "motorised pen", "on": "2026-03-07"}
COVERAGE = Coverage.model_validate(
    {
        "sites": [{"site": "cheek", "max_depth_mm": 0.5}],
        "devices": ["motorised pen"],
        "practice": "knowledge assessment; practical skill not assessed",
        "jurisdiction": {
            "note": "Not a licence.",
            "as_of": date(2026, 1, 1),
            "review_due": date(2027, 1, 1),
        },
    }
)


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch, certificates: Put) -> Put:
    def putting(found: CredentialStanding | None) -> None:
        certificates(found)
        eligibility = "certs.queries.eligibility.credential_standing"
        monkeypatch.setattr(eligibility, lambda _tx, _serial: found)

    return putting


@pytest.mark.parametrize(
    ("found", "asked", "word", "why"),
    [
        ({}, {}, "COVERED", "The certificate covers cheek to 0.5 mm"),
        ({}, {"depth": "0,5 mm"}, "COVERED", "The certificate covers cheek to 0.5 mm"),
        ({}, {"on": ""}, "COVERED", "on 7 March 2026"),
        ({}, {"depth": "0.6"}, "NOT COVERED", "0.6 mm is deeper"),
        ({}, {"site": "eyelid"}, "NOT COVERED", "does not name this site: eyelid"),
        ({"coverage": None}, {}, "UNKNOWN", "Read its scope in words."),
        ({"expires_at": NOW, "status": Status.EXPIRED}, {}, "NOT COVERED", "ended on 7 March 2026"),
        ({"since": NOW, "status": Status.REVOKED}, {}, "NOT COVERED", "was revoked on"),
    ],
)
def test_one_word_comes_first_and_says_why(
    world: World, put: Put, found: dict[str, Any], asked: dict[str, str], word: str, why: str
) -> None:
    put(standing(**{"coverage": COVERAGE} | found))
    response = world.browser().get(PAGE, params=ASKED | asked)
    assert response.status_code == 200
    assert f"<h1>{word}</h1>" in response.text
    assert why in response.text
    verdict = response.text.split('<div class="verdict ')[1]
    assert verdict.index("<svg") < verdict.index(word)


def test_what_is_covered_says_what_to_bear_in_mind_and_never_who(world: World, put: Put) -> None:
    put(standing(coverage=COVERAGE))
    text = world.browser().get(PAGE, params=ASKED).text
    assert "Only knowledge was assessed; practical skill was not." in text
    assert "Not a licence. (As of 1 January 2026.)" in text
    assert "Alba" not in text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("site", "ear lobe", "Choose where."),
        ("depth", "deep", "Type a length in millimetres"),
        ("depth", "-1", "Type a length in millimetres"),
        ("depth", "nan", "Type a length in millimetres"),
        ("device", "<b>", "Choose a device."),
        ("on", "tomorrow", "Choose a day."),
    ],
)
def test_what_was_typed_wrong_is_named_and_the_rest_kept(
    world: World, put: Put, field: str, typed: str, sentence: str
) -> None:
    put(standing(coverage=COVERAGE))
    response = world.browser().get(PAGE, params=ASKED | {field: typed})
    assert response.status_code == 422
    assert sentence in response.text
    assert f'aria-describedby="{field}-problem"' in response.text
    assert response.text.count("selected") == 2 - (field in {"site", "device"})
    assert "<b>" not in response.text


def test_the_form_stands_on_the_public_page_and_alone(world: World, put: Put) -> None:
    put(standing(coverage=COVERAGE))
    browser = world.browser()
    for path in (PAGE, f"/verify/{SERIAL}"):
        text = browser.get(path).text
        assert f'action="{PAGE}"' in text
        assert 'value="2026-03-07"' in text
        assert "<script" not in text


def test_it_is_as_private_and_as_light_as_the_public_page(world: World, put: Put) -> None:
    put(standing(coverage=COVERAGE))
    browser = world.browser()
    response = browser.get(PAGE, params=ASKED)
    assert response.headers["x-robots-tag"] == "noindex"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in response.headers
    assert len(response.content) + len(browser.get("/assets/site.css").content) < 50_000


def test_what_is_no_certificate_is_told_by_the_public_page(world: World, put: Put) -> None:
    put(None)
    browser = world.browser()
    found = [browser.get(path, params=ASKED) for path in (PAGE, "/verify/a%2F..%2Fb/covers")]
    assert found[0].headers["location"] == f"/verify/{SERIAL}"
    malformed = browser.get("/verify/hello/covers", params=ASKED)
    assert malformed.headers["location"] == "/verify/hello"
    other = browser.get(f"/verify/{SERIAL.lower()}/covers", params=ASKED)
    assert other.headers["location"].startswith(f"{PAGE}?site=cheek")


def test_asking_counts_against_the_rate_limit(world: World, put: Put) -> None:
    put(standing(coverage=COVERAGE))
    browser = world.browser()
    asked = [browser.get(PAGE, params=ASKED).status_code for _ in range(61)]
    assert asked[-2:] == [200, 429]
