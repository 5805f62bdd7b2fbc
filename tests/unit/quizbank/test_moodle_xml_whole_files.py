"""Moodle XML: broken, hostile, large and changed files."""

import time

import pytest

from quizbank.exchange.formats import Format, format_of, write_file
from tests.unit.quizbank.moodle_xml_files import (
    ALL,
    FAT,
    GAPS,
    MARKER,
    SPOT,
    STATEMENT,
    UNITS,
    WORDS,
    error_of,
    file,
    marked,
    place,
    png,
    question,
    quiz,
    read,
)
from tests.unit.quizbank.mutations import mutants


def test_a_file_without_a_question_says_so() -> None:
    assert "no question" in error_of("<quiz><item/></quiz>")


def test_a_file_of_one_line_is_named_once() -> None:
    text = quiz(*[question(STATEMENT, stem=stem) for stem in ("Is it?", "And?")])
    said = [one.message for one in read(text.replace("\n", "")).problems]
    assert not any("1, 1" in one for one in said)


@pytest.mark.parametrize("broken", ["<b>", "</text>", "&", "<![CDATA[", "\x01"])
def test_one_broken_question_stops_no_other(broken: str) -> None:
    text = quiz(
        question(STATEMENT),
        question(STATEMENT).replace("<name>", f"<name>{broken}"),
        question(STATEMENT, stem="And?"),
    )
    found = read(text)
    assert [one.item.stem for one in found.items] == ["Is it?", "And?"]
    assert 3 in {one.line for one in found.errors}


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>',
        b'<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><q>&a;</q>',
        b"<quiz>" + b"<question>" * 100_000,
        b"<quiz>" + b"x" * 100_000_000,
        "<quiz>é</quiz>".encode("latin-1"),
        b"PK\x03\x04",
        b"",
    ],
    ids=["entity", "external", "deep", "long line", "encoding", "zip", "empty"],
)
def test_hostile_files_end_in_a_report(content: bytes) -> None:
    begin = time.process_time()
    found = read(content)
    assert found.items == ()
    assert found.errors
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", b"<quiz>"),
        ("b.xml", b"\n<!-- c --><quiz>"),
        ("a.XML", "<?xml?><quiz>".encode("utf-16")),
    ],
)
def test_moodle_xml_is_known_by_its_ending_or_its_first_word(name: str, content: bytes) -> None:
    assert format_of(name, content) is Format.MOODLE_XML


def test_ten_thousand_questions_take_seconds() -> None:
    text = quiz(*(question(STATEMENT, stem=f"<p>Is it {n}?</p>") for n in range(10_000)))
    begin = time.process_time()
    assert len(read(text).items) == 10_000
    assert time.process_time() - begin < 20


def test_mutated_files_end_in_a_report() -> None:
    picture = question(STATEMENT, stem='<img src="@@PLUGINFILE@@/a.png">', files=file(png()))
    gaps = question(WORDS.format("dragbox"), "ddwtos", stem="The [[1]] and [[3]].")
    units = question(UNITS.format(1, 0), "numerical")
    written = question("", "cloze", stem=GAPS)
    seeds = [write_file(Format.MOODLE_XML, [item]) for item in ALL]
    several = marked(SPOT, place("circle", "40,30;5", 2), marker=MARKER + FAT)
    labels = several.replace("ddmarker", "ddimageortext")
    labels = labels.replace("<coords>10,10;5<", "<xleft>1</xleft><ytop>2</ytop><coords><")
    labels = labels.replace("<coords>40,30;5<", "<xleft>9</xleft><ytop>9</ytop><coords><")
    by_hand = (picture, gaps, units, written, marked(SPOT), several, labels)
    seeds += [quiz(one, one).encode() for one in by_hand]
    words = (b"<", b">", b"&", b"<![CDATA[", b"]]>", b"</question>", b"<question>", b"<text>",
             b"&#0;", b"&nbsp;", b"<!DOCTYPE", b"100", b"*")  # fmt: skip
    for content in mutants(seeds, words):
        found = read(content)
        assert found.items or found.problems
        for one in found.items:
            assert 0 <= one.item.mark(one.item.key()).fraction <= 1
