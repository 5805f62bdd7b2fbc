"""Many people who sit an exam, each as well as they can."""

from random import Random

from base.permissions import Role
from quizbank.commands.attempts import start_attempt
from tests.factories import EXAM, World, exam_rules, single_choice

# One item whose key is wrong: whoever knows it chooses the epidermis.
MISKEYED = "tt-01-001"
ITEMS = 6
RULES = exam_rules(
    title="Small exam",
    cells=[{"objective": "TT-01", "count": ITEMS, "critical": 0}],
    cut=4,
    critical_must_pass=False,
)


def set_exam(world: World) -> None:
    """Give the exam six choices, one of them with a wrong key."""
    stems = ("collagen", "fat", "melanin", "keratin", "water", "nerves")
    world.load_items(
        *(
            single_choice(f"tt-01-{n:03}", objective="TT-01", stem=f"Which layer has most {stem}?")
            for n, stem in enumerate(stems, start=1)
        )
    )
    world.give_exam(RULES)


def sit(world: World, people: int, first: int = 1, exam_id: str = EXAM) -> list[str]:
    """Let so many people sit the exam, the later ones better than the first; returns attempts."""
    return [
        _sit(world, f"taker-{n:03}", (n - first) / max(people - 1, 1), exam_id)
        for n in range(first, first + people)
    ]


def _sit(world: World, name: str, skill: float, exam_id: str) -> str:
    world.join(name, Role.LEARNER)
    with world.acting(name) as tx:
        attempt = start_attempt(tx, exam_id, consent=True)
    for position, item in world.items_of(attempt).items():
        # Not one for all: forms come in any order.
        random = Random(f"{name} {item.id}")
        knows = random.random() < 0.1 + 0.85 * skill
        chosen = "b" if knows == (item.id == MISKEYED) else "a"
        if not knows and random.random() < 0.1:
            chosen = "c"
        world.answer(name, attempt, position, {"option": chosen})
    world.submit(name, attempt)
    world.wait(minutes=1)
    return attempt
