"""Clients come, are asked, decided on and explained; nothing is told too early, nothing lost."""

import pytest

from base.errors import Conflict, Invalid, NotFound
from courses.commands.screening import (
    ask_client,
    decide_on_client,
    give_reasons,
    note_finding,
    start_client,
)
from courses.commands.screening_cases import begin_case, load_cases, restore_case, retire_case
from courses.content_changes import a_case
from courses.queries.outline import course_list
from courses.queries.screening import ScreeningView, has_clients, screening_offer, screening_view
from courses.queries.screening_cases import case_file, new_cases, screening_cases
from courses.screening.case import Decision, ScreeningCase
from courses.screening.play import Stage
from courses.screening.scoring import Outcome, Verdict
from courses.tables.screening import ScreeningStepRow
from quizbank.origins import Origin
from tests.content_life import publish, send, write_case
from tests.factories import COURSE, World
from tests.screening import client, well_client

TABLETS = a_case(COURSE, "tt-tablets")


@pytest.fixture
def clinic(any_world: World) -> World:
    """A course with two clients of ours and nobody else."""
    with any_world.as_system() as tx:
        for one in screening_cases(tx):
            retire_case(tx, one.case.id)
        load_cases(tx, COURSE, [client(), well_client()])
    return any_world


def view(world: World, name: str = "alba", number: int = 0) -> ScreeningView:
    with world.looking(name) as tx:
        return screening_view(tx, COURSE, number)


def come(world: World, name: str = "alba") -> tuple[str, ScreeningCase]:
    """Let the next client come; returns the play and who it is."""
    with world.acting(name) as tx:
        start_client(tx, COURSE)
    now = view(world, name)
    assert now.play_id is not None
    assert now.now is not None
    return now.play_id, client() if now.now.client == client().client else well_client()


def decide(world: World, decision: Decision, days: int = 200, name: str = "alba") -> ScreeningCase:
    play, case = come(world, name)
    with world.acting(name) as tx:
        ask_client(tx, play, [fact.id for fact in case.facts])
        for fact in case.findings:
            note_finding(tx, play, fact.id, noted=True)
        decide_on_client(tx, play, decision, days)
        give_reasons(tx, play, ["a"])
    return case


def test_a_client_is_screened_from_the_door_to_the_debrief(clinic: World) -> None:
    play, case = come(clinic)
    asked = case.facts[0].id
    with clinic.acting("alba") as tx:
        ask_client(tx, play, [asked])
    now = view(clinic).now
    assert now is not None
    assert [one.id for one in now.heard] == [asked]
    assert now.debrief is None
    with clinic.acting("alba") as tx:
        decide_on_client(tx, play, case.decision, 140)
        give_reasons(tx, play, ["a"])
    over = view(clinic)
    assert over.now is not None
    assert over.now.debrief is not None
    assert over.now.debrief.mark.verdict is Verdict.RIGHT
    assert {one.key for one in over.sources} == {"S39", "CR"}
    assert over.standing.decided == 1
    assert over.standing.outcome is Outcome.OPEN


def test_doing_the_same_twice_stores_it_once(clinic: World) -> None:
    play, case = come(clinic)
    for _ in range(2):
        with clinic.acting("alba") as tx:
            assert start_client(tx, COURSE) == 1
            ask_client(tx, play, [case.facts[0].id])
            note_finding(tx, play, case.facts[0].id, noted=True)
    for _ in range(2):
        with clinic.acting("alba") as tx:
            decide_on_client(tx, play, Decision.REFER)
    for _ in range(2):
        with clinic.acting("alba") as tx:
            give_reasons(tx, play, ["b", "a", "b"])
    with clinic.looking("system") as tx:
        kinds = [tx.session.get_one(ScreeningStepRow, (play, place)).kind for place in range(1, 5)]
        assert tx.session.get(ScreeningStepRow, (play, 5)) is None
    assert kinds == ["ask", "note", "decide", "explain"]


def test_a_decision_stands_and_what_comes_too_late_is_refused(clinic: World) -> None:
    play, case = come(clinic)
    with clinic.acting("alba") as tx:
        decide_on_client(tx, play, Decision.REFER)
    with pytest.raises(Conflict, match="interview is over"), clinic.acting("alba") as tx:
        decide_on_client(tx, play, Decision.PROCEED)
    with pytest.raises(Conflict, match="interview is over"), clinic.acting("alba") as tx:
        ask_client(tx, play, [case.facts[0].id])
    with pytest.raises(Invalid, match="at least one reason"), clinic.acting("alba") as tx:
        give_reasons(tx, play, [])
    with pytest.raises(Invalid, match="0 to 3650"), clinic.acting("alba") as tx:
        decide_on_client(tx, play, Decision.DEFER, -1)
    assert view(clinic).now.decision is Decision.REFER  # type: ignore[union-attr]


def test_nobody_reads_or_asks_anothers_client(clinic: World) -> None:
    play, case = come(clinic)
    assert view(clinic, "lena").now is None
    for foreign in (play, "no such client"):
        with pytest.raises(NotFound, match="no such client"), clinic.acting("lena") as tx:
            ask_client(tx, foreign, [case.facts[0].id])
    with pytest.raises(NotFound, match="no such client"):
        view(clinic, "lena", number=1)


def test_everybody_comes_once_before_anybody_comes_again(clinic: World) -> None:
    first = [decide(clinic, Decision.REFER).id for _ in range(2)]
    again = [decide(clinic, Decision.REFER).id for _ in range(2)]
    assert {*first} == {*again} == {"tt-tablets", "tt-well"}
    assert first[-1] != again[0]


