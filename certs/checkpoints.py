"""What the issuance log signs and gives away: C2SP signed notes, checkpoints and proofs as text.

Sources: c2sp.org/signed-note, c2sp.org/tlog-checkpoint, c2sp.org/tlog-proof. Reading never raises:
what is not of the form is None.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certs.merkle import included

_ED25519 = b"\x01"
_ID_BYTES = 4
_SIGNATURE_BYTES = 64
_HASH_BYTES = 32
_PROOF_HEADER = "c2sp.org/tlog-proof@v1"
_LONGEST = 100_000
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
_SIGNATURE_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")


@dataclass(frozen=True)
class Checkpoint:
    """What a log was at a size: `origin` is its name, `root` its 32 bytes."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{_b64(self.root)}\n"


@dataclass(frozen=True)
class LogProof:
    """That an entry is in the log: its number, the hashes from its sibling up, the checkpoint."""

    number: int
    hashes: tuple[bytes, ...]
    note: str


def log_name(public_url: str) -> str:
    """Return the name of the issuance log at this address: its origin, without a scheme."""
    return public_url.partition("://")[2] + "/log"


def key_id(name: str, public: bytes) -> bytes:
    """Return the four bytes that say in a note which Ed25519 key signed."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_ID_BYTES]


def verifier_key(name: str, public: bytes) -> str:
    """Return an Ed25519 public key as C2SP tools take it: name, id and key."""
    return f"{name}+{key_id(name, public).hex()}+{_b64(_ED25519 + public)}"


def signed_note(text: str, name: str, public: bytes, sign: Callable[[bytes], bytes]) -> str:
    """Return the text with its Ed25519 signature; `text` ends with a newline."""
    signature = key_id(name, public) + sign(text.encode())
    return f"{text}\n— {name} {_b64(signature)}\n"


def note_text(note: str, name: str, keys: Iterable[bytes]) -> str | None:
    """Return what the note says, if one of these public keys signed it under this name."""
    text, blank, signatures = note.rpartition("\n\n")
    if not blank or len(note) > _LONGEST or not signatures.endswith("\n"):
        return None
    said = text + "\n"
    known = {key_id(name, key): key for key in keys}
    for line in signatures.removesuffix("\n").split("\n"):
        found = _SIGNATURE_LINE.fullmatch(line)
        if found is None:
            return None
        signature = _from_b64(found[2])
        key = known.get(signature[:_ID_BYTES]) if found[1] == name and signature else None
        if signature and key and _holds(key, signature[_ID_BYTES:], said):
            return said
    return None


def read_checkpoint(note: str) -> Checkpoint | None:
    """Return the checkpoint that a note says, whoever signed it."""
    lines = note.rpartition("\n\n")[0].split("\n")
    if len(note) > _LONGEST or len(lines) < 3 or not lines[0] or not _NUMBER.fullmatch(lines[1]):
        return None
    root = _from_b64(lines[2])
    return Checkpoint(lines[0], int(lines[1]), root) if _is_hash(root) else None


def verified_checkpoint(note: str, keys: Iterable[bytes]) -> Checkpoint | None:
    """Return the checkpoint that a note says, if one of these keys signed it under its origin.

    The caller compares the origin with the log that it asked.
    """
    checkpoint = read_checkpoint(note)
    if checkpoint is None or note_text(note, checkpoint.origin, keys) is None:
        return None
    return checkpoint


def log_proof_text(proof: LogProof) -> str:
    """Return the proof as a `.tlog-proof` file says it."""
    lines = [_PROOF_HEADER, f"index {proof.number}", *map(_b64, proof.hashes)]
    return "\n".join(lines) + "\n\n" + proof.note


def read_log_proof(text: str) -> LogProof | None:
    """Return the proof that a `.tlog-proof` file holds; extra data is left unread."""
    head, blank, note = text.partition("\n\n")
    header, *lines = head.split("\n")
    if lines and lines[0].startswith("extra "):
        lines = lines[1:]
    if len(text) > _LONGEST or not blank or header != _PROOF_HEADER or not lines:
        return None
    number = lines[0].removeprefix("index ")
    hashes = [_from_b64(line) for line in lines[1:]]
    if not lines[0].startswith("index ") or not _NUMBER.fullmatch(number):
        return None
    sound = [one for one in hashes if _is_hash(one)]
    return LogProof(int(number), tuple(sound), note) if len(sound) == len(hashes) else None


def proven_checkpoint(text: str, leaf: bytes, keys: Sequence[bytes]) -> Checkpoint | None:
    """Return the signed checkpoint under which a `.tlog-proof` file shows this leaf's hash.

    None where anything of it does not hold: form, signature, path.
    """
    proof = read_log_proof(text)
    checkpoint = verified_checkpoint(proof.note, keys) if proof else None
    if proof is None or checkpoint is None:
        return None
    size, root = checkpoint.size, checkpoint.root
    return checkpoint if included(leaf, proof.number, size, proof.hashes, root) else None


def _holds(key: bytes, signature: bytes, text: str) -> bool:
    if len(signature) != _SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


def _is_hash(value: bytes) -> bool:
    return len(value) == _HASH_BYTES


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _from_b64(text: str) -> bytes:
    """The bytes of text in its one spelling; none where it is another's."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return data if _b64(data) == text else b""
