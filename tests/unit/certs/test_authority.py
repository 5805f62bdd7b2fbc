"""The academy's own authority."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certs.authority import KEY_IS_USED, found_authority, revocation_list
from tests import sealing

NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)


def test_the_root_vouches_for_both_and_they_for_nobody() -> None:
    root = sealing.authority(at=NOW)
    made = sealing.certificates(root, NOW)

    for der in (made.seal, made.clock):
        certificate = x509.load_der_x509_certificate(der)
        certificate.verify_directly_issued_by(root.certificate)
        assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_a_seal_key_is_used_for_a_year_and_its_certificate_lasts_longer() -> None:
    made = sealing.certificates(sealing.authority(at=NOW), NOW)
    certificate = x509.load_der_x509_certificate(made.seal)
    used = certificate.extensions.get_extension_for_class(x509.PrivateKeyUsagePeriod).value

    assert used.not_after == (NOW + KEY_IS_USED).replace(tzinfo=None)
    assert certificate.not_valid_after_utc > NOW + timedelta(days=9 * 365)


def test_the_list_is_the_same_within_the_hour_and_newer_after() -> None:
    root = sealing.authority(at=NOW)

    first = revocation_list(root, [], NOW)

    assert revocation_list(root, [], NOW + timedelta(minutes=39)) == first
    later = x509.load_der_x509_crl(revocation_list(root, [], NOW + timedelta(minutes=40)))
    number = x509.CRLNumber
    before = x509.load_der_x509_crl(first).extensions.get_extension_for_class(number).value
    assert later.extensions.get_extension_for_class(number).value.crl_number > before.crl_number


def test_whoever_checks_finds_root_and_list_by_address() -> None:
    made = sealing.certificates(sealing.authority(at=NOW), NOW)
    text = x509.load_der_x509_certificate(made.seal).public_bytes(Encoding.DER)

    assert b"https://academy.example.org/authority/revoked.crl" in text
    assert b"https://academy.example.org/authority/root.crt" in text


def test_a_long_name_of_an_academy_is_cut_to_what_a_certificate_holds() -> None:
    name = "Académie " * 20
    root = found_authority(sealing.private_key("root"), name, "https://a.example", NOW)

    (said,) = root.certificate.subject.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)
    assert said.value == name[:64]
