"""Packages of QTI from strangers: bombs, slips, links, lies, and ten thousand files."""

import random
import re
import stat
import struct
import time
import zipfile
from io import BytesIO

import pytest

from quizbank.exchange.formats import Format, write_file
from quizbank.exchange.items_read import ItemsRead
from tests.factories import matching, multiple_response, numeric, png, short_answer, single_choice
from tests.unit.quizbank.mutations import FUZZ_RUNS, FUZZ_SEED, mutated
from tests.unit.quizbank.qti_files import CHOICE, ITEM, TEMPLATE, declared, only, qti

SOUND = ITEM.format(
    declared=declared("single", "identifier", ("A",)),
    asked='<p><img src="../pictures/a b.png" alt="A section"/></p>' + CHOICE.format(1),
    marking=TEMPLATE.format("match_correct"),
)
RESOURCE = (
    '<resource identifier="R{0}" type="imsqti_item_xmlv2p1" href="{1}">'
    '<file href="{1}"/></resource>'
)


def manifest(*names: str) -> str:
    said = "".join(RESOURCE.format(place, name) for place, name in enumerate(names))
    return f"<manifest><organizations/><resources>{said}</resources></manifest>"


def package(files: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def sentences(read: ItemsRead) -> str:
    return " ".join(one.message for one in read.problems)


def test_a_package_with_a_picture() -> None:
    picture = png(5, 4)
    read = qti(
        package(
            {
                "imsmanifest.xml": manifest("items/one.xml"),
                "items/one.xml": SOUND,
                "pictures/a b.png": picture,
            }
        )
    )
    ((digest, found),) = read.files.items()
    assert found.content == picture
    assert f"![A section](/files/{digest})" in only(read).stem


@pytest.mark.parametrize("folder", ["", "package/"])
def test_a_folder_that_was_packed_whole_is_read_alike(folder: str) -> None:
    files = {f"{folder}imsmanifest.xml": manifest("one.xml"), f"{folder}one.xml": SOUND}
    assert len(qti(package(dict(files))).items) == 1


def test_a_package_without_its_manifest_says_so_and_is_read() -> None:
    read = qti(package({"one.xml": SOUND, "readme.xml": "<readme/>"}))
    assert len(read.items) == 1
    assert "no list of its items" in sentences(read)


def test_a_manifest_that_names_missing_files_stops_no_other() -> None:
    read = qti(package({"imsmanifest.xml": manifest("gone.xml", "one.xml"), "one.xml": SOUND}))
    assert len(read.items) == 1
    assert "names gone.xml, which is not in the package" in sentences(read)
    assert len(read.errors) == 1


def test_a_broken_item_stops_no_other_and_names_its_file() -> None:
    files = {"one.xml": SOUND, "two.xml": SOUND.replace("</itemBody>", "")}
    read = qti(package({"imsmanifest.xml": manifest("two.xml", "one.xml"), **files}))
    assert len(read.items) == 1
    assert read.errors[0].message.startswith("two.xml: This is not well-formed XML")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "C:/windows/one.xml", "a/../../one.xml"]
)
def test_paths_that_leave_the_package_are_refused(name: str) -> None:
    read = qti(
        package({"imsmanifest.xml": manifest("one.xml", name), "one.xml": SOUND, name: SOUND})
    )
    assert len(read.items) == 1
    assert "leads out of the package" in sentences(read)


def test_links_are_refused() -> None:
    entry = zipfile.ZipInfo("one.xml")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
        archive.writestr("imsmanifest.xml", manifest("one.xml"))
    read = qti(packed.getvalue())
    assert read.items == ()
    assert "link to another file" in sentences(read)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = b" " * 19_000_000
    begin = time.process_time()
    read = qti(
        package({"imsmanifest.xml": manifest("one.xml"), "one.xml": SOUND, "bomb.xml": bomb})
    )
    assert len(read.items) == 1
    assert "times its size" in sentences(read)
    assert time.process_time() - begin < 5


def test_a_zip_file_within_is_not_opened() -> None:
    inner = package({"one.xml": SOUND})
    read = qti(package({"inner.zip": inner, "one.xml": SOUND}))
    assert len(read.items) == 1
    assert "inner.zip: A zip file within the package is not opened." in sentences(read)


def test_an_entry_without_a_name_is_no_file() -> None:
    content = package({"a": "x", "one.xml": SOUND})
    place = content.index(b"PK\x01\x02") + 28
    broken = content[:place] + b"\0\0" + content[place + 2 :]
    assert qti(broken).problems


def test_a_size_that_lies_ends_in_a_sentence() -> None:
    content = bytearray(package({"one.xml": SOUND}))
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", 10)
    read = qti(bytes(content))
    assert read.items == ()
    assert read.problems


def test_other_packings_and_encryption_are_refused() -> None:
    files: dict[str, str | bytes] = {"imsmanifest.xml": manifest("one.xml"), "one.xml": SOUND}
    read = qti(package(files, zipfile.ZIP_LZMA))
    assert read.items == ()
    assert "packed in a way that is not read" in sentences(read)


