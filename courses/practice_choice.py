"""Which questions a practice session asks: by mode, from the pool of practice alone.

The same seed chooses alike from the same bank and the same past.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import chain, zip_longest

from courses.scheduling import CardState
from quizbank.forms import shuffled
from quizbank.practice import PracticeItem
from quizbank.remediation import freshest

LENGTHS = (5, 10, 20)
DIAGNOSTIC_LENGTH = 10
REFRESHER_LENGTH = 5
# Practice by weakness stays with so many objectives, so that each gets several questions.
_WEAKEST = 3

FamilyKey = tuple[str, str]


class Mode(StrEnum):
    """What a practice session is made of."""

    DUE = "due"
    MIXED = "mixed"
    WEAK = "weak"
    MISSED = "missed"
    CRITICAL = "critical"
    OBJECTIVE = "objective"
    QUIZ = "quiz"
    DIAGNOSTIC = "diagnostic"
    REFRESHER = "refresher"


# Asked of people who come without practising: a case is a heavy start.
_LIGHT_FIRST = frozenset({Mode.DIAGNOSTIC, Mode.REFRESHER})


@dataclass(frozen=True)
class LastAnswer:
    """The newest answer that somebody gave to an item in practice."""

    item_id: str
    objective: str
    family: str
    fraction: float
    at: datetime

    @property
    def right(self) -> bool:
        """Whether it was fully right."""
        return self.fraction >= 1


@dataclass(frozen=True)
class Past:
    """What somebody has practised: the newest answer to each item, and the cards of the families.

    The cards' dates already know of the exam.
    """

    now: datetime
    answers: Mapping[str, LastAnswer] = field(default_factory=dict[str, LastAnswer])
    cards: Mapping[FamilyKey, CardState] = field(default_factory=dict[FamilyKey, CardState])

    @property
    def seen(self) -> dict[str, datetime]:
        """When each item was answered last."""
        return {one.item_id: one.at for one in self.answers.values()}

    def due(self) -> list[FamilyKey]:
        """Return the families that are due now, the longest due first."""
        found = [key for key, card in self.cards.items() if card.is_due(self.now)]
        return sorted(found, key=lambda key: (self.cards[key].due, key))

    def recall(self, key: FamilyKey) -> float:
        """Return the chance that a family is recalled now; 0 where it was never practised."""
        return self.cards[key].recall(self.now) if key in self.cards else 0.0

    def share_right(self, objective: str) -> float:
        """Return the share of right answers, drawn towards one half where there are few."""
        own = [one.right for one in self.answers.values() if one.objective == objective]
        return (sum(own) + 1) / (len(own) + 2)

    def missed(self, item: PracticeItem) -> bool:
        """Tell whether the newest answer to an item was not right."""
        last = self.answers.get(item.item_id)
        return last is not None and not last.right

    def need(self, item: PracticeItem) -> int:
        """Return how little an item can wait: 0 missed last, 1 never seen, 2 right last."""
        return 0 if self.missed(item) else 2 if item.item_id in self.answers else 1


@dataclass(frozen=True)
class Wanted:
    """What to practise: `length` questions at most; `objective` where the mode asks for one."""

    mode: Mode
    length: int = 10
    objective: str = ""

    @property
    def most(self) -> int:
        """How many questions at most: some modes have a length of their own."""
        own = {Mode.DIAGNOSTIC: DIAGNOSTIC_LENGTH, Mode.REFRESHER: REFRESHER_LENGTH}
        return own.get(self.mode, self.length)


def key_of(item: PracticeItem) -> FamilyKey:
    """Return the objective and the family: what the schedule keeps a card of."""
    return item.objective, item.family


def choose(
    wanted: Wanted,
    bank: Sequence[PracticeItem],
    past: Past,
    seed: int,
    first: Collection[str] = (),
) -> tuple[PracticeItem, ...]:
    """Return the questions to ask, in order; fewer than wanted where there are no more.

    Items named in `first` are chosen before all others. No item meets one that it names as its
    enemy.
    """
    chosen: list[PracticeItem] = []
    ordered = fitting(wanted, bank, past, seed)
    for item in sorted(ordered, key=lambda one: one.item_id not in first):
        if len(chosen) == wanted.most:
            break
        if not any(_enemies(item, other) for other in chosen):
            chosen.append(item)
    if wanted.mode in _LIGHT_FIRST:
        chosen.sort(key=lambda one: one.staged)
    return tuple(chosen)


def fitting(
    wanted: Wanted, bank: Sequence[PracticeItem], past: Past, seed: int
) -> Iterator[PracticeItem]:
    """Yield every question that fits the mode, each once, in the order of choice."""
    fresh = _freshest(bank, past, seed)
    if wanted.mode is Mode.DUE:
        yield from _one_each(past.due(), fresh)
    elif wanted.mode is Mode.REFRESHER:
        yield from _one_each(_by_risk(fresh, past), sorted(fresh, key=lambda one: not one.critical))
    elif wanted.mode is Mode.WEAK:
        yield from _weakest(fresh, past, seed)
    elif wanted.mode is Mode.MISSED:
        yield from _missed(fresh, past)
    elif wanted.mode is Mode.OBJECTIVE:
        own = [one for one in fresh if one.objective == wanted.objective]
        yield from _in_turn(_by(own, lambda one: one.family).values())
    else:
        own = [one for one in fresh if one.critical or wanted.mode is not Mode.CRITICAL]
        yield from _in_turn(_by_objective(own, seed))


def _freshest(bank: Sequence[PracticeItem], past: Past, seed: int) -> list[PracticeItem]:
    items = {one.item_id: one for one in bank}
    return [items[one] for one in freshest([*items], past.seen, seed)]


def _by(
    items: Iterable[PracticeItem], key: Callable[[PracticeItem], str]
) -> dict[str, list[PracticeItem]]:
    groups: dict[str, list[PracticeItem]] = {}
    for one in items:
        groups.setdefault(key(one), []).append(one)
    return groups


def _by_objective(items: Iterable[PracticeItem], seed: int) -> list[list[PracticeItem]]:
    groups = _by(items, lambda one: one.objective)
    return [groups[one] for one in shuffled(seed, "objectives", sorted(groups))]


def _in_turn(groups: Iterable[Sequence[PracticeItem]]) -> Iterator[PracticeItem]:
    """Yield the first of every group, then the second of every group, and so on."""
    rounds = zip_longest(*groups)
    yield from (one for one in chain.from_iterable(rounds) if one is not None)


def _one_each(keys: Iterable[FamilyKey], items: Sequence[PracticeItem]) -> Iterator[PracticeItem]:
    first: dict[FamilyKey, PracticeItem] = {}
    for one in items:
        first.setdefault(key_of(one), one)
    yield from (first[key] for key in keys if key in first)


def _by_risk(items: Sequence[PracticeItem], past: Past) -> list[FamilyKey]:
    """Return the families: those with a critical question first, then the least remembered."""
    critical = {key_of(one) for one in items if one.critical}
    keys = dict.fromkeys(key_of(one) for one in items)
    return sorted(keys, key=lambda key: (key not in critical, past.recall(key)))


def _weakest(items: Sequence[PracticeItem], past: Past, seed: int) -> Iterator[PracticeItem]:
    groups = _by_objective(items, seed)
    weakest = sorted(groups, key=lambda group: past.share_right(group[0].objective))[:_WEAKEST]
    yield from _in_turn([sorted(group, key=past.need) for group in weakest])


def _missed(items: Sequence[PracticeItem], past: Past) -> list[PracticeItem]:
    missed = [one for one in items if past.missed(one)]
    return sorted(missed, key=lambda one: past.answers[one.item_id].at)


def _enemies(one: PracticeItem, other: PracticeItem) -> bool:
    return one.item_id in other.enemies or other.item_id in one.enemies
