"""The file of a certificate: its page drawn, its data attached, sealed."""

from dataclasses import dataclass
from datetime import datetime

from certs.attachments import Attachment
from certs.designs import Design
from certs.face import CertificateFace
from certs.pdf import certificate_pdf
from certs.seal import Sealer, seal_pdf


@dataclass(frozen=True)
class Unsealed:
    """All that the file of a certificate is made of."""

    serial: str
    face: CertificateFace
    design: Design
    attachments: tuple[Attachment, ...]
    log_proof: str | None
    sealer: Sealer
    at: datetime


@dataclass(frozen=True)
class SealedFile:
    """The file as it leaves us, and the proof of the log that is attached to it."""

    serial: str
    pdf: bytes
    log_proof: str | None


def sealed_file(unsealed: Unsealed) -> SealedFile:
    """Draw the page, attach the data and seal all of it.

    Takes some hundredths of a second of the processor, so never inside a transaction.
    """
    page = certificate_pdf(unsealed.face, unsealed.design, unsealed.attachments)
    pdf = seal_pdf(page, unsealed.sealer, unsealed.at)
    return SealedFile(unsealed.serial, pdf, unsealed.log_proof)
