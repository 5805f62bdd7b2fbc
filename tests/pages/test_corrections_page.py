"""Key corrections on screen: proposed from an item, foreseen, approved, and everybody told."""

import pytest

from base.permissions import Role
from quizbank.remedies import RemedyKind
from quizbank.review_windows import Part
from tests.factories import World, exam_rules, single_choice
from tests.integration.corrected import (
    RULES,
    WRONG,
    academy,
    approve,
    corrected,
    proposed,
    replay,
    sat,
    version_of,
)
from tests.pages.screens import Open, button, entries, field, words

NOBODY_COUNTS = "It counts for nobody; the cut keeps its share, rounded down"


@pytest.fixture
def two(world: World) -> tuple[str, str]:
    """An exam with a wrong key: alba failed by it, lena passed and holds a certificate."""
    academy(world)
    return sat(world, "alba", "b"), sat(world, "lena", "a")


def test_the_way_there_is_on_the_items_page(open_page: Open, two: tuple[str, str]) -> None:
    app = open_page("item", "cato", id=WRONG)
    assert "Correct the key for past exams: version 1 (2 decided attempts)" in entries(app)
    assert "Correct the key" not in "".join(entries(open_page("item", "bela", id=WRONG)))


def test_a_correction_is_proposed_with_a_reason(
    world: World, open_page: Open, two: tuple[str, str]
) -> None:
    app = open_page("corrections", "cato", version=version_of(world))
    assert "Nothing is different yet" in words(app)
    assert button(app, "Propose the correction").disabled
    radio = app.radio[0]
    radio.set_value(RemedyKind.NOBODY).run()
    field(app.text_area, "Reason, in a sentence: what is wrong, and who says so").set_value(
        "Two answers are right."
    ).run()
    button(app, "Propose the correction").click().run()
    assert not app.exception
    assert "Proposed. A second person decides" in words(app)
    assert "You proposed this" in words(app)


def test_a_better_key_is_written_in_the_items_own_form(
    world: World, open_page: Open, two: tuple[str, str]
) -> None:
    app = open_page("corrections", "cato", version=version_of(world))
    app.text_area[0].set_value("Another question?").run()
    assert "would read differently" in words(app)


def test_a_second_person_sees_what_it_would_do_and_approves(
    world: World, open_page: Open, two: tuple[str, str]
) -> None:
    one = proposed(world)
    app = open_page("corrections", "carl", id=one)
    said = words(app)
    assert "**2 attempts affected.** 1 would pass that had not; 1 would not pass any more" in said
    assert "keeps a certificate" in said
    assert entries(app).count("**Alba**") == 1
    button(app, "Approve and mark again").click().run()
    assert not app.exception
    said = words(app)
    assert "1 passes now that had not; 1 does not pass any more" in said
    assert "Certificates that stay" in said
    assert "**Told about 0 of 2 attempts.**" in said


def test_a_question_taken_out_is_foreseen_with_marks_and_cut(
    world: World, open_page: Open, two: tuple[str, str]
) -> None:
    said = words(open_page("corrections", "carl", id=proposed(world, RemedyKind.NOBODY)))
    assert "marks 1 of 2 (cut 2) → 1 of 1 (cut 1)" in said


def test_who_keeps_the_verdict_with_other_marks_is_listed_apart(
    world: World, open_page: Open
) -> None:
    academy(world, exam_rules(cells=[{"objective": "TT-01", "count": 2}], cut=1))
    for name, said in (("alba", "b"), ("lena", "a")):
        sat(world, name, said)
    app = open_page("corrections", "carl", id=proposed(world))
    assert not app.exception
    assert "Same verdict, other figures" in words(app)
    assert "Another verdict" not in words(app)
    assert {"**Alba**", "**Lena**"} <= {*entries(app)}
    assert "marks 1 → 2 of 2, cut 1" in words(app)


def test_a_critical_miss_that_falls_away_is_said(world: World, open_page: Open) -> None:
    cell = {"objective": "TT-01", "count": 2, "critical": 1}
    academy(world, exam_rules(cells=[cell], cut=2))
    world.load_items(single_choice(WRONG, objective="TT-01", critical=True))
    sat(world, "alba", "b")
    one = proposed(world, RemedyKind.EVERYBODY)
    assert "critical questions missed 1 → 0" in words(open_page("corrections", "carl", id=one))


def test_a_rejection_says_why(world: World, open_page: Open, two: tuple[str, str]) -> None:
    one = proposed(world)
    app = open_page("corrections", "carl", id=one)
    button(app, "Reject it").click().run()
    assert "why the correction is rejected" in words(app)
    field(app.text_area, "Why it is rejected").set_value("Only a is right, see lesson 3.").run()
    button(app, "Reject it").click().run()
    assert "Only a is right, see lesson 3" in words(app)


