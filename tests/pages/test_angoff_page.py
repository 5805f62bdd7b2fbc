"""Cut scores on screen: raters judge, the examiner signs."""

from base.permissions import Role
from quizbank.commands.angoff import begin_second_round, open_study, rate_item
from quizbank.queries.angoff import study
from tests.factories import EXAM, World
from tests.pages.screens import Open, button, field, words


def opened(world: World) -> str:
    with world.acting("cato") as tx:
        return open_study(tx, EXAM)


def judge_all(world: World, name: str, study_id: str, probability: float) -> None:
    with world.acting(name) as tx:
        for position in study(tx, study_id).unrated:
            rate_item(tx, study_id, position, probability)


def test_a_judgement_is_kept_as_soon_as_it_is_made(world: World, open_page: Open) -> None:
    study_id = opened(world)
    app = open_page("angoff", "bela", study=study_id)
    assert not app.exception
    assert "you have judged 0 of 40 items" in words(app)
    app.pills[0].set_value(70).run() if hasattr(app, "pills") else app.button_group[0].set_value(
        [70]
    ).run()
    assert not app.exception
    assert "you have judged 1 of 40 items" in words(app)
    button(app, "Next").click().run()
    assert "Item 2 of 40" in [one.value for one in app.header]
    again = open_page("angoff", "bela", study=study_id)
    assert "Item 2 of 40" in [one.value for one in again.header]


def test_the_examiner_sees_the_spread_and_signs(world: World, open_page: Open) -> None:
    world.join("nino", Role.EXAMINER)
    study_id = opened(world)
    for name, probability in (("bela", 0.5), ("nino", 0.9)):
        judge_all(world, name, study_id, probability)
    with world.acting("cato") as tx:
        begin_second_round(tx, study_id)
    for name, probability in (("bela", 0.8), ("nino", 0.8)):
        judge_all(world, name, study_id, probability)
    app = open_page("angoff", "cato", study=study_id)
    assert "mean **28.0** of 40 marks" in words(app)
    assert "rounded up to a whole mark, is **32 of 40**" in words(app)
    field(app.text_area, "Why it stands there").set_value("Two raters agreed.").run()
    button(app, "Sign and publish the cut score").click().run()
    assert not app.exception
    assert "Cut score 32 of 40, signed by Cato" in app.success[0].value


def test_a_rater_sees_the_first_round_only_in_the_second(world: World, open_page: Open) -> None:
    study_id = opened(world)
    judge_all(world, "cato", study_id, 0.5)
    judge_all(world, "bela", study_id, 0.9)
    app = open_page("angoff", "bela", study=study_id)
    assert "First round" not in [one.value for one in app.header]
    with world.acting("cato") as tx:
        begin_second_round(tx, study_id)
    app = open_page("angoff", "bela", study=study_id)
    assert "from 5 to 9. You said 9. The raters were far apart" in app.info[0].value


def test_only_those_who_lead_open_a_study(world: World, open_page: Open) -> None:
    assert "There is no study yet" in words(open_page("angoff", "bela"))
    opened(world)
    app = open_page("angoff", "bela")
    assert "0 raters finished this round" in words(app)
    assert not open_page("angoff", "alba").title
