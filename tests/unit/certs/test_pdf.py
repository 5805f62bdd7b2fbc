import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from certs.attachments import Attachment, Relationship
from certs.face import CertificateFace
from certs.pdf import certificate_pdf
from certs.typefaces import unprintable

URL = "https://pinpoint.example.org/verify/PP-7K3M-9QTX-4B2H"
FACE = CertificateFace(
    holder="Alba Ruiz",
    achievement="Microneedling, Level 1: Safe Practice",
    scope=("Needle depth up to 0.5 mm on face, neck and décolleté", "Skin needling, theory"),
    limits=("Practical skill was not observed",),
    serial="PP-7K3M-9QTX-4B2H",
    issued_on=date(2026, 11, 22),
    expires_on=date(2028, 11, 2),
    issuer="Pinpoint Academy",
    verify_url=URL,
    demo=False,
)
SCRIPTS = {
    "Latin": ("Zoë Łukasiewicz", "EBGaramond"),
    "Vietnamese": ("Nguyễn Thị Ánh Hường", "EBGaramond"),
    "Cyrillic": ("Екатерина Щукина", "EBGaramond"),
    "Greek": ("Ελένη Παπαδοπούλου", "EBGaramond"),
    "Chinese": ("欧阳小明 歐陽曉明", "NotoSerifSC"),
    "Arabic": ("محمد بن عبد الله", "NotoNaskhArabic"),
    "Hebrew": ("שרה בן־דוד", "NotoSerifHebrew"),
}
START = re.compile(r"/P\d+ ([\d.]+) Tf .*?(-?[\d.]+) (-?[\d.]+) Td")


def reader(face: CertificateFace) -> PdfReader:
    return PdfReader(io.BytesIO(certificate_pdf(face)))


def printed(face: CertificateFace) -> str:
    text = reader(face).pages[0].extract_text()
    # pypdf reads fonts and no ActualText: it finds the sign that dots of letters stand for.
    return " ".join(text.replace("\u2060", "").split())


def fonts(face: CertificateFace) -> dict[str, bool]:
    """The name of each font, and whether its file is embedded."""
    found = reader(face).pages[0]["/Resources"]["/Font"].values()
    inner = [font.get_object()["/DescendantFonts"][0].get_object() for font in found]
    return {str(font["/BaseFont"])[1:]: "/FontFile2" in font["/FontDescriptor"] for font in inner}


def text_starts(face: CertificateFace) -> list[tuple[float, float, float]]:
    """Size, x and y of every run of text outside turned drawing."""
    content = reader(face).pages[0].get_contents().get_data().decode()
    return [tuple(map(float, found)) for found in START.findall(content)]


def test_the_same_face_gives_the_same_bytes() -> None:
    assert certificate_pdf(FACE) == certificate_pdf(replace(FACE))
    assert certificate_pdf(FACE) != certificate_pdf(replace(FACE, holder="Bela Ruiz"))


def test_the_bytes_do_not_depend_on_the_process_or_what_it_printed_before() -> None:
    program = (
        "from test_pdf import FACE, certificate_pdf, replace, sha256\n"
        "print(sha256(certificate_pdf(replace(FACE, holder='王 محمد'))).hexdigest())"
    )
    here = Path(__file__).parent
    environment = {
        "PYTHONPATH": f"{here}:{here.parents[2]}", "SOURCE_DATE_EPOCH": "1", "PYTHONHASHSEED": "7",
    }  # fmt: skip
    for text in ("محمد الأول", "王小明", "Office"):
        certificate_pdf(replace(FACE, holder=text))
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    own = sha256(certificate_pdf(replace(FACE, holder="王 محمد"))).hexdigest()
    assert done.stdout.strip() == own


def test_it_is_one_landscape_a4_page_with_metadata() -> None:
    document = reader(FACE)
    assert len(document.pages) == 1
    assert [round(float(side)) for side in document.pages[0].mediabox] == [0, 0, 842, 595]
    assert document.metadata.title == "Microneedling, Level 1: Safe Practice (Alba Ruiz)"
    assert document.metadata.author == "Pinpoint Academy"
    assert document.metadata.subject == "Certificate PP-7K3M-9QTX-4B2H, issued 22 November 2026"
    assert document.metadata.creation_date.date() == FACE.issued_on
    assert document.trailer["/Root"]["/Lang"] == "en"


def test_attached_files_come_out_as_they_went_in() -> None:
    given = (
        Attachment("issuance.tlog-proof", "text/plain", b"p", Relationship.SUPPLEMENT, "Proof"),
        Attachment("credential.json", "application/vc+ld+json", b"{}", Relationship.DATA, "Data"),
    )
    document = PdfReader(io.BytesIO(certificate_pdf(FACE, attachments=given)))
    assert document.attachments == {"credential.json": [b"{}"], "issuance.tlog-proof": [b"p"]}
    told = [one.get_object() for one in document.trailer["/Root"]["/AF"]]
    assert [one["/AFRelationship"] for one in told] == ["/Data", "/Supplement"]
    assert [one["/Desc"] for one in told] == ["Data", "Proof"]


