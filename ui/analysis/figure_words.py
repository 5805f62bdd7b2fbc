"""Statistics in words: figures with their ranges, and what they mean for an exam."""

from quizbank.statistics.estimates import Figure
from quizbank.statistics.item_flags import FlagKind

TOO_FEW = (
    "**Too few to judge.** Chance decides much of these figures while fewer than 30 people have "
    "answered: read how wide the ranges are. Nothing is flagged yet."
)
FLAGS: dict[FlagKind, str] = {
    FlagKind.KEY_SUSPECT: ":orange[:material/key_off: **Key suspect**]",
    FlagKind.TOO_HARD: ":orange[:material/south: **Too hard**]",
    FlagKind.TOO_EASY: ":orange[:material/north: **Too easy**]",
    FlagKind.DRIFTING: ":orange[:material/moving: **Drifting**]",
    FlagKind.NON_FUNCTIONING: ":orange[:material/visibility_off: **Non-functioning distractor**]",
}
NONE = "–"


def number(figure: Figure, digits: int = 2) -> str:
    """Return the value of a figure, a dash where it is not defined."""
    return NONE if figure.value is None else signed(figure.value, digits)


def number_range(figure: Figure, digits: int = 2) -> str:
    """Return the ends of its interval as "0.10 to 0.42"."""
    if figure.low is None or figure.high is None:
        return NONE
    return f"{signed(figure.low, digits)} to {signed(figure.high, digits)}"


def percent(figure: Figure) -> str:
    """Return a share in per cent."""
    return NONE if figure.value is None else whole_percent(figure.value)


def percent_range(figure: Figure) -> str:
    """Return the ends of a share's interval as "58% to 81%"."""
    if figure.low is None or figure.high is None:
        return NONE
    return f"{whole_percent(figure.low)} to {whole_percent(figure.high)}"


def whole_percent(share: float) -> str:
    """Return a share in per cent, without decimals."""
    return f"{signed(100 * share, 0)}%"


def signed(value: float, digits: int = 2) -> str:
    """Return a number with a real minus sign, and no minus before nothing."""
    said = f"{value:.{digits}f}"
    return said.replace("-", "" if float(said) == 0 else "−")


def reliability_said(alpha: Figure) -> str:
    """Return what coefficient alpha says, as a sentence."""
    if alpha.value is None:
        return "It takes two people and two questions."
    if alpha.value >= 0.9:
        return "Very reliable: another form would rank people almost alike."
    if alpha.value >= 0.8:
        return "Reliable enough to decide about single people."
    if alpha.value >= 0.7:
        return "Fair. More questions, or better ones, would make it surer."
    return "Low. Marks depend much on which questions somebody happened to get."


def discrimination_said(r: Figure) -> str:
    """Return what a discrimination index says, as a sentence."""
    if r.value is None:
        return "Everybody earned the same, so it tells nobody apart."
    if r.low is not None and r.high is not None and r.low <= 0 <= r.high:
        return "By chance alone it could be 0: too few answers, or it tells nobody apart."
    if r.value < 0:
        return "People who did better elsewhere did worse here."
    if r.value < 0.1:
        return "It hardly tells stronger from weaker people."
    if r.value < 0.3:
        return "It tells stronger from weaker people a little."
    return "It tells stronger from weaker people well."


def skewness_said(skewness: Figure) -> str:
    """Return to which side marks trail off."""
    if skewness.value is None:
        return "It takes three people with different marks."
    if abs(skewness.value) < 0.5:
        return "Marks lie evenly around the middle."
    if skewness.value < 0:
        return "Most marks are high, with a tail of low ones."
    return "Most marks are low, with a tail of high ones."


def kurtosis_said(kurtosis: Figure) -> str:
    """Return how marks gather around the middle."""
    if kurtosis.value is None:
        return "It takes four people with different marks."
    if abs(kurtosis.value) < 1:
        return "Marks gather as they do around a normal curve."
    if kurtosis.value < 0:
        return "Marks are spread more evenly than a normal curve."
    return "Marks gather more tightly, with more far ones, than a normal curve."
