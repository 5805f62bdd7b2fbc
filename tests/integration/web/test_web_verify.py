import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from web_site import NOW, SERIAL, World, standing

from base.ids import parse_serial
from certs.checking.report import Part
from certs.queries.standing import CredentialStanding
from certs.status import Status
from certs.terms import Facts

Put = Callable[[CredentialStanding | None], None]
PAGE, API = f"/verify/{SERIAL}", f"/api/v1/credentials/{SERIAL}"


@pytest.mark.parametrize(
    ("found", "status", "word"),
    [
        (standing(), 200, "VALID"),
        (standing(status=Status.EXPIRED, expires_at=NOW), 200, "EXPIRED"),
        (
            standing(status=Status.REVOKED, since=NOW, reason="Exam taken by another."),
            200,
            "REVOKED",
        ),
        (
            standing(status=Status.SUSPENDED, since=NOW, reason="Complaint under inquiry."),
            200,
            "SUSPENDED",
        ),
        (None, 404, "NOT FOUND"),
    ],
)
def test_one_word_comes_first(
    world: World, certificates: Put, found: CredentialStanding | None, status: int, word: str
) -> None:
    certificates(found)
    response = world.browser().get(PAGE)
    assert response.status_code == status
    assert f"<h1>{word}" in response.text
    assert f"<title>{word}: {SERIAL}" in response.text
    verdict = response.text.split('<div class="verdict ')[1]
    assert verdict.index("<svg") < verdict.index(word)
    assert "7 March 2026, 09:05:00 UTC" in response.text


def test_every_fact_is_there(world: World, certificates: Put) -> None:
    certificates(standing(demo=True))
    text = world.browser().get(PAGE).text
    for fact in (
        "A. S.",
        "Microneedling fundamentals",
        "Theory of needling to 0.5 mm",
        "Practical skill was not assessed.",
        "5 February 2026",
        "5 February 2028",
        "Pinpoint Academy",
        SERIAL,
        "<strong>DEMO</strong>",
        "It is not a licence.",
    ):
        assert fact in text


def test_revocation_says_when_and_why(world: World, certificates: Put) -> None:
    withdrawn = NOW - timedelta(days=3)
    certificates(standing(status=Status.REVOKED, since=withdrawn, reason="Issued in error"))
    text = world.browser().get(PAGE).text
    assert '<h1>REVOKED <span class="since">on 4 March 2026</span></h1>' in text
    assert "Reason: Issued in error" in text
    assert "DEMO" not in text


def test_a_suspension_says_since_when_why_and_that_it_may_end(
    world: World, certificates: Put
) -> None:
    since = NOW - timedelta(days=3)
    certificates(standing(status=Status.SUSPENDED, since=since, reason="A complaint is open"))
    text = world.browser().get(PAGE).text
    assert '<h1>SUSPENDED <span class="since">since 4 March 2026</span></h1>' in text
    assert "Reason: A complaint is open" in text
    assert "for now" in text
    assert "withdrawn" not in text
    told = world.browser().get(API).json()
    assert (told["status"], told["revoked_at"]) == ("suspended", None)
    assert told["suspended_at"] == "2026-03-04T09:05:00+00:00"


def test_markup_in_a_name_is_shown_not_run(world: World, certificates: Put) -> None:
    name = "<img src=x onerror=alert(1)>"
    certificates(standing(holder=name, scope=("<b>x</b>",)))
    text = world.browser().post(PAGE, data={"holder": name}).text
    assert "<img src=x" not in text
    assert "<b>" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_page_is_private_light_and_without_script(world: World, certificates: Put) -> None:
    certificates(standing())
    browser = world.browser()
    response = browser.get(PAGE)
    headers = response.headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"] == "noindex"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert "set-cookie" not in headers
    assert "<script" not in response.text
    assert "style=" not in response.text
    assert "@" not in response.text
    weight = len(response.content) + len(browser.get("/assets/site.css").content)
    assert weight + len(browser.get("/assets/mark.svg").content) < 50_000


@pytest.mark.parametrize("spelling", [SERIAL.lower(), SERIAL.replace("-", ""), SERIAL[3:]])
def test_other_spellings_lead_to_the_one_page(world: World, spelling: str) -> None:
    browser = world.browser()
    for response in (
        browser.get(f"/verify/{spelling}"),
        browser.get("/verify", params={"serial": f" {spelling} "}),
    ):
        assert (response.status_code, response.headers["location"]) == (303, PAGE)


@pytest.mark.parametrize("typed", ["hello", SERIAL[:-1] + "X", "PP-", "<script>", "9" * 3000])
def test_malformed_serial_is_explained(world: World, typed: str) -> None:
    browser = world.browser()
    for response in (
        browser.get("/verify", params={"serial": typed}),
        browser.get(f"/verify/{typed}"),
    ):
        assert response.status_code == 400
        assert "A serial looks like PP-" in response.text
        assert 'name="serial"' in response.text
        assert "<script>" not in response.text
        assert len(response.text) < 10_000


def test_example_serial_is_well_formed() -> None:
    assert parse_serial(SERIAL) == SERIAL


def test_form_alone(world: World) -> None:
    response = world.browser().get("/verify")
    assert response.status_code == 200
    assert '<label for="serial">' in response.text


def test_unknown_in_the_real_database(world: World) -> None:
    assert world.browser().get(PAGE).status_code == 404
    assert world.browser().get(API).status_code == 404


