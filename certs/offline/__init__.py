"""The checker that works without us: one HTML file with everything pinned inside."""

import base64
import hashlib
import html
from datetime import datetime
from functools import cache
from pathlib import Path

from certs.checking import Trust

_HERE = Path(__file__).resolve().parent
_SCRIPTS = ("bytes.js", "seal.js", "checks.js", "file.js", "page.js")


def offline_page(trust: Trust) -> str:
    """Return a page that checks a certificate with the browser's own cryptography.

    It needs no network and sends nothing: the issuer's keys, the log's and the newest status lists
    stand in it, and it calls nothing valid once those lists are out of date.
    """
    ends = [datetime.fromisoformat(str(one["validUntil"])) for one in trust.lists]
    parts = {
        "script_digest": _digest(_script()),
        "academy": html.escape(trust.academy),
        "list_date": _minute(trust.dated),
        "list_end": _minute(min(ends)) if ends else "never",
        "address": html.escape(f"{trust.public_url}/verify/offline"),
        "verify_address": html.escape(f"{trust.public_url}/verify"),
        "script": _script(),
        # Inside a script element only this sign could end it.
        "trust": trust.to_json().replace("<", "\\u003c"),
    }
    page = _read("page.html")
    for name, value in parts.items():
        page = page.replace("{{ " + name + " }}", value)
    return page


@cache
def _script() -> str:
    return "'use strict';\n" + "\n".join(_read(name) for name in _SCRIPTS)


@cache
def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _digest(script: str) -> str:
    """The script's digest, as the page's own content security policy names what may run."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _minute(at: datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M} UTC"
