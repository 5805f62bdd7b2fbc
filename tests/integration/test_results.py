"""Results as those find them who may read them: by exam, verdict, state and day."""

from datetime import timedelta

from quizbank.queries.results import ResultFilter, Standing, result_lines
from quizbank.tables.attempts import AttemptRow
from tests.crowd import set_exam, sit
from tests.factories import EXAM, PRACTICE, World


def people(world: World, wanted: ResultFilter) -> list[str]:
    """Who is found, in the order of joining."""
    names = {actor.person_id: name for name, actor in world.cast.items()}
    with world.looking("cato") as tx:
        return sorted(names[one.person_id] for one in result_lines(tx, wanted))


def test_results_are_found_by_what_is_asked(any_world: World) -> None:
    world = any_world
    began = world.now
    set_exam(world)
    weak, _, strong = sit(world, 3)
    running = world.start_exam("alba")
    with world.as_system() as tx:
        tx.session.get_one(AttemptRow, weak).released_id = None
    assert people(world, ResultFilter()) == ["alba", "taker-001", "taker-002", "taker-003"]
    assert people(world, ResultFilter(exam_id=PRACTICE)) == []
    assert len(people(world, ResultFilter(exam_id=EXAM))) == 4
    assert "taker-001" in people(world, ResultFilter(passed=False))
    assert "alba" not in people(world, ResultFilter(passed=False))
    assert people(world, ResultFilter(standing=Standing.RUNNING)) == ["alba"]
    assert people(world, ResultFilter(standing=Standing.HELD)) == ["taker-001"]
    assert people(world, ResultFilter(standing=Standing.RELEASED)) == ["taker-002", "taker-003"]
    assert people(world, ResultFilter(standing=Standing.TO_MARK)) == []
    second = began + timedelta(minutes=1)
    assert people(world, ResultFilter(until=second)) == ["taker-001"]
    assert people(world, ResultFilter(since=second, until=second + timedelta(minutes=1))) == [
        "taker-002"
    ]
    with world.looking("cato") as tx:
        lines = {one.attempt_id: one for one in result_lines(tx)}
    assert lines[running].standing is Standing.RUNNING
    assert lines[weak].standing is Standing.HELD
    (reached,) = lines[strong].objectives
    assert (reached.objective, reached.marks) == ("TT-01", lines[strong].marks)
