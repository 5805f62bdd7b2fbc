"""What machines read of the academy: DID document, keys, signed credentials."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from joserfc.jwk import RSAKey
from web_site import SERIAL, World, standing

from base.academy import Academy, use_academy
from base.config import Config
from base.db import Database
from base.permissions import SYSTEM
from certs.commands.keys import make_missing_keys, revoke_key, rotate_key
from certs.keys import KeyPurpose
from certs.queries.keys import public_keys
from certs.queries.signed import SignedCredential
from certs.queries.standing import CredentialStanding

Put = Callable[[CredentialStanding | None], None]


@pytest.fixture
def keyed(world: World) -> World:
    with world.academy.database.write(SYSTEM, world.clock(), world.academy.config) as tx:
        make_missing_keys(tx)
    return world


def test_the_did_document_lists_the_keys_of_the_academy_for_anyone(keyed: World) -> None:
    answer = keyed.browser().get("/.well-known/did.json")
    told = answer.json()
    assert told["id"] == "did:web:localhost%3A8501"
    (method,) = told["verificationMethod"]
    assert told["assertionMethod"] == [method["id"]]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert keyed.browser().get("/did.json").json() == told


def test_a_retired_key_stays_and_a_revoked_one_goes(keyed: World) -> None:
    def listed() -> list[str]:
        return keyed.browser().get("/.well-known/did.json").json()["assertionMethod"]

    (old,) = listed()
    with keyed.academy.database.write(SYSTEM, keyed.clock(), keyed.academy.config) as tx:
        rotate_key(tx, KeyPurpose.CREDENTIAL)
    assert len(listed()) == 2
    with keyed.academy.database.write(SYSTEM, keyed.clock(), keyed.academy.config) as tx:
        revoke_key(tx, old.partition("#")[2], "Its backup was lost.")
    (new,) = listed()
    assert new != old
    page = keyed.browser().get("/issuer").text
    assert "revoked on 7 March 2026" in page
    assert "signs since 7 March 2026" in page


def test_a_jwts_key_stands_where_its_kid_says(keyed: World) -> None:
    with keyed.academy.database.read(SYSTEM, keyed.clock(), keyed.academy.config) as tx:
        (key,) = public_keys(tx, KeyPurpose.JWT)
        (other,) = public_keys(tx, KeyPurpose.LOG)
    browser = keyed.browser()
    told = browser.get(f"/keys/{key.id}").json()
    assert told["kid"] == f"http://localhost:8501/keys/{key.id}"
    assert RSAKey.import_key(told).is_private is False
    for unknown in (other.id, "no-such-key"):
        answer = browser.get(f"/keys/{unknown}")
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.fixture
def signed(monkeypatch: pytest.MonkeyPatch, keyed: World, certificates: Put) -> SignedCredential:
    certificates(standing())
    document = json.dumps({"id": "urn:uuid:1", "name": "Zoë"}, ensure_ascii=False)
    kept = SignedCredential(document, "a.b.c", 0, keyed.clock())
    monkeypatch.setattr(
        "web.signed.signed_credential", lambda _tx, asked: kept if asked == SERIAL else None
    )
    return kept


def test_a_signed_credential_is_given_byte_for_byte(keyed: World, signed: SignedCredential) -> None:
    browser = keyed.browser()
    answer = browser.get(f"/credentials/{SERIAL}.json")
    assert answer.content == signed.document.encode()
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "no-store"
    assert browser.get(f"/credentials/{SERIAL.lower()}.jwt").text == "a.b.c"


@pytest.mark.parametrize("ending", ["json", "jwt"])
def test_unknown_serials_and_what_is_none_are_refused_as_problems(
    keyed: World, signed: SignedCredential, ending: str
) -> None:
    browser = keyed.browser()
    unknown = browser.get(f"/credentials/PP-00000-00000-00000-00000.{ending}")
    assert (unknown.status_code, "minutes" in unknown.json()["detail"]) == (404, True)
    assert browser.get(f"/credentials/nonsense.{ending}").status_code == 400


def test_they_are_limited_as_other_questions_are(keyed: World) -> None:
    browser = keyed.browser()
    answers = [browser.get(f"/credentials/{SERIAL}.json").status_code for _ in range(70)]
    assert 429 in answers


def test_an_achievements_address_leads_to_what_it_is_or_says_that_it_is_none(
    course_file: Path, tmp_path: Path
) -> None:
    shutil.copyfile(course_file, tmp_path / "course.db")
    config = Config(database_url=f"sqlite:///{tmp_path}/course.db")
    academy = Academy(config, Database(config.database_url))
    with use_academy(academy):
        browser = World(academy).browser()
        page = browser.get("/achievements/microneedling-fundamentals")
        assert page.status_code == 200
        assert "practical skill not assessed" in page.text
        assert 'id="criteria"' in page.text
        assert 'id="scope"' in page.text
        assert browser.get("/achievements/no-such-course").status_code == 404
    academy.database.dispose()


def test_a_private_credential_is_given_to_nobody_who_has_its_serial_alone(
    keyed: World, signed: SignedCredential, certificates: Put
) -> None:
    browser = keyed.browser()
    said: list[tuple[int, str]] = []
    for found in (standing(private=True), None):
        certificates(found)
        for ending in ("json", "jwt"):
            answer = browser.get(f"/credentials/{SERIAL}.{ending}")
            said.append((answer.status_code, answer.text))
    assert said[:2] == said[2:]
    assert [status for status, _ in said] == [404] * 4
