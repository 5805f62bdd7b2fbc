"""The form of a numeric item."""

import streamlit as st

from quizbank.kinds.numeric import number_problem, read_number
from ui.item_draft import Draft


def edit(draft: Draft) -> None:
    """Draw the answer, its tolerance and unit, and the reasons."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _number(draft, "answer", "Right answer (a number)")
        _number(draft, "tolerance", "Tolerance: how far off still counts")
        draft.fields["unit"] = st.text_input(
            "Unit, shown behind the field",
            value=draft.text("unit"),
            key=draft.key("unit"),
            width=200,
        )
    for name, label in (
        ("reason", "Why it is right"),
        ("reason_wrong", "Why another number is wrong"),
    ):
        draft.fields[name] = st.text_area(
            label, value=draft.text(name), key=draft.key(name), height="content"
        )


def _number(draft: Draft, name: str, label: str) -> None:
    typed = st.text_input(label, value=draft.text(name), key=draft.key(name), width=200)
    problem = number_problem(typed)
    if problem:
        st.warning(problem, icon=":material/edit:")
    number = None if problem else read_number(typed)
    # As typed where it is no number, so that nothing is lost and the model says so.
    draft.fields[name] = typed if number is None else str(number)
