"""Files of Moodle XML, written by hand for the tests."""

import base64
from datetime import date
from io import BytesIO

from PIL import Image

from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import Format, read_file
from quizbank.exchange.items_read import ItemsRead
from quizbank.items import Item
from tests.factories import (
    cloze,
    essay,
    matching,
    multiple_response,
    numeric,
    ordering,
    short_answer,
    single_choice,
    true_false,
)

DEFAULTS = Defaults(date(2026, 11, 23), objective="MF-01", sources=("S13",))


def png(width: int = 3, height: int = 2) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height), "red").save(made, "PNG")
    return made.getvalue()


def read(text: str | bytes) -> ItemsRead:
    content = text if isinstance(text, bytes) else text.encode()
    return read_file(Format.MOODLE_XML, content, DEFAULTS)


def question(inside: str, kind: str = "truefalse", stem: str = "Is it?", files: str = "") -> str:
    return (
        f'<question type="{kind}"><name><text>Q</text></name><questiontext format="html">'
        f"<text><![CDATA[{stem}]]></text>{files}</questiontext>{inside}</question>"
    )


def answer(share: object, text: str, rest: str = "") -> str:
    return f'<answer fraction="{share}"><text>{text}</text>{rest}</answer>'


STATEMENT = answer(100, "true") + answer(0, "false")


def file(content: bytes, name: str = "a b.png") -> str:
    return f'<file name="{name}" encoding="base64">{base64.b64encode(content).decode()}</file>'


def quiz(*questions: str) -> str:
    return "<quiz>\n" + "\n".join(questions) + "\n</quiz>"


def one_of(text: str | bytes) -> Item:
    found = read(text)
    assert found.errors == ()
    (lined,) = found.items
    return lined.item


def error_of(text: str | bytes) -> str:
    found = read(text)
    assert found.items == ()
    (error,) = found.errors
    return error.message


ALL = [
    single_choice(),
    multiple_response(),
    true_false(),
    numeric(),
    short_answer(),
    matching(),
    ordering(),
    essay(),
    cloze(),
]
UNITS = (
    answer(100, "7.5", "<tolerance>0.5</tolerance>")
    + "<unitgradingtype>{}</unitgradingtype><unitpenalty>0.25</unitpenalty>"
    "<showunits>{}</showunits><units>"
    "<unit><multiplier>0.1</multiplier><unit_name>cm</unit_name></unit>"
    "<unit><multiplier>1</multiplier><unit_name>mm</unit_name></unit></units>"
)
WORDS = "".join(
    f"<{{0}}><text>{word}</text><group>{group}</group></{{0}}>"
    for word, group in (("skin", 1), ("eye", 1), ("thin", 2), ("thick", 2), ("skin", 1))
)
GAPS = "<p>Is it {1:SA:=&lt;7#<b>Yes</b>~*} <i>or</i> {2:MC:~=a &amp; b~%25%c}?</p>"
MARKER = "<drag><no>1</no><text>Dermis &amp;lt;7</text><noofdrags>{0}</noofdrags></drag>"
FAT = "<drag><no>2</no><text>Fat</text><noofdrags>{0}</noofdrags></drag>"
PLACES = {"circle": "30,20;10", "rectangle": "30,20;10,5", "polygon": "0,0;9,0;0,9"}


def place(shape: str, coords: str, marker: int = 1) -> str:
    return f"<drop><shape>{shape}</shape><coords>{coords}</coords><choice>{marker}</choice></drop>"


def marked(*places: str, times: object = 1, picture: str = "", marker: str = MARKER) -> str:
    inside = (picture or file(png(60, 40))) + marker.format(times) + "".join(places)
    return question(inside, "ddmarker", stem="Where is it?")


SPOT = place("circle", "10,10;5")