def test_it_is_read_aloud_in_order_and_ornaments_are_left_out() -> None:
    root = reader(FACE).trailer["/Root"]["/StructTreeRoot"]["/K"]
    tags = [kid.get_object()["/S"] for kid in root["/K"]]
    assert " ".join(tags) == "/P /H1 /P /P /P /P /H2 /L /H2 /L /Figure /P /P /P /P"
    (figure,) = [one for kid in root["/K"] if (one := kid.get_object())["/S"] == "/Figure"]
    assert figure["/Alt"] == f"QR code leading to {URL}"


def test_every_fact_is_printed_as_text() -> None:
    text = printed(FACE)
    facts = (FACE.holder, FACE.achievement, *FACE.scope, *FACE.limits, FACE.serial, FACE.issuer)
    for fact in (*facts, "22 November 2026", "2 November 2028"):
        assert fact in text
    assert "Check this certificate at pinpoint.example.org" in text


@pytest.mark.parametrize(("name", "font"), SCRIPTS.values(), ids=SCRIPTS)
def test_a_name_prints_in_an_embedded_font_and_reads_back(name: str, font: str) -> None:
    face = replace(FACE, holder=name)
    assert name in printed(face)
    assert any(font in used for used in fonts(face))


@pytest.mark.parametrize("name", ["कृष्ण", "王小明 محمد कृष्ण"])
def test_every_font_is_an_embedded_subset(name: str) -> None:
    used = fonts(replace(FACE, holder=name))
    assert all(used.values())
    assert all(re.fullmatch(r"[A-Z]{6}\+[A-Za-z-]+", font) for font in used)
    assert any("Devanagari" in font for font in used)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
@pytest.mark.parametrize("name", ["श्रीमती कृष्णमूर्ति", "محمد بن عبد الله", "Nguyễn Thị Ánh"])
def test_another_reader_copies_the_name_in_logical_order(name: str, tmp_path: Path) -> None:
    path = tmp_path / "certificate.pdf"
    path.write_bytes(certificate_pdf(replace(FACE, holder=name)))
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    assert name in done.stdout
    assert done.stderr == ""


def test_only_needed_fonts_are_embedded() -> None:
    assert sorted(name[7:] for name in fonts(FACE)) == [
        "EBGaramond-Italic", "EBGaramond-Regular", "IBMPlexMono-Regular",
    ]  # fmt: skip
    assert len(certificate_pdf(FACE)) < 80_000


@pytest.mark.parametrize("name", ["Wilhelmina " * 11, "W" * 120, "王" * 120, "मूर्ति " * 17])
def test_a_long_name_stays_inside_the_margins(name: str) -> None:
    for size, x, y in text_starts(replace(FACE, holder=name[:120].strip())):
        assert x > 60  # every line is centred or in a column, so the right side holds as well
        assert 45 < y < 550
        assert size > 6


def test_long_scope_and_limits_are_printed_whole_above_the_foot() -> None:
    entries = tuple(f"Entry {n}: motorised pen on the lower face and neck" for n in range(12))
    face = replace(FACE, scope=entries, limits=entries[:1])
    text = printed(face)
    assert all(entry in text for entry in entries)
    foot = [y for size, x, y in text_starts(face) if x < 332 and 121 < y < 128]
    assert foot == []


def test_without_limits_there_is_no_title_for_them() -> None:
    assert "limits" not in printed(replace(FACE, limits=())).lower()


def test_a_demo_says_so_in_words_and_a_true_one_does_not() -> None:
    text = printed(replace(FACE, demo=True))
    assert "DEMO" in text.replace("DEMO: not a real certificate", "", 1)
    assert "DEMO: not a real certificate" in text
    assert "DEMO" not in printed(FACE)


@pytest.mark.parametrize("wrong", ["Alba 😀", "Al\u202eba", "Alba\nRuiz", "สมชาย"])
def test_an_unprintable_name_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="can't print"):
        certificate_pdf(replace(FACE, holder=wrong))


@pytest.mark.skipif(
    not (shutil.which("zbarimg") and shutil.which("pdftoppm")),
    reason="needs zbar-tools and poppler-utils",
)
@pytest.mark.parametrize("demo", [False, True])
def test_the_qr_code_leads_to_the_public_page(demo: bool, tmp_path: Path) -> None:
    path = tmp_path / "certificate.pdf"
    path.write_bytes(certificate_pdf(replace(FACE, demo=demo)))
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", path, tmp_path / "page"], check=True
    )
    done = subprocess.run(
        ["zbarimg", "-q", "--raw", tmp_path / "page.png"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == URL


TEXT = st.text(
    st.one_of(
        st.characters(max_codepoint=0x17F),
        st.sampled_from("ữ Щ Ω מ־ محمد١ कृष्ण\u200c\u0301 王，明、(]–"),
        st.characters(),
    ),
    max_size=60,
).map(lambda text: "".join(char for char in text if not unprintable(char)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT, TEXT, st.lists(TEXT, max_size=4), TEXT)
def test_any_printable_text_becomes_a_pdf(
    holder: str, achievement: str, entries: list[str], issuer: str
) -> None:
    face = replace(
        FACE, holder=holder, achievement=achievement, scope=tuple(entries), issuer=issuer
    )
    assert certificate_pdf(face).startswith(b"%PDF-")
