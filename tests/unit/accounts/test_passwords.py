"""Passwords: their rules, in bytes, and bcrypt."""

import bcrypt
import pytest

from accounts.passwords import (
    LONGEST_BYTES,
    hash_password,
    password_matches,
    password_problems,
    strength,
)

GOOD = "seventeen quiet lanterns"


@pytest.mark.parametrize(
    ("password", "size"),
    [
        ("quiet lantern " * 5 + "ab", 72),
        ("ü" * 30 + "quiet lamps ", 72),
        ("🧡🌿🪡" * 6, 72),
    ],
)
def test_72_bytes_are_fine_and_one_more_is_refused(password: str, size: int) -> None:
    assert len(password.encode()) == size == LONGEST_BYTES
    assert not any("bytes" in problem for problem in password_problems(password))
    (problem,) = password_problems(password + "x")
    assert "73 bytes" in problem
    assert "at most 72" in problem


def test_72_bytes_count_to_the_last_and_73_never_match() -> None:
    longest = "quiet lantern " * 5 + "ab"
    hashed = hash_password(longest, rounds=4)
    assert password_matches(longest, hashed)
    assert not password_matches(longest[:-1] + "c", hashed)
    assert not password_matches(longest + "x", hashed)


def test_a_short_password_is_counted_in_characters_as_people_do() -> None:
    (problem,) = password_problems("🧡" * 9)
    assert "at least 10 characters" in problem


@pytest.mark.parametrize("password", ["password123", "1234567890", "qwertyuiop", "aaaaaaaaaaaa"])
def test_what_everybody_uses_is_too_easy(password: str) -> None:
    (problem,) = password_problems(password)
    assert problem.startswith("This password is too easy to guess.")


def test_the_own_name_makes_a_password_weaker() -> None:
    personal = ("alba.moreno@example.org", "Albamoreno")
    assert strength("albamoreno26").score > strength("albamoreno26", personal).score
    assert password_problems("albamoreno", personal)


def test_a_character_that_nobody_can_type_is_refused() -> None:
    assert "cannot be typed" in password_problems("quiet\0lantern seventeen")[0]
    assert not password_matches("\0", hash_password("-", rounds=4))


def test_a_good_password_breaks_no_rule() -> None:
    assert password_problems(GOOD, ("alba@example.org", "Alba")) == ()


def test_a_password_matches_itself_only() -> None:
    hashed = hash_password(GOOD, rounds=4)
    assert hashed.startswith("$2b$04$")
    assert password_matches(GOOD, hashed)
    assert not password_matches(GOOD.upper(), hashed)
    assert not password_matches("", hashed)
    assert hash_password(GOOD, rounds=4) != hashed


def test_nobody_has_no_password_that_fits_and_the_check_still_runs() -> None:
    asked: list[bytes] = []

    def counted(password: bytes, hashed: bytes) -> bool:
        asked.append(hashed)
        return original(password, hashed)

    original = bcrypt.checkpw
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bcrypt, "checkpw", counted)
        assert not password_matches(GOOD, None)
        assert not password_matches("-", None)
        assert not password_matches("x" * 73, "whatever stands there")
    assert len(asked) == 3
    assert {hashed[:7] for hashed in asked} == {b"$2b$12$"}
