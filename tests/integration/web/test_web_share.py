"""A link that a holder shared: the full name, until it is withdrawn; and looks that are counted."""

from collections import Counter
from dataclasses import replace

import pytest
from web_site import NOW, SERIAL, World, kept_as, standing

from base.errors import Unavailable
from base.permissions import SYSTEM
from certs.commands.sharing import Look
from web import look_round, share
from web.look_round import write_looks_down
from web.looks import API, PUBLIC_PAGE, SHARE_LINK

LINK = "/share/kept-by-the-holder"


@pytest.fixture
def shared(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    def shows(_tx: object, token: str) -> str | None:
        return SERIAL if token == "kept-by-the-holder" else None

    monkeypatch.setattr(share, "shared_serial", shows)
    private = replace(kept_as(standing()), private=True)
    monkeypatch.setattr(share, "kept_credential", lambda _tx, _serial: private)
    monkeypatch.setattr("web.verify.kept_of", lambda _visit, _serial: kept_as(standing()))
    return world


def test_a_link_shows_the_full_name_and_the_verdict_of_what_is_private_too(shared: World) -> None:
    response = shared.browser().get(LINK)
    assert response.status_code == 200
    assert "<h1>VALID" in response.text
    assert "Alba Serrano" in response.text
    assert response.headers["x-robots-tag"] == "noindex"
    assert response.headers["referrer-policy"] == "no-referrer"


def test_the_public_page_does_not(shared: World) -> None:
    assert "Alba Serrano" not in shared.browser().get(f"/verify/{SERIAL}").text


def test_a_withdrawn_link_says_nothing_of_the_certificate(shared: World) -> None:
    response = shared.browser().get("/share/withdrawn")
    assert response.status_code == 404
    assert "This link shows nothing" in response.text
    assert SERIAL not in response.text
    assert "Alba" not in response.text


def test_looks_are_counted_by_way_and_never_by_whom(shared: World) -> None:
    browser = shared.browser()
    for address in (LINK, LINK, f"/verify/{SERIAL}", "/share/withdrawn"):
        browser.get(address)
    today = NOW.date()
    assert shared.site.looks.take() == {
        Look(SERIAL, today, SHARE_LINK): 2,
        Look(SERIAL, today, PUBLIC_PAGE): 1,
    }
    assert shared.site.looks.take() == {}


def test_what_cannot_be_written_down_is_counted_on(
    shared: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: Counter[Look] = Counter()

    def busy(_tx: object, _counts: Counter[Look]) -> None:
        raise Unavailable("The academy is very busy.")

    def count(_tx: object, counts: Counter[Look]) -> None:
        kept.update(counts)

    shared.site.looks.add(SERIAL, NOW, API)
    monkeypatch.setattr(look_round, "count_looks", busy)
    write_looks_down(shared.site)
    monkeypatch.setattr(look_round, "count_looks", count)
    write_looks_down(shared.site)
    write_looks_down(shared.site)
    assert kept == {Look(SERIAL, NOW.date(), API): 1}


def test_a_round_writes_down_what_was_seen(world: World) -> None:
    world.site.looks.add(SERIAL, NOW, API)
    # Nothing was ever issued under this serial, so there is nothing to count it with.
    write_looks_down(world.site)
    with world.academy.database.read(SYSTEM, NOW, world.academy.config) as tx:
        assert tx.session.connection().exec_driver_sql("SELECT * FROM credential_look").all() == []
