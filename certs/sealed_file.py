"""The file of a certificate: its page drawn, its data attached, sealed."""

from dataclasses import dataclass
from datetime import datetime

from certs.attachments import Attachment, Relationship
from certs.designs import Design
from certs.face import CertificateFace
from certs.pdf import certificate_pdf
from certs.seal import Sealer, seal_pdf

CREDENTIAL, LOG_PROOF = "credential.json", "issuance.tlog-proof"


@dataclass(frozen=True)
class Unsealed:
    """All that the file of a certificate is made of.

    `credential` is the signed data, and `log_proof` what proves it to be in the issuance log.
    """

    serial: str
    face: CertificateFace
    design: Design
    credential: str
    log_proof: str
    sealer: Sealer
    at: datetime


@dataclass(frozen=True)
class SealedFile:
    """The file as it leaves us, and the proof of the log that is attached to it."""

    serial: str
    pdf: bytes
    log_proof: str


def sealed_file(unsealed: Unsealed) -> SealedFile:
    """Draw the page, attach the data and seal all of it.

    Takes some hundredths of a second of the processor, so never inside a transaction.
    """
    page = certificate_pdf(unsealed.face, unsealed.design, _attachments(unsealed))
    pdf = seal_pdf(page, unsealed.sealer, unsealed.at)
    return SealedFile(unsealed.serial, pdf, unsealed.log_proof)


def _attachments(unsealed: Unsealed) -> tuple[Attachment, ...]:
    return (
        Attachment(
            CREDENTIAL,
            "application/vc",
            unsealed.credential.encode(),
            Relationship.DATA,
            "What this certificate states, as a signed Open Badges credential",
        ),
        Attachment(
            LOG_PROOF,
            "text/plain",
            unsealed.log_proof.encode(),
            Relationship.SUPPLEMENT,
            "Proof that the credential is in the academy's issuance log",
        ),
    )
