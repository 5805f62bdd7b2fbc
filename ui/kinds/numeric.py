"""A number, typed with a point or a comma."""

from collections.abc import Callable

import streamlit as st
from pydantic import JsonValue

from quizbank.kinds.item import field_of
from quizbank.kinds.shown import Prompt
from quizbank.kinds.units import UnitRule, quantity_problem

_ASKED = {
    UnitRule.SHOWN: "a number",
    UnitRule.OPTIONAL: "a number, and its unit if you like",
    UnitRule.REQUIRED: "a number with its unit",
}


def ask(
    prompt: Prompt,
    key: str,
    response: JsonValue,
    save: Callable[[JsonValue], None] | None,
    disabled: bool,
) -> JsonValue:
    """Draw a field with the unit in its label; returns `{"text": "7.5"}` or None.

    What is no number, or could be two, is saved as typed and flagged at once.
    """

    def changed() -> None:
        if save:
            save(_response(st.session_state.get(key)))

    rule = UnitRule(prompt.unit_rule)
    unit = f" in {prompt.unit}" if prompt.unit else ""
    typed = st.text_input(
        f"Your answer{unit} ({_ASKED[rule]})",
        value=str(field_of(response, "text") or ""),
        key=key,
        on_change=changed,
        disabled=disabled,
        placeholder="No answer" if disabled else None,
        max_chars=40,
        autocomplete="off",
    )
    problem = quantity_problem(typed or "", prompt.unit, rule)
    if problem:
        st.warning(problem, icon=":material/edit:")
    return _response(typed)


def _response(typed: str | None) -> JsonValue:
    return {"text": typed.strip()} if typed and typed.strip() else None
