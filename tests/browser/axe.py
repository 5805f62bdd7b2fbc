"""axe-core on a page of the app: which rules of WCAG 2.2 A and AA it breaks."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.server import HOUSE

AXE = HOUSE / "var" / "node" / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@cache
def _script() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Return a line for each broken rule and element."""
    # Evaluated by the browser's debugger, which the page's content policy does not govern.
    page.evaluate(_script())
    options = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{broken['id']}: {broken['help']} at {node['target'][-1]}: {node['html'][:160]}"
        for broken in found["violations"]
        for node in broken["nodes"]
    ]
