"""An attempt is a list of steps; where it stands is derived from them, never stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from pydantic import JsonValue

from quizbank.confidence import Confidence


class Action(StrEnum):
    """What a step did."""

    STARTED = "started"
    ANSWERED = "answered"
    FLAGGED = "flagged"
    UNFLAGGED = "unflagged"
    SEEN = "seen"
    PAUSED = "paused"
    RESUMED = "resumed"
    TAKEN_OVER = "taken over"
    SUBMITTED = "submitted"
    CLOSED_AT_DEADLINE = "closed at deadline"


ENDINGS = frozenset({Action.SUBMITTED, Action.CLOSED_AT_DEADLINE})


class Step(NamedTuple):
    """One logged event of an attempt; `position` counts items from 1. Its row has time and user.

    `confidence` is how sure who answered said to be, None where the step does not say.
    """

    number: int
    action: Action
    position: int | None = None
    response: JsonValue = None
    confidence: Confidence | None = None


@dataclass(frozen=True)
class Progress:
    """Where an attempt stands after its steps.

    `seen` are the items that were shown, known only where the attempt may pause; what was seen
    before a pause is `frozen`. `touched` is the item of the last step that has one.
    """

    revision: int = 0
    responses: Mapping[int, JsonValue] = field(default_factory=dict[int, JsonValue])
    flagged: frozenset[int] = frozenset()
    ended: bool = False
    seen: frozenset[int] = frozenset()
    frozen: frozenset[int] = frozenset()
    confidences: Mapping[int, Confidence] = field(default_factory=dict[int, Confidence])
    touched: int | None = None


def replay(steps: Iterable[Step]) -> Progress:
    """Return where the attempt stands: the latest response to each item, the flags, the end.

    An empty response (None) takes an answer back. What was said last of how sure one is stands,
    also when the answer changes.
    """
    revision, ended = 0, False
    responses: dict[int, JsonValue] = {}
    confidences: dict[int, Confidence] = {}
    flagged: set[int] = set()
    log = tuple(steps)
    for step in log:
        revision = step.number
        if step.action in ENDINGS:
            ended = True
        if step.position is None:
            continue
        if step.action is Action.ANSWERED:
            responses[step.position] = step.response
            if step.confidence is not None:
                confidences[step.position] = step.confidence
        elif step.action is Action.FLAGGED:
            flagged.add(step.position)
        elif step.action is Action.UNFLAGGED:
            flagged.discard(step.position)
    given = {place: response for place, response in responses.items() if response is not None}
    seen, frozen = _seen_and_frozen(log)
    touched = next((step.position for step in reversed(log) if step.position), None)
    return Progress(revision, given, frozenset(flagged), ended, seen, frozen, confidences, touched)


def _seen_and_frozen(log: Sequence[Step]) -> tuple[frozenset[int], frozenset[int]]:
    seen = {step.position for step in log if step.action is Action.SEEN and step.position}
    last_pause = max((step.number for step in log if step.action is Action.PAUSED), default=0)
    if not last_pause:
        return frozenset(seen), frozenset()
    before = {
        step.position
        for step in log
        if step.number < last_pause
        and step.position
        and step.action in (Action.SEEN, Action.ANSWERED)
    }
    return frozenset(seen), frozenset(before)
