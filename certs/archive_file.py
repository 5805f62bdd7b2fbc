"""The file around a page: what PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) ask of it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import md5
from pathlib import Path
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, Stream, String

from certs.attachments import Attachment
from certs.packing import packed

_COLOURS = Path(__file__).parent / "fonts" / "srgb.icc"
_MAKER = "Pinpoint"


@dataclass(frozen=True)
class About:
    """What the file says of itself: to lists of files, to search, to readers aloud."""

    title: str
    author: str
    subject: str
    dated: date
    language: str = "en"


def describe(file: Pdf, about: About) -> None:
    """Give the file its title, author, subject, language, date and what standards it keeps."""
    day = f"{about.dated:%Y%m%d}"
    file.docinfo = file.make_indirect(
        Dictionary(
            Title=String(about.title),
            Author=String(about.author),
            Subject=String(about.subject),
            Creator=String(_MAKER),
            Producer=String(_MAKER),
            CreationDate=String(f"D:{day}000000Z"),
            ModDate=String(f"D:{day}000000Z"),
        )
    )
    xmp = _xmp(about).encode()
    file.Root.Metadata = Stream(file, xmp, Type=Name.Metadata, Subtype=Name.XML)
    file.Root.Lang = String(about.language)
    file.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    profile = packed(file, _colours(), N=3, Alternate=Name.DeviceRGB)
    srgb = String("sRGB")
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=srgb,
        Info=srgb,
        DestOutputProfile=profile,
    )
    file.Root.OutputIntents = Array([file.make_indirect(intent)])


def attach(file: Pdf, attachments: Sequence[Attachment], dated: date) -> None:
    """Embed the files and tell that they belong to the document as a whole."""
    if not attachments:
        return
    ordered = sorted(attachments, key=lambda one: one.name)
    specs = [_specification(file, one, dated) for one in ordered]
    names = Array([part for one, spec in zip(ordered, specs, strict=True)
                   for part in (String(one.name), spec)])  # fmt: skip
    file.Root.Names = Dictionary(EmbeddedFiles=file.make_indirect(Dictionary(Names=names)))
    file.Root.AF = Array(specs)


def written(file: Pdf) -> bytes:
    """The file's bytes: the same objects always give the same."""
    made = io.BytesIO()
    file.save(
        made,
        compress_streams=False,
        deterministic_id=True,
        fix_metadata_version=False,
        force_version="1.7",
        object_stream_mode=ObjectStreamMode.disable,
    )
    return made.getvalue()


def _specification(file: Pdf, one: Attachment, dated: date) -> Object:
    moment = String(f"D:{dated:%Y%m%d}000000Z")
    # The format's own checksum (ISO 32000-1, table 46); nothing is trusted by it.
    checksum = md5(one.data, usedforsecurity=False).digest()
    stream = packed(
        file,
        one.data,
        Type=Name.EmbeddedFile,
        Subtype=Name(f"/{one.mime}"),
        Params=Dictionary(
            Size=len(one.data), ModDate=moment, CreationDate=moment, CheckSum=String(checksum)
        ),
    )
    specification = Dictionary(
        Type=Name.Filespec,
        F=String(one.name),
        UF=String(one.name),
        Desc=String(one.description),
        AFRelationship=Name(f"/{one.relationship}"),
        EF=Dictionary(F=stream, UF=stream),
    )
    return file.make_indirect(specification)


@cache
def _colours() -> bytes:
    return _COLOURS.read_bytes()


def _xmp(about: About) -> str:
    """The metadata packet; what it says equals the document's own entries."""
    moment = f"{about.dated.isoformat()}T00:00:00Z"
    return _PACKET.format(
        title=escape(about.title),
        author=escape(about.author),
        subject=escape(about.subject),
        language=about.language,
        maker=_MAKER,
        moment=moment,
    )


# PDF/UA's identification is no part of PDF/A, which asks to have such a schema described.
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{maker}</pdf:Producer>
<xmp:CreatorTool>{maker}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
