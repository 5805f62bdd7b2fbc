"""The root and its list for anybody, and the archive of a job for who may have it."""

import csv
import hashlib
import io
from zipfile import ZipFile

import pytest
from cryptography import x509
from web_site import World, sign_in

from base.permissions import SYSTEM, Actor, Role
from certs.commands.keys import make_missing_keys
from certs.commands.sealing_jobs import start_sealing_job
from certs.queries.sealing_jobs import SealingChoice
from tests import factories
from tests.many_certificates import certificates_by_hand


@pytest.fixture
def sealed(world: World) -> tuple[World, str]:
    """An academy and its job, of which two certificates are sealed and one waits."""
    here = world.academy
    with here.database.write(SYSTEM, world.clock(), here.config) as tx:
        make_missing_keys(tx)
    alba = Actor(world.person("holder", (Role.LEARNER,)), "Alba", frozenset())
    whole = factories.World(here.database, here.config, world.clock(), {"alba": alba})
    certificates_by_hand(whole, 2, holder="=Alba")
    whole.seal()
    certificates_by_hand(whole, 1)
    with whole.as_system() as tx:
        return world, start_sealing_job(tx, SealingChoice(waiting_only=False), "All")


def test_the_archive_holds_every_sealed_file_and_a_manifest_of_all(
    sealed: tuple[World, str],
) -> None:
    world, job = sealed
    world.person("alba", (Role.ADMINISTRATOR,))
    browser = world.browser()
    sign_in(browser)
    told = browser.get(f"/sealing/{job}.zip")
    assert told.headers["content-type"] == "application/zip"
    assert told.headers["cache-control"] == "no-store"
    archive = ZipFile(io.BytesIO(told.content))
    lines = [*csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig")))]
    assert len(lines) == 3
    assert len(archive.namelist()) == 3
    for line in lines:
        if line["file"]:
            assert line["holder"] == "'=Alba"
            assert hashlib.sha256(archive.read(line["file"])).hexdigest() == line["sha256"]
        else:
            assert line["problem"] == "waits for its seal"


@pytest.mark.parametrize("role", [Role.LEARNER, Role.CLINIC, Role.EXAMINER, None])
def test_nobody_else_gets_the_archive(sealed: tuple[World, str], role: Role | None) -> None:
    world, job = sealed
    browser = world.browser()
    if role:
        world.person("alba", (role,))
        sign_in(browser)
    told = browser.get(f"/sealing/{job}.zip")
    assert told.status_code == 403
    assert "PP-" not in told.text


def test_an_unknown_job_is_not_found(sealed: tuple[World, str]) -> None:
    world, _ = sealed
    world.person("alba", (Role.ADMINISTRATOR,))
    browser = world.browser()
    sign_in(browser)
    assert browser.get("/sealing/nowhere.zip").status_code == 404


def test_anybody_gets_the_root_and_the_list_that_it_signed(sealed: tuple[World, str]) -> None:
    world, _ = sealed
    browser = world.browser()
    root = x509.load_pem_x509_certificate(browser.get("/authority/root.crt").content)
    told = browser.get("/authority/revoked.crl")
    assert told.headers["content-type"] == "application/pkix-crl"
    listed = x509.load_der_x509_crl(told.content)
    assert listed.is_signature_valid(root.public_key())  # pyright: ignore[reportArgumentType] it is RSA


def test_an_academy_without_keys_says_so(world: World) -> None:
    assert world.browser().get("/authority/root.crt").status_code == 404
    assert world.browser().get("/authority/revoked.crl").status_code == 503