def test_who_proposed_it_takes_it_back(world: World, open_page: Open, two: tuple[str, str]) -> None:
    one = proposed(world)
    app = open_page("corrections", "cato", id=one)
    assert not [each for each in app.button if each.label == "Reject it"]
    button(app, "Take it back").click().run()
    assert "why the correction is taken back" in words(app)
    field(app.text_area, "Why you take it back").set_value("Only a is right, see lesson 3.").run()
    button(app, "Take it back").click().run()
    said = words(app)
    assert "Taken back. Nothing has changed." in said
    assert "**Taken back**" in said
    assert "Reject" not in said


def test_everybody_is_told_one_by_one_or_all(
    world: World, open_page: Open, two: tuple[str, str]
) -> None:
    one = corrected(world)
    app = open_page("corrections", "carl", id=one)
    assert {"**Alba**", "**Lena**"} <= {*entries(app)}
    assert words(app).count("to be told") == 2
    several = field(app.multiselect, "Whom you have told")
    several.select(two[0]).run()
    button(app, "Note that I told them").click().run()
    assert "**Told about 1 of 2 attempts.**" in words(app)
    button(app, "I told all 1").click().run()
    assert "**Told about 2 of 2 attempts.**" in words(app)
    assert "by Carl" in words(app)


def test_an_administrator_gets_the_way_to_revoke_by_hand(
    world: World, open_page: Open, two: tuple[str, str]
) -> None:
    one = corrected(world)
    assert any(
        label.startswith("Lena: PP-") for label in entries(open_page("corrections", "dina", id=one))
    )
    app = open_page("corrections", "cato", id=one)
    assert not any(label.startswith("Lena: PP-") for label in entries(app))
    assert "Lena: PP-" in words(app)


def test_a_replay_that_stopped_is_gone_on_with(
    world: World, open_page: Open, two: tuple[str, str]
) -> None:
    one = proposed(world)
    approve(world, one)
    app = open_page("corrections", "cato", id=one)
    assert "0 of 2 attempts are marked again so far" in words(app)
    button(app, "Go on marking again").click().run()
    assert "passes now" in words(app)
    assert replay(world) == 0


def test_the_list_names_what_waits_first(
    world: World, open_page: Open, two: tuple[str, str]
) -> None:
    assert "No key has been corrected" in words(open_page("corrections", "cato"))
    proposed(world)
    app = open_page("corrections", "cato")
    assert entries(app) == [f"**{WRONG}, version 1** Which layer holds most collagen?"]
    assert "Waits for a second person" in words(app)


def test_the_trainee_reads_that_a_question_was_taken_out(
    world: World, open_page: Open, two: tuple[str, str]
) -> None:
    corrected(world, RemedyKind.NOBODY)
    app = open_page("result", "alba", attempt=two[0])
    assert "1 question does not count for anybody any more" in words(app)
    assert "1 of 1 marks; the cut score is 1" in words(app)


def test_a_holder_who_does_not_pass_any_more_reads_that_the_certificate_stands(
    world: World, open_page: Open, two: tuple[str, str]
) -> None:
    corrected(world)
    app = open_page("result", "lena", attempt=two[1])
    said = words(app)
    assert "**Not passed.** 1 of 2 marks" in said
    assert "is ready" not in said
    assert "Your certificate was given before that and still stands" in said
    assert "See my certificate" in entries(app)


def test_the_trainee_reads_what_a_better_key_made_of_the_result(
    world: World, open_page: Open, two: tuple[str, str]
) -> None:
    assert "A key was corrected" not in words(open_page("result", "alba", attempt=two[0]))
    corrected(world)
    up = words(open_page("result", "alba", attempt=two[0]))
    assert "**A key was corrected on " in up
    assert "Before: not passed, 1 of 2 marks (cut score 2). Now: passed, 2 of 2 marks" in up
    down = words(open_page("result", "lena", attempt=two[1]))
    assert "Before: passed, 2 of 2 marks (cut score 2). Now: not passed, 1 of 2 marks" in down


def test_what_a_correction_did_tells_no_marks_that_are_hidden(
    world: World, open_page: Open
) -> None:
    hidden = dict.fromkeys(("right_after", "later", "closed"), (Part.VERDICT,))
    academy(world, RULES.model_validate(RULES.model_dump() | {"review": hidden}))
    attempt = sat(world, "alba", "b")
    corrected(world)
    said = words(open_page("result", "alba", attempt=attempt))
    assert "Before: not passed. Now: passed." in said
    assert "1 of 2" not in said


def test_results_offer_the_dossier(world: World, open_page: Open, two: tuple[str, str]) -> None:
    world.join("ella", Role.EXAMINER)
    app = open_page("results", "ella", attempt=two[0])
    button(app, "Make the dossier").click().run()
    assert not app.exception
    assert any(one.label.startswith("Download dossier-") for one in app.get("download_button"))
