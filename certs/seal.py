"""Sealing a PDF: PAdES B-LT in a single revision, after which nothing may be changed.

The seal carries all that a verifier needs without a network: the chain, the list of revoked
certificates and a time stamp. Only our root must come from elsewhere.
"""

import asyncio
from collections.abc import Awaitable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any, TypeVar

import asn1crypto.x509 as untyped_x509  # pyright: ignore[reportMissingTypeStubs]
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    PreSignValidationStatus,
    SigDSSPlacementPreference,
)
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, ValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore as UntypedStore

from certs.seal_clock import Clock
from certs.seal_field import FIELD, add_field
from certs.signed_data import Hand, Signed

T = TypeVar("T")
x509: Any = untyped_x509
SimpleCertificateStore: Any = UntypedStore

# The signature's place in the file, in hexadecimal digits: it takes about 10,000.
_RESERVED = 16384
_AS_SEALED = PdfSignatureMetadata(
    field_name=FIELD,
    md_algorithm="sha256",
    subfilter=SigSeedSubFilter.PADES,
    embed_validation_info=True,
    certify=True,
    docmdp_permissions=MDPPerm.NO_CHANGES,
    # One revision, so that viewers say that the whole document is signed.
    dss_settings=DSSContentSettings(
        include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
    ),
)


@dataclass(frozen=True)
class SealCertificates:
    """The certificates of the seal, of its clock and of the root, and the root's list; in DER."""

    seal: bytes
    clock: bytes
    root: bytes
    revoked: bytes


@dataclass(frozen=True)
class Sealer:
    """Who seals; made by `prepare_sealer`. `face` is what pyHanko is shown of it."""

    seal: Signed
    clock: Clock
    face: ExternalSigner
    proof: PreSignValidationStatus


def prepare_sealer(hand: Hand, clock: Hand, certificates: SealCertificates, at: datetime) -> Sealer:
    """Return who seals with these keys, their certificates checked as of `at`.

    Raises ValueError where one is revoked or out of its time, or the list is stale. Checked once,
    not at every seal, so make a new one as often as the list.
    """
    root = x509.Certificate.load(certificates.root)
    seal = Signed(hand, certificates.seal, "data", [certificates.root, certificates.seal])
    stamps = Clock(clock, certificates.clock)
    context = ValidationContext(
        trust_roots=[root],
        crls=[certificates.revoked],
        allow_fetching=False,
        revocation_mode="hard-fail",
        moment=at,
    )
    registry = SimpleCertificateStore.from_certs([root])
    face = ExternalSigner(seal.certificate, registry, signature_value=None)
    return Sealer(seal, stamps, face, _finished(_prove(seal, stamps, context)))


def seal_pdf(pdf: bytes, sealer: Sealer, at: datetime) -> bytes:
    """Return the PDF with a seal that certifies it, dated `at`, and allows no changes.

    The page looks as before; where the file is tagged, so is the field that holds the seal.
    """
    update, output = _Update(BytesIO(pdf)), BytesIO()
    add_field(update)
    signing: Any = PdfSigner(_AS_SEALED, sealer.face)
    session = signing.init_signing_session(update, existing_fields_only=True)
    session.system_time = at
    prepared = session.prepare_tbs_document(sealer.proof, _RESERVED)
    digest, _ = prepared.digest_tbs_document(output=output)
    digest.fill_with_cms(output, _signature(sealer, digest.document_digest, at))
    return output.getvalue()


def _signature(sealer: Sealer, digest: bytes, at: datetime) -> bytes:
    attributes, signature = sealer.seal.signature(digest)
    dated = sealer.clock.dating(sha256(signature).digest(), at)
    return sealer.seal.beside(attributes, signature, dated)


def _finished(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end; beside whoever has a running loop in this thread, in a thread of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as one:
        return one.submit(asyncio.run, work).result()


async def _prove(seal: Signed, clock: Clock, context: ValidationContext) -> PreSignValidationStatus:
    """What every seal carries beside the signature: both chains and the list."""
    try:
        chain = await _chain(seal.certificate, context, {"non_repudiation"})
        of_clock = await _chain(clock.certificate, context, set(), {"time_stamping"})
    except (PathBuildingError, ValidationError) as error:
        raise ValueError(f"The seal's certificates do not hold: {error}") from error
    return PreSignValidationStatus(
        signer_path=chain,
        validation_paths=[chain, of_clock],
        ts_validation_paths=[of_clock],
        crls_to_embed=context.crls,
    )


def _chain(certificate: Any, context: ValidationContext, *usage: set[str]) -> Awaitable[Any]:
    validator: Any = CertificateValidator(certificate, validation_context=context)
    return validator.async_validate_usage(*usage)


class _Update(IncrementalPdfFileWriter):
    """What sealing adds to a file; the file's metadata stay as they were drawn."""

    def _update_meta(self) -> None:
        # pyHanko would write the XMP packet anew, in a form that checkers of PDF/A refuse. Its
        # public face leaves no way out, so its version is pinned.
        return
