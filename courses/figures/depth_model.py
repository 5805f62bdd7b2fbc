"""The skin of one site as one source measured it, and what a length means there, in words.

No model of insertion: what a needle reaches lies anywhere between much less than its length and
its length, which is all that the facts support.
"""

from dataclasses import dataclass

from courses.figures.depth_facts import DepthExplorerFacts, Dermis, ExplorerSite, View
from courses.figures.parts import Reading, lowered


@dataclass(frozen=True)
class Floor:
    """Where the dermis ends, in mm from the surface.

    `mean_low` to `mean_high` adds the means, `shallow` to `deep` the spread between people too.
    """

    shallow: float
    mean_low: float
    mean_high: float
    deep: float


@dataclass(frozen=True)
class Shown:
    """What stands on the screen: a site, a source, a needle's length in mm."""

    facts: DepthExplorerFacts
    site: ExplorerSite
    view: View
    length: float

    @property
    def epidermis(self) -> tuple[Reading, ...]:
        """The readings of the epidermis by this method, the site's own where there are any."""
        own = tuple(one for one in self.site.epidermis if one.method == self.view.method)
        face = tuple(one for one in self.facts.epidermis if one.method == self.view.method)
        return own or face

    @property
    def dermis(self) -> Dermis | None:
        """The site's reading by this source, if one was seen."""
        for one in self.site.dermis:
            if one.method == self.view.method and one.who in ("", self.view.who):
                return one
        return None

    @property
    def epidermis_ends(self) -> tuple[float, float]:
        """Between which depths the epidermis ends."""
        readings = self.epidermis
        return min(one.low for one in readings), max(one.high for one in readings)

    @property
    def floor(self) -> Floor | None:
        """Where the dermis ends; None where no thickness was seen."""
        dermis = self.dermis
        if dermis is None:
            return None
        thin, thick = self.epidermis_ends
        spread = dermis.spread.high if dermis.spread else 0.0
        low, high = thin + dermis.low, thick + dermis.high
        return Floor(low - spread, low, high, high + spread)


def shown(facts: DepthExplorerFacts, site: str, view: str, length: float) -> Shown:
    """Return what to show; an unknown site or view becomes the first, a length the nearest."""
    return Shown(facts, facts.site(site), facts.view(view), facts.lengths.nearest(length))


def first_shown(facts: DepthExplorerFacts) -> Shown:
    """Return what is shown before anything is chosen."""
    return Shown(facts, facts.sites[0], facts.views[0], facts.lengths.first)


def epidermis_words(now: Shown) -> str:
    """Say how thick the epidermis is."""
    return " or ".join(f"{one.span} mm" for one in now.epidermis)


def dermis_words(now: Shown) -> str:
    """Say how thick the dermis is, with the spread; or that no figure was seen."""
    dermis = now.dermis
    if dermis is None:
        return "no figure seen from this source"
    where = f" ({now.site.measured_at})" if now.site.measured_at else ""
    if dermis.spread is None:
        return f"{dermis.span} mm{where}, spread between people not given"
    return f"{dermis.span} mm on average{where}, standard deviation about {dermis.spread.span} mm"


def reach_words(now: Shown) -> str:
    """Say what the needle may reach: a band, never a depth."""
    return (
        f"A needle of {now.length:.2f} mm reaches somewhere between much less than its length "
        f"and {now.length:.2f} mm."
    )


def inserted_words(now: Shown) -> str:
    """Say where a channel as deep as the needle is long would end."""
    thin, thick = now.epidermis_ends
    if now.length <= thin:
        return "At full length it would end within the epidermis."
    if now.length <= thick:
        return "At full length it would end at the border of epidermis and dermis."
    floor = now.floor
    if floor is None:
        return "At full length it would pass the epidermis; what lies below is not measured here."
    if now.length < floor.shallow:
        return "At full length it would pass the epidermis and end in the dermis."
    if now.length <= floor.deep:
        return "At full length it could pass right through the dermis of some people."
    return "At full length it would pass right through the dermis."


def ceiling_words(site: ExplorerSite) -> str:
    """Say the course's ceiling for the site, without a length to compare."""
    ceiling = site.ceiling
    if ceiling is None:
        return f"never: {site.why_never}"
    off = ceiling.signed_off
    more = f", {off:.1f} if licensed and signed off" if off else ""
    return f"{ceiling.span} mm{more}"


def exceeds(now: Shown) -> bool:
    """Tell whether the length is more than the course allows a trainee at this site."""
    return now.site.ceiling is None or now.length > now.site.ceiling.high


def verdict_words(now: Shown) -> str:
    """Compare the length with the course ceiling; never advise one."""
    site = now.site
    if site.ceiling is None:
        return f"{site.name}: never. It lies {site.why_never}; no length is allowed there."
    rule = f"the course ceiling for {_the(site)}, {ceiling_words(site)} (course rule)"
    if not exceeds(now):
        return f"Not longer than {rule}. That is no permission: the lower limit counts."
    return f"Longer than {rule}."


def live_words(now: Shown) -> str:
    """Say what is shown, for those who listen: first what a step of the needle changes."""
    return (
        f"{now.length:.2f} mm. {verdict_words(now)} {inserted_words(now)} {reach_words(now)} "
        f"{now.site.name}, {lowered(now.view.label)}: epidermis {epidermis_words(now)}; "
        f"dermis {dermis_words(now)}."
    )


def _the(site: ExplorerSite) -> str:
    name = lowered(site.name)
    return name if name.startswith("around") else f"the {name}"
