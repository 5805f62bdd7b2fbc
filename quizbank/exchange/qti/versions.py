"""QTI 2.1, 2.2 and 3.0: one item in the spelling of each."""

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from lxml.html import defs

from quizbank.exchange.qti.markup import SOURCE

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA_LOCATION = f"{{{_XSI}}}schemaLocation"
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# Where QTI 3 wants what is said in an element of its own.
_WRAPPED = frozenset({"modalFeedback", "rubricBlock"})


@dataclass(frozen=True)
class Version:
    """A version of QTI: its names in items and in the manifest of a package.

    Where `keeps_source` is not, its schema has no place for a text's Markdown beside its HTML.
    """

    namespace: str
    schema: str
    manifest: str
    package: str
    package_version: str
    resource: str
    keeps_source: bool = True
    prefixed: bool = False


V21 = Version(
    namespace="http://www.imsglobal.org/xsd/imsqti_v2p1",
    schema="http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    manifest="http://www.imsglobal.org/xsd/imscp_v1p1",
    package="QTIv2.1 Package",
    package_version="1.0.0",
    resource="imsqti_item_xmlv2p1",
    keeps_source=False,
)
V22 = Version(
    namespace="http://www.imsglobal.org/xsd/imsqti_v2p2",
    schema="http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2.xsd",
    manifest="http://www.imsglobal.org/xsd/imscp_v1p1",
    package="QTIv2.2 Package",
    package_version="1.0.0",
    resource="imsqti_item_xmlv2p2",
)
V30 = Version(
    namespace="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0p1_v1p0.xsd",
    manifest="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    package="QTI Package",
    package_version="3.0.0",
    resource="imsqti_item_xmlv3p0",
    prefixed=True,
)


def in_version(xml: str, version: Version) -> bytes:
    """Return an item that was written in QTI 2.2 in another version's words."""
    root = etree.fromstring(xml.encode("utf-8"))
    written = _spelled(root, version, {None: version.namespace, "xsi": _XSI})
    written.set(_SCHEMA_LOCATION, f"{version.namespace} {version.schema}")
    return etree.tostring(written, xml_declaration=True, encoding="UTF-8")


def _spelled(
    element: etree._Element,  # pyright: ignore[reportPrivateUsage] lxml has no public name for it
    version: Version,
    names: dict[str | None, str] | None = None,
) -> etree._Element:  # pyright: ignore[reportPrivateUsage] as above
    local = etree.QName(element).localname
    name = f"{{{version.namespace}}}{_element_name(local, version.prefixed)}"
    made = etree.Element(name, _attributes(element, version), nsmap=names)
    inside = made
    if version.prefixed and local in _WRAPPED:
        inside = etree.SubElement(made, f"{{{version.namespace}}}qti-content-body")
    inside.text, made.tail = element.text, element.tail
    inside.extend([_spelled(child, version) for child in element])
    return made


def _attributes(element: etree._Element, version: Version) -> dict[str, str]:  # pyright: ignore[reportPrivateUsage] as above
    kept = {str(name): str(said) for name, said in element.attrib.items()}
    if not version.keeps_source:
        kept.pop(SOURCE, None)
    kept.pop(_SCHEMA_LOCATION, None)
    return {_dashed(name) if version.prefixed else name: said for name, said in kept.items()}


def _element_name(local: str, prefixed: bool) -> str:
    # What QTI 3 takes from HTML keeps its name.
    return f"qti-{_dashed(local)}" if prefixed and local not in defs.tags else local


@lru_cache(maxsize=512)
def _dashed(name: str) -> str:
    return _CAPITAL.sub("-", name).lower()
