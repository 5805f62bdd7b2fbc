"""Serials survive being typed and read aloud; other identifiers do not repeat."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from base.ids import (
    ALPHABET,
    code_digest,
    new_code,
    new_id,
    new_seed,
    new_serial,
    new_token,
    parse_serial,
    token_digest,
)

serials = st.builds(new_serial)
SERIAL = "PP-7K2M9-QX4TD-0ABCN-8RHJP"


@given(serials)
@settings(max_examples=100, deadline=None)
def test_a_serial_is_read_back_however_it_is_typed(serial: str) -> None:
    assert parse_serial(serial) == serial
    for typed in (serial.lower(), serial.replace("-", ""), f"  {serial.replace('-', ' ')} "):
        assert parse_serial(typed) == serial
    confused = serial[3:].replace("1", "l").replace("0", "o")
    assert parse_serial(f"PP-{confused}") == serial
    assert parse_serial(f"pp{confused.replace('l', 'I')}") == serial


@given(serials)
@settings(max_examples=100, deadline=None)
def test_a_serial_is_read_without_its_prefix(serial: str) -> None:
    assert parse_serial(serial.removeprefix("PP-")) == serial


def test_a_serial_that_itself_begins_with_pp_is_read_without_its_prefix() -> None:
    serial = next(one for one in map(_with_body, range(40)) if one is not None)
    assert parse_serial(serial.removeprefix("PP-")) == serial


def _with_body(number: int) -> str | None:
    # One of the 31 check characters fits; the others are refused.
    return parse_serial(f"PP-PP345-6789A-BCDEF-GHJK{ALPHABET[number % 32]}")


@given(serials, st.integers(3, 25), st.sampled_from(ALPHABET))
@settings(max_examples=300, deadline=None)
def test_one_wrong_character_is_caught(serial: str, place: int, other: str) -> None:
    right = serial[place]
    assume(right not in {"-", other} and {right, other} != {"0", "Z"})
    assert parse_serial(serial[:place] + other + serial[place + 1 :]) is None


@given(serials, st.integers(3, 24))
@settings(max_examples=200, deadline=None)
def test_two_neighbours_swapped_are_caught(serial: str, place: int) -> None:
    body = serial.replace("-", "")[2:]
    place = place % 19
    first, second = body[place], body[place + 1]
    assume(first != second and {first, second} != {"0", "Z"})
    swapped = body[:place] + second + first + body[place + 2 :]
    assert parse_serial("PP" + swapped) is None


@pytest.mark.parametrize(
    "text", ["", "PP", "PP-", SERIAL[:-1], SERIAL + "1", "PP-" + "U" * 20, "ß" * 10, "٣" * 20, "\0"]
)
def test_what_cannot_be_a_serial_is_none(text: str) -> None:
    assert parse_serial(text) is None


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_reading_a_serial_never_raises_and_what_it_returns_is_stable(text: str) -> None:
    serial = parse_serial(text)
    assert serial is None or parse_serial(serial) == serial


def test_fresh_ones_do_not_repeat() -> None:
    for fresh in (new_id, new_token, new_seed, new_serial):
        assert len({fresh() for _ in range(500)}) == 500


def test_seeds_fit_a_signed_column() -> None:
    assert all(0 <= new_seed() < 2**63 for _ in range(500))


def test_a_token_is_kept_as_its_digest_only() -> None:
    token = new_token()
    assert len(token) >= 43
    assert token not in token_digest(token)
    assert token_digest(token) == token_digest(token) != token_digest(token + "x")


@given(st.builds(new_code))
@settings(max_examples=50, deadline=None)
def test_a_code_is_the_same_however_it_is_typed(code: str) -> None:
    confused = code.lower().replace("-", " ").replace("1", "l").replace("0", "o")
    assert code_digest(code) == code_digest(confused)
    assert code_digest(code) != code_digest(f"{code}0")
