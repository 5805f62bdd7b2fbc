"""A text of some length, typed; handed over while it is written."""

from collections.abc import Callable

from pydantic import JsonValue

from quizbank.kinds.item import field_of
from quizbank.kinds.shown import Prompt
from ui.writing import ask_text, text_in


def ask(
    prompt: Prompt,
    key: str,
    response: JsonValue,
    save: Callable[[JsonValue], None] | None,
    disabled: bool,
) -> JsonValue:
    """Draw a field that begins with the template; returns `{"text": "The skin …"}` or None."""

    def changed() -> None:
        if save:
            save(_response(prompt, text_in(key) or ""))

    text = str(field_of(response, "text") or prompt.template)
    limits = (prompt.min_words, prompt.max_words)
    return _response(prompt, ask_text("Your text", text, key, limits, changed, disabled))


def _response(prompt: Prompt, text: str) -> JsonValue:
    return {"text": text} if text.split() not in ([], prompt.template.split()) else None
