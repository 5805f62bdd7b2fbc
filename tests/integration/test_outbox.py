"""Mail: written with what it tells of, sent once, tried again at growing intervals."""

from collections import Counter
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from accounts.clinics import Standing
from accounts.commands.clinics import accept_invitation, invite_member, make_clinic
from accounts.commands.outbox import claim_letters, put_message, try_again
from accounts.outbox import MOST_TRIES, wait_after_try
from accounts.queries.outbox import MailState, Message, messages
from base.academy import Academy
from base.db import Database
from tests.factories import World
from tests.mail_sink import Sink, mail_sink
from tests.server import free_port
from web.mail import send_waiting
from web.site import Site


@pytest.fixture(scope="module")
def listening() -> Generator[Sink, None, None]:
    """One mail server for all tests here."""
    with mail_sink() as sink:
        yield sink


@pytest.fixture
def sink(listening: Sink, any_world: World) -> Sink:
    """The mail server, empty, known to the academy."""
    listening.mails.clear()
    listening.refused.clear()
    any_world.config = any_world.config.model_copy(update={"smtp_url": listening.url})
    return listening


def write(world: World, key: str = "k", to: str = "alba@example.org") -> bool:
    with world.as_system() as tx:
        return put_message(tx, key, to, "A subject\r\nBcc: eve@example.org", "Grüße, Ålesund ✓")


def send(world: World) -> int:
    academy = Academy(world.config, world.database)
    return send_waiting(Site(lambda: academy, lambda: world.now))


def outbox(world: World) -> tuple[Message, ...]:
    with world.looking("dina") as tx:
        return messages(tx)


def test_a_mail_is_sent_once_and_its_text_forgotten(any_world: World, sink: Sink) -> None:
    assert write(any_world)
    assert not write(any_world)
    assert (send(any_world), send(any_world)) == (1, 0)
    (mail,) = sink.mails
    assert mail["To"] == "alba@example.org"
    assert mail["Bcc"] is None
    assert mail.get_content().strip() == "Grüße, Ålesund ✓"
    (told,) = outbox(any_world)
    assert (told.state, told.body, told.tried) == (MailState.SENT, "", 1)


def test_processes_that_race_send_each_mail_once(any_world: World, sink: Sink) -> None:
    for number in range(30):
        write(any_world, f"k{number}", f"p{number}@example.org")

    def process(_: int) -> int:
        database = Database(any_world.config.database_url)
        sent = send(replace(any_world, database=database))
        database.dispose()
        return sent

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(process, range(8))) == 30
    assert set(Counter(mail["To"] for mail in sink.mails).values()) == {1}
    assert len(sink.mails) == 30


def test_a_server_that_is_down_is_tried_again_at_growing_intervals(
    any_world: World, sink: Sink
) -> None:
    any_world.config = any_world.config.model_copy(
        update={"smtp_url": f"smtp://127.0.0.1:{free_port()}"}
    )
    write(any_world)
    tries: list[timedelta] = []
    began = any_world.now
    for _ in range(30 * 24 * 6):
        before = outbox(any_world)[0].tried
        if send(any_world) == 0 and outbox(any_world)[0].tried > before:
            tries.append(any_world.now - began)
        if outbox(any_world)[0].state is MailState.GIVEN_UP:
            break
        any_world.now = max(outbox(any_world)[0].next_try_at, any_world.now)
    waits = [after - before for before, after in pairwise(tries)]
    assert waits == sorted(waits)
    assert waits == [wait_after_try(tried) for tried in range(1, MOST_TRIES)]
    (given_up,) = outbox(any_world)
    assert "could not be used" in (given_up.problem or "")
    # An administrator mends the address and lets it be tried again.
    any_world.config = any_world.config.model_copy(update={"smtp_url": sink.url})
    assert send(any_world) == 0
    with any_world.acting("dina") as tx:
        try_again(tx, given_up.id)
    assert send(any_world) == 1


def test_an_address_that_is_refused_for_good_is_not_tried_again(
    any_world: World, sink: Sink
) -> None:
    sink.refused |= {"gone@example.org": "550 No such mailbox", "full@example.org": "452 Full"}
    write(any_world, "gone", "gone@example.org")
    write(any_world, "full", "full@example.org")
    assert send(any_world) == 0
    states = {one.recipient.split("@")[0]: one for one in outbox(any_world)}
    assert states["gone"].state is MailState.GIVEN_UP
    assert states["full"].state is MailState.WAITING
    sink.refused.clear()
    any_world.wait(minutes=3)
    assert send(any_world) == 1
    assert [mail["To"] for mail in sink.mails] == ["full@example.org"]


def test_a_process_killed_while_it_sent_leaves_the_mail_to_the_next_try(
    any_world: World, sink: Sink
) -> None:
    write(any_world)
    with any_world.as_system() as tx:
        assert len(claim_letters(tx)) == 1
    assert send(any_world) == 0
    any_world.wait(minutes=3)
    assert send(any_world) == 1


def test_a_password_is_not_sent_in_the_clear(any_world: World, sink: Sink) -> None:
    told = sink.url.replace("smtp://", "smtp://user:secret@")
    any_world.config = any_world.config.model_copy(update={"smtp_url": told})
    write(any_world)
    assert send(any_world) == 0
    assert "no encryption" in (outbox(any_world)[0].problem or "")


def test_without_a_mail_server_mail_waits_to_be_read_by_an_administrator(
    any_world: World,
) -> None:
    write(any_world)
    assert send(any_world) == 0
    (waiting,) = outbox(any_world)
    assert (waiting.state, waiting.tried) == (MailState.WAITING, 0)
    assert waiting.body == "Grüße, Ålesund ✓"


def test_an_invitation_is_mailed_with_the_code_that_it_is_answered_with(
    any_world: World, sink: Sink
) -> None:
    with any_world.acting("cleo") as tx:
        clinic = make_clinic(tx, "Skin & Co")
        code = invite_member(tx, clinic, "alba@example.org", Standing.STAFF)
    assert send(any_world) == 1
    text = sink.mails[0].get_content()
    assert f"/invitation?code={code}" in text
    assert "They never see your answers or your marks." in " ".join(text.split())
    with any_world.acting("alba") as tx:
        accept_invitation(tx, code)


def test_a_command_that_fails_writes_no_mail(any_world: World) -> None:
    class Broken(Exception):
        pass

    def invite() -> None:
        with any_world.acting("cleo") as tx:
            clinic = make_clinic(tx, "Skin & Co")
            invite_member(tx, clinic, "alba@example.org", Standing.STAFF)
            raise Broken

    with pytest.raises(Broken):
        invite()
    assert outbox(any_world) == ()
