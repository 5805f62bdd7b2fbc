"""The decision dossier: whole, the same every time, checked by a script that knows only Python."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue

from base.audit import audit_entries, record
from base.errors import NotFound
from base.permissions import Role
from certs.commands.corrections import replay_corrections
from certs.commands.dossier import export_dossier
from certs.commands.exams import submit_exam
from certs.commands.marking import mark_essay
from quizbank.commands.appeals import file_appeal
from quizbank.commands.attempts import start_attempt
from quizbank.commands.corrections import approve_correction, propose_correction
from quizbank.commands.files import add_picture
from quizbank.dossier import verify
from quizbank.dossier.packing import packed
from quizbank.items import KINDS, Item, item_to_data
from quizbank.queries.corrections import used_versions
from quizbank.remedies import RemedyKind
from tests import factories
from tests.factories import EXAM, FIGURE, World, exam_rules, single_choice, steps_to

ASKED = len(KINDS) - 1
# One answer of each kind that earns only a part, or nothing.
PARTLY: dict[str, JsonValue] = {
    "single_choice": {"option": "c"},
    "multiple_response": {"options": ["a", "b", "d"]},
    "true_false": {"option": "true"},
    "numeric": {"text": "7.9"},
    "short_answer": {"text": " Epidermis "},
    "matching": {"pairs": {"p1": "c1", "p2": "c3"}},
    "ordering": {"order": ["e2", "e1", "e3", "e4"]},
    "hotspot": {"points": [[50, 250]]},
    "cloze": {"gaps": {"g1": "b", "g2": "fibroblasts", "g3": "1,500"}},
    "essay": {"text": "The dermis holds it, I think."},
    "case": {
        "asked": ["medicines"],
        "stages": {"decide": {"option": "proceed"}, "record": {"options": ["date", "gossip"]}},
        "done": ["decide", "record"],
    },
}


def item_of(kind: str, number: int) -> Item:
    make: Callable[..., Item] = getattr(factories, kind)
    return make(f"zz-01-{number:03}", objective="ZZ-01", pool="exam")


def every_kind(world: World, **rules: Any) -> World:
    """An exam that asks one item of each kind, with a text to read and two more examiners."""
    for name in ("carl", "cora"):
        world.join(name, Role.EXAMINER)
    with world.acting("bela") as tx:
        add_picture(tx, FIGURE.content)
    items = [item_of(kind, number) for number, kind in enumerate(KINDS, start=1)]
    world.load_items(*items)
    texts = [one.id for one in items if one.kind == "description"]
    cells = [{"objective": "ZZ-01", "count": ASKED}]
    asked = {"cells": cells, "cut": 6, "minutes": 60, "descriptions": texts}
    world.give_exam(exam_rules(**asked | rules))
    return world


def sat(world: World, answers: dict[str, JsonValue], name: str = "alba") -> str:
    """Sit the exam with these answers by kind, the others right, and have the essay marked."""
    with world.acting(name) as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    for place, item in world.items_of(attempt).items():
        if item.kind != "description":
            world.wait(seconds=20)
            for response in steps_to(item, answers.get(item.kind, item.key())):
                world.answer(name, attempt, place, response)
    with world.acting(name) as tx:
        submit_exam(tx, attempt)
    place = next(at for at, one in world.items_of(attempt).items() if one.kind == "essay")
    for marker, points in (("cato", {"layer": 4, "why": 6}), ("carl", {"layer": 2, "why": 0})):
        with world.acting(marker) as tx:
            mark_essay(tx, attempt, place, "", points, "")
    with world.acting("cora") as tx:
        mark_essay(tx, attempt, place, "", {"layer": 2, "why": 3}, "Fair.")
    return attempt


def exported(world: World, attempt: str, by: str = "cato") -> bytes:
    with world.acting(by) as tx:
        return export_dossier(tx, attempt).content


def checked(folder: Path, archive: bytes) -> tuple[int, str]:
    """Run the script that is in the archive, in a process of its own, away from our code."""
    (folder / "dossier.zip").write_bytes(archive)
    (folder / "verify.py").write_bytes(Path(verify.__file__).read_bytes())
    command = [sys.executable, "-I", "-S", "verify.py", "dossier.zip"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_script_without_an_archive_says_what_it_needs() -> None:
    command = [sys.executable, "-I", "-S", verify.__file__]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "Name the archive: dossier.zip\n")


def files_of(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def data_of(archive: bytes, name: str) -> Any:
    return json.loads(files_of(archive)[f"{name}.json"])


@pytest.mark.parametrize("answers", [{}, PARTLY], ids=["all right", "partly"])
def test_an_attempt_of_every_kind_is_derived_again(
    any_world: World, tmp_path: Path, answers: dict[str, JsonValue]
) -> None:
    attempt = sat(every_kind(any_world), answers)
    assert checked(tmp_path, exported(any_world, attempt)) == (
        0,
        "All agrees: files, marks, verdicts, audit log.\n",
    )


def test_the_dossier_holds_what_the_decision_rests_on(world: World) -> None:
    attempt = sat(every_kind(world), PARTLY)
    with world.acting("alba") as tx:
        file_appeal(tx, attempt, 2, "The text of lesson 3 says otherwise.")
    archive = exported(world, attempt)
    items, steps = data_of(archive, "items"), data_of(archive, "steps")
    assert [one["position"] for one in items] == [*range(1, ASKED + 2)]
    choice = next(one for one in items if one["version"]["payload"]["kind"] == "single_choice")
    assert [one["id"] for one in choice["seen"]["choices"]] == choice["option_order"]
    assert choice["key"] == {"option": "a"}
    assert steps[0]["action"] == "started"
    assert all(one["at"] for one in steps)
    assert {one["marker"] for one in data_of(archive, "essays")} == {"Cato", "Carl", "Cora"}
    (decision,) = data_of(archive, "decisions")
    assert decision["result"]["cut"] == 6
    assert data_of(archive, "attempt")["exam_version"]["rules"]["cut"] == 6
    assert data_of(archive, "appeals")[0]["position"] == 2
    assert files_of(archive)[f"pictures/{FIGURE.digest}"] == FIGURE.content
    (entry,) = [
        one["entry"]
        for one in data_of(archive, "chain")["links"]
        if "entry" in one and one["entry"][3] == "attempt:decide"
    ]
    assert json.loads(entry[5])["marks"] == decision["marks"]


def test_the_same_attempt_gives_the_same_files_but_for_the_export(world: World) -> None:
    attempt = sat(every_kind(world), {})
    first = files_of(exported(world, attempt))
    world.wait(days=3)
    second = files_of(exported(world, attempt, "audi"))
    differing = {name for name in first if first[name] != second[name]}
    assert differing == {"export.json", "manifest.json"}
    with world.looking("system") as tx:
        told = [one.action for one in audit_entries(tx, attempt)]
    assert told.count("dossier:export") == 2


def test_one_changed_byte_is_told_by_the_name_of_its_file(world: World, tmp_path: Path) -> None:
    archive = exported(world, sat(every_kind(world), {}))
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        places = {one.filename: one.header_offset for one in opened.infolist()}
    for name, content in files_of(archive).items():
        # The local header is 30 bytes and the name.
        at = places[name] + 30 + len(name) + len(content) // 2
        flipped = bytearray(archive)
        flipped[at] ^= 1
        code, said = checked(tmp_path, bytes(flipped))
        assert (code, name in said) == (1, True), (name, said)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.9, 0.99, 0.9999])
def test_a_byte_around_the_files_is_told_too(world: World, tmp_path: Path, share: float) -> None:
    archive = small(world)
    flipped = bytearray(archive)
    flipped[int(share * len(archive))] ^= 4
    code, said = checked(tmp_path, bytes(flipped))
    assert code == 1
    assert "changed: " in said


def small(world: World) -> bytes:
    """The dossier of an attempt at two questions."""
    world.load_items(*(single_choice(f"tt-01-00{n}", objective="TT-01") for n in (1, 2)))
    world.give_exam(exam_rules(cells=[{"objective": "TT-01", "count": 2}], cut=2))
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    world.answer_all("alba", attempt)
    world.submit("alba", attempt)
    return exported(world, attempt)


def forged(archive: bytes, name: str, change: Callable[[Any], None]) -> bytes:
    """The archive with one file changed and everything around it made to fit."""
    files = files_of(archive)
    data = json.loads(files[f"{name}.json"])
    change(data)
    files[f"{name}.json"] = json.dumps(data).encode()
    for name_of_ours in ("manifest.json", "verify.py", "README.txt"):
        files.pop(name_of_ours)
    return packed(files)


def _answer_right(steps: Any) -> None:
    answered = next(one for one in steps if one["answers"])
    answered["response"] = {"option": "c"}


def _pass(decisions: Any) -> None:
    decisions[0]["passed"] = not decisions[0]["passed"]


def _lower_cut(attempt: Any) -> None:
    attempt["rule"]["cut"] = 3


def _other_actor(chain: Any) -> None:
    next(one for one in chain["links"] if "entry" in one)["entry"][2] = "somebody else"


def _other_key(items: Any) -> None:
    worth = items[0]["scorings"]["published"]["worth"]
    worth["a"], worth["b"] = "0", "1"


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("steps", _answer_right, "earns 0.0, not 1.0"),
        ("items", _other_key, "question 1 earns 0.0"),
        ("decisions", _pass, "not in the audit log so"),
        ("attempt", _lower_cut, "2.0 marks and passed False"),
        ("chain", _other_actor, "is not at its place"),
    ],
)
def test_a_dossier_that_was_made_to_fit_is_still_found_out(
    world: World, tmp_path: Path, name: str, change: Callable[[Any], None], sentence: str
) -> None:
    code, said = checked(tmp_path, forged(small(world), name, change))
    assert code == 1
    assert sentence in said


@pytest.mark.parametrize("remedy", RemedyKind)
def test_decisions_before_and_after_a_correction_are_both_derived(
    world: World, tmp_path: Path, remedy: RemedyKind
) -> None:
    attempt = sat(every_kind(world, unsafe_fails=True, most_omitted=1), PARTLY)
    item = next(one for one in world.items_of(attempt).values() if one.kind == "single_choice")
    fields: Any = item_to_data(item)
    for option in fields["options"]:
        option["correct"], option["unsafe"] = option["id"] == "c", False
    with world.looking("cato") as tx:
        version = used_versions(tx, item.id)[0].version_id
    with world.acting("cato") as tx:
        better = fields if remedy is RemedyKind.KEY else None
        one = propose_correction(tx, version, remedy, "The key was wrong.", better)
    world.wait(days=1)
    with world.acting("carl") as tx:
        approve_correction(tx, one)
        replay_corrections(tx)
    later = sat(world, {"single_choice": {"option": "c"}}, "lena")
    for each, number in ((attempt, 2), (later, 1)):
        archive = exported(world, each)
        assert len(data_of(archive, "decisions")) == number
        assert checked(tmp_path, archive)[0] == 0, checked(tmp_path, archive)[1]
    marks = [one["marks"] for one in data_of(exported(world, attempt), "decisions")]
    assert (marks[1] > marks[0]) == (remedy is not RemedyKind.NOBODY)


def test_a_long_stretch_of_other_entries_is_jumped_over(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("base.audit._LONGEST_STRETCH", 3)
    attempt = data_of(small(world), "attempt")["attempt"]["id"]
    with world.acting("system") as tx:
        for number in range(9):
            record(tx, "item:publish", f"i{number}", {})
    with world.acting("alba") as tx:
        file_appeal(tx, attempt, None, "The text of lesson 3 says otherwise.")
    archive = exported(world, attempt)
    assert "jump" in json.dumps(data_of(archive, "chain"))
    assert checked(tmp_path, archive)[0] == 0


def test_there_is_no_dossier_before_a_decision(world: World) -> None:
    every_kind(world)
    with world.acting("alba") as tx:
        attempt = start_attempt(tx, EXAM, consent=True)
    for asked in (attempt, "0" * 32):
        with pytest.raises(NotFound), world.acting("cato") as tx:
            export_dossier(tx, asked)
