"""The life of an item: which changes are on their way, who may let them through, what stands then.

An item is a draft, in review, approved, a pilot (drawn, but not scored) or retired. Whoever changes
one makes a proposal; somebody else reads it and publishes it as the next version.
"""

from collections.abc import Mapping, Set
from enum import StrEnum

from pydantic import JsonValue

Fields = Mapping[str, JsonValue]


class ItemStatus(StrEnum):
    """Where an item stands. Only approved and pilot items are drawn, and only approved ones count.

    Draft and in review are items that were never published; a change of a published one leaves
    its status alone.
    """

    DRAFT = "draft"
    IN_REVIEW = "in review"
    APPROVED = "approved"
    PILOT = "pilot"
    RETIRED = "retired"


class Stage(StrEnum):
    """Where a proposal stands; the first three are open, and in review it stands still."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    RETURNED = "returned"
    PUBLISHED = "published"
    DROPPED = "dropped"


OPEN = (Stage.DRAFT, Stage.IN_REVIEW, Stage.RETURNED)


class ReviewAction(StrEnum):
    """What happened to a proposal; `WROTE` is a further person's first save into it."""

    WROTE = "wrote"
    SENT = "sent"
    TAKEN_BACK = "taken back"
    COMMENTED = "commented"
    RETURNED = "returned"
    OVERTAKEN = "overtaken"
    CARRIED_OVER = "carried over"
    PUBLISHED = "published"
    DROPPED = "dropped"


def may_approve(person_id: str | None, writers: Set[str | None]) -> bool:
    """Tell whether this person may let a change through that these people wrote.

    Nobody may who wrote any of it, and it takes a person: no machine reads.
    """
    return person_id is not None and person_id not in writers


def status_of_new(stage: Stage) -> ItemStatus:
    """Return the status of an item that was never published, by its newest proposal."""
    if stage is Stage.IN_REVIEW:
        return ItemStatus.IN_REVIEW
    return ItemStatus.RETIRED if stage is Stage.DROPPED else ItemStatus.DRAFT


def carried_over(began: Fields, mine: Fields, standing: Fields) -> dict[str, JsonValue]:
    """Return my change of `began` made to what stands now, field by field.

    A field that I left alone is as it stands; one that I changed is as I wrote it.
    """
    untouched = {name for name in {*began, *mine} if _same(mine.get(name), began.get(name))}
    kept = {name: value for name, value in mine.items() if name not in untouched}
    taken = {
        name: value
        for name, value in standing.items()
        if name in untouched or name not in {*began, *mine}
    }
    return taken | kept


def _same(one: JsonValue, other: JsonValue) -> bool:
    return one == other or not (one or other)
