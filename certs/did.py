"""Who the academy is to machines: its DID, its keys in the DID document, keys as JWK."""

import base64
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlsplit

import base58
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from pydantic import JsonValue

from certs.keys import KeyPurpose, PublicKey

# Multicodec's code for Ed25519 public keys, as a varint.
_ED25519 = bytes((0xED, 0x01))
_KEY = 32
_CONTEXTS: list[JsonValue] = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
]


def did_of(public_url: str) -> str:
    """Return the `did:web` of the academy at this address (did:web method specification)."""
    parts = urlsplit(public_url)
    host = (parts.hostname or "") + (f"%3A{parts.port}" if parts.port else "")
    path = [quote(one, safe="") for one in parts.path.split("/") if one]
    return ":".join(["did:web", host, *path])


def key_address(public_url: str, key_id: str) -> str:
    """Return where one key stands as a JWK: what a JWT's `kid` says."""
    return f"{public_url}/keys/{key_id}"


def multikey(raw: bytes) -> str:
    """Return an Ed25519 public key of 32 bytes as a Multikey, `z6Mk…`."""
    return f"z{base58.b58encode(_ED25519 + raw).decode()}"


def key_of_multikey(text: str) -> bytes | None:
    """Return the 32 bytes of an Ed25519 Multikey, None for anything else."""
    if not text.startswith("z") or len(text) > 2 * _KEY:
        return None
    try:
        decoded = base58.b58decode(text[1:])
    except ValueError:
        return None
    fits = decoded.startswith(_ED25519) and len(decoded) == len(_ED25519) + _KEY
    return decoded[len(_ED25519) :] if fits else None


def did_key_methods(method: str) -> dict[str, bytes]:
    """Return the key of a `did:key` verification method by its name; nothing where it is none.

    Such a key is whoever's made it: it proves that nothing was changed, and nobody's identity.
    """
    did, _, fragment = method.partition("#")
    name = did.removeprefix("did:key:")
    key = key_of_multikey(name) if did != name and fragment in {"", name} else None
    return {method: key} if key else {}


def did_document(did: str, keys: Sequence[PublicKey]) -> Mapping[str, JsonValue]:
    """Return the DID document: every key that verifies credentials, retired ones too."""
    listed = [
        {
            "id": f"{did}#{key.id}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": multikey(key.raw),
        }
        for key in keys
        if _proves(key)
    ]
    return {
        "@context": _CONTEXTS,
        "id": did,
        "verificationMethod": [dict[str, JsonValue](one) for one in listed],
        "assertionMethod": [one["id"] for one in listed],
    }


def rsa_jwk(key: PublicKey, kid: str) -> dict[str, JsonValue]:
    """Return an RSA public key as a JWK (RFC 7517); raises `ValueError` for any other key."""
    public = load_pem_public_key(key.pem.encode())
    if not isinstance(public, RSAPublicKey):
        raise ValueError(f"{key.id} is no RSA key.")
    numbers = public.public_numbers()
    parts = {"n": _base64url(numbers.n), "e": _base64url(numbers.e)}
    return {"kty": "RSA", "kid": kid, "alg": "RS256", "use": "sig", **parts}


def _proves(key: PublicKey) -> bool:
    return key.purpose is KeyPurpose.CREDENTIAL and key.revoked_at is None


def _base64url(number: int) -> str:
    size = (number.bit_length() + 7) // 8
    return base64.urlsafe_b64encode(number.to_bytes(size, "big")).rstrip(b"=").decode()
