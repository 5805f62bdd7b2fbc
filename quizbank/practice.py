"""Items as practice chooses among them, and the answers that were given to them."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from quizbank.confidence import Confidence
from quizbank.items import Item


@dataclass(frozen=True)
class PracticeItem:
    """A question that practice may ask. `family` names the one idea that several items ask for.

    `staged` tells a case, which is answered stage by stage.
    """

    item_id: str
    version_id: str
    objective: str
    family: str
    critical: bool
    enemies: frozenset[str] = frozenset()
    staged: bool = False


@dataclass(frozen=True)
class PractisedAnswer:
    """One complete answer in practice, with the share of the mark that it earned."""

    exam_id: str
    version_id: str
    objective: str
    family: str
    fraction: float
    confidence: Confidence | None


@dataclass(frozen=True)
class OwnAnswer:
    """One's own answer in practice, as one may take it away: never with a key."""

    at: datetime
    attempt_id: str
    item_id: str
    objective: str
    family: str
    question: str
    response: JsonValue
    fraction: float
    confidence: Confidence | None


def family_of(item: Item) -> str:
    """Return the item's family: its first tag; an item without any is a family of its own."""
    return item.tags[0] if item.tags else item.id