def test_certificate_in_the_real_database(world: World) -> None:
    facts = Facts(
        serial=SERIAL,
        holder="Zoë Müller",
        achievement="Microneedling fundamentals",
        scope=("Theory",),
        limits=(),
        issuer="Pinpoint Academy",
        issued_at=NOW,
        expires_at=NOW + timedelta(days=1),
        verify_url=f"http://localhost:8501{PAGE}",
        demo=True,
    )
    row = {"serial": SERIAL, "person": "p", "attempt": "a", "decision": "d"}
    with world.academy.database.engine.connect() as connection:
        # The attempt that earned it is of no matter here.
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql(
            "INSERT INTO credential (serial, person_id, attempt_id, decision_id, issued_at, facts)"
            " VALUES (:serial, :person, :attempt, :decision, '2026-03-07 09:05:00', :facts)",
            {**row, "facts": facts.model_dump_json()},
        )
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    assert "<h1>VALID</h1>" in world.browser().get(PAGE).text
    assert world.browser().get(API).json()["name"] == "Z. M."
    assert world.browser().get(API, params={"holder": "zoe muller"}).json()["name"] == "Zoë Müller"
    world.clock.forward(days=1)
    assert "<h1>EXPIRED <span" in world.browser().get(PAGE).text


def test_api_has_the_same_facts(world: World, certificates: Put) -> None:
    certificates(standing(status=Status.REVOKED, since=NOW, reason="Issued in error"))
    response = world.browser().get(API)
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-store"
    assert json.loads(response.text) == {
        "status": "revoked",
        "serial": SERIAL,
        "name": "A. S.",
        "name_shown": "initials",
        "achievement": "Microneedling fundamentals",
        "scope": ["Theory of needling to 0.5 mm"],
        "limits": ["Practical skill was not assessed."],
        "coverage": None,
        "issued": "2026-02-05T09:05:00+00:00",
        "expires": "2028-02-05T09:05:00+00:00",
        "issuer": "Pinpoint Academy",
        "demo": False,
        "revoked_at": "2026-03-07T09:05:00+00:00",
        "suspended_at": None,
        "reason": "Issued in error",
        "checked_at": "2026-03-07T09:05:00+00:00",
    }


def test_api_takes_any_spelling(world: World, certificates: Put) -> None:
    certificates(standing())
    response = world.browser().get(f"/api/v1/credentials/{SERIAL.lower()}")
    assert response.json()["serial"] == SERIAL


def test_api_problems(world: World) -> None:
    browser = world.browser()
    unknown, malformed = browser.get(API), browser.get("/api/v1/credentials/hello")
    assert (unknown.status_code, malformed.status_code) == (404, 400)
    for response in (unknown, malformed):
        assert response.headers["content-type"] == "application/problem+json"
        body = response.json()
        assert body["status"] == response.status_code
        assert {"type", "title", "detail"} <= set(body)
    assert unknown.json()["credential_status"] == "unknown"


def test_too_many_lookups_must_wait(world: World) -> None:
    browser = world.browser()
    for _ in range(60):
        assert browser.get(API).status_code == 404
    page, api = browser.get(PAGE), browser.get(API)
    assert (page.status_code, api.status_code) == (429, 429)
    assert "Too many requests" in page.text
    assert api.headers["content-type"] == "application/problem+json"
    assert int(api.headers["retry-after"]) >= 1
    world.clock.forward(seconds=1)
    assert browser.get(PAGE).status_code == 404
    assert browser.get(PAGE).status_code == 429


def test_issuer_page(world: World) -> None:
    response = world.browser().get("/issuer")
    assert response.status_code == 200
    assert "What it does not mean" in response.text


def test_a_page_that_is_kept_tells_the_moment_of_each_look_and_what_changed_since(
    world: World, certificates: Put
) -> None:
    certificates(standing())
    browser = world.browser()
    assert "VALID" in browser.get(PAGE).text
    world.clock.forward(days=1, minutes=2)
    later = browser.get(PAGE).text
    assert later.count("8 March 2026, 09:07:00 UTC") == 7
    assert "7 March 2026, 09" not in later
    assert 'datetime="2026-03-08T09:07:00+00:00"' in later
    assert 'name="on" type="date" value="2026-03-08"' in later
    certificates(standing(status=Status.REVOKED, since=world.clock(), reason="Issued in error"))
    assert "<h1>REVOKED" in browser.get(PAGE).text


def test_every_check_says_how_it_ended_how_it_was_made_and_when(
    world: World, certificates: Put
) -> None:
    certificates(standing())
    text = world.browser().get(PAGE).text
    for part in Part:
        assert f"<h3>{part.capitalize()}: " in text
    assert text.count('<p class="how">') == len(Part)
    assert text.count("7 March 2026, 09:05:00 UTC.") == len(Part)


@pytest.mark.parametrize(
    "path", [PAGE, f"{PAGE}/covers?site=cheek", API, f"{API}?holder=Alba%20Serrano"]
)
def test_what_is_private_answers_as_what_was_never_issued(
    world: World, certificates: Put, path: str
) -> None:
    said: list[tuple[int, str, str]] = []
    for found in (standing(private=True), None):
        certificates(found)
        response = world.browser().get(path)
        said.append((response.status_code, response.text, response.headers.get("location", "")))
    assert said[0] == said[1]
    assert "Alba" not in said[0][1]


def test_whoever_names_the_holder_of_what_is_private_learns_nothing(
    world: World, certificates: Put
) -> None:
    said: list[tuple[int, str]] = []
    for found in (standing(private=True), None):
        certificates(found)
        response = world.browser().post(PAGE, data={"holder": "Alba Serrano"})
        said.append((response.status_code, response.text))
    assert said[0] == said[1]
    assert said[0][0] == 404