@pytest.mark.parametrize(
    ("declaration", "sentence"),
    [
        ('<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]>', "declares entities"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', "declares entities"),
        ('<?xml version="1.0" encoding="x-mac-roman-9"?>', "which is not read"),
    ],
)
def test_entities_and_encodings(declaration: str, sentence: str) -> None:
    files = {"imsmanifest.xml": manifest("one.xml", "two.xml"), "two.xml": SOUND}
    read = qti(package({**files, "one.xml": declaration + SOUND}))
    assert len(read.items) == 1
    assert sentence in sentences(read)


def test_an_unknown_entity_is_no_file() -> None:
    read = qti(SOUND.replace("Dermis", "&passwd;"))
    assert read.items == ()


def test_an_item_in_utf_16_is_read() -> None:
    declaration = '<?xml version="1.0" encoding="UTF-16"?>'
    assert len(qti((declaration + SOUND).encode("utf-16")).items) == 1
    assert "not UTF-8" in sentences(qti(SOUND.replace("Fat", "Fät").encode("latin-1")))


def test_scripts_leave_with_a_sentence_and_pictures_of_others_are_not_fetched() -> None:
    read = qti(
        SOUND.replace("<p>Which?</p>", "<p>Which?<script>alert(1)</script></p>").replace(
            "../pictures/a b.png", "https://example.org/a.png"
        )
    )
    item = only(read)
    assert "alert" not in item.stem
    assert "example.org" not in item.stem
    assert "script" in sentences(read)


def test_a_picture_that_is_none_is_left_out() -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    files = {"imsmanifest.xml": manifest("items/one.xml"), "items/one.xml": SOUND}
    read = qti(package({**files, "pictures/a b.png": svg}))
    assert read.files == {}
    assert "was left out" in sentences(read)
    assert "[A section]" in only(read).stem


def test_ten_thousand_files_are_looked_through_at_once() -> None:
    names = [f"{n}.xml" for n in range(10_000)]
    files = {name: SOUND.replace('identifier="one"', f'identifier="q{name}"') for name in names}
    content = package({"imsmanifest.xml": manifest(*names[:500]), **files})
    begin = time.process_time()
    assert len(qti(content).items) == 500
    assert time.process_time() - begin < 20


def swapped(content: bytes, dice: random.Random) -> bytes:
    """The content, still well-formed, with names and values in each other's places."""
    for _ in range(dice.randint(1, 4)):
        pattern = dice.choice((rb'(?<=")[^"<]*(?=")', rb"(?<=<)[a-zA-Z][\w-]*", rb"(?<=>)[^<]+"))
        found = re.findall(pattern, content) or [b"x"]
        one, other = dice.choice(found), dice.choice([*found, *HARMLESS])
        if dice.random() < 0.5 or pattern.startswith(rb"(?<=<)"):
            content = re.sub(rb"(?<![\w-])" + re.escape(one) + rb"(?![\w-])", other, content)
        else:
            content = content.replace(one, other, 1)
    return content


HARMLESS = (b"0", b"-1", b"1e99", b"0.3333333", b"", b"A", b"A B", b"multiple", b"ordered")


def changed(content: bytes, dice: random.Random) -> bytes:
    """The content, broken anywhere or still well-formed."""
    if dice.random() < 0.5 and content.lstrip().startswith(b"<"):
        return swapped(content, dice)
    return mutated(content, SPLINTERS, dice)


SPLINTERS = (
    b"<", b">", b"&", b'"', b"]]>", b"<![CDATA[", b"<!--", b"&#0;", b"&lol;", b"\xff", b"\0",
    b"1e99", b"-", b"NaN", b"</simpleChoice>", b'identifier=""', b"<math>", b"9" * 30,
    b'<mapping lowerBound="0">', b"<product>", b'<variable identifier="SCORE"/>', b"\xef\xb7\x90",
)  # fmt: skip


def test_what_is_mutated_ends_in_a_report() -> None:
    dice = random.Random(FUZZ_SEED)
    made = [single_choice(), multiple_response(), numeric(), matching(), short_answer()]
    packed = write_file(Format.QTI, [*made, multiple_response("tt-2", rule="coverage")])
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        seeds = [archive.read(name) for name in archive.namelist()]
    seeds += [SOUND.encode(), packed, package({"one.xml": SOUND}, zipfile.ZIP_STORED)]
    for _ in range(FUZZ_RUNS):
        content = changed(dice.choice(seeds), dice)
        read = qti(content)
        for one in read.items:
            # A file that lost its interaction and its response alike is a text to read.
            unmarked = one.item.kind in {"essay", "description"}
            assert unmarked or one.item.mark(one.item.key()).fraction == 1
        assert read.items or read.problems


def test_folders_parted_as_windows_does_are_read_and_still_lead_nowhere_else() -> None:
    files: dict[str, str | bytes] = {
        "imsmanifest.xml": manifest("items\\one.xml"),
        "items\\one.xml": SOUND,
        "pictures\\a b.png": png(5, 4),
        "..\\two.xml": SOUND,
        "C:\\three.xml": SOUND,
    }
    read = qti(package(files))
    assert len(read.items) == len(read.files) == 1
    assert sentences(read).count("leads out of the package") == 2
