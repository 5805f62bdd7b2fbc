"""Putting a form together: exact, and fair to takers and to items.

Among all forms that meet the blueprint (every quota to the item, no enemies together, within the
time budget) one with the fewest items that this person has seen is chosen; among those, one with
the fewest items above the exposure cap; among those, one whose items were drawn the least often.
What is still equal, the seed decides. A greedy draw is taken where it is proved to be such a form
by a lower bound; otherwise `assembly_solver` looks at all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizbank.assembly_solver import (
    Feud,
    Problem,
    Undecided,
    fewest_missing,
    least_seconds,
    solve,
)
from quizbank.forms import Quota, shuffled

Cost = tuple[int, int, int]


@dataclass(frozen=True)
class Candidate:
    """An item that may stand in the form, and what speaks against it.

    `seen` tells that it stood in an earlier form of this person, `over_cap` that it stands in more
    of the exam's forms than the cap allows, `drawn` in how many forms it stands.
    """

    id: str
    version_id: str
    objective: str
    level: str
    kind: str
    critical: bool
    seconds: int
    tags: frozenset[str] = frozenset()
    enemies: frozenset[str] = frozenset()
    seen: bool = False
    over_cap: bool = False
    drawn: int = 0

    @property
    def cost(self) -> Cost:
        """What speaks against it, the heaviest first."""
        return int(self.seen), int(self.over_cap), self.drawn


@dataclass(frozen=True)
class Wanted:
    """What a form must be: its quotas, and how many seconds it may be expected to take."""

    quotas: tuple[Quota, ...]
    seconds: int | None = None


class Binding(StrEnum):
    """What keeps a form from being put together."""

    COUNT = "count"
    OVERLAP = "overlap"
    ENEMIES = "enemies"
    TIME = "time"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Shortage:
    """One reason why there is no form: which cell gets how many of how many, and what binds.

    For time there is no quota: the quickest form takes `there` seconds of the `asked`.
    """

    binding: Binding
    quota: Quota | None = None
    there: int = 0
    asked: int = 0

    def __str__(self) -> str:
        """Say it in a part of a sentence."""
        if self.quota is None:
            if self.binding is Binding.UNDECIDED:
                return "the search took too long; let fewer cells overlap or drop some enemies"
            return (
                f"the quickest form takes {-(-self.there // 60)} minutes, "
                f"and the time budget is {self.asked // 60}"
            )
        what = "critical" if self.quota.critical else "other"
        if self.binding is Binding.COUNT:
            return f"{self.quota.name} has {self.there} of {self.asked} {what} questions"
        why = "enemies may not meet"
        if self.binding is Binding.OVERLAP:
            why = "other cells need the same ones"
        return f"{self.quota.name} gets {self.there} of {self.asked} {what} questions, for {why}"


@dataclass(frozen=True)
class Assembly:
    """A form as pairs of quota and item, or the shortages that leave none.

    `proved` tells that no form has fewer seen items, nor then fewer above the cap, whatever else
    stands in the bank: it reaches what the quotas one by one could reach.
    """

    chosen: tuple[tuple[Quota, Candidate], ...] = ()
    shortages: tuple[Shortage, ...] = ()
    proved: bool = False
    solved: bool = False


def assemble(
    candidates: Iterable[Candidate], wanted: Wanted, seed: int, exact: bool = False
) -> Assembly:
    """Return the best form of these candidates, or why there is none.

    `exact` goes to the solver even where a greedy draw would do.
    """
    known = {one.id: one for one in candidates}
    order = shuffled(seed, "ties", sorted(known))
    ranked = sorted((known[one] for one in order), key=lambda one: one.cost)
    fitting = _fitting(wanted, ranked)
    short = tuple(
        Shortage(Binding.COUNT, quota, len(there), quota.count)
        for quota, there in zip(wanted.quotas, fitting, strict=True)
        if len(there) < quota.count
    )
    if short:
        return Assembly(shortages=short)
    feuds = _feuds({one.id: one for own in fitting for one in own})
    bound = _sum(one for quota, own in _pairs(wanted, fitting) for one in own[: quota.count])
    greedy = None if exact else _greedy(wanted, fitting, feuds)
    if greedy and _sum(one for _, one in greedy) == bound:
        return Assembly(greedy, proved=True)
    return _solved(wanted, fitting, feuds, bound)


def _fitting(wanted: Wanted, ranked: Iterable[Candidate]) -> list[list[Candidate]]:
    # Most candidates are of another objective, so they are sorted into these first.
    near: dict[tuple[str, bool], list[Candidate]] = defaultdict(list)
    for one in ranked:
        near[one.objective, one.critical].append(one)
    return [
        [one for one in near[quota.cell.objective, quota.critical] if quota.takes(one)]
        for quota in wanted.quotas
    ]


def _pairs(
    wanted: Wanted, fitting: Sequence[list[Candidate]]
) -> Iterable[tuple[Quota, list[Candidate]]]:
    return zip(wanted.quotas, fitting, strict=True)


def _greedy(
    wanted: Wanted, fitting: Sequence[list[Candidate]], feuds: Mapping[str, frozenset[str]]
) -> tuple[tuple[Quota, Candidate], ...] | None:
    """Fill the scarcest quota first, each with its cheapest items; None where that gets stuck."""
    chosen: list[tuple[Quota, Candidate]] = []
    barred: set[str] = set()
    for quota, own in sorted(_pairs(wanted, fitting), key=lambda one: len(one[1]) - one[0].count):
        taken = 0
        for one in own:
            if taken == quota.count:
                break
            if one.id not in barred:
                chosen.append((quota, one))
                barred |= {one.id, *feuds.get(one.id, ())}
                taken += 1
        if taken < quota.count:
            return None
    late = wanted.seconds is not None and sum(one.seconds for _, one in chosen) > wanted.seconds
    return None if late else _in_order(wanted, chosen)


def _in_order(
    wanted: Wanted, chosen: Iterable[tuple[Quota, Candidate]]
) -> tuple[tuple[Quota, Candidate], ...]:
    place = {quota: number for number, quota in enumerate(wanted.quotas)}
    return tuple(sorted(chosen, key=lambda one: (place[one[0]], one[1].id)))


def _solved(
    wanted: Wanted,
    fitting: Sequence[list[Candidate]],
    feuds: Mapping[str, frozenset[str]],
    bound: Cost,
) -> Assembly:
    problem, places = _problem(wanted, fitting, feuds)
    try:
        filled = solve(problem)
        if filled is None:
            return Assembly(shortages=_explained(wanted, problem), solved=True)
    except Undecided:
        return Assembly(shortages=(Shortage(Binding.UNDECIDED),), solved=True)
    chosen = [(wanted.quotas[quota], places[item]) for item, quota in filled]
    reached = _sum(one for _, one in chosen)
    return Assembly(_in_order(wanted, chosen), proved=reached[:2] == bound[:2], solved=True)


def _problem(
    wanted: Wanted, fitting: Sequence[list[Candidate]], feuds: Mapping[str, frozenset[str]]
) -> tuple[Problem, list[Candidate]]:
    fits: dict[str, list[int]] = defaultdict(list)
    ranked: dict[str, Candidate] = {}
    for number, own in enumerate(fitting):
        for one in own:
            fits[one.id].append(number)
            ranked[one.id] = one
    kept = _needed(wanted, sorted(ranked.values(), key=lambda one: one.cost), fits, feuds)
    place = {one.id: number for number, one in enumerate(kept)}
    problem = Problem(
        counts=tuple(quota.count for quota in wanted.quotas),
        fits=tuple(tuple(fits[one.id]) for one in kept),
        costs=tuple(one.cost for one in kept),
        seconds=tuple(one.seconds for one in kept),
        budget=wanted.seconds,
        feuds=tuple(
            Feud(place[one.id], place[enemy])
            for one in kept
            for enemy in sorted(feuds.get(one.id, ()))
            if one.id < enemy
        ),
    )
    return problem, kept


def _needed(
    wanted: Wanted,
    ranked: Sequence[Candidate],
    fits: Mapping[str, list[int]],
    feuds: Mapping[str, frozenset[str]],
) -> list[Candidate]:
    """Leave out what cannot be missed: of items that are alike to the blueprint, the dearer ones.

    Without enemies, two items that fit the same quotas in the same time can stand for each other;
    no form needs more of them than these quotas have places.
    """
    kept: list[Candidate] = []
    alike: dict[tuple[object, ...], int] = defaultdict(int)
    for one in ranked:
        own = tuple(fits[one.id])
        key = (own, one.seconds if wanted.seconds is not None else None)
        if one.id not in feuds:
            alike[key] += 1
            if alike[key] > sum(wanted.quotas[number].count for number in own):
                continue
        kept.append(one)
    return kept


def _explained(wanted: Wanted, problem: Problem) -> tuple[Shortage, ...]:
    """Say what binds: loosen everything, then let enemies count, then the time."""
    for binding, feuds in ((Binding.OVERLAP, ()), (Binding.ENEMIES, problem.feuds)):
        missing = fewest_missing(problem.loosened(feuds))
        if any(missing):
            return tuple(
                Shortage(binding, quota, quota.count - gap, quota.count)
                for quota, gap in zip(wanted.quotas, missing, strict=True)
                if gap
            )
    quickest = least_seconds(problem.loosened(problem.feuds))
    return (Shortage(Binding.TIME, None, quickest, problem.budget or 0),)


def _feuds(known: Mapping[str, Candidate]) -> dict[str, frozenset[str]]:
    """Return, for every candidate that has any, its enemies among them, whoever named whom."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in known.values():
        for enemy in one.enemies:
            if enemy in known and enemy != one.id:
                found[one.id].add(enemy)
                found[enemy].add(one.id)
    return {one: frozenset(enemies) for one, enemies in found.items()}


def _sum(chosen: Iterable[Candidate]) -> Cost:
    seen = over = drawn = 0
    for one in chosen:
        seen, over, drawn = seen + one.seen, over + one.over_cap, drawn + one.drawn
    return seen, over, drawn
