"""The form of a matching item."""

import streamlit as st

from quizbank.kinds.matching import PairRule
from ui.bank.item_draft import Draft, Fields
from ui.bank.item_problems import option_letter
from ui.editors.rows import Rows, choose_word, edit_rows, edit_text

_CHOICES = Rows("choices", "choice", 16)
_PREMISES = Rows("premises", "premise", 12)
_RULES = {
    PairRule.SHARE.value: "Each pair earns its share",
    PairRule.ALL_OR_NOTHING.value: "All or nothing: every pair right, or no mark",
}


def edit(draft: Draft) -> None:
    """Draw how pairs make one mark, the choices, and every premise with its right choice."""
    choose_word(draft, "rule", "Marking", _RULES)
    st.markdown("**What there is to choose from.** A choice that no premise asks for distracts.")

    def edit_choice(letter: str, choice: Fields) -> None:
        edit_text(draft, _CHOICES, choice, "text", f"Text of choice {letter}")
        # A choice has no reason of its own: the premise says why.
        choice.pop("reason", None)

    edit_rows(draft, _CHOICES, edit_choice)
    st.markdown("**What it is to be matched with**")
    choices = draft.rows("choices")
    ids = [str(choice["id"]) for choice in choices]
    names = {
        str(choice["id"]): f"{option_letter(place)}: {choice.get('text', '')}"
        for place, choice in enumerate(choices)
    }

    def edit_premise(letter: str, premise: Fields) -> None:
        edit_text(draft, _PREMISES, premise, "text", f"Text of premise {letter}")
        standing = premise.get("choice")
        premise["choice"] = st.selectbox(
            f"Right choice for premise {letter}",
            ids,
            index=ids.index(standing) if isinstance(standing, str) and standing in ids else None,
            format_func=lambda one: names.get(str(one), ""),
            # Streamlit remembers the words of the choice, and these change as they are typed.
            key=_PREMISES.key(draft, f"choice-{hash(tuple(names.items()))}", premise),
            placeholder="Choose one",
        )
        edit_text(
            draft, _PREMISES, premise, "reason", f"Why they belong together, premise {letter}"
        )

    edit_rows(draft, _PREMISES, edit_premise)
