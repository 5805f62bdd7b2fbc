"""XML that strangers send: what is read, what is refused, and with which sentence."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.lined_yaml import Problem
from quizbank.exchange.xml_reading import Element, read_parts, read_xml


def root(content: bytes) -> Element:
    read = read_xml(content)
    assert read.root is not None, read.problems
    return read.root


def refused(content: bytes) -> Problem:
    read = read_xml(content)
    assert read.root is None
    return read.problems[-1]


def test_content_keeps_its_order_and_its_lines_without_comments() -> None:
    read = root(b"<a x='1'>t<!-- c -->u\n<b y='2'>v</b>w<?pi x?>z<c/></a>")
    assert read.text == "tu\nwz"
    assert read.full_text == "tu\nvwz"
    assert [(one.name, one.line) for one in read.walk()] == [("a", 1), ("b", 2), ("c", 2)]
    assert read.markup == 'tu\n<b y="2">v</b>wz<c></c>'


def test_prefixes_are_dropped_and_namespaces_kept() -> None:
    read = root(b'<q:item xmlns:q="urn:q" q:id="7"><q:body/></q:item>')
    assert (read.name, read.namespace, read.get("id")) == ("item", "urn:q", "7")
    assert read.first("body") is not None
    assert read.first("body", "nothing") is None


def test_html_names_of_characters_are_read_but_not_inside_cdata() -> None:
    read = root(b"<a>1&nbsp;&lt;&nbsp;2<![CDATA[&nbsp;]]></a>")
    assert read.text == "1\u00a0<\u00a02&nbsp;"


def test_a_malformed_declaration_is_read_with_a_warning() -> None:
    read = read_xml(b'<?xml version="1.0"encoding="UTF-8"?>\n<a>\xc3\xa9</a>')
    assert read.root is not None
    assert (read.root.text, read.root.line) == ("é", 2)
    assert [one.severity for one in read.problems] == ["warning"]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("utf-16", "utf-16-le"),
        ("ISO-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
    ],
)
def test_declared_encodings_are_honoured(declared: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?><a>é</a>'
    read = read_xml(text.encode(encoding))
    assert read.root is not None
    assert (read.root.text, read.problems) == ("é", ())


def test_utf_8_that_calls_itself_utf_16_is_read_with_a_warning() -> None:
    read = read_xml('<?xml version="1.0" encoding="utf-16"?><a>é</a>'.encode())
    assert read.root is not None
    assert read.root.text == "é"
    assert read.problems[0].severity == "warning"


def test_wrong_and_unknown_encodings_are_refused_with_their_line() -> None:
    wrong = refused(b"<?xml version='1.0' encoding='utf-8'?>\n<a>\n\xe9</a>")
    assert (wrong.line, "not UTF-8" in wrong.message) == (3, True)
    assert "EBCDIC" in refused(b"<?xml version='1.0' encoding='EBCDIC'?><a/>").message
    assert "utf-7" in refused(b"<?xml version='1.0' encoding='utf-7'?><a/>").message


ENTITIES = {
    "bomb": b'<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;">]><a>&m;</a>',
    "bomb behind comments": b'<!-- c --><?p?>\n<!DOCTYPE a [<!ENTITY l "x">]><a>&l;</a>',
    "external": b'<!DOCTYPE a [<!ENTITY l SYSTEM "file:///etc/passwd">]><a>&l;</a>',
    "parameter": b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/x">%p;]><a/>',
}


@pytest.mark.parametrize("content", ENTITIES.values(), ids=ENTITIES.keys())
def test_entities_of_their_own_are_refused(content: bytes) -> None:
    assert "declares entities" in refused(content).message


def test_a_document_type_that_points_elsewhere_is_not_followed() -> None:
    assert root(b'<!DOCTYPE a SYSTEM "file:///etc/passwd">\n<a/>').line == 2
    assert "not defined" in refused(b'<!DOCTYPE a SYSTEM "x.dtd"><a>&l;</a>').message


@pytest.mark.parametrize("content", [b"", b" \n", b"no xml", b"<a>", b"\x00\x01", b"<a>\x00</a>"])
def test_what_is_no_xml_is_refused(content: bytes) -> None:
    assert refused(content).severity == "error"


def test_too_deep_and_too_long_are_refused() -> None:
    assert "lie in one another" in refused(b"<a>" * 5_000 + b"</a>" * 5_000).message
    long_line = b"<a>" + b"x" * 100_000_000 + b"</a>"
    begin = time.process_time()
    assert "larger than 20 MB" in refused(long_line).message
    assert time.process_time() - begin < 1


def test_one_broken_part_stops_no_other() -> None:
    content = b"<quiz>\n<q>1</q>\n<q><b></q>\n<q>\n<![CDATA[<q>]]></q>\n<q>open"
    read = list(read_parts(content, "q"))
    assert [(type(one).__name__, one.line) for one in read] == [
        ("Element", 2),
        ("Problem", 3),
        ("Element", 4),
        ("Problem", 6),
    ]


def test_a_section_left_open_costs_one_part() -> None:
    content = b"<z><q><![CDATA[1</q><q><![CDATA[2]]></q><q>3</q>&</z>"
    read = list(read_parts(content, "q"))
    assert [one.text for one in read if isinstance(one, Element)] == ["2", "3"]


def test_a_fault_between_sound_parts_is_a_warning() -> None:
    read = list(read_parts(b"<z><q>0</q>&<q>1</q></z>", "q"))
    assert [one.text for one in read if isinstance(one, Element)] == ["0", "1"]
    assert [one.severity for one in read if isinstance(one, Problem)] == ["warning"]
    (nothing,) = read_parts(b"<z>&</z>", "q")
    assert isinstance(nothing, Problem)
    assert nothing.severity == "error"


HOSTILE = {
    "open parts": b"<z>" + b"<q><![CDATA[" * 200_000,
    "quoted parts": b"<z><q><![CDATA[" + b"<q>" * 400_000 + b"]]></q>",
    "comments": b"<!--" * 500_000,
    "instructions": b"<?x?>" * 400_000,
    "attributes": b"<a " + b" ".join(b"b%d='a'" % n for n in range(50_000)) + b"/>",
    "names of characters": b"<z>" + b"<q>&nbsp;<![CDATA[</q>" * 50_000,
    "spaces": b" " * 2_000_000,
    "declaration": b"<?xml " * 200_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_answered_at_once(content: bytes) -> None:
    begin = time.process_time()
    read_xml(content)
    list(read_parts(content, "q"))
    assert time.process_time() - begin < 5


@given(st.binary(max_size=60) | st.text("<a>/!-[]CDT&;x?='\" \n", max_size=80).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_whatever_arrives_ends_in_an_element_or_a_problem(content: bytes) -> None:
    read = read_xml(content)
    assert read.root is not None or read.problems
    for one in read_parts(content, "a"):
        assert one.line >= 1


@pytest.mark.parametrize(
    ("hostile", "said"),
    [
        ("<a>" * 400 + "</a>" * 400, "More than 256 elements lie in one another"),
        (f"<a x='{'y' * 11_000_000}'/>", "longer than any question"),
    ],
    ids=["too deep", "an attribute of eleven million letters"],
)
def test_limits_against_hostile_files_are_told_in_plain_words(hostile: str, said: str) -> None:
    (problem,) = read_xml(hostile.encode()).problems
    assert said in problem.message
    assert "HUGE" not in problem.message
