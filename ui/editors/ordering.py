"""The form of an ordering item."""

import streamlit as st

from quizbank.kinds.order_grading import Grading
from ui.bank.item_draft import Draft, Fields
from ui.editors.rows import Rows, choose_word, edit_rows, edit_text

_ELEMENTS = Rows("elements", "element", 12)
_GRADINGS = {
    Grading.ABSOLUTE_POSITION.value: "Each element at its right place",
    Grading.ALL_OR_NOTHING.value: "All or nothing: the whole order, or no mark",
    Grading.RELATIVE_NEXT_EXCLUDE_LAST.value: "Each element followed by the right one",
    Grading.RELATIVE_NEXT_INCLUDE_LAST.value: "The same, and the last one at the end",
    Grading.RELATIVE_ONE_PREVIOUS_AND_NEXT.value: "Each element between its right neighbours",
    Grading.RELATIVE_ALL_PREVIOUS_AND_NEXT.value: "Each pair of elements in the right order",
    Grading.LONGEST_ORDERED_SUBSET.value: "The longest run in order, with gaps",
    Grading.LONGEST_CONTIGUOUS_SUBSET.value: "The longest run in order, without gaps",
    Grading.RELATIVE_TO_CORRECT.value: "Less for every place that an element is off",
}


def edit(draft: Draft) -> None:
    """Draw the elements in their right order, and what earns marks."""
    st.markdown("**Write them in the right order.** The trainee sees them mixed.")

    def edit_element(letter: str, element: Fields) -> None:
        edit_text(draft, _ELEMENTS, element, "text", f"Text of element {letter}")
        edit_text(draft, _ELEMENTS, element, "reason", f"Why element {letter} stands here")

    edit_rows(draft, _ELEMENTS, edit_element)
    choose_word(draft, "grading", "Marking", _GRADINGS)
