"""What strangers may send in the name of any format: refused, or harmless when it is shown."""

import io
import time
from datetime import date
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from openpyxl import Workbook

from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import Format, read_file, write_file
from quizbank.exchange.html_texts import html_as_markdown
from quizbank.exchange.items_read import ItemsRead
from quizbank.exchange.texts import as_markdown
from tests.factories import single_choice

DEFAULTS = Defaults(date(2026, 11, 23), objective="MF-01", sources=("S13",))
SECONDS = 5
# Readers of text and of XML say where a file stops being UTF-8; Excel and zip files are bytes.
OF_BYTES = (Format.EXCEL, Format.QTI, Format.QTI_21, Format.QTI_30, Format.CANVAS)
TYPED = "Is <script>alert(1)</script> <iframe src=//x></iframe> <img src=x onerror=alert(1)> it?"
LINKED = (
    "[here](javascript:alert(1)) ![x](data:text/html;base64,eA==) <a href='javascript:a()'>b</a>"
)
HOSTILE = f"{TYPED} {LINKED}"


def read(file_format: Format, content: bytes) -> ItemsRead:
    begin = time.process_time()
    found = read_file(file_format, content, DEFAULTS)
    assert time.process_time() - begin < SECONDS
    assert found.items or found.errors
    return found


@pytest.mark.parametrize("file_format", Format)
def test_a_line_of_100_megabytes_is_refused_by_its_size(file_format: Format) -> None:
    found = read(file_format, b"a" * 100_000_001)
    assert found.items == ()
    assert "larger than" in found.errors[0].message or "zip" in found.errors[0].message.lower()


@pytest.mark.parametrize("file_format", Format)
@pytest.mark.parametrize(
    "content", [b"", b"\n\n\n", b"\xef\xbb\xbf", b"\0" * 5_000, b"PK\x05\x06" + b"\0" * 18]
)
def test_an_empty_file_is_told(file_format: Format, content: bytes) -> None:
    assert read(file_format, content).errors


@pytest.mark.parametrize("file_format", [one for one in Format if one not in OF_BYTES])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
def test_another_encoding_is_understood_or_told(file_format: Format, encoding: str) -> None:
    text = write_file(file_format, [single_choice(stem="Où est l'été?")]).decode("utf-8-sig")
    found = read(file_format, text.encode(encoding))
    # XML and sheets may say or show which encoding they are in; nobody guesses wrong.
    assert all("Où est l'été?" in one.item.stem for one in found.items)


@pytest.mark.parametrize("file_format", Format)
@pytest.mark.parametrize(
    "opener", [b"{", b"[", b"- ", b"<q>", b"((", b"a: {", b'"', b"> ", b"{1:MC:"]
)
def test_deep_nesting_ends_in_a_report(file_format: Format, opener: bytes) -> None:
    read(file_format, b"x" + opener * 20_000)


@pytest.mark.parametrize("file_format", Format)
@pytest.mark.parametrize("other", Format)
def test_a_file_of_another_format_ends_in_a_report(file_format: Format, other: Format) -> None:
    read(file_format, write_file(other, [single_choice()]))


def sheet(stem: str) -> bytes:
    book, made = Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    for row in (("question", "right", "A", "B"), (stem, "A", f"x {stem}", "y")):
        page.append(row)
    book.save(made)
    return made.getvalue()


def in_gift(stem: str) -> str:
    return "".join(f"\\{one}" if one in "~=#{}:" else one for one in stem)


def in_cells(stem: str) -> str:
    return '"' + stem.replace('"', '""') + '"'


def xml(stem: str) -> str:
    return f"<![CDATA[{stem}]]>"


