"""May she do this: the truth table, its edges, and the laws that hold whatever is asked."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certs.eligibility import Answer, Eligibility, Ground, Held, Treatment, eligibility
from courses.coverage import Coverage, Device, Jurisdiction, Practice, Site, SiteDepth

NOW = datetime(2027, 3, 7, 9, 5, tzinfo=UTC)
LAW = Jurisdiction(note="Not a licence.", as_of=date(2026, 11, 22), review_due=date(2027, 11, 22))
COVERAGE = Coverage(
    sites=(
        SiteDepth(site=Site.CHEEK, max_depth_mm=0.5),
        SiteDepth(site=Site.ORBITAL_RIM, max_depth_mm=0.25),
    ),
    devices=(Device.ROLLER, Device.PEN),
    practice=Practice.KNOWLEDGE,
    jurisdiction=LAW,
)
HELD = Held(
    serial="PP-1",
    issued_at=NOW - timedelta(days=30),
    expires_at=NOW + timedelta(days=200),
    revoked_at=None,
    suspended_at=None,
    coverage=COVERAGE,
)
ASKED = Treatment(site=Site.CHEEK, depth_mm=0.5, device=Device.PEN, on=NOW.date())
TODAY, DAY = NOW.date(), timedelta(days=1)
STALE = COVERAGE.model_copy(
    update={"jurisdiction": LAW.model_copy(update={"review_due": TODAY - DAY})}
)
NOTHING = COVERAGE.model_copy(update={"sites": (), "devices": ()})


def held(**changes: Any) -> Held:
    return replace(HELD, **changes)


def asked(**changes: Any) -> Treatment:
    return ASKED.model_copy(update=changes)


def ends(after: timedelta) -> dict[str, datetime]:
    return {"expires_at": NOW + after}


TABLE = (
    # the certificate          the treatment                  the ground
    ({}, {}, Ground.COVERED),
    (ends(timedelta(seconds=1)), {}, Ground.COVERED),
    (ends(timedelta(0)), {}, Ground.EXPIRED),
    (ends(-DAY), {}, Ground.EXPIRED),
    (ends(-DAY), {"on": TODAY - 2 * DAY}, Ground.COVERED),
    (ends(-DAY), {"on": TODAY - DAY}, Ground.ENDS_THAT_DAY),
    (ends(2 * DAY), {"on": TODAY + DAY}, Ground.COVERED),
    (ends(2 * DAY), {"on": TODAY + 2 * DAY}, Ground.ENDS_THAT_DAY),
    (ends(2 * DAY), {"on": TODAY + 3 * DAY}, Ground.EXPIRED),
    ({"expires_at": datetime(2027, 3, 9, tzinfo=UTC)}, {"on": date(2027, 3, 8)}, Ground.COVERED),
    ({"expires_at": datetime(2027, 3, 9, tzinfo=UTC)}, {"on": date(2027, 3, 9)}, Ground.EXPIRED),
    ({"issued_at": NOW}, {}, Ground.COVERED),
    ({"issued_at": NOW}, {"on": TODAY - DAY}, Ground.NOT_YET_ISSUED),
    ({"revoked_at": NOW}, {}, Ground.REVOKED),
    ({"revoked_at": NOW}, {"on": TODAY - DAY}, Ground.REVOKED),
    ({"revoked_at": NOW, "coverage": None}, {}, Ground.REVOKED),
    ({"revoked_at": NOW, "suspended_at": NOW}, {}, Ground.REVOKED),
    ({"suspended_at": NOW}, {}, Ground.SUSPENDED),
    ({"suspended_at": NOW}, {"on": TODAY + DAY}, Ground.SUSPENDED),
    ({"suspended_at": NOW}, {"on": TODAY - DAY}, Ground.SUSPENDED_SINCE),
    ({"suspended_at": NOW}, {"on": TODAY - DAY, "depth_mm": 0.6}, Ground.DEPTH),
    ({}, {"depth_mm": 0.25}, Ground.COVERED),
    ({}, {"depth_mm": 0.51}, Ground.DEPTH),
    ({}, {"site": Site.ORBITAL_RIM, "depth_mm": 0.25}, Ground.COVERED),
    ({}, {"site": Site.ORBITAL_RIM}, Ground.DEPTH),
    ({}, {"site": Site.EYELID, "depth_mm": 0.01}, Ground.SITE),
    ({}, {"device": Device.STAMP}, Ground.DEVICE),
    ({}, {"device": Device.RADIOFREQUENCY}, Ground.DEVICE),
    ({"coverage": None}, {}, Ground.NOTHING_RECORDED),
    ({"coverage": NOTHING}, {}, Ground.NO_TREATMENT),
    ({"coverage": NOTHING, "revoked_at": NOW}, {}, Ground.REVOKED),
    ({"coverage": None, **ends(-DAY)}, {}, Ground.EXPIRED),
    ({"coverage": STALE}, {}, Ground.LAW_UNREVIEWED),
    ({"coverage": STALE}, {"on": TODAY - DAY}, Ground.COVERED),
    ({"coverage": STALE}, {"depth_mm": 0.6}, Ground.DEPTH),
    ({"coverage": STALE, "law": LAW}, {}, Ground.LAW_UNREVIEWED),
)


@pytest.mark.parametrize(("certificate", "treatment", "ground"), TABLE)
def test_truth_table(
    certificate: dict[str, Any], treatment: dict[str, Any], ground: Ground
) -> None:
    found = eligibility([held(**certificate)], asked(**treatment), NOW)
    assert found.ground is ground
    assert found.serial == "PP-1"
    assert found.reason.endswith(".")


def test_every_ground_stands_in_the_table() -> None:
    assert {row[2] for row in TABLE} | {Ground.NO_CERTIFICATE} == set(Ground)


@pytest.mark.parametrize(
    ("ground", "answer"),
    [
        (Ground.COVERED, Answer.COVERED),
        (Ground.LAW_UNREVIEWED, Answer.UNKNOWN),
        (Ground.ENDS_THAT_DAY, Answer.UNKNOWN),
        (Ground.SUSPENDED_SINCE, Answer.UNKNOWN),
        (Ground.NOTHING_RECORDED, Answer.UNKNOWN),
        (Ground.NO_TREATMENT, Answer.NOT_COVERED),
        (Ground.DEPTH, Answer.NOT_COVERED),
        (Ground.DEVICE, Answer.NOT_COVERED),
        (Ground.SITE, Answer.NOT_COVERED),
        (Ground.SUSPENDED, Answer.NOT_COVERED),
        (Ground.EXPIRED, Answer.NOT_COVERED),
        (Ground.NOT_YET_ISSUED, Answer.NOT_COVERED),
        (Ground.REVOKED, Answer.NOT_COVERED),
        (Ground.NO_CERTIFICATE, Answer.NOT_COVERED),
    ],
)
def test_what_each_ground_means(ground: Ground, answer: Answer) -> None:
    assert ground.answer is answer


def test_a_newer_word_on_the_law_takes_the_place_of_the_issued_one() -> None:
    newer = LAW.model_copy(update={"as_of": TODAY, "note": "A licence is asked for now."})
    found = eligibility([held(coverage=STALE, law=newer)], ASKED, NOW)
    assert found.answer is Answer.COVERED
    assert "A licence is asked for now. (As of 7 March 2027.)" in found.bear_in_mind


def test_the_day_of_the_review_itself_is_still_fresh() -> None:
    due = LAW.model_copy(update={"review_due": TODAY})
    coverage = COVERAGE.model_copy(update={"jurisdiction": due})
    found = [
        eligibility([held(coverage=coverage)], asked(on=TODAY + days), NOW).ground
        for days in (timedelta(0), DAY)
    ]
    assert found == [Ground.COVERED, Ground.LAW_UNREVIEWED]


def test_what_is_covered_says_what_to_bear_in_mind() -> None:
    found = eligibility([held(demo=True)], asked(on=TODAY + DAY), NOW)
    assert found.reason == (
        "The certificate covers cheek to 0.5 mm with this device (motorised pen) on 8 March 2027."
    )
    assert found.bear_in_mind == (
        "This is a demo certificate. It certifies nothing about anybody.",
        "Only knowledge was assessed; practical skill was not.",
        "Not a licence. (As of 22 November 2026.)",
        "This is how it stands today. Ask again on the day.",
    )


def test_observed_practice_draws_no_warning() -> None:
    seen = COVERAGE.model_copy(update={"practice": Practice.OBSERVED})
    found = eligibility([held(coverage=seen)], ASKED, NOW)
    assert found.bear_in_mind == ("Not a licence. (As of 22 November 2026.)",)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"depth_mm": 0.75}, "0.75 mm is deeper than the certificate covers there: 0.5 mm."),
        ({"device": Device.STAMP}, "It names: manual roller, motorised pen."),
        ({"site": Site.NECK}, "does not name this site: neck."),
    ],
)
def test_the_reason_says_what_is_missing(changes: dict[str, Any], words: str) -> None:
    found = eligibility([HELD], asked(**changes), NOW)
    assert words in found.reason
    assert found.bear_in_mind == ()


def test_one_certificate_that_covers_is_enough() -> None:
    others = [held(serial="PP-2", revoked_at=NOW), held(serial="PP-3", coverage=None)]
    assert eligibility([*others, HELD], ASKED, NOW).serial == "PP-1"


def test_of_several_the_nearest_gives_the_reason() -> None:
    certificates = [held(serial="PP-2", revoked_at=NOW), held(serial="PP-3", **ends(-DAY)), HELD]
    found = eligibility(certificates, asked(depth_mm=2), NOW)
    assert (found.ground, found.serial) == (Ground.DEPTH, "PP-1")


def test_a_certificate_of_no_treatment_hides_no_refusal_by_another() -> None:
    found = eligibility([held(coverage=NOTHING), held()], asked(depth_mm=3), NOW)
    assert (found.answer, found.ground) == (Answer.NOT_COVERED, Ground.DEPTH)


@pytest.mark.parametrize("missing", ["sites", "devices"])
def test_sites_and_devices_go_together(missing: str) -> None:
    with pytest.raises(ValidationError, match="or neither"):
        Coverage.model_validate({**COVERAGE.model_dump(), missing: ()})


def test_nobody_without_a_certificate_is_covered() -> None:
    found = eligibility([], ASKED, NOW)
    assert (found.answer, found.serial) == (Answer.NOT_COVERED, None)


@pytest.mark.parametrize("depth", [0, -1, 20.1, float("nan"), float("inf")])
def test_a_depth_that_is_none_is_refused(depth: float) -> None:
    with pytest.raises(ValidationError):
        Treatment(site=Site.CHEEK, depth_mm=depth, device=Device.PEN, on=TODAY)


DEPTHS = st.floats(0.01, 3).map(lambda depth: round(depth, 2))
DAYS = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days))
INSTANTS = st.integers(-400, 400).map(lambda days: NOW + timedelta(days, hours=days))
SITES = st.lists(
    st.builds(SiteDepth, site=st.sampled_from(Site), max_depth_mm=DEPTHS),
    min_size=1,
    max_size=4,
    unique_by=lambda one: one.site,
)
COVERAGES = st.builds(
    Coverage,
    sites=SITES.map(tuple),
    devices=st.lists(st.sampled_from(Device), min_size=1, max_size=3, unique=True).map(tuple),
    practice=st.sampled_from(Practice),
    jurisdiction=st.builds(Jurisdiction, note=st.just("Ask."), as_of=DAYS, review_due=DAYS),
)
CERTIFICATES = st.builds(
    Held,
    serial=st.just("PP-1"),
    issued_at=INSTANTS,
    expires_at=INSTANTS,
    revoked_at=st.none() | INSTANTS,
    suspended_at=st.none() | INSTANTS,
    coverage=st.none() | st.just(NOTHING) | COVERAGES,
    law=st.none() | st.just(LAW),
)
HOLDINGS = st.lists(CERTIFICATES, max_size=4)
TREATMENTS = st.builds(
    Treatment,
    site=st.sampled_from(Site),
    depth_mm=DEPTHS,
    device=st.sampled_from(Device),
    on=DAYS,
)
_ORDER = (Answer.COVERED, Answer.UNKNOWN, Answer.NOT_COVERED)


def rank(found: Eligibility) -> int:
    return _ORDER.index(found.answer)


@given(HOLDINGS, TREATMENTS, DEPTHS)
def test_deeper_is_never_answered_better(
    holding: list[Held], treatment: Treatment, more: float
) -> None:
    deeper = treatment.model_copy(update={"depth_mm": treatment.depth_mm + more})
    before, after = (eligibility(holding, one, NOW) for one in (treatment, deeper))
    assert rank(after) >= rank(before)


@given(HOLDINGS, TREATMENTS, CERTIFICATES)
def test_another_certificate_never_makes_it_worse(
    holding: list[Held], treatment: Treatment, another: Held
) -> None:
    before, after = (eligibility(one, treatment, NOW) for one in (holding, [*holding, another]))
    assert rank(after) <= rank(before)


@given(HOLDINGS, TREATMENTS)
def test_covered_is_said_only_where_a_certificate_names_it_and_stands(
    holding: list[Held], treatment: Treatment
) -> None:
    found = eligibility(holding, treatment, NOW)
    named = any(
        one.revoked_at is None
        and one.suspended_at is None
        and one.issued_at.date() <= treatment.on <= one.expires_at.date()
        and one.coverage is not None
        and treatment.device in one.coverage.devices
        and any(
            place.site is treatment.site and treatment.depth_mm <= place.max_depth_mm
            for place in one.coverage.sites
        )
        for one in holding
    )
    assert named or found.answer is not Answer.COVERED


@given(HOLDINGS, TREATMENTS)
def test_a_revoked_certificate_counts_for_nothing(
    holding: list[Held], treatment: Treatment
) -> None:
    revoked = [replace(one, revoked_at=NOW) for one in holding]
    assert eligibility(revoked, treatment, NOW).answer is Answer.NOT_COVERED
