"""The upload page: what a file says beside what was issued, every check, and nothing kept."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from web_site import World, kept_as, standing

from certs.checking.beside import Issued
from certs.checking.logged import leaf_of
from certs.status import Status
from tests.issuing import Recipe, trust
from web.site import UPLOADS_A_MINUTE

PAGE = "/verify/file"
MADE = Recipe()
Put = Callable[[Issued | None], None]


@cache
def good() -> bytes:
    return MADE.made()


def issued(pdf: bytes = b"", **changes: object) -> Issued:
    was: dict[str, object] = {
        "holder": "Alba Ruiz",
        "issued_at": MADE.now - timedelta(days=10),
        "expires_at": MADE.now + timedelta(days=700),
    }
    kept = kept_as(standing(**{**was, **changes}))
    return Issued(kept, hashlib.sha256(pdf or good()).hexdigest(), leaf_of(MADE.document))


@pytest.fixture
def register(world: World, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Let the academy be the one that made the files, and have issued this, or nothing."""
    world.clock.now = MADE.now

    def put(one: Issued | None) -> None:
        monkeypatch.setattr("web.checking.academy_trust", lambda _tx: trust(MADE.now))
        monkeypatch.setattr("web.checking.issued_credential", lambda _tx, _serial: one)

    return put


def send(world: World, data: bytes, name: str = "certificate.pdf"):
    return world.browser().post(PAGE, files={"file": (name, data)})


def test_the_file_that_was_issued_is_valid_and_every_check_says_so(
    world: World, register: Put
) -> None:
    register(issued())
    response = send(world, good())
    text = response.text
    assert response.status_code == 200
    assert "<h1>VALID</h1>" in text
    assert text.count(': <span class="outcome">right</span>') == 6
    assert "byte for byte, the file" in text
    assert text.count("Alba Ruiz") == 2
    assert "<script" not in text
    assert response.headers["x-robots-tag"] == "noindex"
    assert response.headers["cache-control"] == "no-store"
    assert len(response.content) < 50_000


def test_a_true_seal_over_another_name_is_told_and_gives_no_name_away(
    world: World, register: Put
) -> None:
    register(issued())
    text = send(world, MADE.but(shown="Mallory Quick").made()).text
    assert "<h1>NOT VALID</h1>" in text
    assert "does not show the name that the data was signed for" in text
    assert "not the file that" in text
    assert "Ruiz" not in text
    assert "A. R. <strong>differs</strong>" in text


def test_a_number_that_was_never_issued_is_not_found(world: World, register: Put) -> None:
    register(None)
    text = send(world, good()).text
    assert "<h1>NOT FOUND</h1>" in text
    assert "Nothing was issued here under the number" in text


def test_the_register_outweighs_what_the_file_carries(world: World, register: Put) -> None:
    revoked = issued(status=Status.REVOKED, since=MADE.now, reason="Issued in error.")
    register(revoked)
    text = send(world, good()).text
    assert "<h1>REVOKED <span" in text
    assert 'Status: <span class="outcome">wrong</span>' in text
    assert 'Seal: <span class="outcome">right</span>' in text


def test_a_credential_by_itself_is_valid_by_its_proofs_and_the_register(
    world: World, register: Put
) -> None:
    register(issued())
    text = send(world, json.dumps(MADE.document).encode(), "credential.json").text
    assert "<h1>VALID</h1>" in text
    assert "only as a hash" in text
    assert "It is the entry that the log has for it." in text
    assert "Ruiz" not in text


def test_another_issuers_credential_cannot_be_checked_here_and_says_why(
    world: World, register: Put
) -> None:
    register(None)
    foreign = {**MADE.document, "issuer": {"id": "did:web:other.example", "type": ["Profile"]}}
    text = send(world, json.dumps(foreign).encode(), "badge.json").text
    assert "<h1>CANNOT CHECK</h1>" in text
    assert "did:web:other.example is another issuer" in text


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7 and nothing more"])
def test_what_is_no_certificate_is_told(world: World, register: Put, data: bytes) -> None:
    register(None)
    response = send(world, data)
    assert response.status_code in {200, 422}
    assert "Choose a file first" in response.text or "<h1>NOT VALID</h1>" in response.text


def test_a_form_without_a_file_says_what_to_do(world: World) -> None:
    for response in (
        world.browser().post(PAGE),
        world.browser().post(PAGE, data={"file": "words"}),
        world.browser().post(PAGE, content=b"--x", headers={"content-type": "multipart/form-data"}),
    ):
        assert response.status_code == 422
        assert 'name="file"' in response.text


def test_a_file_that_is_too_large_is_refused_before_it_is_read(world: World) -> None:
    response = send(world, b"%PDF-" + b"0" * 5_100_000)
    assert response.status_code == 413
    assert "larger than 5 MB" in response.text


def test_uploads_are_rationed(world: World) -> None:
    browser = world.browser()
    for _ in range(UPLOADS_A_MINUTE):
        assert browser.post(PAGE).status_code == 422
    assert browser.post(PAGE).status_code == 429


def test_nothing_of_an_upload_is_kept(
    world: World, register: Put, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    register(issued())
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    before = world.academy.database.engine.url.database
    assert before is not None
    rows = Path(before).read_bytes()
    assert "<h1>VALID</h1>" in send(world, good()).text
    assert Path(before).read_bytes() == rows
