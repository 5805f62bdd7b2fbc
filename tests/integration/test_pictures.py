"""Pictures in the academy: stored once, needed by items, carried by files and by courses."""

import shutil
from pathlib import Path

import pytest
from sqlmodel import select

from base.audit import AuditRow
from base.errors import Invalid, NotAllowed, NotFound
from courses.commands.loading import load_folder
from courses.content_check import check_content
from quizbank.commands.bank import import_items
from quizbank.commands.files import add_picture
from quizbank.exchange.formats import Format
from quizbank.exchange.yaml_items import read_items, write_items
from quizbank.files import Picture, read_picture
from quizbank.items import Item
from quizbank.queries.bank import ItemFilter, bank_as_file, item_detail
from quizbank.queries.files import file_content
from quizbank.queries.importing import import_problems
from quizbank.tables.bank import ItemFileRow
from tests.conftest import HOUSE
from tests.factories import COURSE, World, png, single_choice

PICTURE: Picture = read_picture(png(400, 300))


def showing(picture: Picture, **changes: str) -> Item:
    return single_choice(stem=f"Which layer? ![Layers](/files/{picture.digest})", **changes)


def test_the_same_bytes_are_stored_once(any_world: World) -> None:
    for name in ("bela", "system"):
        with any_world.acting(name) as tx:
            assert add_picture(tx, PICTURE.content) == PICTURE
    with any_world.looking("alba") as tx:
        assert file_content(tx, PICTURE.digest).content == PICTURE.content
    with any_world.looking("system") as tx:
        told = tx.session.exec(select(AuditRow).where(AuditRow.action == "file:add")).all()
    assert [one.subject for one in told].count(PICTURE.digest) == 1


def test_hostile_bytes_and_strangers_are_refused(world: World) -> None:
    with pytest.raises(Invalid, match="PNG, JPEG, GIF or WebP"), world.acting("bela") as tx:
        add_picture(tx, b"<svg onload=alert(1)>")
    with pytest.raises(NotAllowed), world.acting("alba") as tx:
        add_picture(tx, PICTURE.content)
    with pytest.raises(NotAllowed), world.looking("nobody") as tx:
        file_content(tx, PICTURE.digest)
    with pytest.raises(NotFound), world.looking("alba") as tx:
        file_content(tx, "0" * 64)


def test_an_item_whose_picture_is_not_here_is_refused(world: World) -> None:
    unknown = pytest.raises(Invalid, match="shows a picture that the academy does not have")
    with unknown:
        world.publish(showing(PICTURE))
    with world.acting("bela") as tx:
        add_picture(tx, PICTURE.content)
    world.publish(showing(PICTURE))


def test_an_export_brings_its_pictures_along(world: World) -> None:
    with world.acting("bela") as tx:
        add_picture(tx, PICTURE.content)
    world.publish(showing(PICTURE, objective="ZZ-01"))
    with world.acting("bela") as tx:
        text = bank_as_file(tx, ItemFilter(objective="ZZ-01"), Format.YAML).content.decode()
        # An academy that has neither.
        tx.session.delete(tx.session.get_one(ItemFileRow, PICTURE.digest))
    read = read_items(text.replace("tt-01-001", "tt-01-099"))
    with world.acting("bela") as tx:
        assert import_items(tx, read, strict=True).counts.added == 1
        assert file_content(tx, PICTURE.digest).content == PICTURE.content


def test_a_file_that_forgot_its_picture_is_named_by_line(world: World) -> None:
    read = read_items(write_items([showing(PICTURE), single_choice("tt-01-009")]))
    with world.acting("bela") as tx:
        (problem,) = import_problems(tx, read)
        assert (problem.line, "shows a picture" in problem.message) == (2, True)
        assert import_items(tx, read, strict=False).counts.added == 1


def test_a_course_brings_the_pictures_that_its_items_show(world: World, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(HOUSE / "content", tmp_path / "content"))
    pictures = folder / COURSE / "pictures"
    pictures.mkdir(exist_ok=True)
    (pictures / "layers.png").write_bytes(PICTURE.content)
    (pictures / "unused.png").write_bytes(png(7, 7))
    item = single_choice("tt-01-001", stem="Which of these? ![Layers](pictures/layers.png)")
    (folder / COURSE / "items" / "tt.yaml").write_text(write_items([item]), encoding="utf-8")
    with world.as_system() as tx:
        load_folder(tx, folder)
        assert item_detail(tx, "tt-01-001").item.stem.endswith(f"(/files/{PICTURE.digest})")
        assert file_content(tx, PICTURE.digest).media_type == "image/png"
        with pytest.raises(NotFound):
            file_content(tx, read_picture(png(7, 7)).digest)


@pytest.mark.parametrize(
    ("stem", "content", "said"),
    [
        ("![Layers](pictures/layers.png)", None, "picture pictures/layers.png is not there"),
        ("![Layers](pictures/layers.png)", b"GIF89a", "layers.png:1: This is no picture"),
        ("![](pictures/layers.png)", PICTURE.content, "A picture has no description"),
        (f"![x](/files/{'0' * 64})", PICTURE.content, "a picture that is not in pictures/"),
    ],
    ids=["missing", "broken", "without words", "an address that is nowhere"],
)
def test_the_content_check_names_a_picture_that_is_wrong(
    tmp_path: Path, world: World, stem: str, content: bytes | None, said: str
) -> None:
    folder = Path(shutil.copytree(HOUSE / "content", tmp_path / "content"))
    (folder / COURSE / "pictures").mkdir(exist_ok=True)
    if content is not None:
        (folder / COURSE / "pictures" / "layers.png").write_bytes(content)
    item = single_choice("tt-01-001", stem=stem)
    (folder / COURSE / "items" / "tt.yaml").write_text(write_items([item]), encoding="utf-8")
    problems = [str(one) for one in check_content(folder, world.now.date())]
    assert sum(said in one for one in problems) == 1, problems
