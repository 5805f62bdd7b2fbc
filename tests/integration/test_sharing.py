"""Sharing one's own certificate: links that show it until withdrawn, and how often it was seen."""

from collections import Counter

import pytest

from base.audit import audit_entries
from base.errors import Conflict, Invalid, NotFound
from certs.commands.sharing import (
    MOST_LINKS,
    Look,
    count_looks,
    set_private,
    share_certificate,
    withdraw_share,
)
from certs.queries.public import kept_credential
from certs.queries.sharing import my_sharing, shared_serial
from certs.queries.standing import credential_standing
from tests.factories import World


def _certified(world: World, name: str = "alba") -> str:
    return world.earn(name).standing.serial


def _share(world: World, serial: str, name: str = "alba") -> str:
    with world.acting(name) as tx:
        return share_certificate(tx, serial, "  Lakeside   clinic ")


def test_a_link_shows_the_certificate_until_it_is_withdrawn(any_world: World) -> None:
    serial = _certified(any_world)
    token = _share(any_world, serial)
    with any_world.looking("nobody") as tx:
        assert shared_serial(tx, token) == serial
        assert shared_serial(tx, token[:-1]) is None
    with any_world.looking("alba") as tx:
        (link,) = my_sharing(tx, serial).links
    assert link.label == "Lakeside clinic"
    assert token not in repr(link)
    for _ in range(2):
        with any_world.acting("alba") as tx:
            withdraw_share(tx, link.digest)
    with any_world.looking("nobody") as tx:
        assert shared_serial(tx, token) is None
    with any_world.looking("alba") as tx:
        assert my_sharing(tx, serial).links == ()


def test_nobody_shares_or_withdraws_what_is_anothers(world: World) -> None:
    serial = _certified(world)
    _share(world, serial)
    with world.looking("alba") as tx:
        (link,) = my_sharing(tx, serial).links
    with pytest.raises(NotFound), world.acting("lena") as tx:
        share_certificate(tx, serial, "Me")
    with pytest.raises(NotFound), world.acting("lena") as tx:
        withdraw_share(tx, link.digest)
    with pytest.raises(NotFound), world.looking("lena") as tx:
        my_sharing(tx, serial)


@pytest.mark.parametrize("label", ["", "   ", "x" * 61])
def test_a_link_says_for_whom_it_is(world: World, label: str) -> None:
    serial = _certified(world)
    with pytest.raises(Invalid, match="for whom"), world.acting("alba") as tx:
        share_certificate(tx, serial, label)


def test_there_are_not_more_links_than_anybody_minds(world: World) -> None:
    serial = _certified(world)
    for _ in range(MOST_LINKS):
        _share(world, serial)
    with pytest.raises(Conflict, match="Withdraw one"):
        _share(world, serial)


def _serial_alone(world: World, serial: str) -> list[bool]:
    """Whether what the open faces read says that it is private."""
    with world.looking("nobody") as tx:
        kept, standing = kept_credential(tx, serial), credential_standing(tx, serial)
    assert kept is not None
    assert standing is not None
    return [kept.private, standing.private]


def test_a_holder_keeps_a_certificate_private_and_shows_it_again(any_world: World) -> None:
    serial = _certified(any_world)
    assert _serial_alone(any_world, serial) == [False, False]
    for private in (True, True, False, False, True):
        any_world.wait(hours=1)
        with any_world.acting("alba") as tx:
            set_private(tx, serial, private)
        assert _serial_alone(any_world, serial) == [private, private]
        with any_world.looking("alba") as tx:
            assert my_sharing(tx, serial).private is private
    with any_world.looking("system") as tx:
        said = [entry.action for entry in audit_entries(tx, serial)][-3:]
    assert said == ["credential:private", "credential:public", "credential:private"]


def test_nobody_keeps_private_what_is_anothers(world: World) -> None:
    serial = _certified(world)
    with pytest.raises(NotFound), world.acting("lena") as tx:
        set_private(tx, serial, True)
    assert _serial_alone(world, serial) == [False, False]


def test_looks_add_up_by_way_and_grow_old(any_world: World) -> None:
    serial, today = _certified(any_world), any_world.now.date()
    seen = Look(serial, today, "the public page")
    shared = Look(serial, today, "a link you shared")
    unknown = Look("PP-00000-00000-00000-00000", today, "the public page")
    for counts in (Counter({seen: 2, unknown: 5}), Counter({seen: 1, shared: 4})):
        with any_world.as_system() as tx:
            count_looks(tx, counts)
    with any_world.looking("alba") as tx:
        assert my_sharing(tx, serial).looks == {"a link you shared": 4, "the public page": 3}
    any_world.wait(days=31)
    with any_world.looking("alba") as tx:
        assert my_sharing(tx, serial).looks == {}
