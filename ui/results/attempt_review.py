"""An exam looked at again: each question as far as it may be seen."""

from collections.abc import Sequence

import streamlit as st

from quizbank.disclosure import ReviewWindow
from quizbank.queries.attempt_review import AttemptReview, Reasons, ReviewItem
from quizbank.queries.seen import Seen
from quizbank.remedies import RemedyKind
from quizbank.review_windows import Part
from quizbank.rule_words import number
from ui.kinds.item_form import ask, show_explanations, show_state, show_written, stem_of
from ui.results.debrief import draw_debrief
from ui.words import moment

PER_PAGE = 5
# Streamlit greys what is disabled; here it is the very text that people come to read.
_STYLE = """
<style>
  [class*="st-key-reviewed-"]
    :is(label, label *, textarea, input, [role="radiogroup"], [role="radiogroup"] *) {
    color: inherit !important; -webkit-text-fill-color: currentColor !important;
    opacity: 1 !important; }
</style>
"""
_REMEDIES = {
    RemedyKind.KEY: "The key of this question was corrected after the exam; this is the new mark.",
    RemedyKind.EVERYBODY: "This question was faulty: everybody has full marks for it.",
    RemedyKind.NOBODY: "This question was faulty and does not count any more.",
}
_CLOSES = {
    ReviewWindow.RIGHT_AFTER: "What is shown here may change at",
    ReviewWindow.LATER: "The exam is closed, and what is shown here may change, at",
}


def draw_window(seen: Seen) -> None:
    """Say until when this is what may be seen, where that is known."""
    if seen.until and seen.window in _CLOSES:
        st.markdown(f"{_CLOSES[seen.window]} {moment(seen.until)}.")


def draw_review(review: AttemptReview) -> tuple[ReviewItem, ...]:
    """Draw the choice of a page, and return the questions that stand on it."""
    if not review.items:
        st.info(
            "**The questions of this exam are not shown again,** because they are used again.",
            icon=":material/visibility_off:",
        )
        return ()
    if Part.QUESTION not in review.seen.parts:
        return review.items
    pages = -(-len(review.items) // PER_PAGE)
    place = st.pagination(pages, key=f"review-page-{pages}") if pages > 1 else 1
    return review.items[(place - 1) * PER_PAGE : place * PER_PAGE]


def style_answers() -> None:
    """Let answers that cannot be changed any more be read as well as any other text."""
    st.html(_STYLE)


def draw_item(review: AttemptReview, one: ReviewItem) -> Sequence[str]:
    """Draw one question with what may be seen of it; returns the keys of its sources."""
    with st.container(border=True, key=f"reviewed-{one.position}"):
        st.header(f"Question {one.number}" if one.number else "To read")
        if one.prompt and one.number:
            _draw_answer(review, one)
        elif one.prompt:
            ask(one.prompt, f"review-{review.attempt_id}-{one.position}")
        if one.number:
            _draw_marks(one)
        if one.reasons and one.number:
            _draw_reasons(one.reasons)
    return one.reasons.sources if one.reasons else ()


def _draw_answer(review: AttemptReview, one: ReviewItem) -> None:
    if one.prompt is None:
        return
    if Part.RESPONSE in review.seen.parts and one.response is None:
        st.markdown(":gray[:material/help: You left this question open.]")
    if one.reasons:
        # The answer stands among the reasons, named as one's own.
        st.markdown(stem_of(one.prompt))
        show_written(one.prompt, one.response)
        return
    ask(one.prompt, f"review-{review.attempt_id}-{one.position}", one.response, disabled=True)


def _draw_marks(one: ReviewItem) -> None:
    if one.state is not None:
        show_state(one.state)
    if not one.scored and (one.state is not None or one.fraction is not None):
        st.markdown("Does not count for the result.")
    elif one.fraction is not None:
        st.markdown(f"{number(one.fraction)} of 1 mark.")
    if one.remedy:
        st.markdown(f":material/build: {_REMEDIES[one.remedy]}")


def _draw_reasons(reasons: Reasons) -> None:
    if reasons.debrief:
        draw_debrief(reasons.debrief)
    else:
        show_explanations(reasons.explanations)
