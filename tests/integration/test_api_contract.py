"""The API keeps to its description, whatever is sent: no answer that it does not tell, no 500."""

import warnings
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.routing import Route

from certs.checking import Form, Outcome, Part, Verdict
from certs.checking.files import check_file
from certs.eligibility import Answer
from certs.rosters.verdicts import RosterVerdict
from certs.status import Status
from courses.coverage import Device, Site
from tests.factories import World
from tests.integration.api_site import Api, open_api
from web.api_document import document

with warnings.catch_warnings():
    # What schemathesis imports warns of its own parts.
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.specs.openapi.checks import positive_data_acceptance

PATHS = cast(dict[str, dict[str, Any]], document()["paths"])
# What can be sent as described; a description without a body has nothing to be sent otherwise.
ASKED = [
    (operation["operationId"], mode)
    for path in PATHS.values()
    for operation in path.values()
    for mode in (GenerationMode if "requestBody" in operation else [GenerationMode.POSITIVE])
]
_WIDE = 1_000_000


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Api:
    # In this process, for a process of its own for each of hundreds of files takes minutes.
    monkeypatch.setattr("web.checking.check_apart", check_file)
    return open_api(world, quota=_WIDE, a_minute=_WIDE)


@pytest.fixture
def schema(api: Api) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return schemathesis.openapi.from_asgi(
            "/api/v1/openapi.json", api.app, headers={"Host": "localhost"}
        )


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("operation_id", "mode"), ASKED)
def test_every_answer_is_described(
    api: Api, schema: Any, operation_id: str, mode: GenerationMode
) -> None:
    operation = schema.find_operation_by_id(operation_id)

    @given(operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
    )
    def answers(case: Any) -> None:
        headers = {"Authorization": f"Bearer {api.key}", "Host": "localhost"}
        # A serial ends with a check character, which no description can tell.
        excluded = [positive_data_acceptance] if operation_id == "credential" else []
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    answers()


def test_what_is_described_is_what_there_is(api: Api) -> None:
    there: dict[str, set[str]] = {}
    for route in api.app.routes:
        if isinstance(route, Route) and route.path.startswith("/api/v1/"):
            response = api.ask("TRACE", route.path.replace("{serial}", api.serial))
            assert response.status_code == 405
            there[route.path] = set(response.headers["allow"].split(", ")) - {"HEAD"}
    assert there == {path: {one.upper() for one in PATHS[path]} for path in PATHS}


def test_what_is_not_there_is_a_problem_too(api: Api) -> None:
    for path in ("/api", "/api/", "/api/v1", "/api/v2/verify", "/api/v1/x/y"):
        for method in ("GET", "POST", "DELETE", "OPTIONS"):
            response = api.ask(method, path)
            assert response.status_code == 404
            assert response.headers["content-type"] == "application/problem+json"
            assert "/api/v1/openapi.json" in response.json()["detail"]


def test_the_description_names_this_academy(api: Api) -> None:
    said = api.get("/api/v1/openapi.json").json()
    assert said["openapi"] == "3.1.0"
    assert said["servers"] == [{"url": api.world.config.public_url}]


def test_the_words_described_are_the_words_there_are() -> None:
    schemas = cast(Any, document())["components"]["schemas"]
    verified, credential = schemas["Verified"]["properties"], schemas["Credential"]["properties"]
    told = (
        (schemas["Site"], Site),
        (schemas["Device"], Device),
        (schemas["Check"]["properties"]["part"], Part),
        (schemas["Check"]["properties"]["outcome"], Outcome),
        (schemas["Covers"]["properties"]["answer"], Answer),
        (verified["form"], Form),
        (credential["status"], Status),
        (verified["verdict"], [*Verdict, "mismatch"]),
        (schemas["RowVerdict"], [one.replace(" ", "_") for one in RosterVerdict]),
    )
    for described, words in told:
        assert sorted(described["enum"]) == sorted(words)
