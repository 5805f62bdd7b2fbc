"""A certificate that was earned a moment ago: sealed on the way, or waited for."""

import pytest

from certs.commands import sealing
from certs.commands.sealing import seal_one
from certs.queries.own import own_unsealed
from tests.factories import World
from tests.pages.screens import Open, entries, words


def passed(world: World) -> str:
    attempt = world.start_exam("alba")
    world.answer_all("alba", attempt)
    world.submit("alba", attempt)
    return attempt


def test_whoever_looks_at_the_result_finds_the_certificate_sealed(
    world: World, open_page: Open
) -> None:
    attempt = passed(world)
    page = open_page("result", "alba", attempt=attempt)
    assert "Your certificate is ready" in words(page)
    with world.looking("alba") as tx:
        assert own_unsealed(tx) == ()


def test_while_another_is_being_sealed_the_result_says_so_and_comes_back(
    world: World, open_page: Open
) -> None:
    attempt = passed(world)
    with sealing.TURN:
        page = open_page("result", "alba", attempt=attempt)
    assert "Your certificate is being sealed" in words(page)
    assert "See my certificate" not in entries(page)
    world.seal()
    page.run()
    assert "being sealed" not in words(page)
    assert "See my certificate" in entries(page)


def test_my_certificates_show_what_is_sealed_and_say_what_is_not(
    world: World, open_page: Open
) -> None:
    passed(world)
    with sealing.TURN:
        page = open_page("certificates", "alba")
    assert "Your certificate is being sealed" in words(page)
    assert "Microneedling fundamentals" in words(page)
    assert not page.get("download_button")
    page.run()
    assert "being sealed" not in words(page)
    offered = [one.proto.label for one in page.get("download_button")]
    assert offered.count("Download the PDF") == 1


def test_a_defect_while_sealing_does_not_hide_the_result(
    world: World, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = passed(world)

    def breaks(*_: object) -> None:
        raise RuntimeError("a defect")

    with monkeypatch.context() as patched:
        patched.setattr(sealing, "sealed_file", breaks)
        page = open_page("result", "alba", attempt=attempt)
    assert "being sealed" in words(page)
    assert not page.exception
    world.wait(minutes=5)
    with world.looking("alba") as tx:
        (serial,) = own_unsealed(tx)
    assert seal_one(world.as_system, serial)
