"""Issuing (data signed and logged, page drawn, file sealed), against bare pyHanko seals."""

import io
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from asn1crypto import keys as untyped_keys  # pyright: ignore[reportMissingTypeStubs]
from asn1crypto import x509 as untyped_x509  # pyright: ignore[reportMissingTypeStubs]
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    SigDSSPlacementPreference,
)
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore as UntypedStore
from reportlab.pdfgen.canvas import Canvas

from base.config import Config
from base.db import Database
from base.permissions import SYSTEM, Role
from base.schema import migrate
from certs.commands.keys import make_missing_keys
from certs.commands.sealing import seal_one
from tests import sealing
from tests.bench.servers import watching
from tests.bench.table import Line, milliseconds, quantile
from tests.factories import World
from tests.many_certificates import certificates_by_hand

asn1_keys: Any = untyped_keys
asn1_x509: Any = untyped_x509
Store: Any = UntypedStore
_BARE, _OURS = 15, 100


def measure_issue(folder: Path) -> list[Line]:
    """Measure both; returns the lines of the table."""
    # pyHanko warns at every seal that it may fetch nothing.
    logging.getLogger("pyhanko").setLevel(logging.ERROR)
    with watching() as noise:
        bare = _median(_bare_seal(), _BARE)
        ours = _median(_issue(folder), _OURS)
    return [
        Line("Issue: bare pyHanko seal of a bare page", f"{_BARE}", _figures(bare) + noise.mark),
        Line(
            "Issue: ours (proofs, log, page, seal)",
            f"{_OURS}",
            _figures(ours) + noise.mark,
            f"{ours / bare:.2f} of bare",
            "<= 1.5",
        ),
    ]


def _figures(seconds: float) -> str:
    return f"median {milliseconds(seconds)}, {1 / seconds:.1f} a second"


def _median(action: Callable[[], object], times: int) -> float:
    action()
    taken: list[float] = []
    for _ in range(times):
        started = perf_counter()
        action()
        taken.append(perf_counter() - started)
    return quantile(taken, 0.5)


def _bare_seal() -> Callable[[], bytes]:
    """The same kind of seal as ours, as pyHanko's own documentation makes it."""
    now = datetime.now(UTC)
    made = sealing.certificates(sealing.authority(), now)
    root = asn1_x509.Certificate.load(made.root)
    chain = Store.from_certs([root])
    certificate, clock = (asn1_x509.Certificate.load(one) for one in (made.seal, made.clock))
    signer: Any = SimpleSigner(certificate, _private("seal"), chain)
    stamper: Any = DummyTimeStamper(clock, _private("clock"), chain)
    page = _bare_page()

    def seal() -> bytes:
        trust = ValidationContext(
            trust_roots=[root],
            crls=[made.revoked],
            allow_fetching=False,
            revocation_mode="hard-fail",
        )
        placed = SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
        meta = PdfSignatureMetadata(
            field_name="Seal",
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            validation_context=trust,
            embed_validation_info=True,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            dss_settings=DSSContentSettings(include_vri=False, placement=placed),
        )
        signing: Any = PdfSigner(meta, signer, timestamper=stamper)
        return signing.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(page))).getvalue()

    return seal


def _private(name: str) -> Any:
    key = sealing.private_key(name)
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return asn1_keys.PrivateKeyInfo.load(der)


def _bare_page() -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawString(100, 100, "A certificate")
    canvas.save()
    return made.getvalue()


def _issue(folder: Path) -> Callable[[], bool]:
    """Sealing one certificate after the other that waits, on SQLite, as the academy does."""
    config = Config(database_url=f"sqlite:///{folder / 'issue.db'}")
    database = Database(config.database_url)
    migrate(database)
    now = datetime.now(UTC)
    with database.write(SYSTEM, now, config) as tx:
        make_missing_keys(tx)
    world = World(database, config, now)
    world.join("alba", Role.LEARNER)
    waiting = iter(certificates_by_hand(world, _OURS + 1))
    return lambda: seal_one(world.as_system, next(waiting))
