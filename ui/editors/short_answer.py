"""The form of a short answer item."""

import streamlit as st

from ui.bank.item_draft import Draft, Fields
from ui.editors.rows import Rows, edit_flag, edit_percent, edit_rows, edit_text

_ANSWERS = Rows("answers", "answer", 26)


def edit(draft: Draft) -> None:
    """Draw the answers that are expected, what each earns and why."""
    st.markdown(
        "Each answer is compared whole, never roughly. `*` stands for any characters: "
        r"`*dermis` takes “the dermis” too; `\*` is a star. An answer that earns 0 explains a "
        "mistake, and `*` alone as the last one explains all the others."
    )

    def edit_answer(letter: str, answer: Fields) -> None:
        answer["text"] = st.text_input(
            f"Text of answer {letter}",
            value=str(answer.get("text", "")),
            key=_ANSWERS.key(draft, "text", answer),
        )
        answer.setdefault("fraction", 1.0)
        edit_percent(draft, _ANSWERS, answer, "fraction", f"Percent of the mark for {letter}")
        edit_text(draft, _ANSWERS, answer, "reason", f"Why answer {letter} is right or wrong")
        edit_flag(draft, _ANSWERS, answer, "unsafe", "Unsafe: acting on it would endanger a client")

    edit_rows(draft, _ANSWERS, edit_answer)
    draft.fields["case_sensitive"] = st.checkbox(
        "Capital letters matter",
        value=bool(draft.fields.get("case_sensitive")),
        key=draft.key("case_sensitive"),
    )
