"""Our seals by poppler (NSS), OpenSSL and qpdf: good ones, and ones that were tampered with."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import cms as untyped_cms  # pyright: ignore[reportMissingTypeStubs]
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certs.pdf import CertificateFace, certificate_pdf
from certs.seal import seal_pdf
from tests import sealing
from tests.verifiers import openssl, pdfsig, qpdf_problems, trusting

cms: Any = untyped_cms

FACE = CertificateFace(
    holder="Zoë Łukasiewicz",
    achievement="Microneedling fundamentals",
    scope=("Needle depth up to 0.5 mm on the face",),
    limits=("Practical skill was not observed",),
    serial="PP-7K3M-9QTX-4B2H",
    issued_on=date(2026, 11, 22),
    expires_on=date(2028, 11, 22),
    issuer="Pinpoint Academy",
    verify_url="https://academy.example.org/verify/PP-7K3M-9QTX-4B2H",
    demo=False,
)


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal_pdf(certificate_pdf(FACE), sealing.sealer(), datetime.now(UTC))


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = sealing.root_of(sealing.sealer())
    return trusting(tmp_path_factory.mktemp("nss") / "store", root)


def test_poppler_finds_one_seal_over_the_whole_file_valid_and_trusted(
    sealed: bytes, trust: Path, tmp_path: Path
) -> None:
    path = tmp_path / "good.pdf"
    path.write_bytes(sealed)

    (seal,) = pdfsig(path, trust)

    assert (seal.valid, seal.trusted, seal.total) == (True, True, True), seal.said
    assert "ETSI.CAdES.detached" in seal.said


def _another_letter(pdf: bytes) -> bytes:
    at = pdf.index(b"/Title")
    return pdf[:at] + b"/Tiple" + pdf[at + 6 :]


def _bytes_added(pdf: bytes) -> bytes:
    return pdf + b"% one more line\n"


def _revised(pdf: bytes) -> bytes:
    """A second revision on top, made by the rules: other words, same seal."""
    start = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    size = int(re.findall(rb"/Size (\d+)", pdf)[-1])
    root = re.findall(rb"/Root (\d+ \d+ R)", pdf)[-1]
    body = b"%d 0 obj\n<</Note (changed)>>\nendobj\n" % size
    table = b"xref\n%d 1\n%010d 00000 n \n" % (size, len(pdf))
    trailer = b"trailer\n<</Size %d /Root %s /Prev %d>>\n" % (size + 1, root, start)
    return pdf + body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(pdf) + len(body))


def _another_signature(pdf: bytes) -> bytes:
    """Another document's signature put into this one's place."""
    other = seal_pdf(b"%PDF" + certificate_pdf(FACE)[4:], sealing.sealer(), datetime.now(UTC))
    theirs, ours = (re.search(rb"/Contents <([0-9a-fA-F]+)>", one) for one in (other, pdf))
    assert theirs
    assert ours
    return pdf[: ours.start(1)] + theirs.group(1) + pdf[ours.end(1) :]


@pytest.mark.parametrize("tampering", [_another_letter, _bytes_added, _revised, _another_signature])
def test_poppler_does_not_pass_what_was_tampered_with(
    tampering: Callable[[bytes], bytes], sealed: bytes, trust: Path, tmp_path: Path
) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(tampering(sealed))

    seals = pdfsig(path, trust)

    assert not all(one.valid and one.trusted and one.total for one in seals), seals[0].said


def test_poppler_does_not_trust_a_seal_of_another_authority(trust: Path, tmp_path: Path) -> None:
    path = tmp_path / "foreign.pdf"
    foreign = sealing.sealer("another root")
    path.write_bytes(seal_pdf(certificate_pdf(FACE), foreign, datetime.now(UTC)))

    (seal,) = pdfsig(path, trust)

    assert seal.valid
    assert not seal.trusted


def test_poppler_finds_no_seal_where_it_was_stripped(
    sealed: bytes, trust: Path, tmp_path: Path
) -> None:
    path = tmp_path / "stripped.pdf"
    with pikepdf.open(BytesIO(sealed)) as file:
        del file.Root.AcroForm, file.pages[0].Annots
        file.save(path)

    assert pdfsig(path, trust) == ()


def test_openssl_verifies_the_signature_its_time_stamp_and_the_list(
    sealed: bytes, tmp_path: Path
) -> None:
    (tmp_path / "root.pem").write_bytes(sealing.root_of(sealing.sealer()))
    contents, covered = _parts(sealed)
    signer = cms.ContentInfo.load(contents)["content"]["signer_infos"][0]
    token = signer["unsigned_attrs"][0]["values"][0].dump()
    for name, data in (
        ("seal.der", cms.ContentInfo.load(contents).dump()),
        ("covered", covered),
        ("token.der", token),
        ("signature", signer["signature"].native),
    ):
        (tmp_path / name).write_bytes(data)
    at = {name: str(tmp_path / name) for name in ("root.pem", "seal.der", "covered", "token.der")}

    said = openssl("cms", "-verify", "-binary", "-inform", "DER", "-in", at["seal.der"],
                   "-content", at["covered"], "-CAfile", at["root.pem"],
                   "-out", str(tmp_path / "out"))  # fmt: skip
    stamped = openssl("ts", "-verify", "-token_in", "-in", at["token.der"], "-data",
                      str(tmp_path / "signature"), "-CAfile", at["root.pem"])  # fmt: skip

    assert "CMS Verification successful" in said
    assert "Verification: OK" in stamped


def test_openssl_refuses_a_covered_byte_changed(sealed: bytes, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(sealing.root_of(sealing.sealer()))
    contents, covered = _parts(sealed)
    (tmp_path / "seal.der").write_bytes(cms.ContentInfo.load(contents).dump())
    (tmp_path / "covered").write_bytes(covered[:-1])

    said = openssl("cms", "-verify", "-binary", "-inform", "DER", "-in", str(tmp_path / "seal.der"),
                   "-content", str(tmp_path / "covered"), "-CAfile", str(tmp_path / "root.pem"),
                   "-out", str(tmp_path / "out"))  # fmt: skip

    assert "CMS Verification failure" in said


def test_openssl_refuses_a_seal_whose_key_is_on_the_list(tmp_path: Path) -> None:
    root, now = sealing.authority(), datetime.now(UTC)
    plain = sealing.certificates(root, now)
    certificate = x509.load_der_x509_certificate(plain.seal)
    stolen = sealing.certificates(root, now, revoked=(certificate,))
    for name, data in (
        ("root.pem", root.certificate.public_bytes(Encoding.PEM)),
        ("seal.pem", certificate.public_bytes(Encoding.PEM)),
        ("none.pem", _list_in_pem(plain.revoked)),
        ("one.pem", _list_in_pem(stolen.revoked)),
    ):
        (tmp_path / name).write_bytes(data)

    def verify(crl: str) -> str:
        return openssl("verify", "-crl_check", "-CAfile", str(tmp_path / "root.pem"),
                       "-CRLfile", str(tmp_path / crl), str(tmp_path / "seal.pem"))  # fmt: skip

    assert "OK" in verify("none.pem")
    assert "certificate revoked" in verify("one.pem")


def test_qpdf_finds_nothing_wrong(sealed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "good.pdf"
    path.write_bytes(sealed)

    assert qpdf_problems(path) == ""


def _list_in_pem(der: bytes) -> bytes:
    return x509.load_der_x509_crl(der).public_bytes(Encoding.PEM)


def _parts(pdf: bytes) -> tuple[bytes, bytes]:
    """The signature's octets, and the bytes that it covers."""
    found = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+) ?\]", pdf)
    assert found
    _, first, second, length = (int(one) for one in found.groups())
    digits = pdf[first + 1 : second - 1]
    return bytes.fromhex(digits.decode()), pdf[:first] + pdf[second : second + length]
