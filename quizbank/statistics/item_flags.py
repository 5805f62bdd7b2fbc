"""What is remarkable about an item's figures, each with its reason in words.

Nothing is said below thirty answers: chance alone would say much then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from quizbank.statistics.chosen import Choosable
from quizbank.statistics.estimates import Figure
from quizbank.statistics.intervals import Z_ONE_SIDED, fisher

FEWEST = 30
TOO_EASY, TOO_HARD = 0.95, 0.30
# Haladyna and Downing (1993): an option that fewer choose does no work.
SELDOM = 0.05
# The two-proportion test at 99 %, and a change that matters.
_DRIFT_Z, _DRIFT_CHANGE = 2.5758293035489004, 0.1


class FlagKind(StrEnum):
    """What a flag says."""

    KEY_SUSPECT = "key suspect"
    TOO_EASY = "too easy"
    TOO_HARD = "too hard"
    NON_FUNCTIONING = "non-functioning distractor"
    DRIFTING = "drifting"


@dataclass(frozen=True)
class Flag:
    """One remark on an item, with its reason as a sentence."""

    kind: FlagKind
    reason: str


@dataclass(frozen=True)
class OptionFigures:
    """How one option was chosen: how often, by fifths of the marks (lowest first)."""

    option: Choosable
    chosen: int
    fifths: tuple[int, ...]
    share: Figure
    point_biserial: Figure


@dataclass(frozen=True)
class DriftFigures:
    """The facility of recent answers and of those before; `z` of the two-proportion test."""

    recent_n: int
    recent: Figure
    earlier_n: int
    earlier: Figure
    change: Figure
    z: float | None


@dataclass(frozen=True)
class ItemFigures:
    """All figures of one item version. `counted` is the share of its attempts where it counted."""

    item_version_id: str
    n: int
    counted: float
    critical: bool
    facility: Figure
    deviation: Figure
    guess: float | None
    intended_weight: float
    effective_weight: Figure
    spread_share: Figure
    discrimination: Figure
    efficiency: Figure
    drift: DriftFigures
    answers_by_fifth: tuple[int, ...]
    options: tuple[OptionFigures, ...]


def flags_of(item: ItemFigures) -> tuple[Flag, ...]:
    """Return what is remarkable, the most pressing first; nothing below `FEWEST` answers."""
    if item.n < FEWEST:
        return ()
    found = (
        (FlagKind.KEY_SUSPECT, _why_suspect(item)),
        (FlagKind.TOO_HARD, _why_hard(item)),
        (FlagKind.TOO_EASY, _why_easy(item)),
        (FlagKind.DRIFTING, _why_drifting(item.drift)),
        (FlagKind.NON_FUNCTIONING, _why_idle(item)),
    )
    return tuple(Flag(kind, reason) for kind, reason in found if reason)


def _why_suspect(item: ItemFigures) -> str:
    beaten = _beaten_key(item)
    if beaten:
        return beaten
    r = item.discrimination.value
    if r is not None and float(fisher(r, item.n, Z_ONE_SIDED).high) < 0:
        return (
            f"People who did better on the other questions got this one wrong more often "
            f"(discrimination {_signed(r)}, n = {item.n}). Check the key and the wording."
        )
    return ""


def _beaten_key(item: ItemFigures) -> str:
    for _, options in groupby(item.options, key=lambda one: one.option.part):
        part = list(options)
        best = max((_r(one) for one in part if one.option.right), default=1.0)
        for one in part:
            draws = one.option.distracts and _r(one) > max(best, 0)
            if draws and float(fisher(_r(one), item.n, Z_ONE_SIDED).low) > 0:
                return (
                    f"People who did better on the other questions preferred “{one.option.text}” "
                    f"to the key (point-biserial {_signed(_r(one))} against {_signed(best)}, "
                    f"n = {item.n}). "
                    f"Check which one is right."
                )
    return ""


def _r(one: OptionFigures) -> float:
    return one.point_biserial.value or 0.0


def _why_hard(item: ItemFigures) -> str:
    facility, guess = item.facility.value or 0.0, item.guess or 0.0
    if facility <= guess:
        return f"{facility:.0%} of the marks were earned, and guessing alone brings {guess:.0%}."
    if facility < TOO_HARD:
        return f"Only {facility:.0%} of the marks were earned."
    return ""


def _why_easy(item: ItemFigures) -> str:
    facility = item.facility.value or 0.0
    if facility < TOO_EASY:
        return ""
    wanted = " It is critical, so that may be what you want." if item.critical else ""
    return f"{facility:.0%} of the marks were earned, so it hardly tells people apart.{wanted}"


def _why_drifting(drift: DriftFigures) -> str:
    recent, earlier = drift.recent.value, drift.earlier.value
    if recent is None or earlier is None or drift.z is None:
        return ""
    few = min(drift.recent_n, drift.earlier_n) < FEWEST
    if few or abs(drift.z) < _DRIFT_Z or abs(recent - earlier) < _DRIFT_CHANGE:
        return ""
    easier = recent > earlier
    advice = "Has it become known?" if easier else "Has something changed in the lessons?"
    return (
        f"It has become {'easier' if easier else 'harder'}: {recent:.0%} of the marks in the "
        f"last {drift.recent_n} answers, {earlier:.0%} in the {drift.earlier_n} before "
        f"(z = {_signed(drift.z, 1)}). {advice}"
    )


def _why_idle(item: ItemFigures) -> str:
    wrong = [one for one in item.options if one.option.distracts]
    idle = [one for one in wrong if (one.share.value or 0.0) < SELDOM]
    if not idle:
        return ""
    named = _listed(one.option.text for one in idle)
    return (
        f"{_of(idle, wrong)} chosen by fewer than 1 in 20: {named}. Replace what nobody believes."
    )


def _of(idle: Sequence[object], wrong: Sequence[object]) -> str:
    if len(wrong) == 1:
        return "The only wrong option is"
    return f"{len(idle)} of {len(wrong)} wrong options {'is' if len(idle) == 1 else 'are'}"


def _signed(value: float, digits: int = 2) -> str:
    return f"{value:.{digits}f}".replace("-", "−")


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(f"“{one}”" for one in texts)
