"""Files of QTI, written by hand for the tests."""

from datetime import date
from typing import Any

from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import Format, read_file
from quizbank.exchange.items_read import ItemsRead

DEFAULTS = Defaults(date(2026, 11, 23), objective="MF-01", sources=("S13",))
ITEM = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="one"
 title="One" adaptive="false" timeDependent="false">{declared}
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<itemBody><p>Which?</p>{asked}</itemBody>{marking}</assessmentItem>"""
CHOICE = (
    '<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{}">'
    '<simpleChoice identifier="A">Dermis</simpleChoice>'
    '<simpleChoice identifier="B">Epidermis</simpleChoice>'
    '<simpleChoice identifier="C">Fat</simpleChoice></choiceInteraction>'
)
TEMPLATE = (
    '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}"/>'
)


def declared(cardinality: str, base: str, correct: tuple[str, ...], mapping: str = "") -> str:
    values = "".join(f"<value>{one}</value>" for one in correct)
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" '
        f'baseType="{base}"><correctResponse>{values}</correctResponse>{mapping}'
        "</responseDeclaration>"
    )


def mapping(bounds: str, **entries: float) -> str:
    said = "".join(
        f'<mapEntry mapKey="{key}" mappedValue="{earned}"/>' for key, earned in entries.items()
    )
    return f"<mapping {bounds}>{said}</mapping>"


def qti(content: str | bytes) -> ItemsRead:
    return read_file(
        Format.QTI, content.encode() if isinstance(content, str) else content, DEFAULTS
    )


def only(read: ItemsRead) -> Any:
    assert read.errors == ()
    (one,) = read.items
    return one.item
