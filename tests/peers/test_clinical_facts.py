"""Every number of the explorers and atlases is the one of the facts base, row by row."""

import re
from pathlib import Path

import pytest

from courses.figures.atlas_facts import ScarAtlasFacts, SkinTypesFacts
from courses.figures.depth_facts import DepthExplorerFacts, ExplorerSite
from courses.figures.facts import SkinSectionFacts, read_facts
from courses.figures.healing_facts import HealingExplorerFacts
from courses.figures.parts import Range
from tests.conftest import HOUSE, skip_unless_ci
from tests.peers.conftest import FIXTURES

FACTS = FIXTURES.parent / "reference" / "clinical-facts.md"
SHARED = HOUSE / "content" / "figures"
OWN = HOUSE / "content" / "microneedling-fundamentals" / "figures"


@pytest.fixture(autouse=True, scope="module")
def facts_are_here() -> None:
    if not FACTS.is_file():
        skip_unless_ci(f"the facts base is not at {FACTS}; set PEER_FIXTURES")


def loaded(path: Path) -> object:
    read = read_facts(path.stem, path.read_text(encoding="utf-8"))
    assert not isinstance(read, tuple), read
    return read


def section(number: int) -> str:
    text = FACTS.read_text(encoding="utf-8")
    return text.split(f"\n## {number}. ")[1].split("\n## ")[0]


def row(text: str, name: str) -> list[str]:
    """The cells of the one row of a table that begins with these words."""
    found = [line for line in text.splitlines() if line.startswith(f"| {name}")]
    assert len(found) == 1, (name, found)
    return [cell.strip() for cell in found[0].strip("| ").split(" | ")]


def numbers(text: str) -> list[float]:
    return [float(one) for one in re.findall(r"\d+(?:\.\d+)?", text)]


def explorer() -> DepthExplorerFacts:
    read = loaded(SHARED / "depth-explorer.yaml")
    assert isinstance(read, DepthExplorerFacts)
    return read


def dermis(site: ExplorerSite, method: str, who: str = "") -> tuple[float, float]:
    (one,) = [one for one in site.dermis if one.method == method and one.who == who]
    return one.low, one.high


BY_SEX = {
    "forehead": "Dermis, forehead",
    "temple": "Dermis, temple",
    "cheek": "Dermis, cheekbone",
    "nose-bridge": "Dermis, nasal dorsum",
    "jaw": "Dermis, under jaw",
    "neck": "Dermis, neck",
}


@pytest.mark.parametrize(("site", "name"), BY_SEX.items())
def test_the_dermis_of_women_and_men_is_that_of_the_facts(site: str, name: str) -> None:
    said = row(section(3), name)[1]
    found = re.match(r"F (\d\.\d\d), M (\d\.\d\d)", said)
    assert found, said
    one = explorer().site(site)
    assert dermis(one, "ultrasound", "women") == (float(found[1]), float(found[1]))
    assert dermis(one, "ultrasound", "men") == (float(found[2]), float(found[2]))


def test_the_spread_is_that_of_the_facts() -> None:
    said = re.search(r"SD ~(\d\.\d)–(\d\.\d)", section(3))
    assert said
    spreads = {
        (one.spread.low, one.spread.high)
        for site in explorer().sites
        for one in site.dermis
        if one.spread
    }
    assert spreads == {(float(said[1]), float(said[2]))}


def test_eyelid_and_side_of_the_nose_are_those_of_the_facts() -> None:
    eyelid, facts = explorer().site("eyelid"), row(section(3), "Dermis, eyelid")[1]
    assert facts == "0.58–0.67 ultrasound; 0.76 histology"
    assert dermis(eyelid, "ultrasound") == (0.58, 0.67)
    assert dermis(eyelid, "histology") == (0.76, 0.76)
    nose = row(section(3), "Dermis, nasal dorsum")[1]
    side = re.search(r"lower sidewall (\d\.\d\d) histology", nose)
    assert side
    assert dermis(explorer().site("nose-side"), "histology") == (float(side[1]), float(side[1]))


def test_the_epidermis_is_that_of_the_facts() -> None:
    cells = row(section(3), "Epidermis, face")
    told = {tuple(numbers(span)) for span in cells[1].split(", or ")}
    sound = re.search(r"Ultrasound reads (\d\.\d\d)–(\d\.\d\d)", cells[2])
    assert sound
    told.add((float(sound[1]), float(sound[2])))
    assert {(one.low, one.high) for one in explorer().epidermis} == told
    lip = {one.high for one in explorer().site("upper-lip").epidermis}
    assert lip == set(numbers(row(section(3), "Upper lip")[1]))
    horn = row(section(3), "Stratum corneum, cheek")[1]
    assert explorer().horn.low == explorer().horn.high == numbers(horn)[0]


