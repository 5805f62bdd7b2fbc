"""Moodle XML: pictures come in and go out with their questions."""

import base64
import zipfile
from io import BytesIO
from typing import Any

import pytest

from quizbank.exchange.formats import Format, write_file
from quizbank.files import address_of, read_picture
from quizbank.items import item_to_data, read_item
from tests.factories import (
    cloze,
    true_false,
)
from tests.unit.quizbank.moodle_xml_files import STATEMENT, file, one_of, png, question, quiz, read


def test_pictures_go_out_and_come_in_again() -> None:
    picture = read_picture(png())
    stem = f"Look: ![the \\] skin]({address_of(picture.digest)}) and say."
    item = read_item(item_to_data(true_false()) | {"stem": stem})
    written = write_file(Format.MOODLE_XML, [item], {picture.digest: picture})
    assert f"@@PLUGINFILE@@/{picture.file_name}".encode() in written
    found = read(written)
    assert found.items[0].item.stem == stem
    assert found.files == {picture.digest: picture}


@pytest.mark.parametrize(
    ("text_format", "stem"),
    [
        ("html", '<p>See <img src="@@PLUGINFILE@@/a%20b.png?time=1" alt="a [b]" width="3"></p>'),
        ("markdown", "See ![a \\[b\\]](@@PLUGINFILE@@/a%20b.png)"),
        ("moodle_auto_format", 'See <img alt="a [b]" src="@@PLUGINFILE@@/a%20b.png">'),
    ],
)
def test_a_picture_is_shown_where_the_text_names_it(text_format: str, stem: str) -> None:
    text = quiz(question(STATEMENT, stem=stem, files=file(png()))).replace(
        'questiontext format="html"', f'questiontext format="{text_format}"'
    )
    digest = read_picture(png()).digest
    assert one_of(text).stem == f"See ![a \\[b\\]](/files/{digest})"


def test_a_picture_inside_the_text_comes_in() -> None:
    inline = base64.b64encode(png()).decode()
    stem = f'<img src="data:image/png;base64,{inline}" alt="red">'
    found = read(quiz(question(STATEMENT, stem=stem)))
    assert set(found.files) == {read_picture(png()).digest}
    assert found.items[0].item.stem.startswith("![red](/files/")


def zipped() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.png", png())
    return made.getvalue()


BAD_FILES = {
    "no base64": ('<file name="a.png" encoding="base64">§$%</file>', "no base64"),
    "cut off": ('<file name="a.png" encoding="base64">iVBOR</file>', "cut off"),
    "no picture": (file(b"hello", "a.png"), "no picture"),
    "a zip": (file(zipped(), "a.png"), "no picture"),
    "an SVG": (file(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png"), "no picture"),
    "half a picture": (file(png(300, 300)[:-40], "a.png"), "no picture"),
    "too large": (file(png() + b"\0" * 5_000_000, "a.png"), "larger than 5 MB"),
    "another encoding": ('<file name="a.png" encoding="uuencode">x</file>', "not encoded"),
    "missing": ("", "not there"),
}


@pytest.mark.parametrize(("files", "sentence"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_picture_is_left_out_with_its_line(files: str, sentence: str) -> None:
    stem = 'See <img src="@@PLUGINFILE@@/a.png" alt="the skin">'
    found = read(quiz(question(STATEMENT), question(STATEMENT, stem=stem, files=f"\n{files}")))
    assert found.files == {}
    assert "[the skin]" in found.items[1].item.stem
    (said,) = (one for one in found.problems if sentence in one.message)
    assert (said.severity, said.line in {3, 4}) == ("warning", True)


def test_a_picture_where_only_plain_text_goes_is_left_out_with_a_sentence() -> None:
    pairs = "".join(
        f'<subquestion format="html"><text>&lt;img src="@@PLUGINFILE@@/a%20b.png" alt="{n}"&gt;'
        f"</text>{file(png())}<answer><text>{n}!</text></answer></subquestion>"
        for n in "ab"
    )
    found = read(quiz(question(pairs, "ddmatch")))
    assert [one.text for one in found.items[0].item.scored()] == ["[a] → a!", "[b] → b!"]
    assert any("plain text" in one.message for one in found.problems)


def test_pictures_in_a_text_with_gaps_go_out_and_come_in() -> None:
    picture = read_picture(png())
    shown = f"![the skin]({address_of(picture.digest)})"
    data: Any = item_to_data(cloze())
    data["gaps"][0]["options"][0]["reason"] = f"See {shown}"
    item = read_item({**data, "stem": f"{shown} {data['stem']}"})
    found = read(write_file(Format.MOODLE_XML, [item], {picture.digest: picture}))
    assert found.files == {picture.digest: picture}
    back: Any = found.items[0].item
    assert back.stem == item.stem
    assert back.gaps[0].options[0].reason == f"See {shown}"


def test_a_picture_as_moodle_1_put_it_beside_a_question_stands_behind_it() -> None:
    inside = base64.b64encode(png()).decode()
    beside = f"<image>skin.png</image><image_base64>{inside}</image_base64>"
    found = read(quiz(question(STATEMENT + beside)))
    digest = read_picture(png()).digest
    assert (
        found.items[0].item.stem == f"Is it?\n\n![A picture without a description](/files/{digest})"
    )
    assert set(found.files) == {digest}


def test_a_picture_that_moodle_1_only_named_is_said_to_be_missing() -> None:
    found = read(quiz(question(STATEMENT + "<image>skin.png</image>")))
    assert found.items[0].item.stem == "Is it?"
    assert any("skin.png, which is not there" in one.message for one in found.problems)
