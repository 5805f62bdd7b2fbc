"""The log and the status lists as any client fetches them."""

import base64

import pytest
from web_site import World

from base.permissions import SYSTEM
from certs.checkpoints import proven_checkpoint, read_checkpoint, verified_checkpoint
from certs.commands.keys import make_missing_keys
from certs.commands.log import append_leaf
from certs.keys import KeyPurpose
from certs.merkle import extends, leaf_hash
from certs.queries.keys import public_keys
from certs.statuslist import decoded
from web.status_lists import keep_lists_fresh


@pytest.fixture
def logged(world: World) -> World:
    """An academy that logged five credentials."""
    here = world.academy
    with here.database.write(SYSTEM, world.clock(), here.config) as tx:
        make_missing_keys(tx)
        for number in range(5):
            append_leaf(tx, b"credential %d" % number)
    return world


def log_keys(world: World) -> list[bytes]:
    here = world.academy
    with here.database.read(SYSTEM, world.clock(), here.config) as tx:
        return [key.raw for key in public_keys(tx, KeyPurpose.LOG)]


def test_the_checkpoint_is_a_signed_note_that_any_page_may_read(logged: World) -> None:
    told = logged.browser().get("/log/checkpoint")
    assert told.headers["content-type"] == "text/plain; charset=utf-8"
    assert told.headers["access-control-allow-origin"] == "*"
    checkpoint = verified_checkpoint(told.text, log_keys(logged))
    assert checkpoint is not None
    assert checkpoint.size == 5


def test_a_proof_is_found_by_the_leafs_hash(logged: World) -> None:
    leaf = leaf_hash(b"credential 3")
    told = logged.browser().get(f"/log/proof/{leaf.hex()}")
    assert proven_checkpoint(told.text, leaf, log_keys(logged)) is not None


def test_a_client_that_kept_a_checkpoint_asks_what_extends_it(logged: World) -> None:
    browser = logged.browser()
    first, last = (
        browser.get(f"/log/consistency?from={size}&to={size}").json()["checkpoint"]
        for size in (3, 5)
    )
    told = browser.get("/log/consistency?from=3&to=5").json()
    assert (told["from"], told["to"], told["checkpoint"]) == (3, 5, last)
    old, new = read_checkpoint(first), read_checkpoint(last)
    assert old is not None
    assert new is not None
    hashes = [base64.b64decode(one) for one in told["proof"]]
    assert extends(3, 5, old.root, new.root, hashes)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/log/proof/" + "0" * 64, 404),
        ("/log/proof/nonsense", 404),
        ("/log/consistency", 422),
        ("/log/consistency?from=0&to=3", 422),
        ("/log/consistency?from=-1&to=3", 422),
        ("/log/consistency?from=²&to=3", 422),
        ("/log/consistency?from=3&to=6", 422),
        ("/log/consistency?from=3&to=" + "9" * 40, 422),
        ("/status/gossip", 404),
    ],
)
def test_what_cannot_be_answered_is_a_problem_in_words(
    logged: World, path: str, status: int
) -> None:
    told = logged.browser().get(path)
    assert told.status_code == status
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["detail"].endswith(".")


def test_an_empty_log_says_so(world: World) -> None:
    told = world.browser().get("/log/checkpoint")
    assert (told.status_code, "is empty" in told.json()["detail"]) == (404, True)


def test_the_lists_are_published_where_they_say(logged: World) -> None:
    browser = logged.browser()
    assert browser.get("/status/revocation").status_code == 404
    keep_lists_fresh(logged.site)
    for purpose in ("revocation", "suspension"):
        told = browser.get(f"/status/{purpose}")
        assert told.headers["content-type"] == "application/json"
        assert told.headers["access-control-allow-origin"] == "*"
        document = told.json()
        assert document["id"].endswith(f"/status/{purpose}")
        assert decoded(document["credentialSubject"]["encodedList"]) is not None


def test_asking_the_log_again_and_again_is_slowed_down(logged: World) -> None:
    browser = logged.browser()
    codes = {browser.get("/log/proof/" + "0" * 64).status_code for _ in range(70)}
    assert codes == {404, 429}
