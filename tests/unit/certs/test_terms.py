"""What a certificate states, and until when."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from certs.terms import Facts, end_of_validity, face_of

ISSUED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
FACTS = Facts(
    serial="PP-7K2M9-QX4TD-0ABCN-8RHJP",
    holder="Alba Moreno",
    achievement="Microneedling fundamentals",
    scope=("Knowledge.",),
    limits=("Not a licence.",),
    issuer="Pinpoint Academy",
    issued_at=ISSUED,
    expires_at=end_of_validity(ISSUED, 24),
    verify_url="https://academy.example.org/verify/PP-7K2M9-QX4TD-0ABCN-8RHJP",
    demo=False,
)


@pytest.mark.parametrize(
    ("issued", "months", "ends"),
    [
        ((2026, 11, 23), 24, (2028, 11, 23)),
        ((2026, 11, 23), 1, (2026, 12, 23)),
        ((2026, 11, 23), 2, (2027, 1, 23)),
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2028, 1, 31), 1, (2028, 2, 29)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
        ((2028, 2, 29), 48, (2032, 2, 29)),
        ((2026, 12, 31), 120, (2036, 12, 31)),
    ],
)
def test_the_end_is_the_same_day_or_that_months_last(
    issued: tuple[int, int, int], months: int, ends: tuple[int, int, int]
) -> None:
    begin = datetime(*issued, 9, 30, tzinfo=UTC)
    assert end_of_validity(begin, months) == datetime(*ends, 9, 30, tzinfo=UTC)


@given(st.integers(0, 40_000), st.integers(1, 119))
@settings(max_examples=100, deadline=None)
def test_more_months_end_later_and_the_hour_stays(days: int, months: int) -> None:
    begin = ISSUED + timedelta(days=days)
    end = end_of_validity(begin, months)
    assert begin < end < end_of_validity(begin, months + 1)
    assert (end.time(), end.tzinfo) == (begin.time(), UTC)


def test_the_page_shows_what_the_record_says_and_nothing_else() -> None:
    face = face_of(FACTS)
    for name in ("serial", "holder", "achievement", "scope", "limits", "issuer", "verify_url"):
        assert getattr(face, name) == getattr(FACTS, name)
    assert (face.issued_on, face.expires_on) == (ISSUED.date(), FACTS.expires_at.date())


def test_a_record_survives_storage_and_cannot_be_changed() -> None:
    assert Facts.model_validate_json(FACTS.model_dump_json()) == FACTS
    with pytest.raises(ValidationError, match="frozen"):
        FACTS.holder = "Lena"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="Extra inputs"):
        Facts.model_validate(FACTS.model_dump() | {"marks": 40})
