"""The checker that works without us: one saved file, a browser without a network, no server."""

import json
from collections.abc import Callable, Generator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pydantic import JsonValue

from base.db import Tx
from certs.checking import Trust
from certs.commands.revocation import revoke_credential
from certs.commands.status_lists import publish_lists
from certs.commands.statuses import suspend_credential
from certs.keys import KeyPurpose
from certs.offline import offline_page
from certs.proofs import rfc3339, secure
from certs.queries.keys import signer_for
from certs.queries.own import own_credential_pdf
from certs.queries.signed import signed_credential
from certs.queries.trust import academy_trust
from certs.statuslist import VALID_FOR
from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, PHONE
from tests.server import Server


class Checker:
    """The saved page in a browser without a network."""

    def __init__(self, page: Page, saved: Path) -> None:
        self.page, self._saved = page, saved
        self._asked: list[str] = []
        page.on("request", lambda request: self._asked.append(request.url))
        page.on("pageerror", lambda error: self._asked.append(str(error)))

    def says(self, trust: Trust, *files: bytes) -> str:
        """Give it these files and return what it says of them."""
        self._saved.write_text(offline_page(trust), encoding="utf-8")
        self.page.goto(self._saved.as_uri())
        given: list[Any] = [
            {"name": f"{number}", "mimeType": "application/octet-stream", "buffer": content}
            for number, content in enumerate(files)
        ]
        self.page.locator("#file").set_input_files(given)
        expect(self.page.locator("#result h2")).to_be_visible()
        # Nothing but the file itself was ever asked for, and nothing went wrong in it.
        assert set(self._asked) == {self._saved.as_uri()}
        return self.page.locator("#result").inner_text()


@pytest.fixture
def check(browser: Browser, tmp_path: Path) -> Generator[Checker, None, None]:
    context = browser.new_context(offline=True, viewport=PHONE)
    yield Checker(context.new_page(), tmp_path / "checker.html")
    context.close()


def _trust(server: Server) -> Trust:
    with server.world.as_system() as tx:
        publish_lists(tx)
        return academy_trust(tx)


def _pdf(server: Server, name: str) -> tuple[str, bytes]:
    serial = server.world.earn(name).standing.serial
    with server.world.looking(name) as tx:
        return serial, own_credential_pdf(tx, serial)


def test_a_certificate_is_valid_without_any_server(
    server: Server, check: Checker, newcomer: str
) -> None:
    _, pdf = _pdf(server, newcomer)
    said = check.says(_trust(server), pdf)
    assert said.startswith("✓\nVALID")
    for part in ("Seal", "Data", "Issuer", "Issuance log", "List of withdrawn"):
        assert f"{part}: Passed." in said
    page = check.page
    page.get_by_label("Whose is it?").fill(newcomer.title())
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("The name is the one that was signed.")).to_be_visible()
    page.get_by_label("Whose is it?").fill("Somebody Else")
    page.get_by_label("Whose is it?").press("Enter")
    expect(page.get_by_text("That is not the name")).to_be_visible()


def test_the_data_alone_needs_its_log_proof(server: Server, check: Checker, newcomer: str) -> None:
    serial, _ = _pdf(server, newcomer)
    with server.world.looking("nobody") as tx:
        signed = signed_credential(tx, serial)
    assert signed is not None
    said = check.says(_trust(server), signed.document.encode())
    assert said.startswith("?\nCANNOT CHECK")
    assert "no proof that it stands in the issuance log" in said


def test_what_was_withdrawn_or_suspended_is_never_green(
    server: Server, check: Checker, newcomer: str
) -> None:
    serial, pdf = _pdf(server, newcomer)
    with server.world.acting("dina") as tx:
        suspend_credential(tx, serial, "A complaint is being looked into.")
    assert "\nSUSPENDED" in check.says(_trust(server), pdf)
    with server.world.acting("dina") as tx:
        revoke_credential(tx, serial, "The exam was taken by another person.")
    assert "\nREVOKED" in check.says(_trust(server), pdf)


