"""Designs: what may be printed, what is refused in words, and that every variant says it all."""

import base64
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from pypdf import PdfReader

from certs.design_pictures import logo_from, signature_from
from certs.designs import PLAIN_DESIGN, Design, Format, Signatory, design_problems
from certs.face import CertificateFace
from certs.palette import contrast_on_white, contrast_sentence
from certs.pdf import certificate_pdf
from certs.second_language import LANGUAGES, Phrase, in_language
from certs.typefaces import unprintable
from quizbank.files import NoPicture

FACE = CertificateFace(
    holder="Alba Moreno",
    achievement="Microneedling fundamentals",
    scope=("Rollers, stamps and motorised pens, to 0.5 mm", "Consultation and consent"),
    limits=("Knowledge assessment; practical skill not assessed.",),
    serial="PP-7K2M9-QX4TD-0ABCN-8RHJP",
    issued_on=date(2026, 11, 22),
    expires_on=date(2028, 11, 22),
    issuer="Pinpoint Academy",
    verify_url="https://pinpoint.example.org/verify/PP-7K2M9-QX4TD-0ABCN-8RHJP",
    demo=False,
)


def picture(colour: str = "white", format_: str = "PNG") -> bytes:
    """A stroke of ink across a field of this colour."""
    drawn = Image.new("RGB", (900, 400), colour)
    ImageDraw.Draw(drawn).line([(150, 300), (450, 80), (760, 310)], fill="#202850", width=12)
    made = io.BytesIO()
    drawn.save(made, format_)
    return made.getvalue()


def design(format_: Format = Format.LANDSCAPE) -> Design:
    signature = signature_from(picture("#d0ccc4", "JPEG"))
    return Design(
        format=format_,
        main="#4a1942",
        accent="#8a5a00",
        logo=logo_from(picture()),
        signatories=(
            Signatory(name="Ines Calloway", title="Medical director", picture=signature),
            Signatory(name="Tomasz Wieczorek"),
        ),
        language="de",
        achievement="Grundlagen des Microneedlings",
    )


def page(face: CertificateFace, chosen: Design) -> PdfReader:
    return PdfReader(io.BytesIO(certificate_pdf(face, chosen)))


def printed(face: CertificateFace, chosen: Design) -> str:
    return " ".join(page(face, chosen).pages[0].extract_text().split())


@pytest.mark.parametrize("format_", Format)
def test_every_format_prints_every_fact_in_both_languages(format_: Format) -> None:
    text = printed(FACE, design(format_))
    facts = (FACE.holder, FACE.achievement, *FACE.scope, *FACE.limits, FACE.serial, FACE.issuer)
    for fact in (*facts, "22 November 2026", "22 November 2028", "pinpoint.example.org"):
        assert fact in text
    for phrase in Phrase:
        assert phrase in text
        assert in_language(phrase, "de") in text
    assert "Grundlagen des Microneedlings" in text


@pytest.mark.parametrize("format_", Format)
def test_the_same_design_gives_the_same_bytes(format_: Format) -> None:
    chosen = design(format_)
    again = Design.model_validate_json(chosen.model_dump_json())
    assert certificate_pdf(FACE, chosen) == certificate_pdf(FACE, again)
    assert certificate_pdf(FACE, chosen) != certificate_pdf(FACE, PLAIN_DESIGN)
    assert len(certificate_pdf(FACE, chosen)) < 120_000


@pytest.mark.parametrize(
    ("format_", "size"),
    [(Format.LANDSCAPE, (842, 595)), (Format.PORTRAIT, (595, 842)), (Format.CARD, (420, 298))],
)
def test_each_format_has_its_paper(format_: Format, size: tuple[int, int]) -> None:
    (one,) = page(FACE, Design(format=format_)).pages
    assert (round(one.mediabox.width), round(one.mediabox.height)) == size


def test_signatures_have_words_for_those_who_cannot_see_them() -> None:
    root = page(FACE, design()).trailer["/Root"]["/StructTreeRoot"]["/K"]
    figures = [one for kid in root["/K"] if (one := kid.get_object())["/S"] == "/Figure"]
    told = [str(figure["/Alt"]) for figure in figures]
    assert "Logo of Pinpoint Academy" in told
    assert "Signature of Ines Calloway" in told
    assert not any("Wieczorek" in one for one in told)


