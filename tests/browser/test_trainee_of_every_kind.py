"""One item of each kind, answered right by a trainee with the keyboard alone, and marked so."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, ViewportSize
from pydantic import JsonValue
from sqlmodel import col, select

from certs.commands.marking import mark_essay
from quizbank.commands.files import add_picture
from quizbank.items import KINDS, Item
from quizbank.kinds.case import Case
from quizbank.kinds.shown import State
from quizbank.queries.attempts import progress_of
from quizbank.queries.exams import exam_offer
from quizbank.queries.results import verdict
from quizbank.tables.decisions import DecisionRow, MarkRow
from tests import factories
from tests.browser.conftest import Walk
from tests.browser.screens import Walker, normal, settle
from tests.browser.test_every_kind import reach
from tests.browser.test_keyboard import Keyboard, choose
from tests.factories import EXAM, FIGURE, exam_rules
from tests.server import Server, served

ESSAY = "The dermis holds most collagen, for its fibres are made there."
TYPED = {"numeric": "7,5 mm", "short_answer": "Stratum  Corneum"}
FULL = {"layer": 4, "why": 6}
CHANGES: dict[str, dict[str, Any]] = {
    "numeric": {"unit_rule": "required"},
    "essay": {"markers": 1},
}
ASKED = len(KINDS) - 1
WINDOW = ViewportSize(width=1280, height=1400)


def item_of(kind: str, number: int) -> Item:
    make: Callable[..., Item] = getattr(factories, kind)
    changes = CHANGES.get(kind, {})
    return make(f"zz-01-{number:03}", objective="ZZ-01", pool="exam", **changes)


@pytest.fixture(scope="module")
def server(
    demo_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Server, None, None]:
    """An academy of its own, whose exam asks one item of each kind."""
    with served(demo_file, tmp_path_factory.mktemp("every-kind")) as server:
        world = server.world
        world.gather_cast()
        with world.acting("bela") as tx:
            add_picture(tx, FIGURE.content)
        items = [item_of(kind, number) for number, kind in enumerate(KINDS, start=1)]
        world.load_items(*items)
        texts = [one.id for one in items if one.kind == "description"]
        cells = [{"objective": "ZZ-01", "count": ASKED}]
        world.give_exam(exam_rules(cells=cells, cut=ASKED, minutes=60, descriptions=texts))
        yield server


def test_every_kind_is_answered_right_by_keyboard(
    server: Server, walk: Walk, newcomer: str
) -> None:
    server.world.study(newcomer)
    trainee = walk(newcomer, size=WINDOW).to("/exam")
    _press(trainee, "I work alone.", "Space")
    _press(trainee, "Start the exam")
    trainee.sees_heading("To read first").sees("Look at the section first.")
    attempt = _running(server, newcomer)
    items = server.world.items_of(attempt)
    assert sorted(item.kind for item in items.values()) == sorted(KINDS)
    _sit(trainee, items)
    assert _saved(server, attempt, items) == {
        kind: {"description": State.NOT_SCORED, "essay": State.TO_MARK}.get(kind, State.RIGHT)
        for kind in KINDS
    }
    place = next(place for place, item in items.items() if item.kind == "essay")
    with server.world.acting("cato") as tx:
        mark_essay(tx, attempt, place, "", FULL, "")
    assert _decided(server, attempt) == {
        place: State.NOT_SCORED if item.kind == "description" else State.RIGHT
        for place, item in items.items()
    }
    trainee.reload().sees("Passed.").sees(f"{ASKED} of {ASKED} marks")


def _sit(trainee: Walker, items: dict[int, Item]) -> None:
    """From the text to read to the end, each answer seen as saved."""
    for question in range(1, ASKED + 1):
        _press(trainee, "Next")
        trainee.sees_heading(f"Question {question} of {ASKED}")
        _answer(trainee, items[question + 1])
        trainee.sees(f"✓ Answer to question {question} saved at")
        trainee.sees(f"{question} of {ASKED} answered")
    _press(trainee, "Review and submit")
    trainee.sees(f"All {ASKED} questions are answered.")
    _press(trainee, "Submit the exam")
    trainee.sees("Handed in; being marked.")


def _press(trainee: Walker, name: str, key: str = "Enter") -> None:
    reach(trainee.page, name)
    trainee.page.keyboard.press(key)
    settle(trainee.page)


def _type(trainee: Walker, label: str, text: str, leave: str = "Tab") -> None:
    reach(trainee.page, label)
    trainee.page.keyboard.type(text)
    trainee.page.keyboard.press(leave)
    settle(trainee.page)


def _answer(trainee: Walker, item: Item) -> None:
    """Answer the question on the screen; a case to its end."""
    key = item.key()
    assert isinstance(key, dict)
    if isinstance(item, Case):
        _go_through(trainee, item, key)
    elif item.kind == "essay":
        _write(trainee, trainee.page.get_by_label("Your text", exact=True))
    elif item.kind == "cloze":
        _type(trainee, "Gap 1, after “Collagen lies in the”", "dermis", "Enter")
        _type(trainee, "Gap 2, before “make it”", "Fibroblasts")
        _type(trainee, "Gap 3, after “The sample is” (a number)", "7,5")
    elif item.kind in TYPED:
        _type(trainee, "Your answer", TYPED[item.kind])
    else:
        _choose(trainee, item, key)


def _choose(trainee: Walker, item: Item, key: dict[str, JsonValue]) -> None:
    """Take the right ones of the choices, from lists or by options, or put them into order."""
    prompt = item.prompt()
    texts = {choice.id: normal(choice.text) for choice in prompt.choices}
    pairs, order, several = key.get("pairs"), key.get("order"), key.get("options")
    if isinstance(pairs, dict):
        for premise in prompt.premises:
            _type(trainee, premise.text, texts[str(pairs[premise.id])], "Enter")
    elif isinstance(order, list):
        for place, one in enumerate(order, start=1):
            _type(trainee, f"Place {place}", texts[str(one)], "Enter")
    elif isinstance(several, list):
        for one in several:
            _press(trainee, texts[str(one)], "Space")
    else:
        regions = key.get("regions")
        one = regions[0] if isinstance(regions, list) else key["option"]
        choose(Keyboard(trainee.page), texts, texts[str(one)])


def _go_through(trainee: Walker, case: Case, key: dict[str, JsonValue]) -> None:
    answers = key["stages"]
    assert isinstance(answers, dict)
    essential = next(fact for fact in case.facts if fact.essential)
    _press(trainee, essential.question)
    trainee.sees(essential.answer)
    for number, stage in enumerate(case.stages, start=1):
        trainee.sees(f"Stage {number} of {len(case.stages)}")
        answer = answers[stage.id]
        assert isinstance(answer, dict)
        _choose(trainee, stage.item, answer)
        last = number == len(case.stages)
        _press(trainee, "Finish the case" if last else f"Go on to stage {number + 1}")


def _write(trainee: Walker, field: Locator) -> None:
    # The field is a component with a tree of its own, whose names the page's focus does not tell.
    stops = 0
    while not field.evaluate("one => one.getRootNode().activeElement === one"):
        assert stops < 60, "The text field cannot be reached."
        trainee.page.keyboard.press("Tab")
        stops += 1
    trainee.page.keyboard.type(ESSAY)
    trainee.page.keyboard.press("Tab")
    settle(trainee.page)


def _running(server: Server, name: str) -> str:
    with server.world.looking(name) as tx:
        running = exam_offer(tx, EXAM).running
    assert running
    return running


def _saved(server: Server, attempt: str, items: dict[int, Item]) -> dict[str, State]:
    """What the answers that stand in the database earn by themselves, by kind."""
    with server.world.looking("system") as tx:
        responses = progress_of(tx, attempt).responses
    return {item.kind: item.mark(responses.get(place)).state for place, item in items.items()}


def _decided(server: Server, attempt: str) -> dict[int, State]:
    """The marks of the decision, by position."""
    with server.world.looking("cato") as tx:
        decision = verdict(tx, attempt).decision
        assert (decision.marks, decision.passed) == (ASKED, True)
        marks = tx.session.exec(
            select(MarkRow)
            .join(DecisionRow, col(DecisionRow.id) == col(MarkRow.decision_id))
            .where(DecisionRow.attempt_id == attempt)
        ).all()
        return {mark.position: State(mark.state) for mark in marks}