def test_where_the_facts_have_no_figure_the_explorer_has_none() -> None:
    assert "Figure not seen" in row(section(3), "Chin")[1]
    assert "dermal figure not seen" in row(section(3), "Upper lip")[2]
    for site in ("chin", "upper-lip", "orbit"):
        assert not explorer().site(site).dermis


BY_ROW = {
    "forehead": "Forehead, temple",
    "temple": "Forehead, temple",
    "orbit": "Around orbit, outside rim",
    "nose-bridge": "Nose",
    "nose-side": "Nose",
    "cheek": "Cheek",
    "upper-lip": "Upper lip",
    "chin": "Chin, jaw",
    "jaw": "Chin, jaw",
    "neck": "Neck",
}


def ends(said: Range | None) -> list[float]:
    return sorted({said.low, said.high}) if said else []


@pytest.mark.parametrize(("site", "name"), BY_ROW.items())
def test_guide_charts_and_ceiling_are_those_of_the_facts(site: str, name: str) -> None:
    _, guide, charts, ceiling = row(section(5), name)
    one = explorer().site(site)
    # The guide speaks of the bridge alone.
    assert ends(one.guide) == ([] if site == "nose-side" else numbers(guide))
    assert ends(one.charts) == numbers(charts)
    assert one.ceiling
    rule = {one.ceiling.low, one.ceiling.high, one.ceiling.signed_off or one.ceiling.high}
    assert rule == set(numbers(ceiling))


def test_every_site_is_compared_and_only_the_eyelid_is_never_treated() -> None:
    assert {one.id for one in explorer().sites} == set(BY_ROW) | {"eyelid"}
    assert [one.id for one in explorer().sites if one.never] == ["eyelid"]
    assert "never inside the orbital rim" in section(5)


def test_length_and_channel_are_those_of_the_facts() -> None:
    said = re.search(
        r"In hairless rats (\d\.\d\d) mm needles made channels averaging (\d\.\d\d) mm", section(2)
    )
    assert said
    needle = explorer().needle
    assert (needle.length, needle.channel) == (float(said[1]), float(said[2]))
    assert {needle.length, needle.channel} <= set(numbers(explorer().why))


def test_every_line_of_an_authority_stands_in_the_facts() -> None:
    lines = {one.who: (one.low, one.high) for one in explorer().lines}
    two = section(2)
    assert lines["Louisiana, US"] == (0, numbers(row(two, "Louisiana")[1])[0])
    assert lines["Utah, US"] == (0, numbers(row(two, "Utah")[1])[0])
    levels = re.search(
        r"Level 4 ≤(\d\.\d) mm manual; level 5 (\d\.\d)–(\d\.\d) mm manual; "
        r"level 6 ≤(\d\.\d) mm manual, ≤(\d\.\d) mm powered",
        row(two, "UK")[1],
    )
    assert levels
    four, five, six, powered = (
        (0, float(levels[1])),
        (float(levels[2]), float(levels[3])),
        (0, float(levels[4])),
        levels[5],
    )
    assert lines["UK framework, level 4"] == four
    assert lines["UK framework, level 5"] == five
    assert lines["UK framework, level 6"] == six
    (level,) = [one for one in explorer().lines if one.who == "UK framework, level 6"]
    assert f"powered up to {powered}" in level.words
    trial = re.search(r"label evaluated ≤(\d\.\d)", section(5))
    assert trial
    assert lines["SkinPen label"] == (0, float(trial[1]))
    assert lines["Trade convention"] == (0, numbers(row(section(1), "2 ")[1])[0])
    assert lines["FDA, US"] == lines["Nebraska, US"] == (0, None)
    assert len(lines) == 9


def test_the_skin_section_has_the_same_numbers_as_the_explorer() -> None:
    skin = loaded(OWN / "skin-section.yaml")
    assert isinstance(skin, SkinSectionFacts)
    own = {one.name: one for one in skin.sites}
    assert set(own) == {one.name for one in explorer().sites}
    for site in explorer().sites:
        other = own[site.name]
        told = {(one.method, one.who, one.low, one.high) for one in other.readings}
        assert told == {(one.method, one.who, one.low, one.high) for one in site.dermis}
        assert (site.ceiling, site.never) == (other.ceiling, other.never)


