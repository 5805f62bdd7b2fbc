"""A clinic's program asks the API: what it is told, what it may ask, what it costs."""

from datetime import timedelta
from threading import BoundedSemaphore
from typing import Any

import pytest

from certs.checking.files import check_file
from certs.commands.api_keys import revoke_api_key
from certs.commands.revocation import revoke_credential
from certs.commands.status_lists import publish_lists
from certs.queries.api_keys import api_keys
from certs.queries.own import own_credential_pdf
from tests.factories import World
from tests.integration.api_site import Api, open_api
from web import checking

VERIFY = "/api/v1/verify"
PROBLEM = "application/problem+json"
CHEEK = {"site": "cheek", "depth_mm": 0.5, "device": "motorised pen"}


@pytest.fixture
def api(world: World) -> Api:
    return open_api(world, quota=10)


def verified(api: Api, **asked: Any) -> dict[str, Any]:
    response = api.post(VERIFY, {"serial": api.serial} | asked)
    assert response.status_code == 200, response.text
    return response.json()


def used(api: Api) -> int:
    with api.world.looking("cleo") as tx:
        return api_keys(tx, api.clinic)[0].used


def test_a_certificate_is_checked_by_its_serial(api: Api) -> None:
    told = verified(api, serial=api.serial.lower().replace("-", " "))
    assert told["verdict"] == "valid"
    assert told["holder_matches"] is None
    assert told["says"]["serial"] == api.serial
    assert [check["part"] for check in told["checks"]] == [
        *("record", "seal", "data", "issuer", "status", "log")
    ]


def test_the_holder_is_told_by_initials_until_named(api: Api) -> None:
    assert verified(api)["says"]["holder"] == "A."
    told = verified(api, holder="ALBA")
    assert (told["verdict"], told["holder_matches"]) == ("valid", True)
    assert told["says"]["holder"] == "Alba"


def test_a_key_is_told_the_name_of_the_certificate_and_counts_one(api: Api) -> None:
    path = f"/api/v1/credentials/{api.serial}"
    for _ in range(2):
        told = api.get(path)
        assert (told.json()["name"], told.json()["name_shown"]) == ("Alba", "full")
    assert used(api) == 2
    assert '"day";r=8' in told.headers["ratelimit"]
    assert api.get("/api/v1/credentials/hello").status_code == 400
    assert used(api) == 2


@pytest.mark.parametrize("key", ["", "ppk_wrong"])
def test_a_wrong_key_is_told_nothing_rather_than_initials(api: Api, key: str) -> None:
    told = api.ask("GET", f"/api/v1/credentials/{api.serial}", key=key)
    assert (told.status_code, told.headers["content-type"]) == (401, PROBLEM)
    assert "name" not in told.json()


def test_a_true_certificate_of_somebody_else_is_a_mismatch(api: Api) -> None:
    told = verified(api, holder="Lena")
    assert (told["verdict"], told["holder_matches"]) == ("mismatch", False)
    assert "somebody else" in told["reason"]
    assert "Alba" not in str(told)


def test_how_it_stands_is_told_at_once(api: Api) -> None:
    with api.world.acting("dina") as tx:
        revoke_credential(tx, api.serial, "The identity could not be confirmed.")
    told = verified(api)
    assert told["verdict"] == "revoked"
    assert told["since"] == api.world.now.isoformat()


def test_what_was_never_issued_is_not_found_and_no_error(api: Api) -> None:
    for serial in ("PP-7K2M9-QX4TD-0ABCN-8RHJP", "hello", "\u0661" * 20):
        told = verified(api, serial=serial)
        assert told["verdict"] == "not_found"
        assert told["checks"][0]["findings"] == ["unknown_serial"]


def test_a_treatment_is_answered_too(api: Api) -> None:
    today = {"on": api.world.now.date().isoformat()}
    for treatment, answer in (
        (today, "covered"),
        (today | {"depth_mm": 0.51}, "not covered"),
        ({"on": "2028-06-01"}, "unknown"),
    ):
        told = verified(api, treatment=CHEEK | treatment)
        assert told["covers"]["answer"] == answer
        assert told["covers"]["reason"].endswith(".")


def test_nobody_asks_without_a_key(api: Api) -> None:
    for header in ("", "Bearer", "Bearer ppk_" + "A" * 43, "Basic Zm9vOmJhcg==", api.key):
        response = api.post(VERIFY, {"serial": api.serial}, headers={"Authorization": header})
        assert response.status_code == 401
        assert response.headers["content-type"] == PROBLEM
        assert response.headers["www-authenticate"].startswith("Bearer")
        assert "manager of the clinic" in response.json()["detail"]


def test_a_revoked_key_is_none(api: Api) -> None:
    with api.world.acting("cleo") as tx:
        revoke_api_key(tx, api.clinic, api_keys(tx, api.clinic)[0].id)
    assert api.post(VERIFY, {"serial": api.serial}).status_code == 401


def test_who_guesses_keys_must_wait(api: Api) -> None:
    tried = [api.post(VERIFY, {}, key=f"ppk_{number}").status_code for number in range(61)]
    assert tried[-2:] == [401, 429]
    assert api.post(VERIFY, {"serial": api.serial}).status_code == 200


def test_every_answer_says_what_is_left(api: Api) -> None:
    response = api.post(VERIFY, {"serial": api.serial})
    assert response.headers["ratelimit-policy"] == '"minute";q=120;w=60, "day";q=10;w=86400'
    left = int((timedelta(hours=15)).total_seconds())
    assert response.headers["ratelimit"] == f'"minute";r=119;t=60, "day";r=9;t={left}'


