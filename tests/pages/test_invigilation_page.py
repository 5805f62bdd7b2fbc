"""The invigilator's board, one seat of it, and notes that staff read at the result."""

from quizbank.commands.attempts import take_over
from quizbank.commands.breaks import take_break
from quizbank.commands.incidents import note_on_attempt
from tests.factories import COURSE, World, close_overdue_exams
from tests.pages.screens import Open, button, entries, field, words


def sit(world: World) -> tuple[str, str]:
    world.change_exam(break_minutes=10)
    attempts = world.start_exam("alba"), world.start_exam("lena")
    with world.acting("lena") as tx:
        take_over(tx, attempts[1], "phone")
        take_break(tx, attempts[1], 2, "phone")
    world.wait(minutes=6)
    return attempts


def test_the_board_tells_who_sits_rests_or_has_saved_nothing_for_long(
    world: World, open_page: Open
) -> None:
    sit(world)
    app = open_page("invigilation", "cato")
    assert not app.exception
    assert "**2 not ended:** 1 on a break, 1 with nothing saved for 5 minutes" in words(app)
    assert entries(app) == ["**Alba**", "**Lena**"]
    quiet = "**Nothing saved** since 09:00 UTC, 6 minutes ago]"
    assert f"{quiet} · 0 of 40 answered · 54 minutes left" in words(app)
    assert "**On a break**, until 09:10 UTC at most" in words(app)
    # The break's rest is no time to answer in.
    assert "0 of 40 answered · 60 minutes left" in words(app)
    field(app.text_input, "Name").set_value("len").run()
    assert entries(app) == ["**Lena**"]


def test_the_board_finds_those_who_need_a_look(world: World, open_page: Open) -> None:
    sit(world)
    app = open_page("invigilation", "cato")
    field(app.selectbox, "State").set_value("Nothing saved for long").run()
    assert entries(app) == ["**Alba**"]
    field(app.selectbox, "State").set_value("Ended").run()
    assert "**Nobody fits.** Change the name or the state." in words(app)


def test_a_seat_tells_how_it_ended(world: World, open_page: Open) -> None:
    handed_in, forgotten = world.start_exam("alba"), world.start_exam("lena")
    world.submit("alba", handed_in)
    world.wait(minutes=61)
    with world.acting("system") as tx:
        close_overdue_exams(tx)
    said = [words(open_page("invigilation", "cato", attempt=one)) for one in (handed_in, forgotten)]
    assert "Handed in at 09:00 UTC" in said[0]
    assert "Ended at its deadline, 10:00 UTC" in said[1]


def test_a_seat_tells_what_what_happened_and_takes_a_note(world: World, open_page: Open) -> None:
    _, attempt = sit(world)
    app = open_page("invigilation", "cato", attempt=attempt)
    assert "- 09:00:00 UTC: Begun\n" in words(app)
    assert "Break begun" in words(app)
    button(app, "Note it").click().run()
    assert "Write what happened." in words(app)
    field(app.text_area, "What happened").set_value("Took a *call*.")
    button(app, "Note it").click().run()
    assert "Noted." in words(app)
    assert "Took a \\*call\\*\\." in words(app)
    assert "23 November 2026, 09:06 UTC, Cato" in words(app)


def test_staff_read_notes_at_the_result_and_the_trainee_does_not(
    world: World, open_page: Open
) -> None:
    attempt = world.start_exam("alba")
    with world.acting("cato") as tx:
        note_on_attempt(tx, attempt, "Took a call.")
    world.answer_all("alba", attempt)
    world.submit("alba", attempt)
    assert "Took a call" in words(open_page("results", "audi", attempt=attempt))
    for page in ("result", "certificates"):
        assert "Took a call" not in words(open_page(page, "alba", attempt=attempt, course=COURSE))
