"""Taking one's own data away: all of it, nobody else's, and nothing that gives a key away."""

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

from courses.commands.practice import set_study_plan, start_session
from courses.commands.screening import ask_client, start_client
from courses.commands.screening_cases import load_cases, retire_case
from courses.own_data import packed
from courses.practice_choice import Mode, Wanted
from courses.queries.own_data import own_data
from courses.queries.screening import screening_view
from courses.queries.screening_cases import screening_cases
from courses.tables.reading import BookmarkRow, NoteRow
from quizbank.confidence import UNASKED_KINDS, Confidence
from tests.factories import COURSE, World, steps_to
from tests.screening import client


def archive_of(world: World, name: str) -> dict[str, str]:
    with world.looking(name) as tx:
        content = packed(own_data(tx))
    with ZipFile(BytesIO(content)) as archive:
        return {one: archive.read(one).decode("utf-8-sig") for one in archive.namelist()}


def lines(text: str) -> list[dict[str, str]]:
    return [*csv.DictReader(StringIO(text))]


def screen(world: World) -> None:
    """Let a client come and ask about the first thing."""
    with world.as_system() as tx:
        for one in screening_cases(tx):
            retire_case(tx, one.case.id)
        load_cases(tx, COURSE, [client()])
    with world.acting("alba") as tx:
        start_client(tx, COURSE)
        now = screening_view(tx, COURSE)
        assert now.play_id is not None
        ask_client(tx, now.play_id, [client().facts[0].id])


def test_an_archive_holds_what_one_did(any_world: World) -> None:
    world = any_world
    world.study("alba")
    with world.acting("alba") as tx:
        attempt = start_session(tx, COURSE, Wanted(Mode.MIXED, 5))
        set_study_plan(tx, COURSE, 20, None)
        own = {"person_id": tx.actor.own_id, "course_slug": COURSE, "lesson_slug": "x"}
        tx.session.add(BookmarkRow(**own, at=tx.now))
        tx.session.add(NoteRow(**own, text="=HYPERLINK(1)", at=tx.now))
    screen(world)
    items = world.items_of(attempt)
    for position, item in items.items():
        said = None if item.kind in UNASKED_KINDS else Confidence.FAIRLY_SURE
        for response in steps_to(item, item.key()):
            world.practise("alba", attempt, position, response, said)
    files = archive_of(world, "alba")
    told = json.loads(files["data.json"])
    assert {f"{name}.csv" for name in told} | {"README.txt", "data.json"} == set(files)
    for name, rows in told.items():
        assert len(lines(files[f"{name}.csv"])) == len(rows) > 0, name
        assert name in files["README.txt"]
    assert [one["question"] for one in told["practice_answers"]] == [
        item.stem for item in items.values()
    ]
    assert {one["share_of_mark"] for one in told["practice_answers"]} == {1}
    assert told["notes"][0]["text"] == "=HYPERLINK(1)"
    assert lines(files["notes.csv"])[0]["text"] == "'=HYPERLINK(1)"


def test_an_archive_holds_nothing_of_exams_and_nothing_of_others(world: World) -> None:
    attempt = world.start_exam("alba")
    world.answer_all("alba", attempt)
    world.submit("alba", attempt)
    said = archive_of(world, "alba")["data.json"]
    for item in world.items_of(attempt).values():
        assert json.dumps(item.stem, ensure_ascii=False)[1:-1] not in said
        assert f'"{item.id}"' not in said
    others = json.loads(archive_of(world, "lena")["data.json"])
    assert all(rows == [] for rows in others.values())


def test_the_same_data_gives_the_same_archive(world: World) -> None:
    world.study("alba")
    with world.looking("alba") as tx:
        assert packed(own_data(tx)) == packed(own_data(tx))
