"""Open Badges 3.0 of others, as 1EdTech's validator ships them: what we can say of each, we say."""

import json
from datetime import UTC, datetime

import pytest

from certs.checking.files import check_file
from certs.checking.report import Finding, Form, Outcome, Part, Report, Verdict
from tests.issuing import trust
from tests.peers.conftest import FIXTURES

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SAMPLES = FIXTURES / "credentials" / "ob3" / "validator-samples"


def report_on(name: str) -> Report:
    return check_file((SAMPLES / name).read_bytes(), trust(NOW), NOW)


def _all() -> list[str]:
    return sorted(
        str(path.relative_to(SAMPLES))
        for path in SAMPLES.rglob("*")
        if path.suffix in {".json", ".jwt"}
    )


@pytest.mark.parametrize("name", _all())
def test_nothing_of_another_issuer_is_called_valid_and_nothing_raises(name: str) -> None:
    report = report_on(name)
    assert report.verdict is not Verdict.VALID
    assert all(check.sentence for check in report.checks)


def test_a_did_key_shows_that_nothing_was_changed_and_not_whose_it_is() -> None:
    report = report_on("simple-did-key-method.json")
    assert report.check(Part.DATA).outcome is Outcome.PASSED
    assert report.check(Part.ISSUER).findings == (Finding.ISSUER_UNPROVEN,)
    assert report.verdict is Verdict.CANNOT_CHECK


def test_a_did_key_over_changed_data_is_caught() -> None:
    changed = json.loads((SAMPLES / "simple-did-key-method.json").read_text())
    changed["name"] = "another name"
    report = check_file(json.dumps(changed).encode(), trust(NOW), NOW)
    assert report.verdict is Verdict.ALTERED
    assert report.check(Part.DATA).findings == (Finding.PROOF_WRONG,)


@pytest.mark.parametrize("name", ["simple.json", "simple-did-web-method.json", "complete.json"])
def test_an_issuer_whose_keys_stand_elsewhere_cannot_be_checked_here(name: str) -> None:
    report = report_on(name)
    assert (report.verdict, report.form) == (Verdict.CANNOT_CHECK, Form.ELSEWHERE)
    assert "cannot be checked here" in report.check(Part.ISSUER).sentence


def test_one_that_has_ended_says_when() -> None:
    report = report_on("simple-err-expired.json")
    assert report.verdict is Verdict.EXPIRED
    assert report.check(Part.STATUS).sentence.startswith("It ended on 1 January 2010.")


def test_one_that_begins_later_says_when() -> None:
    later = json.loads((SAMPLES / "simple.json").read_text()) | {
        "validFrom": "2050-01-20T00:00:00Z"
    }
    status = check_file(json.dumps(later).encode(), trust(NOW), NOW).check(Part.STATUS)
    assert status.sentence == "It begins only on 20 January 2050."


@pytest.mark.parametrize("name", ["simple.jwt", "complete.jwt"])
def test_a_token_is_read_too(name: str) -> None:
    if (SAMPLES / name).is_file():
        report = report_on(name)
        assert report.says.achievement
        assert Finding.ISSUER_ELSEWHERE in report.findings


def test_a_list_elsewhere_is_not_taken_for_a_clean_one() -> None:
    status = report_on("bit-string-list/credential-status-revoked.json").check(Part.STATUS)
    assert (status.outcome, status.findings) == (Outcome.UNCHECKED, (Finding.LIST_MISSING,))


@pytest.mark.parametrize(
    "name", [name for name in _all() if "-type" in name or name.endswith("err-context.json")]
)
def test_what_is_no_sound_badge_says_which_part(name: str) -> None:
    report = report_on(name)
    assert report.verdict is Verdict.ALTERED
    assert set(report.check(Part.DATA).findings) == {Finding.NOT_A_BADGE}


def test_one_without_a_proof_is_anybodys() -> None:
    bare = json.loads((SAMPLES / "simple.json").read_text())
    del bare["proof"]
    report = check_file(json.dumps(bare).encode(), trust(NOW), NOW)
    assert report.check(Part.DATA).findings == (Finding.PROOF_MISSING,)
