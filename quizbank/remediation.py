"""Putting right what was certain and unsafe: fresh questions, until all of them are right."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from quizbank.exams import Cell, ExamRules, Purpose
from quizbank.forms import shuffled


def remediation_id(exam_id: str) -> str:
    """Return the id under which fresh questions for this exam are answered."""
    return f"{exam_id}/remediation"


def remediation_rules(rules: ExamRules) -> ExamRules:
    """Return the rules by which the fresh questions for an exam are answered.

    Each round asks questions of one objective, as many as are to be answered right.
    """
    count = rules.sureness.fresh_items
    return ExamRules(
        title=f"Put right: {rules.title}",
        purpose=Purpose.REMEDIATION,
        cells=tuple(Cell(objective=one, count=count) for one in rules.objectives),
        confidence=True,
        sureness=rules.sureness,
    )


def freshest(item_ids: Sequence[str], seen: Mapping[str, datetime], seed: int) -> Iterator[str]:
    """Yield the items in the order of choice: unseen ones first, then those seen longest ago.

    `seen` tells when the person saw an item last; the seed decides between equals.
    """
    order = shuffled(seed, "fresh", sorted(item_ids))
    yield from (one for one in order if one not in seen)
    yield from sorted((one for one in order if one in seen), key=lambda one: seen[one])


def still_to_answer(asked: int, fractions: Sequence[float]) -> int:
    """Return how many questions another round asks: those of the last one that were not right.

    Before the first round `fractions` is empty, and `asked` says how many it asks.
    """
    return sum(one < 1 for one in fractions) if fractions else asked