QUIZ = (
    '<quiz><question type="multichoice"><name><text>Q</text></name><questiontext format="{0}">'
    "<text>{1}</text></questiontext><single>true</single>"
    '<answer fraction="100"><text>{1}</text></answer><answer fraction="0"><text>n</text></answer>'
    "</question></quiz>"
)
ITEM = (
    '<qti-assessment-item identifier="a" title="{0}" xmlns="http://www.imsglobal.org/xsd/'
    'imsqtiasi_v3p0"><qti-response-declaration identifier="RESPONSE" cardinality="single" '
    'base-type="identifier"><qti-correct-response><qti-value>A</qti-value></qti-correct-response>'
    "</qti-response-declaration><qti-item-body><p>Is <script>alert(1)</script><iframe src='//x'/>"
    "<img src='x' alt='x' onerror='alert(1)'/><a href='javascript:a()'>b</a> it?</p>"
    '<qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-simple-choice '
    'identifier="A">{0}</qti-simple-choice><qti-simple-choice identifier="B">n</qti-simple-choice>'
    "</qti-choice-interaction></qti-item-body></qti-assessment-item>"
)
ESCAPED = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
WRITTEN: list[tuple[Format, bytes]] = [
    (Format.YAML, write_file(Format.YAML, [single_choice(stem=HOSTILE)])),
    (Format.GIFT, f"{in_gift(HOSTILE)}{{={in_gift(HOSTILE)} ~n}}".encode()),
    (Format.GIFT, f"[html]{in_gift(HOSTILE)}{{={in_gift(HOSTILE)} ~n}}".encode()),
    (Format.GIFT, f"[markdown]{in_gift(HOSTILE)}{{={in_gift(HOSTILE)} ~n}}".encode()),
    (Format.AIKEN, f"{HOSTILE}\nA) {HOSTILE}\nB) n\nANSWER: A\n".encode()),
    (Format.MOODLE_XML, QUIZ.format("html", xml(HOSTILE)).encode()),
    (Format.MOODLE_XML, QUIZ.format("markdown", xml(HOSTILE)).encode()),
    (Format.MOODLE_XML, QUIZ.format("plain_text", xml(HOSTILE)).encode()),
    (Format.QTI, ITEM.format(ESCAPED).encode()),
    (Format.CSV, f"question,right,A,B\n{in_cells(HOSTILE)},A,{in_cells(HOSTILE)},n\n".encode()),
    (Format.EXCEL, sheet(HOSTILE)),
    (Format.CLOZE, f"{HOSTILE} {{1:MC:=yes~no}}".encode()),
]


class Shown(HTMLParser):
    """Notes what a browser would run or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.harm: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "svg", "style", "form"}:
            self.harm.append(tag)
        for name, value in attrs:
            said = (value or "").strip().lower()
            if name.startswith("on") or said.startswith(("javascript:", "data:text", "vbscript:")):
                self.harm.append(f"{name}={value}")


@pytest.mark.parametrize(("file_format", "content"), WRITTEN)
def test_scripts_frames_and_their_links_are_not_shown(file_format: Format, content: bytes) -> None:
    found = read(file_format, content)
    for one in found.items:
        shown = Shown()
        for text in (one.item.stem, one.item.title, *(o.text for o in one.item.prompt().choices)):
            # As the app shows texts: HTML in them is words.
            shown.feed(MarkdownIt("commonmark", {"html": False}).render(text))
        assert shown.harm == []
    if file_format is not Format.QTI:
        assert found.items, found.errors
        assert any("script" in problem.message for problem in found.problems)


def test_a_text_that_only_speaks_of_scripts_needs_no_warning() -> None:
    content = write_file(Format.YAML, [single_choice(stem="Is a script < 5 or a form?")])
    assert read(Format.YAML, content).problems == ()


@pytest.mark.parametrize(
    "repeated", ["[", "]", "[a", "](", " ", "\n", "\t", " \n", "\n ", "# ", ":a", "_"]
)
def test_a_text_of_one_sign_becomes_markdown_at_once(repeated: str) -> None:
    # Forty thousand empty lines once took half a minute.
    begin = time.process_time()
    as_markdown(f"x{repeated * 100_000}y")
    html_as_markdown(f"<p>x{repeated * 20_000}y</p>")
    assert time.process_time() - begin < SECONDS
