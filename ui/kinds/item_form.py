"""Drawing an item of any kind: to answer, and explained afterwards."""

from collections.abc import Callable, Sequence

import streamlit as st
from pydantic import JsonValue

from quizbank.kinds.essay import count_words
from quizbank.kinds.item import field_of
from quizbank.kinds.shown import (
    Explanation,
    Mark,
    Prompt,
    State,
)
from ui.figures.outlines import draw_marked
from ui.kinds import (
    case,
    cloze,
    description,
    essay,
    hotspot,
    matching,
    multiple_response,
    numeric,
    one_option,
    ordering,
    short_answer,
)
from ui.words import as_typed, count, plain

Save = Callable[[JsonValue], None]

_ASK = {
    "cloze": cloze.ask,
    "single_choice": one_option.ask,
    "true_false": one_option.ask,
    "multiple_response": multiple_response.ask,
    "numeric": numeric.ask,
    "short_answer": short_answer.ask,
    "matching": matching.ask,
    "ordering": ordering.ask,
    "hotspot": hotspot.ask,
    "essay": essay.ask,
    "description": description.ask,
}
_STATES = {
    State.RIGHT: (":material/check_circle:", "Right", "green"),
    State.PARTLY: (":material/adjust:", "Partly right", "orange"),
    State.WRONG: (":material/cancel:", "Not right", "red"),
    State.OMITTED: (":material/help:", "Not answered", "gray"),
    State.TO_MARK: (":material/edit_note:", "Not marked by itself", "blue"),
    State.NOT_SCORED: (":material/article:", "To read; counts nothing", "gray"),
}


def ask(
    prompt: Prompt,
    key: str,
    response: JsonValue = None,
    save: Save | None = None,
    disabled: bool = False,
    heading: str = "",
) -> JsonValue:
    """Draw the question with the response given so far, and return the response as it is now.

    `save` is called with the new response whenever the person changes it. `key` must differ for
    every question and whenever `response` must be read afresh.
    """
    # One element, not two: what an exam redraws at every click is kept small.
    stem = stem_of(prompt)
    st.markdown(f"## {heading}\n\n{stem}" if heading else stem)
    if prompt.kind == "case":
        return case.ask(prompt, key, response, save, disabled, ask)
    return _ASK[prompt.kind](prompt, key, response, save, disabled)


def stem_of(prompt: Prompt) -> str:
    """Return the question's text as it is shown, with its gaps as numbers."""
    return cloze.numbered(prompt.stem) if prompt.gaps else prompt.stem


def show_mark(mark: Mark) -> None:
    """Say how the answer stands, in word, icon and colour."""
    show_state(mark.state)
    if mark.state is State.TO_MARK:
        st.markdown("Compare what you wrote with the good answer and with what markers look for.")


def show_state(state: State) -> None:
    """Say how an answer stands, in word, icon and colour, and nothing more."""
    icon, word, colour = _STATES[state]
    st.markdown(f":{colour}[{icon} **{word}.**]")


def show_written(prompt: Prompt, response: JsonValue) -> None:
    """Show a written answer again as it was typed; other answers stand among the explanations."""
    text = field_of(response, "text")
    if prompt.kind == "essay" and isinstance(text, str):
        with st.container(border=True):
            st.markdown(f"**Your text** ({count(count_words(text), 'word')})")
            st.markdown(as_typed(text))


def show_explanations(explanations: Sequence[Explanation]) -> None:
    """Show every option with its reason; the learner's choice and the key are named in words."""
    part = ""
    for one in explanations:
        if one.figure:
            draw_marked(one.figure)
        if one.part != part:
            part = one.part
            st.markdown(f"**{part}**")
        if one.note:
            with st.container(border=True):
                st.markdown(f"**{one.text.strip()}**")
                st.markdown(one.reason)
            continue
        icon = ":material/check_circle:" if one.correct else ":material/radio_button_unchecked:"
        said = ["right answer"] if one.correct else []
        said += ["your answer"] if one.chosen else []
        said += ["unsafe"] if one.unsafe and one.chosen else []
        label = f" ({', '.join(said)})" if said else ""
        with st.container(border=one.chosen or one.correct):
            text = plain(one.text) if one.verbatim else one.text
            st.markdown(f"{icon} **{text.strip()}**{label}")
            st.markdown(one.reason)
