"""The stylesheet, the one small script and the mark, read once and served from memory."""

import hashlib
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

_FOLDER = Path(__file__).parent / "static_files"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FILES = {
    path.name: (path.read_bytes(), _TYPES[path.suffix])
    for path in sorted(_FOLDER.iterdir())
    if path.suffix in _TYPES
}
# Addresses change with the content, so a browser may keep what it has for a year.
_KEEP = "public, max-age=31536000, immutable"


@cache
def address_of(name: str) -> str:
    """Return the address of an asset, which changes when the asset does."""
    version = hashlib.sha256(_FILES[name][0]).hexdigest()[:12]
    return f"/assets/{name}?v={version}"


async def serve(request: Request) -> Response:
    """Answer with one asset, or 404."""
    found = _FILES.get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("There is no such file here.", 404)
    content, media_type = found
    return Response(content, media_type=media_type, headers={"Cache-Control": _KEEP})