def test_when_the_day_is_spent_nothing_more_is_answered_or_counted(api: Api) -> None:
    for _ in range(10):
        verified(api)
    response = api.post(VERIFY, {"serial": api.serial})
    assert response.status_code == 429
    assert response.headers["retry-after"] == "54000"
    assert '"day";r=0' in response.headers["ratelimit"]
    assert "0 of today's 10 are left" in response.json()["detail"]
    assert used(api) == 10
    api.world.wait(days=1)
    assert verified(api)["verdict"] == "valid"


def test_too_many_calls_a_minute_must_wait(world: World) -> None:
    api = open_api(world, quota=1_000)
    answers = [api.post(VERIFY, {}) for _ in range(121)]
    assert [one.status_code for one in answers[-2:]] == [422, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert "with this key" in answers[-1].json()["detail"]
    assert used(api) == 0


JSON = "application/json"
BAD: tuple[tuple[bytes, str, int, str], ...] = (
    (b"{", JSON, 400, "The body is no JSON"),
    (b"", JSON, 400, "The body is no JSON"),
    (b'"\\ud800"', JSON, 400, "The body is no JSON"),
    (b"[" * 5_000, JSON, 400, "The body is no JSON"),
    (b"\xff", JSON, 400, "The body is no JSON"),
    (b"[]", JSON, 422, "The body"),
    (b'{"serial": 7}', JSON, 422, "/serial"),
    (b'{"serial": "x", "else": 1}', JSON, 422, "/else"),
    (b'{"serial": "x", "holder": " "}', JSON, 422, "/holder"),
    (b'{"serial": "x", "treatment": {"site": "ear"}}', JSON, 422, "/treatment/"),
    (b'{"serial": "x"}', "text/plain", 415, "Content-Type"),
    (b'{"serial": "x"}', "", 415, "Content-Type"),
    (b" " * 10_000_001, JSON, 413, "more than"),
)


def test_what_is_sent_otherwise_is_a_problem_and_costs_nothing(api: Api) -> None:
    for body, kind, status, said in BAD:
        response = api.ask("POST", VERIFY, content=body, headers={"Content-Type": kind})
        assert response.status_code == status, response.text
        assert response.headers["content-type"] == PROBLEM
        assert said in response.json()["detail"]
    assert used(api) == 0


def test_what_is_misshapen_is_told_with_its_place(api: Api) -> None:
    response = api.post(VERIFY, {"serial": "", "treatment": CHEEK | {"depth_mm": -1}})
    places = [one["pointer"] for one in response.json()["errors"]]
    assert places == ["/serial", "/treatment/depth_mm", "/treatment/on"]


def test_a_file_is_checked_like_one_that_is_uploaded(api: Api) -> None:
    credential = b'{"@context": [], "type": "VerifiableCredential"}'
    for body, kind, form in (
        (b"%PDF-1.7 and no more", "application/pdf", "pdf"),
        (credential, "application/vc", "credential"),
        (credential, JSON, "credential"),
        (b"a.b.c", "application/vc+jwt", "credential"),
    ):
        response = api.ask("POST", VERIFY, content=body, headers={"Content-Type": kind})
        assert response.status_code == 200, response.text
        told = response.json()
        assert told["verdict"] not in {"valid", "mismatch"}, form
        assert len(told["checks"]) == 6
    assert used(api) == 4


def test_files_are_checked_ten_a_minute(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.checking.check_apart", check_file)
    answers = [
        api.ask("POST", VERIFY, content=b"%PDF-", headers={"Content-Type": "application/pdf"})
        for _ in range(11)
    ]
    assert [one.status_code for one in answers[-2:]] == [200, 429]
    assert used(api) == 10


def test_where_too_many_files_are_checked_another_is_refused_and_costs_nothing(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.checking._TURNS", BoundedSemaphore(1))
    monkeypatch.setattr("web.checking._LONGEST_WAIT_SECONDS", 0.01)
    with checking._TURNS:
        response = api.ask(
            "POST", VERIFY, content=b"%PDF-", headers={"Content-Type": "application/pdf"}
        )
    assert response.status_code == 503
    assert "Try again in a minute" in response.json()["detail"]
    assert used(api) == 0


def test_files_are_refused_unread_where_the_day_is_spent(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(10):
        verified(api)
    monkeypatch.setattr("web.checking.check_apart", None)
    response = api.ask(
        "POST", VERIFY, content=b"%PDF-", headers={"Content-Type": "application/pdf"}
    )
    assert response.status_code == 429


def test_the_file_as_issued_is_told_from_a_changed_one(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.checking.check_apart", check_file)
    with api.world.acting("system") as tx:
        publish_lists(tx)
    with api.world.looking("alba") as tx:
        pdf = own_credential_pdf(tx, api.serial)
    told = [
        api.ask("POST", VERIFY, content=body, headers={"Content-Type": "application/pdf"}).json()
        for body in (pdf, pdf + b"\n% and more")
    ]
    assert [one["verdict"] for one in told] == ["valid", "altered"]
    assert told[0]["says"]["holder"] == "Alba"
    assert {check["outcome"] for check in told[0]["checks"]} == {"passed"}
    failed = {check["part"] for check in told[1]["checks"] if check["outcome"] == "failed"}
    assert failed == {"record", "seal"}
