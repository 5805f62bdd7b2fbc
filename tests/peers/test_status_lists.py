"""Status lists against the recommendation's example and a published list of 1EdTech."""

import json

from certs.statuslist import decoded, encoded
from tests.peers.conftest import FIXTURES, fixture

CREDENTIALS = FIXTURES / "credentials"


def test_the_example_of_the_recommendation_reads_as_no_bit_set() -> None:
    given = fixture("credentials/bitstring/spec-empty-list.json")
    bits = decoded(given["encodedList"])
    assert bits is not None
    assert (len(bits.data), any(bits.data)) == (given["bytes"], False)
    assert decoded(encoded(bits)) == bits


def test_a_revoked_badge_of_the_validator_is_revoked_in_its_list() -> None:
    folder = CREDENTIALS / "ob3" / "validator-samples" / "bit-string-list"
    entry = json.loads((folder / "credential-status-revoked.json").read_text())["credentialStatus"]
    subject = json.loads((folder / "testlist").read_text())["credentialSubject"]
    bits = decoded(subject["encodedList"])
    assert bits is not None
    index = entry["statusListIndex"]
    assert [bits.is_set(place) for place in (index - 1, index, index + 1)] == [False, True, False]
