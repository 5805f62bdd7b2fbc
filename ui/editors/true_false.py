"""The form of a true or false item."""

import streamlit as st

from ui.bank.item_draft import Draft


def edit(draft: Draft) -> None:
    """Draw the right answer, both reasons, and whether the wrong one is unsafe."""
    answer = st.radio(
        "Right answer",
        [True, False],
        index=1 if draft.fields.get("answer") is False else 0,
        format_func=str,
        key=draft.key("answer"),
        horizontal=True,
    )
    for name, label in (("reason_true", "True"), ("reason_false", "False")):
        draft.fields[name] = st.text_area(
            f"Why “{label}” is right or wrong",
            value=draft.text(name),
            key=draft.key(name),
            height="content",
        )
    unsafe = st.checkbox(
        "Unsafe: believing the wrong answer would endanger a client",
        value=draft.fields.get("unsafe_answer") is not None,
        key=draft.key("unsafe"),
        wrap=True,
    )
    draft.fields["answer"] = answer
    draft.fields["unsafe_answer"] = (not answer) if unsafe else None
