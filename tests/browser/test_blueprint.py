"""A blueprint that cannot be met, from its editor to the trainee who starts."""

from quizbank.commands.exams import publish_blueprint
from quizbank.queries.blueprints import exam_standing
from quizbank.queries.exams import exam_offer
from tests.browser.conftest import Walk
from tests.factories import EXAM
from tests.server import Server


def test_a_blueprint_that_cannot_be_met_names_the_cell_and_starts_nothing(
    server: Server, walk: Walk, newcomer: str
) -> None:
    with server.world.looking("cato") as tx:
        before = exam_standing(tx, EXAM)
    try:
        examiner = walk("cato").to("/").choose("Exams", "Exams").follow("Final exam")
        examiner.sees("A form can be drawn: yes.").type("Questions of cell 1", "300")
        examiner.sees("Too few").sees("A form can be drawn: no. MF-01 has ")
        examiner.main.get_by_text("Publish although no form can be drawn").click()
        examiner.press(f"Publish as version {before.version + 1}")
        examiner.sees(f"Published as version {before.version + 1}.")
        server.world.study(newcomer)
        trainee = walk(newcomer).to("/exam")
        trainee.main.get_by_test_id("stCheckbox").locator("label").click()
        trainee.press("Start the exam")
        trainee.sees("The academy has too few questions for this exam: MF-01 has ")
        trainee.sees("Tell an instructor; nothing was started.")
        with server.world.looking(newcomer) as tx:
            offer = exam_offer(tx, EXAM)
        assert (offer.running, offer.attempts_used) == (None, 0)
    finally:
        with server.world.looking("cato") as tx:
            now = exam_standing(tx, EXAM).version
        if now != before.version:
            with server.world.acting("cato") as tx:
                publish_blueprint(tx, EXAM, before.rules, now)
