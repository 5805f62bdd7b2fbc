"""Description: a text to read among the questions; nothing is asked, nothing counts."""

from collections.abc import Sequence
from typing import Literal

from pydantic import JsonValue

from quizbank.kinds.item import ItemBase
from quizbank.kinds.shown import (
    Explanation,
    Mark,
    Prompt,
    Scored,
    State,
)

_NOT_SCORED = Mark(0.0, State.NOT_SCORED, ())


class Description(ItemBase):
    """A text to read. It takes no response."""

    kind: Literal["description"] = "description"

    def prompt(self, order: Sequence[str] = (), response: JsonValue = None) -> Prompt:  # noqa: ARG002 one signature for all kinds
        """The text itself."""
        return Prompt(self.kind, self.stem)

    def key(self) -> JsonValue:
        """There is nothing to answer."""
        return None

    def mark(self, response: JsonValue) -> Mark:  # noqa: ARG002 one signature for all kinds
        """Never counts, whatever arrives."""
        return _NOT_SCORED

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:  # noqa: ARG002 one signature for all kinds
        """There is nothing to explain."""
        return ()

    def scored(self) -> tuple[Scored, ...]:
        """There is nothing to earn."""
        return ()
