"""A clinic's keys: shown once, counted exactly, revoked for good, nobody else's business."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from accounts.commands.clinics import make_clinic
from base.audit import AuditRow
from base.errors import Conflict, NotAllowed, NotFound
from base.permissions import Role
from certs.api_keys import MOST_KEYS, QuotaSpent
from certs.commands.api_keys import make_api_key, revoke_api_key, spend_allowance
from certs.queries.api_keys import ApiCaller, ApiKey, api_caller, api_keys
from certs.tables.clinics import ApiKeyRow, ApiUseRow
from tests.factories import World


@pytest.fixture
def clinic(any_world: World) -> str:
    """A clinic that cleo looks after."""
    with any_world.acting("cleo") as tx:
        return make_clinic(tx, "Skin & Co")


def made(world: World, clinic: str, label: str = "Rota program", quota: int = 10_000) -> str:
    with world.acting("cleo") as tx:
        key = make_api_key(tx, clinic, label)
        tx.session.flush()
        tx.session.exec(update(ApiKeyRow).values(daily_quota=quota))
    return key


def caller(world: World, key: str) -> ApiCaller | None:
    with world.looking("nobody") as tx:
        return api_caller(tx, key)


def listed(world: World, clinic: str) -> tuple[ApiKey, ...]:
    with world.looking("cleo") as tx:
        return api_keys(tx, clinic)


def spend(world: World, key: str, count: int = 1) -> int:
    with world.acting("nobody") as tx:
        return spend_allowance(tx, key, count).left


def test_a_key_is_shown_once_and_kept_as_its_digest(any_world: World, clinic: str) -> None:
    key = made(any_world, clinic)
    assert key.startswith("ppk_")
    assert len(key) == 47
    found = caller(any_world, key)
    assert found is not None
    assert found.clinic_id == clinic
    with any_world.looking("system") as tx:
        kept = repr(tx.session.exec(select(ApiKeyRow)).all())
        audited = repr(tx.session.exec(select(AuditRow)).all())
    assert key not in kept + audited
    assert "api-key:make" in audited


@pytest.mark.parametrize("other", ["", "ppk_", "ppk_" + "A" * 43, "x" * 5_000, "ppk_\u0661"])
def test_what_is_no_key_opens_nothing(any_world: World, clinic: str, other: str) -> None:
    made(any_world, clinic)
    assert caller(any_world, other) is None
    with pytest.raises(NotAllowed, match="needs a key"):
        spend(any_world, other)


def test_a_revoked_key_opens_nothing_from_that_moment(any_world: World, clinic: str) -> None:
    key = made(any_world, clinic)
    for _ in range(2):
        with any_world.acting("cleo") as tx:
            revoke_api_key(tx, clinic, api_keys(tx, clinic)[0].id)
    assert caller(any_world, key) is None
    assert listed(any_world, clinic)[0].revoked_at == any_world.now
    with any_world.looking("system") as tx:
        told = tx.session.exec(select(AuditRow).where(AuditRow.action == "api-key:revoke")).all()
    assert len(told) == 1


def test_a_key_belongs_to_those_who_look_after_the_clinic(any_world: World, clinic: str) -> None:
    made(any_world, clinic)
    any_world.join("otto", Role.CLINIC)
    key_id = listed(any_world, clinic)[0].id
    with any_world.acting("otto") as tx:
        own = make_clinic(tx, "Other")
    for asked in (clinic, "no such clinic"):
        with pytest.raises(NotFound), any_world.acting("otto") as tx:
            make_api_key(tx, asked, "Mine")
        with pytest.raises(NotFound), any_world.looking("otto") as tx:
            api_keys(tx, asked)
    with pytest.raises(NotFound), any_world.acting("otto") as tx:
        revoke_api_key(tx, own, key_id)
    assert listed(any_world, clinic)[0].revoked_at is None


def test_a_clinic_has_so_many_keys_and_no_more(world: World) -> None:
    with world.acting("cleo") as tx:
        clinic = make_clinic(tx, "Skin & Co")
        for number in range(MOST_KEYS):
            make_api_key(tx, clinic, f"Program {number}")
        with pytest.raises(Conflict, match="at most 20 keys"):
            make_api_key(tx, clinic, "One more")
        revoke_api_key(tx, clinic, api_keys(tx, clinic)[0].id)
        make_api_key(tx, clinic, "One more")


def test_what_is_asked_is_counted_by_day(any_world: World, clinic: str) -> None:
    key = made(any_world, clinic, quota=10)
    assert [spend(any_world, key), spend(any_world, key, 7)] == [9, 2]
    with pytest.raises(QuotaSpent, match="asks about 3 certificates; 2 of today's 10"):
        spend(any_world, key, 3)
    assert spend(any_world, key, 2) == 0
    any_world.wait(days=1)
    with pytest.raises(QuotaSpent):
        spend(any_world, key, 11)
    assert spend(any_world, key, 4) == 6
    told = listed(any_world, clinic)[0]
    assert (told.used_today, told.used) == (4, 14)
    found = caller(any_world, key)
    assert found is not None
    assert found.allowance.left == 6


def test_the_day_begins_at_midnight_utc(any_world: World, clinic: str) -> None:
    key = made(any_world, clinic, quota=1)
    any_world.now = any_world.now.replace(hour=23, minute=59, second=59)
    assert spend(any_world, key) == 0
    with pytest.raises(QuotaSpent) as refused:
        spend(any_world, key)
    assert refused.value.seconds == 1
    any_world.now += timedelta(seconds=1)
    assert spend(any_world, key) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_many_at_once_never_get_more_than_the_quota(
    any_world: World, clinic: str, count: int
) -> None:
    key, quota = made(any_world, clinic, quota=20), 20

    def once(_turn: int) -> int:
        try:
            spend(any_world, key, count)
        except QuotaSpent:
            return 0
        return count

    with ThreadPoolExecutor(8) as pool:
        granted = sum(pool.map(once, range(40)))
    assert granted == quota - quota % count
    with any_world.looking("system") as tx:
        counted = tx.session.exec(select(col(ApiUseRow.count))).one()
    assert counted == granted
