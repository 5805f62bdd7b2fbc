"""The numbing arithmetic, step by step, as teaching: it can only ever say no.

Decimal numbers throughout, so that what is shown is what is compared; grams round down.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from courses.figures.lidocaine_facts import LidocaineFacts

# What this page takes for a grown person's weight in kilograms and an amount somebody could mean.
LIGHTEST, HEAVIEST = Decimal(30), Decimal(250)
MOST_GRAMS = Decimal(500)
# A gram holds ten milligrams for each percent: 1% is 1 g in 100 g.
_MG_A_PERCENT = 10
_TENTH = Decimal("0.1")


class Verdict(StrEnum):
    """What the sum says; there is no verdict that allows anything."""

    BELOW = "below"
    ABOVE = "above"
    TOO_STRONG = "too strong"


@dataclass(frozen=True)
class LabelSum:
    """The sum for one person: milligrams, and grams rounded down to a tenth."""

    weight: Decimal
    grams: Decimal
    percent: Decimal
    mg_per_gram: Decimal
    body_mg: Decimal
    ceiling_mg: Decimal
    exact_grams: Decimal
    ceiling_grams: Decimal
    typed_mg: Decimal
    verdict: Verdict


def work_out(
    facts: LidocaineFacts, weight: float, grams: float, percent: float
) -> LabelSum | tuple[str, ...]:
    """Work the sum out from kilograms, grams and percent, or say what makes no sense."""
    kilograms, amount, strength = (Decimal(str(one)) for one in (weight, grams, percent))
    problems = tuple(_problems(kilograms, amount, strength))
    if problems:
        return problems
    mg_per_gram = strength * _MG_A_PERCENT
    body_mg = Decimal(str(facts.mg_per_kg)) * kilograms
    ceiling_mg = min(body_mg, Decimal(str(facts.most_mg)))
    typed_mg = amount * mg_per_gram
    exact = ceiling_mg / mg_per_gram
    return LabelSum(
        weight=kilograms,
        grams=amount,
        percent=strength,
        mg_per_gram=mg_per_gram,
        body_mg=body_mg,
        ceiling_mg=ceiling_mg,
        exact_grams=exact,
        ceiling_grams=exact.quantize(_TENTH, ROUND_FLOOR),
        typed_mg=typed_mg,
        verdict=_verdict(facts, strength, typed_mg, ceiling_mg),
    )


def _verdict(
    facts: LidocaineFacts, strength: Decimal, typed_mg: Decimal, ceiling_mg: Decimal
) -> Verdict:
    if strength > Decimal(str(facts.percent)):
        return Verdict.TOO_STRONG
    # The label says under; what reaches the ceiling is not under it.
    return Verdict.BELOW if typed_mg < ceiling_mg else Verdict.ABOVE


def _problems(weight: Decimal, grams: Decimal, percent: Decimal) -> list[str]:
    found: list[str] = []
    if not (weight.is_finite() and LIGHTEST <= weight <= HEAVIEST):
        found.append(
            f"The weight must be in kilograms, from {LIGHTEST} to {HEAVIEST}. Divide pounds by "
            "2.2, and do not treat anybody lighter by this page."
        )
    if not (grams.is_finite() and 0 < grams <= MOST_GRAMS):
        found.append(
            f"The amount must be in grams, above 0 and at most {MOST_GRAMS}. Weigh it on a scale."
        )
    if not (percent.is_finite() and 0 < percent <= 100):
        found.append(
            "The strength must be in percent, above 0 and at most 100. A product without a "
            "strength on it is not used."
        )
    return found


def in_figures(number: Decimal) -> str:
    """Return a number without needless zeros: 225, 5.6, 7.5, 0.25."""
    return f"{number.quantize(Decimal('0.001')).normalize():f}"


def steps(facts: LidocaineFacts, done: LabelSum) -> tuple[str, ...]:
    """Return the sum in sentences of Markdown, a step each.

    What is too strong for the label has no grams to be worked out.
    """
    percent, per_gram = in_figures(done.percent), in_figures(done.mg_per_gram)
    body, ceiling = in_figures(done.body_mg), in_figures(done.ceiling_mg)
    most = in_figures(Decimal(str(facts.most_mg)))
    grams = (
        f"**Milligrams to grams.** {ceiling} ÷ {per_gram} = {in_figures(done.exact_grams)}, "
        f"rounded down: **{in_figures(done.ceiling_grams)} g**."
    )
    return (
        f"**Strength to milligrams.** {percent}% is {percent} g in 100 g: "
        f"**{per_gram} mg in each gram**.",
        f"**Body limit.** {in_figures(Decimal(str(facts.mg_per_kg)))} mg × "
        f"{in_figures(done.weight)} kg = **{body} mg**.",
        f"**The lower limit counts.** {body} mg or {most} mg: **{ceiling} mg**.",
        *([] if done.verdict is Verdict.TOO_STRONG else [grams]),
        f"**What was typed.** {in_figures(done.grams)} g × {per_gram} mg = "
        f"**{in_figures(done.typed_mg)} mg**.",
    )
