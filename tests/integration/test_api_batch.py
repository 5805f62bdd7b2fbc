"""A thousand certificates at once: a verdict for each, all counted or none."""

import re
from typing import Any

import pytest

from certs.commands.revocation import revoke_credential
from certs.queries.api_keys import api_keys
from tests.factories import World
from tests.integration.api_site import Api, open_api

BATCH = "/api/v1/verify/batch"
UNKNOWN = "PP-7K2M9-QX4TD-0ABCN-8RHJP"


@pytest.fixture
def api(world: World) -> Api:
    return open_api(world, quota=2_000)


def told(api: Api, *rows: dict[str, str]) -> dict[str, Any]:
    response = api.post(BATCH, {"rows": [*rows]})
    assert response.status_code == 200, response.text
    return response.json()


def used(api: Api) -> int:
    with api.world.looking("cleo") as tx:
        return api_keys(tx, api.clinic)[0].used


def test_each_row_gets_its_verdict_in_order(api: Api) -> None:
    lena = api.world.earn("lena").standing.serial
    with api.world.acting("dina") as tx:
        revoke_credential(tx, lena, "The identity could not be confirmed.")
    rows = [
        {"serial": api.serial, "name": "Alba"},
        {"serial": api.serial.lower(), "name": "Lena"},
        {"serial": lena, "name": "LENA"},
        {"serial": UNKNOWN, "name": "Alba"},
        {"serial": "hello", "name": "Alba"},
        {"serial": api.serial, "name": "Alba", "course": "Another course"},
    ]
    found = told(api, *rows)
    assert [row["verdict"] for row in found["rows"]] == [
        *("valid", "mismatch", "revoked", "not_found", "not_found", "mismatch")
    ]
    assert [row["row"] for row in found["rows"]] == list(range(6))
    assert found["counts"] == {"valid": 1, "mismatch": 2, "revoked": 1, "not_found": 2}
    assert found["rows"][1]["serial"] == api.serial
    assert "Alba" not in found["rows"][1]["reason"]
    assert used(api) == 6


def test_what_ends_within_60_days_is_told(api: Api) -> None:
    for days, verdict in ((670, "valid"), (1, "ends_soon"), (60, "expired")):
        api.world.wait(days=days)
        assert told(api, {"serial": api.serial, "name": "Alba"})["rows"][0]["verdict"] == verdict


def test_a_thousand_at_once_and_not_one_more(api: Api) -> None:
    row = {"serial": api.serial, "name": "Alba"}
    assert told(api, *[row] * 1_000)["counts"] == {"valid": 1_000}
    response = api.post(BATCH, {"rows": [row] * 1_001})
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/rows"
    assert used(api) == 1_000


def test_all_rows_are_counted_or_none(api: Api) -> None:
    row = {"serial": api.serial, "name": "Alba"}
    told(api, *[row] * 1_000)
    told(api, *[row] * 999)
    response = api.post(BATCH, {"rows": [row] * 2})
    assert response.status_code == 429
    assert "2 certificates; 1 of today's 2,000 are left" in response.json()["detail"]
    assert '"day";r=1;' in response.headers["ratelimit"]
    assert used(api) == 1_999
    told(api, row)


def test_what_is_misshapen_is_told_with_its_place_and_costs_nothing(api: Api) -> None:
    rows = [{"serial": api.serial, "name": "Alba"}, {"serial": api.serial}, {"name": 7}]
    response = api.post(BATCH, {"rows": rows})
    assert response.status_code == 422
    places = {one["pointer"] for one in response.json()["errors"]}
    assert places == {"/rows/1/name", "/rows/2/serial", "/rows/2/name"}
    many = api.post(BATCH, {"rows": [{}] * 500})
    assert len(many.json()["errors"]) == 20
    assert re.search(r"And 98\d more\.$", many.json()["detail"])
    assert api.post(BATCH, {"rows": []}).status_code == 422
    assert used(api) == 0
