"""The page of jobs that seal many certificates."""

from certs.queries.sealing_jobs import sealing_jobs
from tests.factories import World
from tests.many_certificates import certificates_by_hand
from tests.pages.screens import Open, button, words


def test_a_job_is_started_stopped_gone_on_with_and_downloaded(
    world: World, open_page: Open
) -> None:
    certificates_by_hand(world, 3)
    page = open_page("sealing", "dina")
    assert "3 certificates fit: 3 of them wait" in words(page)
    button(page, "Start the job").click().run()
    assert "Started" in words(page)
    button(page, "Stop").click().run()
    assert world.seal() == 0
    button(page, "Go on").click().run()
    assert world.seal() == 3
    page.run()
    assert "No certificate fits" in words(page)
    labels = [str(one.proto.label) for one in page.get("link_button")]
    assert labels == ["Download the files"]
    with world.looking("dina") as tx:
        (job,) = sealing_jobs(tx)
    assert job.is_done


def test_where_none_waits_there_is_nothing_to_start(world: World, open_page: Open) -> None:
    page = open_page("sealing", "dina")
    assert "No certificate fits" in words(page)
    assert button(page, "Start the job").disabled
    assert "There is no job yet" in words(page)


def test_whoever_may_not_seal_is_told_so(open_page: Open) -> None:
    page = open_page("sealing", "bela")
    assert "may not see this page" in words(page)