def test_healing_has_the_times_of_the_facts() -> None:
    read = loaded(SHARED / "healing-explorer.yaml")
    assert isinstance(read, HealingExplorerFacts)
    for phase in read.phases:
        said = numbers(row(section(4), phase.label)[1])
        assert set(numbers(phase.words)) == set(said), phase.label
    nine = section(9)
    for time, seen in zip(("0–24 h", "1–3 days", "3–7 days"), read.seen, strict=False):
        expected = row(nine, time)[1].lower()
        assert re.split(r"[ ,.]", seen.words.lower())[0] in expected
        hours = 60 if time.endswith("h") else 1_440
        assert [seen.begin / hours, seen.end / hours] == numbers(time)
    assert read.interval.until == 28 * 1_440
    assert "≥4 weeks for dermal depth" in section(4)
    rules = {one.label: numbers(one.words) for one in read.guidance}
    assert rules["No make-up"] == [24]
    assert "no make-up 24 h; no sweat, sauna, pool 72 h" in nine
    assert rules["No sweat, sauna, pool"] == [72]
    assert "scrubs 5–7 days" in nine
    assert rules["No retinoid, acids, vitamin C, scrubs"] == [5, 7]
    assert "open for 24 hours, vulnerable for 72" in section(4)
    assert rules["Treat skin as open"] == [24]
    assert rules["Treat skin as vulnerable"] == [72]


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("Breathing trouble", "Breathing trouble"),
        ("Spreading, hot", "Spreading hot tender"),
        ("Grouped painful", "Grouped painful"),
        ("Eye pain", "Eye pain"),
        ("Itchy rash", "Itchy rash"),
        ("Firm papules", "Firm papules"),
        ("Redness past", "Redness >7"),
        ("Brown patches", "Brown patches"),
        ("Linear, beaded", "Linear beaded"),
    ],
)
def test_every_red_flag_is_one_of_the_facts(sign: str, name: str) -> None:
    read = loaded(SHARED / "healing-explorer.yaml")
    assert isinstance(read, HealingExplorerFacts)
    (worry,) = [one for one in read.worries if one.sign.startswith(sign)]
    _, think, act = row(section(9), name)
    told = {
        "Emergency now": "emergency",
        "Emergency": "emergency",
        "Same-day medical": "same day",
        "Same-day; **eye involved = emergency**": "same day",
        "Stop products; review 24–48 h": "24 to 48 hours",
    }
    assert worry.urgency == told.get(act, "clinician")
    written_out = {"PIH": "Post-inflammatory hyperpigmentation", "Anaphylaxis, toxicity": "Anaphy"}
    said = think.split(" (")[0]
    assert worry.think.startswith(written_out.get(said, said))


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("Rolling", "Rolling"),
        ("Boxcar", "Boxcar"),
        ("Ice-pick", "Ice-pick"),
        ("Hypertrophic", "Hypertrophic | Raised"),
        ("Keloid", "Keloid"),
        ("Surgical, burn, traumatic", "Surgical, burn, traumatic"),
        ("Stretch marks (striae)", "Striae |"),
    ],
)
def test_every_scar_has_the_action_of_the_facts(name: str, begins: str) -> None:
    read = loaded(SHARED / "scar-atlas.yaml")
    assert isinstance(read, ScarAtlasFacts)
    (scar,) = [one for one in read.scars if one.name == name]
    _, looks, response, action = row(section(5), begins)
    assert re.split(r"[ ,.;]", scar.looks)[0] == re.split(r"[ ,.;]", looks)[0]
    assert set(numbers(scar.looks)) == set(numbers(looks))
    for word in ("refer", "decline", "scope"):
        assert (word in scar.action.lower()) == (word in action.lower()), word
    for word in ("poor", "worsen", "modest", "better", "specialist", "improvement"):
        assert (word in scar.response.lower()) == (word in response.lower()), word
    assert len(read.scars) == 7


def test_skin_types_say_what_sun_does_in_the_words_of_the_facts() -> None:
    read = loaded(SHARED / "skin-types.yaml")
    assert isinstance(read, SkinTypesFacts)
    (line,) = [one for one in section(7).splitlines() if "**Fitzpatrick**" in one]
    told = line.split("**: ")[1].split(". It describes")[0].split("; ")
    assert len(read.types) == len(told) == 6
    for one, said in zip(read.types, told, strict=True):
        numeral, words = said.split(" ", 1)
        assert one.numeral == numeral
        assert sorted(re.findall(r"\w+", one.words.lower())) == sorted(
            re.findall(r"\w+", words.lower())
        )
    burns = [one.burns for one in read.types]
    assert burns == sorted(burns, reverse=True)
    tans = {one.numeral: one.tans for one in read.types}
    assert tans == {"I": 0, "II": 1, "III": 2, "IV": 3, "V": None, "VI": None}
    assert "appearance and self-report are unreliable" in line.lower()