def test_green_only_while_the_lists_are_fresh(
    server: Server, check: Checker, newcomer: str
) -> None:
    _, pdf = _pdf(server, newcomer)
    trust = _trust(server)
    world, real = server.world, server.world.now
    world.now = real - timedelta(days=3)
    try:
        with world.as_system() as tx:
            stale = tuple(_signed_then(tx, one) for one in trust.lists)
    finally:
        world.now = real
    said = check.says(trust.model_copy(update={"lists": stale}), pdf)
    assert said.startswith("?\nCANNOT CHECK")
    assert "which is out of date" in said


def _signed_then(tx: Tx, document: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Sign a list anew at the transaction's instant, as it was signed then."""
    bare = {key: value for key, value in document.items() if key != "proof"}
    dates: dict[str, JsonValue] = {
        "validFrom": rfc3339(tx.now),
        "validUntil": rfc3339(tx.now + VALID_FOR),
    }
    return secure(bare | dates, signer_for(tx, KeyPurpose.CREDENTIAL), tx.now)


def _another_name(pdf: bytes) -> bytes:
    place = len(pdf) // 2
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def _bytes_added(pdf: bytes) -> bytes:
    return pdf + b"\n% one more line\n"


def _seal_stripped(pdf: bytes) -> bytes:
    return pdf.replace(b"/ByteRange", b"/ByteRangs")


@pytest.mark.parametrize("tamper", [_another_name, _bytes_added, _seal_stripped])
def test_a_file_that_was_changed_is_not_genuine(
    server: Server, check: Checker, newcomer: str, tamper: Callable[[bytes], bytes]
) -> None:
    _, pdf = _pdf(server, newcomer)
    said = check.says(_trust(server), tamper(pdf))
    assert said.startswith("✗\nNOT GENUINE")
    assert "Seal: Failed." in said


def test_data_that_was_changed_is_not_genuine(
    server: Server, check: Checker, newcomer: str
) -> None:
    serial, _ = _pdf(server, newcomer)
    with server.world.looking("nobody") as tx:
        signed = signed_credential(tx, serial)
    assert signed is not None
    document = json.loads(signed.document)
    document["validUntil"] = "2099-01-01T00:00:00Z"
    said = check.says(_trust(server), json.dumps(document).encode())
    assert said.startswith("✗\nNOT GENUINE")
    assert "Something in it was changed after it was signed." in said


def test_a_certificate_of_another_academy_is_not_ours(
    server: Server, check: Checker, newcomer: str
) -> None:
    _, pdf = _pdf(server, newcomer)
    other = _trust(server).model_copy(update={"keys": (), "roots": (), "log_keys": ()})
    assert "NOT GENUINE" in check.says(other, pdf)


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n", b"[]", b'{"a": '])
def test_what_is_no_certificate_gets_a_sentence(
    server: Server, check: Checker, content: bytes
) -> None:
    assert check.says(_trust(server), content).startswith("?\nCANNOT CHECK")


def test_the_saved_page_is_what_the_academy_gives(server: Server, page: Page) -> None:
    page.goto("/verify/file")
    with page.expect_download() as download:
        page.get_by_role("link", name="the checker for offline use").click()
    saved = download.value.path().read_text(encoding="utf-8")
    assert download.value.suggested_filename.startswith("check-certificates-")
    assert "Check a certificate without a network" in saved
    assert len(saved.encode()) < 200_000


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_it_is_accessible_and_fits(
    server: Server, browser: Browser, tmp_path: Path, newcomer: str, size: Any
) -> None:
    _, pdf = _pdf(server, newcomer)
    saved = tmp_path / "checker.html"
    saved.write_text(offline_page(_trust(server)), encoding="utf-8")
    context = browser.new_context(viewport=size)
    page = context.new_page()
    page.goto(saved.as_uri())
    file: Any = {"name": "c.pdf", "mimeType": "application/pdf", "buffer": pdf}
    page.locator("#file").set_input_files(file)
    expect(page.locator("#result h2")).to_be_visible()
    assert violations(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    context.close()
