"""An attempt is a list of steps; where it stands is derived from them, never stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import JsonValue


class Action(StrEnum):
    """What a step did."""

    STARTED = "started"
    ANSWERED = "answered"
    FLAGGED = "flagged"
    UNFLAGGED = "unflagged"
    SUBMITTED = "submitted"
    CLOSED_AT_DEADLINE = "closed at deadline"


ENDINGS = frozenset({Action.SUBMITTED, Action.CLOSED_AT_DEADLINE})


@dataclass(frozen=True)
class Step:
    """One logged event of an attempt; `position` counts items from 1. Its row has time and user."""

    number: int
    action: Action
    position: int | None = None
    response: JsonValue = None


@dataclass(frozen=True)
class Progress:
    """Where an attempt stands after its steps."""

    revision: int = 0
    responses: Mapping[int, JsonValue] = field(default_factory=dict[int, JsonValue])
    flagged: frozenset[int] = frozenset()
    ended: bool = False


def replay(steps: Iterable[Step]) -> Progress:
    """Return where the attempt stands: the latest response to each item, the flags, the end.

    An empty response (None) takes an answer back.
    """
    revision, ended = 0, False
    responses: dict[int, JsonValue] = {}
    flagged: set[int] = set()
    for step in steps:
        revision = step.number
        if step.action in ENDINGS:
            ended = True
        if step.position is None:
            continue
        if step.action is Action.ANSWERED:
            responses[step.position] = step.response
        elif step.action is Action.FLAGGED:
            flagged.add(step.position)
        elif step.action is Action.UNFLAGGED:
            flagged.discard(step.position)
    given = {place: response for place, response in responses.items() if response is not None}
    return Progress(revision, given, frozenset(flagged), ended)
