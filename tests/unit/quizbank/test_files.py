"""Pictures: what is taken, what is refused with a sentence, and where items name them."""

import io
import struct
import zlib
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import Format, losses, read_file, write_file
from quizbank.exchange.yaml_items import read_items, write_items
from quizbank.files import NoPicture, named_files, read_picture
from quizbank.items import Item
from tests.factories import png, single_choice

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def head_of_a_huge_png() -> bytes:
    size = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", size) + _chunk(b"IDAT", zlib.compress(bytes(9)))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def showing(*digests: str, alt: str = "A section") -> Item:
    stem = " ".join(f"![{alt}](/files/{digest})" for digest in digests)
    return single_choice(stem=f"Look. {stem}")


@pytest.mark.parametrize(
    ("form", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp")],
)
def test_four_formats_are_taken_as_they_came(form: str, media_type: str) -> None:
    content = png(40, 30, form=form)
    picture = read_picture(content)
    assert (picture.media_type, picture.width, picture.height) == (media_type, 40, 30)
    assert picture.content == content
    assert picture.digest == sha256(content).hexdigest()


def test_a_camera_held_upright_has_the_size_that_browsers_show() -> None:
    into, turned = io.BytesIO(), Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (40, 30)).save(into, "JPEG", exif=turned)
    picture = read_picture(into.getvalue())
    assert (picture.width, picture.height) == (30, 40)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no picture that can be shown"),
        (SVG, "no picture that can be shown"),
        (b"%PDF-1.7", "no picture that can be shown"),
        (png()[:60], "no picture that can be shown"),
        (png(form="BMP"), "no picture that can be shown"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "no picture that can be shown"),
        (head_of_a_huge_png(), "25 million pixels"),
        (png(5001, 5000), "25 million pixels"),
        (png() + bytes(5_000_000), "larger than 5 MB"),
    ],
    ids=["empty", "svg", "pdf", "cut off", "bmp", "zeros", "a bomb", "just too many", "too large"],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_picture_is_refused_with_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(NoPicture, match=said):
        read_picture(content)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_damaged_picture_is_taken_or_refused_and_nothing_else(data: st.DataObject) -> None:
    content = bytearray(png(form=data.draw(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]))))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert read_picture(bytes(content)).width > 0
    except NoPicture:
        return


def test_pictures_are_found_in_every_text_of_an_item() -> None:
    first, second = "a" * 64, "b" * 64
    options = [
        {"id": "a", "text": f"![x](/files/{first})", "correct": True, "reason": "Yes."},
        {"id": "b", "text": "No", "reason": f"See ![y](/files/{second})."},
    ]
    assert named_files(single_choice(options=options)) == {first, second}
    assert named_files(single_choice(stem=f"/files/{'c' * 65}")) == frozenset()


def test_yaml_carries_its_pictures() -> None:
    picture = read_picture(png(400, 300))
    item = showing(picture.digest)
    read = read_items(write_items([item], {picture.digest: picture}))
    assert read.problems == ()
    assert [one.item for one in read.items] == [item]
    assert read.files == {picture.digest: picture}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("iVBOR", "iVB*R", "cut off or was changed"),
        ("iVBOR", "aaaaa", "no picture that can be shown"),
        ("files:\n  ", f"files:\n  {'0' * 64}: eA==\n  ", "no picture that can be shown"),
    ],
)
def test_a_damaged_picture_in_yaml_is_named_on_its_line(old: str, new: str, said: str) -> None:
    picture = read_picture(png())
    text = write_items([showing(picture.digest)], {picture.digest: picture})
    read = read_items(text.replace(old, new, 1))
    (problem,) = read.problems
    assert said in problem.message
    assert text.splitlines()[problem.line - 2] == "files:"


def test_a_picture_under_another_name_is_refused() -> None:
    picture = read_picture(png())
    text = write_items([showing(picture.digest)], {picture.digest: picture})
    (problem,) = read_items(text.replace(picture.digest, "0" * 64)).problems
    assert "not the one that its name says" in problem.message


def test_files_that_are_no_map_are_named() -> None:
    text = write_items([single_choice()])
    assert "one line for each picture" in read_items(f"{text}files: []\n").problems[0].message


def test_names_beside_the_file_become_addresses() -> None:
    picture = read_picture(png())
    text = write_items([single_choice(stem="Look: ![A square](pictures/square.png)")])
    read = read_items(text, {"square.png": picture})
    assert read.items[0].item.stem == f"Look: ![A square](/files/{picture.digest})"
    assert read.files == {picture.digest: picture}


def test_a_name_beside_the_file_that_is_not_there_leaves_the_item_out() -> None:
    text = write_items([single_choice(stem="Look: ![A square](pictures/square.png)")])
    read = read_items(text)
    assert read.items == ()
    assert "pictures/square.png" in read.problems[0].message


@pytest.mark.parametrize("file_format", [Format.GIFT, Format.AIKEN])
def test_formats_without_pictures_say_so(file_format: Format) -> None:
    item = showing("a" * 64)
    assert "its pictures" in losses(file_format, [item])[0]
    text = write_file(file_format, [item]).decode()
    assert read_file(file_format, text.encode(), Defaults(date(2026, 11, 23))).items
