"""Kinds written in their forms by keyboard alone and approved by another.

Cases and hotspots have journeys of their own.
"""

import re
from collections.abc import Generator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pydantic import JsonValue

from quizbank.items import Item
from quizbank.queries.bank import item_detail
from tests.browser.conftest import Walk
from tests.browser.screens import Walker, settle
from tests.browser.test_keyboard import Keyboard
from tests.server import Server, served

# What is done at fields that are reached by Tab: a text to type, or a key in angle brackets.
Steps = Sequence[tuple[str, str]]
_ENTER, _SPACE, _DOWN = "<Enter>", "<Space>", "<ArrowDown>"
_NEEDED = 250
# Lists and fields of one line are left by Enter, texts of many lines by Control and Enter.
_LISTS = ("Right choice", "Sources", "Right answer (", "Tolerance", "Unit of", "Text of answer")

SINGLE: Steps = (
    ("Remove D", _ENTER),
    ("Remove C", _ENTER),
    ("Text of option A", "The dermis"),
    ("Why option A is", "It holds the fibres."),
    ("Text of option B", "The epidermis"),
    ("Why option B is", "It lies above."),
    ("Option A", _SPACE),
)
MULTIPLE: Steps = (
    *SINGLE[:4],
    ("Right answer", _SPACE),
    *SINGLE[4:6],
)
TRUE_FALSE: Steps = (
    ("True", _DOWN),
    ("Why “True” is", "It is not."),
    ("Why “False” is", "So it is."),
)
NUMERIC: Steps = (
    ("Right answer (a number)", "7,5"),
    ("Tolerance: how far off", "0.5"),
    ("Why it is right", "Measured."),
    ("Why another number", "Measure again."),
    ("Unit of the answer", "mm"),
)
SHORT: Steps = (("Text of answer A", "stratum corneum"), ("Why answer A is", "The dead cells."))
MATCHING: Steps = (
    ("Remove choice D", _ENTER),
    ("Text of choice A", "Epidermis"),
    ("Text of choice B", "Dermis"),
    ("Text of choice C", "Muscle"),
    ("Remove premise C", _ENTER),
    ("Text of premise A", "Top"),
    ("Right choice for premise A", "Epi"),
    ("Why they belong together, premise A", "It is outside."),
    ("Text of premise B", "Middle"),
    ("Right choice for premise B", "B: Derm"),
    ("Why they belong together, premise B", "It is inside."),
)
ORDERING: Steps = tuple(
    step
    for letter, text in zip("ABCD", ("Ask", "Cleanse", "Needle", "Cool"), strict=True)
    for step in (
        (f"Text of element {letter}", text),
        (f"Why element {letter} stands", "By the rule."),
    )
)
CLOZE: Steps = (
    ("Add a word", _ENTER),
    ("Text of answer A", "fibroblast*"),
    ("Why answer A is", "They build it."),
)
ESSAY: Steps = (
    ("Remove criterion B", _ENTER),
    ("What markers look for, A", "Names the layer."),
    ("A good answer", "The dermis."),
)
KINDS: dict[str, tuple[Steps, JsonValue]] = {
    "single_choice": (SINGLE, {"option": "a"}),
    "multiple_response": (MULTIPLE, {"options": ["a"]}),
    "true_false": (TRUE_FALSE, {"option": "false"}),
    "numeric": (NUMERIC, {"text": "7.1 mm"}),
    "short_answer": (SHORT, {"text": "Stratum  corneum"}),
    "matching": (MATCHING, None),
    "ordering": (ORDERING, None),
    "cloze": (CLOZE, {"gaps": {"g1": "fibroblasts"}}),
    "essay": (ESSAY, None),
    "description": ((), None),
}


@pytest.fixture(scope="module")
def server(
    demo_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Server, None, None]:
    """An academy of its own, whose bank may grow."""
    with served(demo_file, tmp_path_factory.mktemp("kinds")) as server:
        server.world.gather_cast()
        yield server


def reach(page: Page, name: str) -> None:
    """Press Tab until something whose name begins so has the focus."""
    keyboard = Keyboard(page)
    stops: list[str] = []
    # A button says its icon first.
    wanted = re.compile(rf"([a-z_]+ )?{re.escape(name)}")
    while not (stops and wanted.match(stops[-1])):
        assert len(stops) < _NEEDED, f"{name!r} cannot be reached: {stops}"
        page.keyboard.press("Tab")
        stops.append(keyboard.here())


def do(page: Page, name: str, what: str) -> None:
    """Go to a field by its name, and type or press there; what is typed is saved at once."""
    reach(page, name)
    if what.startswith("<"):
        page.keyboard.press(what.strip("<>"))
    else:
        page.keyboard.type(what)
        page.keyboard.press("Enter" if name.startswith(_LISTS) else "Control+Enter")
    settle(page)


def written(page: Page, server: Server, kind: str, steps: Steps) -> Item:
    """The item as it was published by somebody else."""
    Walker(page).to(f"/item?new={kind}")
    do(page, "Question", f"A {kind} question: which layer?")
    page.wait_for_url("**/item?id=*")
    settle(page)
    for name, what in steps:
        do(page, name, what)
    do(page, "Sources", "CR")
    page.keyboard.press("Escape")
    do(page, "Send for review", _ENTER)
    expect(page.get_by_text("Sent for review.")).to_be_visible()
    item_id = re.split("id=", page.url)[1]
    server.world.approve("cato", item_id)
    with server.world.looking("bela") as tx:
        return item_detail(tx, item_id).item


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_written_without_a_mouse(server: Server, walk: Walk, kind: str) -> None:
    steps, answer = KINDS[kind]
    item = written(walk("bela").page, server, kind, steps)
    assert item.kind == kind
    if answer is not None:
        assert item.mark(answer).fraction == 1
        assert item.mark({"text": "8.1", "option": "b", "options": ["b"]}).fraction == 0
