"""Makes the README's pictures from the running app: `python -m tests.screenshots`."""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from certs.queries.own import own_credential_pdf
from tests.browser.screens import CHROMIUM, CHROMIUM_ARGUMENTS, Walker, arrive, give, sign_in
from tests.browser.stories import Stories, tell
from tests.factories import COURSE
from tests.server import HOUSE, Server, demo_database, served

FOLDER = HOUSE / "docs" / "screenshots"
LARGEST_BYTES = 200_000
_SIZE = ViewportSize(width=1280, height=800)
Shot = tuple[str, str, str, Callable[[Walker, Server], object]]


def main() -> None:
    """Make every picture; the demo academy that they show lives in a temporary folder."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        served_from = Path(folder, "served")
        served_from.mkdir()
        with served(demo_database(Path(folder)), served_from) as server:
            server.world.gather_cast()
            stories = tell(server)
            _draw_app(server, stories)
            _draw_paper(server, stories)


def _shots(stories: Stories) -> tuple[Shot, ...]:
    serial = stories.own.standing.serial
    return (
        ("landing", "nobody", "/", _rest),
        ("lesson", "reader", f"/lesson?course={COURSE}&lesson=02-skin-and-depth", _to_figure),
        ("exam", "sitter", "/exam", lambda walker, server: _answer_one(walker, server, stories)),
        ("result", "failer", f"/result?attempt={stories.failed}", _rest),
        ("verify", "nobody", f"/verify/{serial}", lambda _walker, _server: None),
        ("item", "bela", "/item?id=mf-02-001", _rest),
    )


def _draw_app(server: Server, stories: Stories) -> None:
    program = shutil.which(CHROMIUM)
    if program is None:
        sys.exit("Chromium is not installed: sh tests/install_system_parts.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        for shot in _shots(stories):
            _draw(browser, server, shot)
        browser.close()


def _draw(browser: Browser, server: Server, shot: Shot) -> None:
    name, who, address, then = shot
    with browser.new_context(viewport=_SIZE, base_url=server.url) as context:
        if who != "nobody":
            sign_in(context, server, who)
        walker = Walker(context.new_page()).plain(address)
        then(walker, server)
        _keep(name, walker.page.screenshot())


def _rest(walker: Walker, _server: Server) -> None:
    arrive(walker.page)
    walker.page.wait_for_timeout(500)


def _to_figure(walker: Walker, server: Server) -> None:
    _rest(walker, server)
    figure = walker.page.locator("figure").first
    figure.evaluate("one => one.scrollIntoView({block: 'center'})")
    walker.page.wait_for_timeout(500)


def _answer_one(walker: Walker, server: Server, stories: Stories) -> None:
    _rest(walker, server)
    attempt = stories.running
    place = stories.kinds["single_choice"]
    walker.jump(place)
    item = server.world.items_of(attempt)[place]
    give(walker.main, item, item.key())
    walker.sees(f"Answer to question {place} saved")
    walker.page.locator("h1").click()


def _draw_paper(server: Server, stories: Stories) -> None:
    with server.world.looking("passer") as tx:
        pdf = own_credential_pdf(tx, stories.own.standing.serial)
    drawn = subprocess.run(
        ["pdftoppm", "-png", "-r", "110", "-singlefile", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    _keep("certificate", drawn.stdout)


def _keep(name: str, png: bytes) -> None:
    """Save a picture with as many colours as fit into `LARGEST_BYTES`."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    file = FOLDER / f"{name}.png"
    for colours in (256, 128, 64, 32):
        picture.quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)
        if file.stat().st_size <= LARGEST_BYTES:
            return
    raise SystemExit(f"{file.name} is larger than {LARGEST_BYTES} bytes.")


if __name__ == "__main__":
    main()
