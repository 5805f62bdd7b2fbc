"""Time stamps for seals (RFC 3161), made by the academy's own clock.

Whoever does not trust that clock has the issuance log, whose checkpoints others keep.
"""

import os
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Protocol

import asn1crypto.cms as untyped_cms  # pyright: ignore[reportMissingTypeStubs]
import asn1crypto.core as untyped_core  # pyright: ignore[reportMissingTypeStubs]
import asn1crypto.tsp as untyped_tsp  # pyright: ignore[reportMissingTypeStubs]
import asn1crypto.x509 as untyped_x509  # pyright: ignore[reportMissingTypeStubs]
import pyhanko.sign.general as untyped_general
from pyhanko.sign.timestamps import TimeStamper

cms: Any = untyped_cms
core: Any = untyped_core
tsp: Any = untyped_tsp
x509: Any = untyped_x509
general: Any = untyped_general

# ETSI EN 319 421, best practices: we have no policy with a number of our own.
_POLICY = "0.4.0.2023.1.1"


class Hand(Protocol):
    """What signs with RSA and SHA-256 (PKCS #1 v1.5); the key stays with it."""

    def sign(self, data: bytes) -> bytes:
        """Return the signature of these bytes."""
        ...


class Clock:
    """A hand that dates seals, with its certificate in DER."""

    def __init__(self, hand: Hand, certificate: bytes) -> None:
        self.hand = hand
        self.certificate: Any = x509.Certificate.load(certificate)
        self.mark: Any = general.as_signing_certificate_v2(self.certificate)

    def at(self, moment: datetime) -> TimeStamper:
        """Return what stamps with this moment, to the second."""
        return _Stamper(self, moment.astimezone(UTC).replace(microsecond=0))


class _Stamper(TimeStamper):
    """Answers a request for a time stamp itself, instead of asking a server."""

    def __init__(self, clock: Clock, moment: datetime) -> None:
        super().__init__(include_nonce=False)
        self._clock, self._moment = clock, moment

    async def async_request_tsa_response(self, req: Any) -> Any:
        info = self._info(req["message_imprint"]).dump()
        attributes = cms.CMSAttributes(
            [
                general.simple_cms_attribute("content_type", "tst_info"),
                general.simple_cms_attribute("signing_certificate_v2", self._clock.mark),
                general.simple_cms_attribute("message_digest", sha256(info).digest()),
            ]
        )
        signature = self._clock.hand.sign(attributes.dump())
        token = {
            "content_type": "signed_data",
            "content": self._signed(info, attributes, signature),
        }
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})

    def _info(self, imprint: Any) -> Any:
        return tsp.TSTInfo(
            {
                "version": "v1",
                "policy": _POLICY,
                "message_imprint": imprint,
                # Positive, and never the same twice.
                "serial_number": int.from_bytes(os.urandom(16), "big") | 1,
                "gen_time": self._moment,
                "tsa": x509.GeneralName("directory_name", self._clock.certificate.subject),
            }
        )

    def _signed(self, info: bytes, attributes: Any, signature: bytes) -> Any:
        certificate, digest = self._clock.certificate, {"algorithm": "sha256"}
        by = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
        signer = {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", by),
            "digest_algorithm": digest,
            "signature_algorithm": {"algorithm": "rsassa_pkcs1v15"},
            "signed_attrs": attributes,
            "signature": signature,
        }
        return {
            "version": "v3",
            "digest_algorithms": [digest],
            "encap_content_info": {
                "content_type": "tst_info",
                "content": core.ParsableOctetString(info),
            },
            "certificates": [cms.CertificateChoices("certificate", certificate)],
            "signer_infos": [signer],
        }