def test_what_stands_in_the_second_language_says_so() -> None:
    root = page(FACE, design()).trailer["/Root"]["/StructTreeRoot"]["/K"]
    kids = [kid.get_object() for kid in root["/K"]]
    inner = [
        one for kid in kids for part in kid["/K"] if not isinstance(part, int)
        for one in [part.get_object()] if one["/S"] == "/Span"
    ]  # fmt: skip
    assert [one["/Lang"] for one in inner] == ["de"] * len(Phrase)
    assert [kid["/Lang"] for kid in kids if "/Lang" in kid] == ["de"]  # the title


def test_a_card_has_no_room_for_signatures() -> None:
    assert "Calloway" not in printed(FACE, design(Format.CARD))
    assert "Calloway" in printed(FACE, design(Format.PORTRAIT))


@pytest.mark.parametrize("format_", Format)
@pytest.mark.parametrize("name", ["W" * 120, "مريم بنت محمد بن عبد الله", "王" * 60])
def test_no_text_leaves_the_frame(format_: Format, name: str) -> None:
    face = replace(FACE, holder=name, achievement="Microneedling " * 8, scope=FACE.scope * 5)
    one = page(face, design(format_)).pages[0]
    content = one.get_contents().get_data().decode()
    width, height = float(one.mediabox.width), float(one.mediabox.height)
    found = re.findall(r"/P\d+ [\d.]+ Tf .*?(-?[\d.]+) (-?[\d.]+) Td", content)
    assert len(found) > 30
    for x, y in found:
        assert 17 < float(x) < width - 17
        assert 17 < float(y) < height - 17


def test_a_scan_becomes_ink_without_its_paper() -> None:
    kept = signature_from(picture("#d0ccc4", "JPEG"))
    ink = Image.open(io.BytesIO(base64.b64decode(kept)))
    strength = ink.getchannel("A").histogram()
    assert strength[0] > 0.7 * ink.width * ink.height
    assert strength[255] > 0.01 * ink.width * ink.height


def test_white_around_a_logo_is_cut_away() -> None:
    logo = Image.open(io.BytesIO(base64.b64decode(logo_from(picture()))))
    assert logo.width / logo.height > 2.3  # the stroke's shape, not the field's


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<svg/>", picture()[:200]])
def test_what_is_no_picture_is_refused_in_words(content: bytes) -> None:
    for take in (logo_from, signature_from):
        with pytest.raises(NoPicture, match=r"\."):
            take(content)


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast_on_white("#000000") == pytest.approx(21)
    assert contrast_on_white("#ffffff") == pytest.approx(1)
    # WCAG's own example of a grey that just passes.
    assert contrast_on_white("#767676") == pytest.approx(4.54, abs=0.01)
    assert contrast_on_white("#777777") < 4.5


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_a_colour_is_refused_exactly_where_it_is_called_too_pale(colour: str) -> None:
    refused = bool(design_problems(Design(main=colour)))
    assert refused is contrast_sentence(colour).startswith("Too pale")
    assert refused is (contrast_on_white(colour) < 4.5)


def test_the_sentence_never_rounds_a_colour_up_to_the_limit() -> None:
    # 4.48 to 1: rounded it would read "4.5 to 1, at least 4.5 is needed".
    assert "4.4 to 1" in contrast_sentence("#777777")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Design(main="teal"), "no colour"),
        (Design(accent="#ffe0a0"), "Too pale"),
        (Design(language="xx"), "no words for the language"),
        (Design(achievement="Kurs 😀"), "cannot be printed"),
        (Design(signatories=(Signatory(name=" "),)), "no name"),
        (Design(signatories=(Signatory(name="Ines"),) * 3), "room for 2"),
        (Design(signatories=(Signatory(name="I" * 121),)), "more than 120"),
        (Design(logo="A" * 200_001), "too large"),
    ],
)
def test_what_cannot_be_printed_is_said(wrong: Design, said: str) -> None:
    (problem,) = design_problems(wrong)
    assert said in problem


def test_every_language_has_every_phrase_in_letters_that_print() -> None:
    for language in LANGUAGES:
        for phrase in Phrase:
            text = in_language(phrase, language)
            assert text
            assert not unprintable(text)
    assert in_language(Phrase.ISSUED, "") == ""
