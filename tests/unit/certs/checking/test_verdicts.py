"""Many checks, one word."""

from datetime import UTC, datetime

import pytest

from certs.checking.report import (
    Check,
    Finding,
    Note,
    Part,
    Verdict,
    failed,
    passed,
    unchecked,
    verdict_of,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def wrong(part: Part, *findings: Finding) -> Check:
    return failed(part, tuple(Note(finding=one, sentence=one) for one in findings), "how", NOW)


def everything(**instead: Check) -> tuple[Check, ...]:
    return tuple(instead.get(part, passed(part, "As it should be.", "how", NOW)) for part in Part)


def test_all_is_well() -> None:
    assert verdict_of(everything()) is Verdict.VALID


@pytest.mark.parametrize("part", [part for part in Part if part is not Part.RECORD])
def test_what_could_not_be_checked_is_not_called_valid(part: Part) -> None:
    looked = everything(**{part: unchecked(part, "Out of reach.", "how", NOW)})
    assert verdict_of(looked) is Verdict.CANNOT_CHECK


def test_whoever_checks_offline_needs_no_register() -> None:
    looked = everything(record=unchecked(Part.RECORD, "Offline.", "how", NOW))
    assert verdict_of(looked) is Verdict.VALID


@pytest.mark.parametrize(
    ("findings", "word"),
    [
        ((Finding.EXPIRED,), Verdict.EXPIRED),
        ((Finding.EXPIRED, Finding.SUSPENDED), Verdict.SUSPENDED),
        ((Finding.SUSPENDED, Finding.REVOKED), Verdict.REVOKED),
        ((Finding.LIST_STALE,), Verdict.CANNOT_CHECK),
    ],
)
def test_the_gravest_standing_speaks(findings: tuple[Finding, ...], word: Verdict) -> None:
    status = wrong(Part.STATUS, *findings)
    if findings == (Finding.LIST_STALE,):
        status = unchecked(Part.STATUS, "Stale.", "how", NOW, Finding.LIST_STALE)
    assert verdict_of(everything(status=status)) is word


def test_an_alteration_outweighs_a_standing_and_an_unknown_serial_both() -> None:
    status = wrong(Part.STATUS, Finding.REVOKED)
    altered = everything(status=status, seal=wrong(Part.SEAL, Finding.SEAL_BROKEN))
    assert verdict_of(altered) is Verdict.ALTERED
    unknown = wrong(Part.RECORD, Finding.UNKNOWN_SERIAL)
    assert verdict_of((unknown, *altered[1:])) is Verdict.NOT_FOUND
