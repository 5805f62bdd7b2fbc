"""The risk-screening simulator on screen, for a course with two clients of ours."""

import pytest
from streamlit.testing.v1 import AppTest

from courses.commands.screening_cases import load_cases, retire_case
from courses.content_changes import a_case
from courses.queries.screening_cases import case_file, screening_cases
from courses.screening.case import Decision, ScreeningCase
from tests.content_life import approve, publish, saved, write_case
from tests.factories import COURSE, World
from tests.pages.screens import Open, button, entries, field, words
from tests.screening import SCREENING, client, screen_wrongly, well_client

TABLETS = a_case(COURSE, "tt-tablets")
SECRET = "six weeks ago"


def only(world: World, *cases: ScreeningCase) -> None:
    """Let these be the only clients of the course."""
    with world.as_system() as tx:
        for one in screening_cases(tx):
            retire_case(tx, one.case.id)
        load_cases(tx, COURSE, cases)


@pytest.fixture
def app(world: World, open_page: Open) -> AppTest:
    """The simulator with one client in the room."""
    only(world, client())
    app = open_page("screening", "alba", course=COURSE)
    return button(app, "Let the first client in").click().run()


def decide(app: AppTest, decision: Decision, wait: int = 0, unit: str = "weeks") -> AppTest:
    field(app.radio, "What do you do?").set_value(decision).run()
    if decision is Decision.DEFER:
        field(app.number_input, "Wait at least").set_value(wait)
        field(app.selectbox, "Unit").set_value(unit).run()
    return button(app, "Decide").click().run()


def explain(app: AppTest, *reasons: str) -> AppTest:
    for one in reasons:
        field(app.checkbox, one).check().run()
    return button(app, "Say why, and see what happens").click().run()


def test_a_client_tells_only_what_is_asked(app: AppTest) -> None:
    assert "Mia, 22" in words(app)
    assert SECRET not in words(app)
    assert client().title not in words(app)


def test_an_unsafe_treatment_is_named_as_what_it_is(app: AppTest) -> None:
    explain(decide(app, Decision.PROCEED), "Scars are never needled")
    assert "It heals slowly" not in words(app)
    button(app, "Go on").click().run()
    said = words(app)
    assert "It heals slowly" in said
    assert "Unsafe: you treated somebody" in app.error[0].value
    assert "Not asked: Have you ever taken acne capsules?" in said
    assert "Scars are never needled** does not hold, and you chose it" in said
    assert "0 of 1 (0%)" in "".join(str(one.proto.body) for one in app.get("html"))


def test_a_deferral_long_enough_is_right(app: AppTest) -> None:
    explain(decide(app, Decision.DEFER, 20), "Last capsule")
    assert "You decided: **Defer, at least 20 weeks**" in words(app)
    assert "**Right.**" in app.success[0].value
    assert "course rule" in app.success[0].value


def test_a_deferral_too_short_is_told_so(app: AppTest) -> None:
    explain(decide(app, Decision.DEFER, 3, "days"), "Last capsule")
    button(app, "Show all").click().run()
    assert "the wait is too short" in app.warning[0].value
    assert "has not had its six months" in words(app)


def test_the_debrief_leads_to_its_rows(world: World, open_page: Open) -> None:
    screen_wrongly(world, "alba")
    app = open_page("screening", "alba", course=SCREENING)
    button(app, "Show all").click().run()
    assert [one for one in entries(app) if one.startswith("**R9**")]


def test_sending_a_well_client_away_is_a_mistake(world: World, open_page: Open) -> None:
    only(world, well_client())
    app = open_page("screening", "alba", course=COURSE)
    button(app, "Let the first client in").click().run()
    explain(decide(app, Decision.DECLINE), "No row is unmet")
    assert "you sent away somebody who could be treated" in app.warning[0].value
    assert "Refusing everyone fails as surely" in words(app)


def test_an_earlier_client_can_be_seen_again(app: AppTest, open_page: Open) -> None:
    explain(decide(app, Decision.REFER), "Last capsule")
    button(app, "Let the next client in").click().run()
    again = open_page("screening", "alba", course=COURSE, client="1")
    assert client().title in "".join(one.value for one in again.header)
    assert "Back to the client of now" in entries(again)
    none = open_page("screening", "alba", course=COURSE, client="7")
    assert "no such client" in none.error[0].value


