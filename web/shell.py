"""The page that every screen of the app starts from: Streamlit's own, told what it would find out.

By itself it looks for its server below the address of the page, waits 100 ms when nothing is there,
asks at the root, and only then connects. It fetches the parts of a screen when it comes to draw
them, and React holds back for up to half a second what is drawn meanwhile. This page says where the
server is, so that it connects at once, and brings the parts that nearly every screen has. It also
gives the menu its roles, which would else cost every screen a component of its own.
"""

import importlib.util
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

# Texts of our own, links, buttons.
_PARTS = ("Html", "PageLink", "Button")
_IMPORT = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
# On narrow screens Streamlit puts each group of the menu as a `div` with a heading into the one
# list, so that screen readers lose their place; each group becomes a list of its own.
_START = """<script>
      window.__streamlit = {
        BACKEND_BASE_URL: location.origin,
        HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
      }
      {
        const mend = () => {
          for (const all of document.querySelectorAll('[data-testid="stSidebarNavItems"]')) {
            const groups = all.querySelectorAll(":scope > div")
            if (groups.length) all.setAttribute("role", "none")
            for (const group of groups) group.setAttribute("role", "list")
          }
        }
        new MutationObserver(mend).observe(document, { childList: true, subtree: true })
      }
      {
        const isDrawn = () => document.querySelector('[data-testid="stHtml"]')
        const said = Object.assign(document.createElement("p"), { role: "status" })
        said.style = "position: fixed; inset: 4rem 1rem auto; margin: 0 auto; max-width: 32rem; " +
          "padding: 0.75rem 1rem; z-index: 1; border: 1px solid; border-radius: 0.5rem; " +
          "font: 1rem/1.5 system-ui, sans-serif; color: CanvasText; background: Canvas"
        const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000))
        const stand = async () => {
          await wait(2)
          while (!isDrawn()) {
            const answer = await fetch("/door", { cache: "no-store" }).catch(() => null)
            const place = answer?.ok ? (await answer.json()).place : 0
            const text = "Many people are coming in at once. Whoever sits an exam goes first. " +
              `You are number ${place}. This page opens by itself.`
            if (place && !said.isConnected) document.body.append(said)
            if (place && said.textContent !== text) said.textContent = text
            for (let tenths = 0; tenths < 40 + 20 * Math.random() && !isDrawn(); tenths += 1)
              await wait(0.1)
          }
          said.remove()
        }
        stand()
      }
    </script>
    """


def shell_routes(addresses: Sequence[str]) -> list[Route]:
    """Return the routes of the app's screens, to stand before Streamlit's."""
    return [Route(address, _show, methods=["GET"]) for address in addresses]


@cache
def shell() -> str:
    """Return the page; raises `RuntimeError` where the installed Streamlit has another."""
    static = _static()
    page = (static / "index.html").read_text(encoding="utf-8")
    parts = [_file_of(static, part) for part in _PARTS]
    fetched = [name for name in dict.fromkeys(_with_imports(static, parts)) if name not in page]
    preloads = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">\n    '
        for name in fetched
    )
    imports = "".join(f'\n      import "./static/js/{name}"' for name in parts)
    page = page.replace("<script>", f"{_START}<script>", 1)
    page = page.replace('<link rel="stylesheet"', f'{preloads}<link rel="stylesheet"', 1)
    return page.replace("</head>", f'<script type="module">{imports}\n    </script>\n  </head>', 1)


async def _show(_request: Request) -> Response:
    return HTMLResponse(shell(), headers={"Cache-Control": "no-cache"})


def _with_imports(static: Path, names: Sequence[str]) -> Iterator[str]:
    """Name these modules and what they import, not what those import: the rest is in the page."""
    for name in names:
        yield name
        yield from _IMPORT.findall((static / "static" / "js" / name).read_text(encoding="utf-8"))


def _file_of(static: Path, part: str) -> str:
    found = [path.name for path in (static / "static" / "js").glob(f"{part}.*.js")]
    if len(found) != 1:
        raise RuntimeError(f"The installed Streamlit has no single module {part}.")
    return found[0]


def _static() -> Path:
    found = importlib.util.find_spec("streamlit")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("streamlit")
    return Path(found.origin).parent / "static"