def test_the_order_differs_from_person_to_person(clinic: World) -> None:
    seen: set[str] = set()
    for place in range(24):
        clinic.join(f"trainee{place}", *clinic.actor("alba").roles)
        seen.add(come(clinic, f"trainee{place}")[1].id)
    # All the same has the chance 2^-23.
    assert seen == {"tt-tablets", "tt-well"}


def test_the_newest_decision_on_each_client_counts(clinic: World) -> None:
    for _ in range(2):
        decide(clinic, Decision.REFER)
    refused = view(clinic)
    assert refused.standing.outcome is Outcome.REFUSES_TOO_MANY
    assert (refused.standing.sensitivity.hits, refused.standing.specificity.hits) == (1, 0)
    for _ in range(2):
        _, case = come(clinic)
        decide(clinic, case.decision)
    now = view(clinic)
    assert now.standing.outcome is Outcome.PASSED
    assert [one.mark.verdict for one in now.decided] == [Verdict.RIGHT, Verdict.RIGHT]
    assert view(clinic, number=1).number == 1


def test_a_play_keeps_the_version_that_it_began_with(clinic: World) -> None:
    play, case = come(clinic)
    changed = case.model_copy(update={"arrives": "Somebody else comes in."})
    write_case(clinic, changed, 1)
    publish(clinic, a_case(COURSE, changed.id))
    assert view(clinic).now.arrives == case.arrives  # type: ignore[union-attr]
    with clinic.acting("alba") as tx:
        decide_on_client(tx, play, case.decision, 140)
        give_reasons(tx, play, ["a"])
    assert view(clinic).now.stage is Stage.OVER  # type: ignore[union-attr]


def test_an_edit_of_the_academy_is_not_overwritten_by_the_file(clinic: World) -> None:
    edited = client(debrief="Ask the prescriber, in writing.")
    write_case(clinic, edited, 1)
    assert publish(clinic, TABLETS) == 2
    with clinic.as_system() as tx:
        load_cases(tx, COURSE, [client(debrief="What the file says now.")])
        file = case_file(tx, "tt-tablets")
        (detail,) = (one for one in screening_cases(tx) if one.case.id == "tt-tablets")
    assert file.standing == edited
    assert detail.origin == Origin.PERSON
    versions = [(one.number, one.writers, one.by) for one in file.versions]
    assert versions == [(2, ("Bela",), "Cato"), (1, (), "system")]


def test_a_file_that_changed_makes_a_version_and_one_that_did_not_makes_none(
    clinic: World,
) -> None:
    with clinic.as_system() as tx:
        load_cases(tx, COURSE, [client()])
        assert case_file(tx, "tt-tablets").version == 1
        load_cases(tx, COURSE, [client(debrief="Better said.")])
        assert case_file(tx, "tt-tablets").version == 2


def test_a_case_is_written_only_on_what_stands(clinic: World) -> None:
    with pytest.raises(Conflict, match="published since"):
        write_case(clinic, client(debrief="Mine."), 0)
    write_case(clinic, client(sources=["S99"], objectives=["XX-01"]), 1)
    with pytest.raises(Invalid, match="S99 is not in") as refused:
        send(clinic, TABLETS)
    assert "XX-01" in str(refused.value)


def test_a_new_case_is_begun_written_and_published(clinic: World) -> None:
    with clinic.acting("bela") as tx:
        begin_case(tx, COURSE, "tt-new")
        assert [one.id for one in new_cases(tx)] == ["tt-new"]
    for taken in ("tt-new", "tt-tablets"):
        with pytest.raises(Conflict, match="has the id"), clinic.acting("bela") as tx:
            begin_case(tx, COURSE, taken)
    with pytest.raises(Invalid, match="small letters"), clinic.acting("bela") as tx:
        begin_case(tx, COURSE, "Tt new")
    with pytest.raises(Invalid):
        send(clinic, a_case(COURSE, "tt-new"))
    write_case(clinic, client("tt-new", title="New"), 0, 1)
    assert publish(clinic, a_case(COURSE, "tt-new")) == 1
    with clinic.looking("bela") as tx:
        assert new_cases(tx) == ()
        assert case_file(tx, "tt-new").standing == client("tt-new", title="New")


def test_a_retired_client_comes_no_more_until_restored(clinic: World) -> None:
    with clinic.acting("bela") as tx:
        retire_case(tx, "tt-well")
        retire_case(tx, "tt-well")
    assert [decide(clinic, Decision.REFER).id for _ in range(2)] == ["tt-tablets"] * 2
    with clinic.acting("bela") as tx:
        restore_case(tx, "tt-well")
    assert decide(clinic, Decision.REFER).id == "tt-well"


def test_a_course_without_clients_offers_none(clinic: World) -> None:
    with clinic.looking("alba") as tx:
        offer = screening_offer(tx, COURSE)
        assert offer is not None
        assert (offer.clients, offer.running) == (2, False)
        assert has_clients(tx, COURSE, ["MF-05"])
        assert not has_clients(tx, COURSE, ["MF-01"])
    with clinic.acting("bela") as tx:
        retire_case(tx, "tt-well")
        retire_case(tx, "tt-tablets")
    with clinic.looking("alba") as tx:
        assert screening_offer(tx, COURSE) is None
        assert course_list(tx)
    with pytest.raises(NotFound, match="no clients to screen"):
        view(clinic)
    with pytest.raises(NotFound, match="no clients to screen"), clinic.acting("alba") as tx:
        start_client(tx, COURSE)
