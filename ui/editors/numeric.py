"""The form of a numeric item."""

import streamlit as st

from quizbank.kinds.numbers import Tolerance, number_problem, read_number
from ui.editors.rows import Rows, choose_word, edit_flag, edit_percent, edit_rows, edit_text
from ui.item_draft import Draft, Fields

_OTHERS = Rows("others", "expected number", 20)
_TOLERANCES = {
    Tolerance.NOMINAL.value: "A number: 0.5 takes half a unit either way",
    Tolerance.RELATIVE.value: "A share of the answer: 0.1 takes ten percent either way",
    Tolerance.GEOMETRIC.value: "A factor: 1 takes half the answer to twice the answer",
}


def edit(draft: Draft) -> None:
    """Draw the answer, its tolerance and unit, the reasons, and other numbers to expect."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _number(draft.fields, "answer", "Right answer (a number)", draft.key("answer"))
        label = "Tolerance: how far off still counts"
        _number(draft.fields, "tolerance", label, draft.key("tolerance"))
        draft.fields["unit"] = st.text_input(
            "Unit, shown behind the field",
            value=draft.text("unit"),
            key=draft.key("unit"),
            width=200,
        )
    choose_word(draft, "tolerance_type", "What the tolerance is", _TOLERANCES)
    for name, label in (
        ("reason", "Why it is right"),
        ("reason_wrong", "Why another number is wrong"),
    ):
        draft.fields[name] = st.text_area(
            label, value=draft.text(name), key=draft.key(name), height="content"
        )
    st.markdown("**Other numbers to expect:** half right, or a mistake worth its own reason")
    edit_rows(draft, _OTHERS, lambda letter, other: _edit_other(draft, letter, other))


def _edit_other(draft: Draft, letter: str, other: Fields) -> None:
    # A blank row comes with a text, which a number is not.
    other.pop("text", None)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _number(other, "answer", f"Expected number {letter}", _OTHERS.key(draft, "answer", other))
        other.setdefault("tolerance", "0")
        label = f"Tolerance of {letter}"
        _number(other, "tolerance", label, _OTHERS.key(draft, "tolerance", other))
        other.setdefault("fraction", 0.0)
        edit_percent(draft, _OTHERS, other, "fraction", f"Percent of the mark for {letter}")
    edit_text(draft, _OTHERS, other, "reason", f"What to say to {letter}")
    edit_flag(draft, _OTHERS, other, "unsafe", "Unsafe: acting on it would endanger a client")


def _number(fields: Fields, name: str, label: str, key: str) -> None:
    value = fields.get(name)
    typed = st.text_input(label, value="" if value is None else str(value), key=key, width=200)
    problem = number_problem(typed)
    if problem:
        st.warning(problem, icon=":material/edit:")
    number = None if problem else read_number(typed)
    # As typed where it is no number, so that nothing is lost and the model says so.
    fields[name] = typed if number is None else str(number)
