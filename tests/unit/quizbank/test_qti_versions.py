"""QTI goes out in three versions, each in its own words, and every one comes back alike."""

import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from lxml import etree

from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import CODECS, Format, losses, read_file, write_file
from quizbank.files import named_files
from quizbank.items import Item
from tests.factories import FIGURE, essay, hotspot, numeric, single_choice
from tests.unit.quizbank.strategies import items

VERSIONS = (Format.QTI_21, Format.QTI, Format.QTI_30)
NAMESPACES = {
    Format.QTI_21: "http://www.imsglobal.org/xsd/imsqti_v2p1",
    Format.QTI: "http://www.imsglobal.org/xsd/imsqti_v2p2",
    Format.QTI_30: "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}


def file_in(file_format: Format, item: Item, name: str) -> etree._Element:
    content = write_file(file_format, [item], {FIGURE.digest: FIGURE})
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


@pytest.mark.parametrize("file_format", VERSIONS)
def test_items_and_manifest_speak_of_their_version(file_format: Format) -> None:
    item = file_in(file_format, single_choice(), "items/item-00001.xml")
    assert etree.QName(item).namespace == NAMESPACES[file_format]
    manifest = etree.tostring(file_in(file_format, single_choice(), "imsmanifest.xml")).decode()
    said = {Format.QTI_21: "2p1", Format.QTI: "2p2", Format.QTI_30: "3p0"}[file_format]
    assert f'type="imsqti_item_xmlv{said}"' in manifest


def test_qti_3_prefixes_its_own_words_and_leaves_those_of_html() -> None:
    xml = file_in(Format.QTI_30, essay(), "items/item-00001.xml")
    names = {etree.QName(one).localname for one in xml.iter()}
    assert {"qti-assessment-item", "qti-item-body", "qti-content-body", "div", "p"} <= names
    assert all(name.startswith("qti-") or name in {"div", "p"} for name in names)
    attributes = {str(name) for one in xml.iter() for name in one.attrib}
    assert {"response-identifier", "base-type", "expected-length"} <= attributes
    assert not any(re.search("[A-Z]", name.rpartition("}")[2]) for name in attributes - LOCATION)


DEFAULTS = Defaults(today=date(2026, 11, 23))
LOCATION = {"{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"}


def test_qti_2_1_has_no_room_for_markdown_and_says_what_that_loses() -> None:
    item = single_choice(stem="Which?\n\n- this\n- that")
    xml = etree.tostring(file_in(Format.QTI_21, item, "items/item-00001.xml")).decode()
    assert "data-markdown" not in xml
    assert "<li>this</li>" in xml
    assert (
        "data-markdown"
        in etree.tostring(file_in(Format.QTI, item, "items/item-00001.xml")).decode()
    )


@pytest.mark.parametrize("file_format", VERSIONS)
@pytest.mark.parametrize("item", [numeric(), essay(), hotspot()], ids=lambda item: item.kind)
def test_what_a_trainee_answers_comes_back(file_format: Format, item: Item) -> None:
    content = write_file(file_format, [item], {FIGURE.digest: FIGURE})
    (read,) = read_file(file_format, content, DEFAULTS).items
    assert read.item.kind == item.kind
    assert read.item.stem == item.stem
    assert read.item.key() == item.key()


@pytest.mark.parametrize("file_format", [Format.QTI_21, Format.QTI_30])
@settings(deadline=None)
@given(item=items.filter(lambda one: not named_files(one)))
def test_what_is_not_told_as_lost_comes_back_equal(file_format: Format, item: Item) -> None:
    read = read_file(file_format, write_file(file_format, [item]), DEFAULTS).items
    if CODECS[file_format].cannot_hold(item):
        assert read == ()
        assert "is left out" in losses(file_format, [item])[0]
        return
    (back,) = read
    if not losses(file_format, [item]):
        assert back.item.stem == item.stem
        assert back.item.mark(item.key()) == item.mark(item.key())
