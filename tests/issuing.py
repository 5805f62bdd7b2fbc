"""A whole certificate out of the rules alone, and with anything of it made wrong."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import JsonValue

from certs.attachments import Attachment, Relationship
from certs.canonical import jcs
from certs.checking import Trust, TrustedKey
from certs.checking.names import hashed
from certs.checkpoints import (
    Checkpoint,
    LogProof,
    log_proof_text,
    signed_note,
    verifier_key,
)
from certs.did import multikey
from certs.face import CertificateFace
from certs.merkle import leaf_hash, node_hash
from certs.pdf import certificate_pdf
from certs.proofs import secure
from certs.seal import Sealer, seal_pdf
from certs.statuslist import (
    SHORTEST,
    StatusPurpose,
    status_bits,
    status_entry,
    status_list,
)
from tests import sealing

URL = "https://academy.example.org"
DID = "did:web:academy.example.org"
ORIGIN = "academy.example.org/log"
SERIAL = "PP-7K2M9-QX4TD-0ABCN-8RHJP"
INDEX = 4711
Document = dict[str, JsonValue]


@dataclass(frozen=True)
class Hand:
    """Signs with an Ed25519 key of the test's."""

    key_id: str
    private: Ed25519PrivateKey

    def sign(self, data: bytes) -> bytes:
        return self.private.sign(data)

    @property
    def raw(self) -> bytes:
        return self.private.public_key().public_bytes_raw()


@cache
def hand(name: str) -> Hand:
    """Return the hand of this name, the same in the whole test run."""
    return Hand(name, Ed25519PrivateKey.generate())


def credential(
    now: datetime, holder: str = "Alba Ruiz", serial: str = SERIAL, **changes: JsonValue
) -> Document:
    """Return what is signed, before it is."""
    identity: Document = {
        "type": "IdentityObject",
        "hashed": True,
        "identityType": "name",
        "identityHash": hashed(holder, "pepper"),
        "salt": "pepper",
    }
    document: Document = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:280c19b6-9680-4a37-ba84-e38b1a4e4584",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": DID, "type": ["Profile"], "name": "Pinpoint Academy", "url": URL},
        "validFrom": _instant(now - timedelta(days=10)),
        "validUntil": _instant(now + timedelta(days=700)),
        "name": "Microneedling fundamentals",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [identity],
            "licenseNumber": serial,
            "achievement": {
                "id": f"{URL}/achievements/microneedling-fundamentals",
                "type": ["Achievement"],
                "name": "Microneedling fundamentals",
                "description": "Knowledge of facial microneedling.",
                "criteria": {"narrative": "Passed the final exam."},
            },
        },
        "credentialStatus": status_entry(URL, StatusPurpose.REVOCATION, INDEX),
    }
    return document | changes


def signed(document: Document, by: Hand, at: datetime) -> Document:
    """Return the document with both proofs."""
    return secure(document, by, at)


def log_proof(document: Document, by: Hand | None = None) -> str:
    """Return a proof that the document is the second of two entries of the log."""
    key = by or hand("log")
    first, leaf = leaf_hash(b"the first entry"), leaf_hash(jcs(document))
    checkpoint = Checkpoint(ORIGIN, 2, node_hash(first, leaf))
    note = signed_note(checkpoint.text, ORIGIN, key.raw, key.sign)
    return log_proof_text(LogProof(1, (first,), note))


def lists(now: datetime, **withdrawn: int) -> tuple[Document, ...]:
    """Return both status lists, as signed an hour ago, with these indices withdrawn."""
    at = now - timedelta(hours=1)
    return tuple(
        signed(
            status_list(
                URL, DID, purpose, status_bits(_index(withdrawn.get(purpose)), SHORTEST), at
            ),
            hand("credential"),
            at,
        )
        for purpose in StatusPurpose
    )


def trust(now: datetime, **changes: Any) -> Trust:
    """Return what whoever checks has pinned."""
    made = Trust(
        academy="Pinpoint Academy",
        public_url=URL,
        issuer=DID,
        keys=(
            TrustedKey(
                id=f"{DID}#credential",
                multibase=multikey(hand("credential").raw),
                created_at=now - timedelta(days=30),
            ),
        ),
        roots=(sealing.root_of(sealing.sealer()).decode(),),
        log_keys=(verifier_key(ORIGIN, hand("log").raw),),
        lists=lists(now),
        dated=now,
    )
    return made.model_copy(update=changes)


@dataclass(frozen=True)
class Recipe:
    """How a certificate is made; what is not said is as it should be."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    holder: str = "Alba Ruiz"
    shown: str | None = None
    code: str = f"{URL}/verify/{SERIAL}"
    signer: str = "credential"
    logger: str = "log"
    sealer: Sealer | None = field(default_factory=sealing.sealer)
    changes: Document = field(default_factory=dict[str, JsonValue])
    # What is attached instead of the credential and its proof.
    attached: tuple[tuple[str, bytes], ...] | None = None

    @property
    def document(self) -> Document:
        bare = credential(self.now, self.holder, **self.changes)
        return signed(bare, hand(self.signer), self.now)

    def made(self) -> bytes:
        """Return the file."""
        document = self.document
        files = self.attached
        if files is None:
            files = (
                ("credential.json", json.dumps(document, ensure_ascii=False).encode()),
                ("issuance.tlog-proof", log_proof(document, hand(self.logger)).encode()),
            )
        page = certificate_pdf(self._face(), attachments=[_attachment(*one) for one in files])
        return seal_pdf(page, self.sealer, datetime.now(UTC)) if self.sealer else page

    def but(self, **changes: Any) -> "Recipe":
        """Return the same with something made otherwise."""
        return replace(self, **changes)

    def _face(self) -> CertificateFace:
        return CertificateFace(
            holder=self.shown or self.holder,
            achievement="Microneedling fundamentals",
            scope=("Knowledge of facial microneedling with rollers, stamps and pens.",),
            limits=("Knowledge assessment; practical skill not assessed.",),
            serial=SERIAL,
            issued_on=_day(self.now - timedelta(days=10)),
            expires_on=_day(self.now + timedelta(days=700)),
            issuer="Pinpoint Academy",
            verify_url=self.code,
            demo=False,
        )


def _attachment(name: str, data: bytes) -> Attachment:
    is_data = name.endswith(".json")
    kind = Relationship.DATA if is_data else Relationship.SUPPLEMENT
    return Attachment(name, "application/json" if is_data else "text/plain", data, kind, name)


def _index(said: int | None) -> list[int]:
    return [] if said is None else [said]


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(at: datetime) -> date:
    return at.date()
