"""Issuing (data signed and logged, page drawn, file sealed), against bare pyHanko seals."""

import io
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from asn1crypto import cms as untyped_cms  # pyright: ignore[reportMissingTypeStubs]
from asn1crypto import keys as untyped_keys  # pyright: ignore[reportMissingTypeStubs]
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
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
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore as UntypedStore
from reportlab.pdfgen.canvas import Canvas

from base.config import Config
from base.db import Database
from base.permissions import SYSTEM, Role
from base.schema import migrate
from certs.commands.keys import make_missing_keys
from certs.commands.sealing import seal_one
from certs.keys import KeyPurpose, KeySigner, PrivateKey
from certs.queries.authority import sealer_for
from certs.queries.keys import signer_for
from certs.seal import Sealer
from tests.bench.servers import watching
from tests.bench.table import Line, milliseconds
from tests.factories import World
from tests.many_certificates import certificates_by_hand

asn1_cms: Any = untyped_cms
asn1_keys: Any = untyped_keys
Store: Any = UntypedStore
_BARE, _OURS = 15, 100


def measure_issue(folder: Path) -> list[Line]:
    """Measure all; returns the lines of the table."""
    # pyHanko warns at every seal that it may fetch nothing.
    logging.getLogger("pyhanko").setLevel(logging.ERROR)
    world = _academy(folder)
    with world.as_system() as tx:
        hands = [signer_for(tx, one) for one in (KeyPurpose.SEAL, KeyPurpose.TIMESTAMP)]
        sealer = sealer_for(tx)
    seal, clock = (one.private for one in hands if isinstance(one, KeySigner))
    read, kept = _as_read(seal, clock, sealer), _as_kept(seal, sealer)
    with watching() as noise:
        documented = _median(read, _BARE)
        bare, ours = _medians(kept, _issue(world))
    return [
        Line("Issue: pyHanko as it is documented", f"{_BARE}", _figures(documented) + noise.mark),
        Line("Issue: bare pyHanko seal, keys kept", f"{_OURS}", _figures(bare) + noise.mark),
        Line(
            "Issue: ours (proofs, log, page, seal)",
            f"{_OURS}",
            _figures(ours) + noise.mark,
            f"{ours / bare:.2f} of bare, {ours / documented:.2f} of documented",
            "<= 1.5",
        ),
    ]


def _figures(seconds: float) -> str:
    return f"median {milliseconds(seconds)}, {1 / seconds:.1f} a second"


def _median(action: Callable[[], object], times: int) -> float:
    action()
    return median(_taken(action) for _ in range(times))


def _medians(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """Measure both in turn, for what else the machine does changes."""
    first()
    second()
    pairs = [(_taken(first), _taken(second)) for _ in range(_OURS)]
    return median(one for one, _ in pairs), median(two for _, two in pairs)


def _taken(action: Callable[[], object]) -> float:
    started = perf_counter()
    action()
    return perf_counter() - started


def _as_read(seal: PrivateKey, clock: PrivateKey, sealer: Sealer) -> Callable[[], bytes]:
    """The same seal as ours, as pyHanko's documentation makes it: keys are read at every seal."""
    chain = Store.from_certs([_root(sealer)])
    signer: Any = SimpleSigner(sealer.seal.certificate, _encoded(seal), chain)
    stamper: Any = DummyTimeStamper(sealer.clock.certificate, _encoded(clock), chain)
    return _bare_seal(signer, stamper, sealer)


def _as_kept(seal: PrivateKey, sealer: Sealer) -> Callable[[], bytes]:
    """The same with keys that are kept, and time stamps as quick as ours."""
    chain = Store.from_certs([_root(sealer)])
    signer: Any = _KeptSigner(sealer.seal.certificate, _encoded(seal), chain)
    signer.kept = seal
    return _bare_seal(signer, _Stamper(sealer), sealer)


class _Stamper(TimeStamper):
    def __init__(self, sealer: Sealer) -> None:
        super().__init__(include_nonce=False)
        self._clock = sealer.clock

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        return asn1_cms.ContentInfo.load(self._clock.stamp(message_digest, datetime.now(UTC)))


class _KeptSigner(SimpleSigner):
    kept: RSAPrivateKey

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        return self.kept.sign(data, PKCS1v15(), SHA256())


def _bare_seal(signer: Any, stamper: Any, sealer: Sealer) -> Callable[[], bytes]:
    trust = ValidationContext(
        trust_roots=[_root(sealer)],
        crls=[*sealer.proof.crls_to_embed],
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
    page = _bare_page()

    def seal() -> bytes:
        signing: Any = PdfSigner(meta, signer, timestamper=stamper)
        return signing.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(page))).getvalue()

    return seal


def _root(sealer: Sealer) -> Any:
    return sealer.proof.signer_path.first


def _encoded(key: PrivateKey) -> Any:
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return asn1_keys.PrivateKeyInfo.load(der)


def _bare_page() -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawString(100, 100, "A certificate")
    canvas.save()
    return made.getvalue()


def _academy(folder: Path) -> World:
    config = Config(database_url=f"sqlite:///{folder / 'issue.db'}")
    database = Database(config.database_url)
    migrate(database)
    now = datetime.now(UTC)
    with database.write(SYSTEM, now, config) as tx:
        make_missing_keys(tx)
    world = World(database, config, now)
    world.join("alba", Role.LEARNER)
    return world


def _issue(world: World) -> Callable[[], bool]:
    """Sealing one certificate after the other that waits, on SQLite, as the academy does."""
    waiting = iter(certificates_by_hand(world, _OURS + 1))
    return lambda: seal_one(world.as_system, next(waiting))
