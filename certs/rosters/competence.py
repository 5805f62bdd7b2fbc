"""What a clinic's staff may do: each one's best certificate of each kind, and how deep where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from certs.rosters.verdicts import Found, RosterVerdict, best_of, word_for
from certs.status import Status
from courses.coverage import Site


@dataclass(frozen=True)
class Competence:
    """One of the staff, with everything that they hold."""

    name: str
    staff_number: str | None
    held: tuple[Found, ...]

    def best(self, achievement: str) -> Found | None:
        """Return their certificate of this kind: the one that stands and lasts longest."""
        fitting = [one for one in self.held if one.achievement == achievement]
        return best_of(fitting) if fitting else None

    def word(self, achievement: str, now: datetime) -> RosterVerdict | None:
        """Return how they stand in this, None where they hold nothing of it."""
        best = self.best(achievement)
        return word_for(best, now)[0] if best else None

    def depth_mm(self, site: Site) -> float | None:
        """Return the longest needle that a certificate of theirs covers there now, in mm."""
        depths = [
            covered.max_depth_mm
            for one in self.held
            if one.standing.status is Status.VALID and one.coverage
            for covered in one.coverage.sites
            if covered.site is site
        ]
        return max(depths, default=None)


def kinds_held(people: Sequence[Competence]) -> tuple[str, ...]:
    """Return the kinds of certificates that anybody holds, by name."""
    return tuple(sorted({one.achievement for person in people for one in person.held}))


def sites_covered(people: Sequence[Competence]) -> tuple[Site, ...]:
    """Return the sites that anybody covers, in their usual order."""
    return tuple(site for site in Site if any(one.depth_mm(site) is not None for one in people))
