"""Keys rest encrypted, and open only whole, with their own secret, as what they are."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from base.errors import Unavailable
from certs.keys import (
    Algorithm,
    KeyPurpose,
    LockedKey,
    PublicKey,
    locked,
    new_key_id,
    new_private_key,
    unlocked,
)

SECRET = "a secret of the test, long enough"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module", params=Algorithm)
def key(request: pytest.FixtureRequest) -> LockedKey:
    return locked(KeyPurpose.SEAL, "seal-1", new_private_key(request.param), SECRET)


def holds(key: LockedKey, signature: bytes, data: bytes) -> bool:
    public = load_pem_public_key(key.pem.encode())
    try:
        match public:
            case Ed25519PublicKey():
                public.verify(signature, data)
            case RSAPublicKey():
                public.verify(signature, data, PKCS1v15(), hashes.SHA256())
            case EllipticCurvePublicKey():
                public.verify(signature, data, ECDSA(hashes.SHA256()))
            case _:
                raise AssertionError(public)
    except InvalidSignature:
        return False
    return True


def test_what_was_locked_signs_as_its_public_half_says(key: LockedKey) -> None:
    signer = unlocked(key, SECRET)
    assert signer.key_id == "seal-1"
    assert holds(key, signer.sign(b"data"), b"data")
    assert not holds(key, signer.sign(b"data"), b"date")


def test_another_secret_opens_nothing_and_is_named(key: LockedKey) -> None:
    with pytest.raises(Unavailable, match="PINPOINT_SIGNING_SECRET"):
        unlocked(key, SECRET + "!")


@pytest.mark.parametrize("at", [0, 11, 12, 40, -1])
def test_one_changed_byte_opens_nothing(key: LockedKey, at: int) -> None:
    bent = bytearray(key.private)
    bent[at] ^= 1
    with pytest.raises(Unavailable):
        unlocked(replace(key, private=bytes(bent)), SECRET)


def test_a_key_cut_short_opens_nothing(key: LockedKey) -> None:
    for length in (0, 5, 12, 20):
        with pytest.raises(Unavailable):
            unlocked(replace(key, private=key.private[:length]), SECRET)


@pytest.mark.parametrize(
    "exchanged", [{"id": "seal-2"}, {"purpose": KeyPurpose.LOG}, {"pem": "another"}]
)
def test_a_key_put_in_anothers_place_opens_nothing(
    key: LockedKey, exchanged: dict[str, str]
) -> None:
    with pytest.raises(Unavailable):
        unlocked(replace(key, **exchanged), SECRET)


def test_the_private_half_is_nowhere_in_clear() -> None:
    private = new_private_key(Algorithm.ED25519)
    key = locked(KeyPurpose.LOG, "log-1", private, SECRET)
    assert private.private_bytes_raw() not in key.private  # type: ignore[union-attr]
    assert private.private_bytes_raw() not in repr(key).encode()  # type: ignore[union-attr]


def test_the_same_key_never_rests_twice_in_the_same_way() -> None:
    private = new_private_key(Algorithm.ED25519)
    resting = {locked(KeyPurpose.LOG, "log-1", private, SECRET).private for _ in range(20)}
    assert len(resting) == 20


def test_an_identifier_says_what_for_and_from_when_and_is_drawn_anew() -> None:
    some = {new_key_id(KeyPurpose.CREDENTIAL, AT) for _ in range(50)}
    assert len(some) == 50
    assert all(one.startswith("credential-2026-11-23-") for one in some)


def test_only_an_ed25519_key_has_raw_bytes(key: LockedKey) -> None:
    public = PublicKey(key.id, key.purpose, key.algorithm, key.pem, AT)
    if key.algorithm is Algorithm.ED25519:
        assert len(public.raw) == 32
    else:
        with pytest.raises(ValueError, match="no Ed25519 key"):
            _ = public.raw
