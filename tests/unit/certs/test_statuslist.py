"""Status lists: every bit where it belongs, and nothing read that is none."""

import base64
import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certs.statuslist import (
    SHORTEST,
    StatusPurpose,
    decoded,
    encoded,
    length_for,
    status_bits,
    status_entry,
    status_list,
)

HERE = "https://academy.example.org"
indices = st.sets(st.integers(0, SHORTEST - 1), max_size=20)


@given(indices, st.integers(0, SHORTEST - 1))
@settings(deadline=None, max_examples=50)
def test_exactly_the_given_bits_are_set_after_the_journey(given: set[int], other: int) -> None:
    bits = decoded(encoded(status_bits(given, SHORTEST)))
    assert bits is not None
    assert all(bits.is_set(index) for index in given)
    assert bits.is_set(other) == (other in given)
    assert sum(byte.bit_count() for byte in bits.data) == len(given)


def test_index_0_is_the_left_most_bit() -> None:
    assert status_bits([0], SHORTEST).data[0] == 0b1000_0000
    assert status_bits([15], SHORTEST).data[1] == 0b0000_0001


def test_beyond_the_list_nothing_is_said() -> None:
    bits = status_bits([], SHORTEST)
    assert [bits.is_set(index) for index in (-1, 0, SHORTEST - 1, SHORTEST)] == [
        None,
        False,
        False,
        None,
    ]


@pytest.mark.parametrize(
    ("highest", "length"),
    [(0, 131_072), (131_071, 131_072), (131_072, 262_144), (1_000_000, 1_048_576)],
)
def test_a_list_is_as_long_as_its_indices_ask(highest: int, length: int) -> None:
    assert length_for(highest) == length


def packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")


FULL = gzip.compress(bytes(SHORTEST // 8))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "z" + packed(FULL)[1:],
        packed(FULL)[:-6],
        packed(FULL + b"more"),
        packed(gzip.compress(bytes(SHORTEST // 8 - 1))),
        packed(gzip.compress(bytes(17 * 1024 * 1024))),
        packed(b"not gzip"),
        "u" + "!" * 40,
        "uü",
    ],
    ids=[
        "empty",
        "other base",
        "cut short",
        "bytes after",
        "too short",
        "unpacks to far too much",
        "not gzip",
        "not base64",
        "not ascii",
    ],
)
def test_what_is_no_list_is_not_read_as_one(text: str) -> None:
    assert decoded(text) is None


def test_the_documents_as_the_recommendation_writes_them() -> None:
    at = datetime(2026, 11, 23, 9, 0, 0, 5, tzinfo=UTC)
    purpose = StatusPurpose.REVOCATION
    entry = status_entry(HERE, purpose, 94567)
    assert entry == {
        "id": f"{HERE}/status/revocation#94567",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "94567",
        "statusListCredential": f"{HERE}/status/revocation",
    }
    bits = status_bits([94567], SHORTEST)
    document = status_list(HERE, "did:web:academy.example.org", purpose, bits, at)
    assert document["id"] == entry["statusListCredential"]
    assert (document["validFrom"], document["validUntil"]) == (
        "2026-11-23T09:00:00Z",
        "2026-11-24T09:00:00Z",
    )
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    assert subject["encodedList"] == encoded(bits)