def test_the_course_leads_to_its_clients(world: World, open_page: Open) -> None:
    only(world, client())
    course = open_page("course", "alba", course=COURSE)
    assert "1 client come" in words(course)
    assert button(course, "Screen a client")


def test_a_course_without_clients_says_so(world: World, open_page: Open) -> None:
    only(world)
    app = open_page("screening", "alba", course=COURSE)
    assert "no clients to screen" in app.error[0].value


def test_an_author_writes_a_version_and_somebody_else_publishes_it(
    world: World, open_page: Open
) -> None:
    only(world, client())
    app = open_page("screening_cases", "bela", case="tt-tablets")
    field(app.text_area, "Debrief").set_value("Ask the prescriber in writing.").run()
    assert "Ask the prescriber in writing" in words(app)
    assert "Draft saved" in words(app)
    button(app, "Send for review").click().run()
    assert not app.exception
    assert "Somebody else reads it" in words(app)
    assert "Debrief" not in [one.label for one in app.text_area]
    review = open_page("content_review", "cato", change=saved(world, TABLETS).id)
    assert "1 place differs" in words(review)
    button(review, "Approve and publish").click().run()
    assert not review.exception
    with world.looking("bela") as tx:
        file = case_file(tx, "tt-tablets")
    assert file.version == 2
    assert file.standing == client(debrief="Ask the prescriber in writing.")


def test_a_reload_finds_the_unfinished_case_again(world: World, open_page: Open) -> None:
    only(world, client())
    app = open_page("screening_cases", "bela", case="tt-tablets")
    field(app.text_area, "Debrief").set_value("").run()
    again = open_page("screening_cases", "bela", case="tt-tablets")
    assert field(again.text_area, "Debrief").value == ""
    assert "a change is on its way" in "".join(entries(open_page("screening_cases", "cato")))


def test_a_case_with_a_fault_cannot_be_sent(world: World, open_page: Open) -> None:
    only(world, client())
    app = open_page("screening_cases", "bela", case="tt-tablets")
    field(app.selectbox, "Right decision").set_value("decline")
    field(app.multiselect, "No mistake either").set_value([]).run()
    assert "a wait belongs to cases" in app.warning[0].value.lower()
    assert button(app, "Send for review").disabled


def test_an_overtaken_author_keeps_the_text_and_is_asked(world: World, open_page: Open) -> None:
    only(world, client())
    app = open_page("screening_cases", "bela", case="tt-tablets")
    write_case(world, client(debrief="Theirs."), 1)
    publish(world, TABLETS)
    field(app.text_area, "Debrief").set_value("Mine.").run()
    assert "went on elsewhere" in app.warning[0].value
    assert field(app.text_area, "Debrief").value == "Mine."
    button(app, "Keep my text and save it over").click().run()
    assert saved(world, TABLETS).based_on == 2
    button(app, "Send for review").click().run()
    assert approve(world, TABLETS) == 3


def test_a_newer_case_is_loaded_where_nothing_was_typed(world: World, open_page: Open) -> None:
    only(world, client())
    app = open_page("screening_cases", "bela", case="tt-tablets")
    write_case(world, client(debrief="Theirs."), 1)
    app.run()
    assert field(app.text_area, "Debrief").value == "Theirs."


def test_a_new_case_begins_with_what_is_missing(world: World, open_page: Open) -> None:
    app = open_page("screening_cases", "bela")
    field(app.text_input, "Id: small letters, digits and dashes").set_value("tt-new").run()
    button(app, "Write it").click().run()
    assert not app.exception
    assert "Before this can be sent for review" in app.warning[0].value
    assert r"tt\-new" in "".join(entries(open_page("screening_cases", "bela")))
    assert world.now


def test_who_reads_items_reads_cases_and_writes_none(world: World, open_page: Open) -> None:
    only(world, client())
    assert client().title in "".join(entries(open_page("screening_cases", "cato")))
    app = open_page("screening_cases", "cato", case="tt-tablets")
    assert "The last six weeks ago" in words(app).replace("Yes, the", "The")
    assert "Send for review" not in [one.label for one in app.button]
