"""The JSON-LD contexts that are shipped with us: nothing is ever fetched."""

import json
from functools import cache
from pathlib import Path

from pydantic import JsonValue

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
_OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0"
OPEN_BADGES_3 = f"{_OPEN_BADGES}/context-3.0.3.json"
OPEN_BADGES_EXTENSIONS = f"{_OPEN_BADGES}/extensions.json"

_HERE = Path(__file__).resolve().parent
# Which file stands for which address.
SHIPPED = {
    CREDENTIALS_V2: _HERE / "credentials-v2.json",
    OPEN_BADGES_3: _HERE / "open-badges-3.0.3.json",
    f"{_OPEN_BADGES}/context-3.0.2.json": _HERE / "open-badges-3.0.2.json",
    f"{_OPEN_BADGES}/context-3.0.1.json": _HERE / "open-badges-3.0.1.json",
    f"{_OPEN_BADGES}/context.json": _HERE / "open-badges-3.0.0.json",
    OPEN_BADGES_EXTENSIONS: _HERE / "open-badges-extensions.json",
    "https://w3id.org/security/data-integrity/v2": _HERE / "data-integrity-v2.json",
}


class UnknownContext(ValueError):
    """A context that is not shipped with us."""


def context(url: str) -> JsonValue:
    """Return the context at this address; raises `UnknownContext` for any that is not shipped."""
    if url not in SHIPPED:
        raise UnknownContext(f"The context {url} is not one that is known here.")
    return _read(SHIPPED[url])


@cache
def _read(file: Path) -> JsonValue:
    return json.loads(file.read_text(encoding="utf-8"))
