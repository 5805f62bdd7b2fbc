"""The description of the API for programs (OpenAPI 3.1), kept by hand in openapi.yaml."""

from functools import cache
from pathlib import Path
from typing import cast

import yaml
from pydantic import JsonValue
from starlette.responses import JSONResponse, Response

from web.site import Visit

_FILE = Path(__file__).parent / "openapi.yaml"


def show(visit: Visit) -> Response:
    """Answer with the description, with this academy's own address in it."""
    servers: JsonValue = [{"url": visit.config.public_url}]
    return JSONResponse(document() | {"servers": servers}, headers={"Cache-Control": "no-cache"})


@cache
def document() -> dict[str, JsonValue]:
    """Return the description as it is kept, read once."""
    return cast(dict[str, JsonValue], yaml.safe_load(_FILE.read_text(encoding="utf-8")))
