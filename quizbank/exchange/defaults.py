"""What other systems' files leave out and an item here must have."""

from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import JsonValue

from quizbank.kinds.item import (
    ItemBase,
    Level,
    Pool,
)
from quizbank.sources import Seen, Source

NO_REASON = "No reason was given in the imported file."
NO_MODEL_ANSWER = "No model answer was given in the imported file."
NO_RUBRIC: tuple[JsonValue, ...] = (
    {"id": "a", "text": "No rubric was given in the imported file.", "points": 1},
)
NO_DESCRIPTION = "A picture without a description"
NO_OBJECTIVE = "IMPORT-00"
NO_SOURCE = Source(
    key="NONE",
    citation="No source was given in the imported file. Cite one before the item is used.",
    seen=Seen.NOT_SEEN,
)
_REVIEW_EVERY = timedelta(days=365)


@dataclass(frozen=True)
class Defaults:
    """Where imported items belong: no blueprint asks for `NO_OBJECTIVE`, so nothing draws it."""

    today: date
    objective: str = NO_OBJECTIVE
    pool: Pool = Pool.PRACTICE
    level: Level = Level.RECALL
    sources: tuple[str, ...] = (NO_SOURCE.key,)

    def head(self) -> dict[str, JsonValue]:
        """Return the fields of an item that come from here, as plain data."""
        return {
            "pool": self.pool.value,
            "objective": self.objective,
            "level": self.level.value,
            "sources": [*self.sources],
            "reviewed": self.today.isoformat(),
            "review_due": (self.today + _REVIEW_EVERY).isoformat(),
        }

    def missing(self) -> str:
        """Return what still has to be chosen, as a sentence; empty where nothing has."""
        left_out: list[str] = []
        if self.objective == NO_OBJECTIVE:
            left_out.append(f"objective (it is {NO_OBJECTIVE} until you choose one)")
        if self.sources == (NO_SOURCE.key,):
            left_out.append(f"source (it is {NO_SOURCE.key} until you choose one)")
        return f"Files of this format name no {' and no '.join(left_out)}." if left_out else ""


def lacks_source(item: ItemBase) -> str:
    """Return why an item may not stand in exams, as a sentence; empty where it may.

    What decides about a certificate rests on a source; practice may wait for one.
    """
    if item.pool is not Pool.EXAM or {*item.sources} != {NO_SOURCE.key}:
        return ""
    return (
        f"{item.id} is for exams, and no source was given in the file that it came from. "
        "Cite the one that its key rests on, or choose practice as its pool."
    )
