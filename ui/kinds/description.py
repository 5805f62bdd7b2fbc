"""A text to read: nothing to answer."""

from collections.abc import Callable

from pydantic import JsonValue

from quizbank.kinds.shown import Prompt


def ask(
    prompt: Prompt,  # noqa: ARG001 one signature for all kinds
    key: str,  # noqa: ARG001 one signature for all kinds
    response: JsonValue,  # noqa: ARG001 one signature for all kinds
    save: Callable[[JsonValue], None] | None,  # noqa: ARG001 one signature for all kinds
    disabled: bool,  # noqa: ARG001 one signature for all kinds
) -> JsonValue:
    """Draw nothing; the text itself is drawn for all kinds alike."""
    return None
