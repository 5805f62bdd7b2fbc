"""What a form holds beside the questions that count: texts to read, and questions on trial."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quizbank.exams import ExamRules
from quizbank.queries.texts_to_read import TextToRead
from ui.entries import short
from ui.exams.draft import ExamDraft
from ui.words import count

_MOST_TEXTS, _MOST_PILOTS = 20, 50


def edit_unscored(draft: ExamDraft, texts: Sequence[TextToRead]) -> DeltaGenerator:
    """Draw the fields; returns the place that says how many questions are on trial."""
    st.header("What does not count")
    _edit_texts(draft, texts)
    draft.fields["pilots"] = st.number_input(
        "Questions on trial in each form",
        min_value=0,
        max_value=_MOST_PILOTS,
        value=int(str(draft.fields.get("pilots") or 0)),
        key=draft.key("pilots"),
        width=260,
    )
    return st.empty()


def draw_pilots(place: DeltaGenerator, rules: ExamRules, there: int) -> None:
    """Say how many questions are on trial for this exam, and what a form takes of them."""
    said = (
        f"{count(there, 'question')} of these objectives {'is' if there == 1 else 'are'} on trial."
    )
    if rules.pilots > there:
        mark = ":orange[:material/warning: **Fewer than asked**]"
        place.markdown(f"{mark} · {said} A form takes what there is, and is never refused for it.")
        return
    mixed_in = " They are mixed in among the others, and change no result." if rules.pilots else ""
    place.markdown(said + mixed_in)


def _edit_texts(draft: ExamDraft, texts: Sequence[TextToRead]) -> None:
    standing = draft.fields.get("descriptions")
    chosen = [str(one) for one in standing] if isinstance(standing, list) else []
    said = {one.item_id: f"{one.item_id} · {short(one.text, 60)}" for one in texts}
    draft.fields["descriptions"] = [
        *st.multiselect(
            "Texts to read before the questions, in the order chosen",
            list(dict.fromkeys([*said, *chosen])),
            default=chosen,
            format_func=lambda one: said.get(one, f"{one} · not in use"),
            key=draft.key("descriptions"),
            max_selections=_MOST_TEXTS,
            placeholder="None" if said else "The bank has none",
            wrap=True,
        )
    ]
