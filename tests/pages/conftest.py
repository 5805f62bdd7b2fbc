"""Opening a page without a browser, signed in as one of the cast."""

from collections.abc import Generator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.conftest import HOUSE
from tests.factories import World
from tests.pages.screens import Open


@pytest.fixture(scope="session", autouse=True)
def _installed_components() -> Generator[None, None, None]:
    """Ask every installed package once for components, as a server does, and not at every page."""
    with pytest.MonkeyPatch.context() as patch:
        asked = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", asked)
        yield


@pytest.fixture
def open_page(world: World, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page of the real app by its name and parameters."""

    def opened(page: str, name: str, **parameters: str) -> AppTest:
        cookie = world.sign_in(name) if name != "nobody" else None
        monkeypatch.setattr("ui.session.cookie", lambda: cookie)
        for module in ("ui.act", "ui.certificates.sealing"):
            monkeypatch.setattr(f"{module}.utc_now", lambda: world.now)
        app = AppTest.from_file(str(HOUSE / "ui" / "main.py"), default_timeout=20)
        for key, value in parameters.items():
            app.query_params[key] = value
        return app.switch_page(f"../pages/{page}.py").run()

    return opened
